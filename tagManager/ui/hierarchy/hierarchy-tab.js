// The Hierarchy tab: search, the tree, and actions for the selected tags.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { treeCore: core } = tagging;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useMemo } = React;

  /** The search field, and buttons to step through the matches. @param {{model: any}} props */
  function Search({ model }) {
    const t = kit.useText();
    const count = model.matches.length;
    const press = (/** @type {any} */ event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      model.step(event.shiftKey ? -1 : 1);
    };
    const step = (/** @type {string} */ text, /** @type {string} */ icon, /** @type {number} */ by) =>
      h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": t(text), title: t(text), disabled: count < 2, onClick: () => model.step(by) }, h(kit.Icon, { name: icon }));
    return h(
      "div",
      { className: "sbk-filters tm-search" },
      h(
        Bootstrap.Form.Group,
        { controlId: "tm-tree-search", className: "sbk-field" },
        h(Bootstrap.Form.Label, { className: "small" }, t("tree.search")),
        h(Bootstrap.Form.Control, { type: "search", size: "sm", className: "text-input", autoComplete: "off", value: model.text, onChange: (/** @type {any} */ event) => model.search(event.target.value), onKeyDown: press }),
      ),
      model.text.trim() !== "" &&
        h("span", { role: "status", className: "small" }, count ? t("tree.match", { at: model.at + 1, count }) : t("tree.match.none")),
      h("div", { className: "sbk-actions tm-tight" }, step("tree.match.previous", "faChevronUp", -1), step("tree.match.next", "faChevronDown", 1)),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: model.openAll }, t("tree.open_all")),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: model.closeAll }, t("tree.close_all")),
      h("span", { className: "text-muted small" }, t("tree.count", { count: model.tags.order.length })),
    );
  }

  /** The parents of the active tag, each with a link to that row and a button that removes it. @param {{model: any, row: any}} props */
  function Parents({ model, row }) {
    const t = kit.useText();
    const name = core.nameTag(model.tags, row.id);
    const parents = model.tree.parents.get(row.id) || [];
    if (!parents.length) return h("span", { className: "text-muted" }, t("tree.no_parents"));
    const chip = (/** @type {number} */ parent) => {
      const label = t("tree.parent.remove", { name, parent: core.nameTag(model.tags, parent) });
      return h(
        "span",
        { key: parent, className: "tm-chip" },
        h(Bootstrap.Button, { className: "minimal", onClick: () => model.reveal(core.pathTo(model.tree, row.id, parent)) }, core.nameTag(model.tags, parent)),
        h(Bootstrap.Button, { className: "minimal", "aria-label": label, title: label, onClick: () => model.setEdge(row.id, parent, false) }, h(kit.Icon, { name: "faTimes" })),
      );
    };
    return h(React.Fragment, null, h("span", { className: "text-muted" }, t("tree.parents")), parents.map(chip));
  }

  /** A command of the tree. @param {{text: string, onClick: () => void, isOff?: boolean}} props */
  const Command = ({ text, onClick, isOff = false }) => h(Bootstrap.Button, { size: "sm", variant: "secondary", disabled: isOff, onClick }, text);

  /** The commands for the selected rows. @param {{model: any, chosen: any[]}} props */
  function RowCommands({ model, chosen }) {
    const t = kit.useText();
    if (!chosen.length) return null;
    const hasParent = chosen.some((/** @type {any} */ one) => one.parent !== null);
    return h(
      React.Fragment,
      null,
      h(Command, { text: t("tree.move"), onClick: () => model.askMove(false) }),
      h(Command, { text: t("tree.add"), onClick: () => model.askMove(true) }),
      h(Command, { text: t("tree.out"), onClick: model.takeOut, isOff: !hasParent }),
      h(Command, { text: t("tree.cut"), onClick: () => model.pickUp(false) }),
      h(Command, { text: t("tree.copy"), onClick: () => model.pickUp(true) }),
    );
  }

  /** The commands for what was cut or copied. @param {{model: any, row: any}} props */
  function PasteCommands({ model, row }) {
    const t = kit.useText();
    if (!model.clipboard) return null;
    return h(React.Fragment, null, row && h(Command, { text: t("tree.paste", { name: core.nameTag(model.tags, row.id) }), onClick: model.paste }), h(Command, { text: t("tree.drop"), onClick: model.drop }));
  }

  /** The active tag with its parents, and the commands for the selected rows. @param {{model: any}} props */
  function ActiveBar({ model }) {
    const t = kit.useText();
    const row = model.activeRow();
    const chosen = model.chosenRows();
    if (!chosen.length && !model.clipboard) return h("div", { className: "tm-active-bar text-muted" }, t("tree.text"));
    return h(
      "div",
      { className: "tm-active-bar" },
      row && h("span", { className: "sbk-actions tm-tight" }, h(ReactRouterDOM.Link, { to: `/tags/${row.id}`, title: t("tree.open_page") }, h("strong", null, core.nameTag(model.tags, row.id))), h(Parents, { model, row })),
      h(
        "div",
        { className: "sbk-actions tm-tight" },
        model.selected.size > 0 && h("span", { role: "status" }, t("tree.ticked", { count: model.ticked().length })),
        h(RowCommands, { model, chosen }),
        h(PasteCommands, { model, row }),
        model.selected.size > 0 && h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: model.clear }, t("table.clear")),
      ),
      h("div", { role: "status", className: "small" }, model.clipboard && t("tree.hand", { names: core.listNames(model.tags, model.clipboard.places) })),
    );
  }

  /** Why the last move was refused: it would make a circle. @param {{model: any}} props */
  function Refusals({ model }) {
    const t = kit.useText();
    if (!model.refused.length) return null;
    const explain = (/** @type {any} */ one) => {
      const tag = core.nameTag(model.tags, one.id);
      const path = one.path.map((/** @type {number} */ id) => core.nameTag(model.tags, id)).join(" › ");
      return one.path.length < 2 ? t("tree.circle.self", { tag }) : t("tree.circle", { tag, parent: core.nameTag(model.tags, one.parent), path });
    };
    return h(kit.Notice, { level: "warning" }, model.refused.map((/** @type {any} */ one) => h("div", { key: one.id }, explain(one))));
  }

  /** The way to parent tags for a library without any. @param {{model: any}} props */
  function FlatHint({ model }) {
    const t = kit.useText();
    const isFlat = ![...model.tree.parents.values()].some((/** @type {number[]} */ some) => some.length > 0);
    if (!isFlat || model.changes.size > 0) return null;
    return h(kit.Notice, { level: "info" }, h("p", { className: "mb-2" }, t("tree.flat")), h(kit.TabLink, { tab: "import" }, t("tree.flat.import")));
  }

  /** The tab's content once the tags are loaded. @param {{found: StashBundle.Loaded}} props */
  function Tree({ found }) {
    const t = kit.useText();
    const tags = useMemo(() => core.readTags(found.data.tags), [found.data]);
    const model = tagging.useTreeModel(tags);
    const saving = tagging.useSaving(model, found.setData);
    return h(
      "div",
      { className: "tm-hierarchy" },
      h(
        "div",
        { className: "tm-hierarchy-main" },
        h(Search, { model }),
        h(ActiveBar, { model }),
        h(Refusals, { model }),
        h(tagging.TreeView, { model }),
        h("details", { className: "small text-muted" }, h("summary", null, t("tree.keys")), t("tree.keys.text")),
      ),
      h("div", { className: "tm-pending" }, h(FlatHint, { model }), h(tagging.PendingChanges, { model, saving })),
      model.asking && h(tagging.MoveDialog, { model }),
    );
  }

  function Hierarchy() {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad("hierarchy", (signal) => ui.operation("hierarchy_get", {}, { signal }));
    return h(
      React.Fragment,
      null,
      (found.error || !found.data) && h(kit.Pending, { load: found }),
      found.data && !found.data.count && h(kit.Empty, { icon: "faTags", title: t("tree.none") }),
      found.data && found.data.count > 0 && h(Tree, { found }),
    );
  }

  Object.assign(tagging, { Hierarchy });
})();
