// Links between your tags and a box's: proposals to accept or reject, all exact ones at once, dead links.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const VIEWS = ["unlinked", "linked", "all", "conflicts", "dead"];

  /** @param {any} proposal @param {StashBundle.Translate} t */
  function explain(proposal, t) {
    return t(`tags.by.${proposal.by}`, { score: proposal.score });
  }

  /** @param {{tag: any, proposal: any, onDone: () => void}} props */
  function Proposal({ tag, proposal, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [conflict, setConflict] = useState(/** @type {any} */ (null));
    const args = { tag_id: tag.id, endpoint: proposal.endpoint, remote_id: proposal.id };
    const accept = async (/** @type {any} */ more) => {
      const answer = await ui.operation("link_accept", { ...args, ...more });
      if (answer.conflict) return setConflict(answer.conflict);
      kit.toast.success(t("tags.linked"));
      return onDone();
    };
    const reject = async () => {
      await ui.operation("link_reject", args);
      onDone();
    };
    return h(
      "div",
      { className: "tm-proposal" },
      h("a", { href: proposal.url, target: "_blank", rel: "noopener noreferrer", title: proposal.description || undefined }, proposal.name),
      proposal.category && h("small", { className: "text-muted" }, proposal.category.name),
      h("small", { className: "text-muted" }, explain(proposal, t)),
      h(kit.ActionButton, { size: "sm", variant: "primary", onClick: () => accept({}) }, t("tags.accept")),
      h(kit.ActionButton, { size: "sm", onClick: reject }, t("tags.reject")),
      conflict &&
        h(
          kit.ConfirmDialog,
          { title: t("conflict.title"), confirmText: t("conflict.confirm"), onConfirm: () => accept(conflict.kind === "other_link" ? { replace: true } : { anyway: true }), onClose: () => setConflict(null) },
          h("p", null, conflict.message),
        ),
    );
  }

  /** @param {{tag: any, endpoint: string, onDone: () => void}} props */
  function Linked({ tag, endpoint, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const unlink = async () => {
      await ui.operation("link_remove", { tag_id: tag.id, endpoint });
      kit.toast.success(t("tags.unlinked"));
      onDone();
    };
    const { dead, linked } = tag;
    return h(
      "div",
      { className: "tm-proposal" },
      linked && h("a", { href: linked.url, target: "_blank", rel: "noopener noreferrer" }, linked.name),
      dead && h("span", { className: "text-warning" }, t(`tags.dead.${dead.state}`, { name: dead.into ? dead.into.name : "" })),
      h(kit.ActionButton, { size: "sm", onClick: unlink }, t("tags.unlink")),
    );
  }

  /** @param {{tag: any, endpoint: string, onDone: () => void}} props */
  function LinkCell({ tag, endpoint, onDone }) {
    const isLinked = tag.links.some((/** @type {any} */ link) => link.endpoint === endpoint);
    return h(
      React.Fragment,
      null,
      isLinked && h(Linked, { tag, endpoint, onDone }),
      !isLinked && tag.proposals.map((/** @type {any} */ proposal) => h(Proposal, { key: proposal.id, tag, proposal, onDone })),
      tag.notes.map((/** @type {string} */ note) => h("div", { key: note, className: "text-muted small" }, note)),
    );
  }

  /** @param {{box: any, onDone: () => void}} props */
  function RefreshButton({ box, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const task = kit.useTask("refresh", { onEnd: onDone });
    const start = async () => {
      const answer = await ui.operation("tags_refresh", { endpoint: box.endpoint });
      task.adopt({ jobId: answer.job_id, runToken: answer.run_token, title: t("tags.refreshing") });
    };
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-toolbar" },
        h(kit.ActionButton, { icon: "faSync", onClick: start, disabled: task.isActive || !box.offers_tags }, t("tags.refresh")),
        h("span", { className: "text-muted" }, box.fetched_at ? t("tags.fetched", { count: box.count, moment: kit.formatMoment(box.fetched_at, locale) }) : t("tags.never")),
      ),
      box.problem && h(kit.Notice, { level: "warning" }, box.problem),
      h(kit.TaskProgress, { task }),
    );
  }

  /** All exact matches as one list to look through. @param {{endpoint: string, onDone: () => void}} props */
  function ExactButton({ endpoint, onDone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [planId, setPlanId] = useState(/** @type {string | null} */ (null));
    const open = async () => {
      const answer = await ui.operation("exact_plan", { endpoint, by: ["name", "alias"] });
      if (answer.plan_id && answer.items) setPlanId(String(answer.plan_id));
      else kit.toast.success(t("tags.exact.none"));
    };
    const close = () => {
      setPlanId(null);
      onDone();
    };
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", icon: "faLink", onClick: open }, t("tags.exact")),
      planId && h(kit.Dialog, { title: t("tags.exact.title"), onClose: close, size: "xl" }, h(kit.PlanPanel, { planId })),
    );
  }

  /** @param {{box: any, boxes: any}} props */
  function TagTable({ box, boxes }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [view, setView] = useState(VIEWS[0]);
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const [sort, setSort] = useState({ key: "name", descending: false });
    const args = { endpoint: box.endpoint, view, text, page, sort: sort.key, direction: sort.descending ? "DESC" : "ASC" };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("tags_list", args, { signal }));
    const done = () => {
      found.reload();
      boxes.reload();
    };
    const columns = [
      { key: "name", title: t("tags.name"), sortable: true, render: (/** @type {any} */ row) => h(ReactRouterDOM.Link, { to: `/tags/${row.id}` }, row.name) },
      { key: "scenes_count", title: t("tags.scenes"), sortable: true, render: (/** @type {any} */ row) => row.scenes },
      { key: "link", title: t("tags.link"), render: (/** @type {any} */ row) => h(LinkCell, { tag: row, endpoint: box.endpoint, onDone: done }) },
    ];
    const choices = VIEWS.map((value) => ({ value, label: t(`tags.view.${value}`) }));
    const change = (/** @type {string} */ next) => {
      setView(next);
      setPage(1);
    };
    const size = found.data ? found.data.page_size : 25;
    return h(
      React.Fragment,
      null,
      h(RefreshButton, { box, onDone: done }),
      h(
        "div",
        { className: "sbk-filters" },
        h(tagging.BoxPicker, { boxes }),
        h(kit.Picker, { id: "tm-tags-view", label: t("tags.view"), value: view, choices, onChange: change }),
        h(ExactButton, { endpoint: box.endpoint, onDone: done }),
      ),
      h(tagging.Listing, { found, items: "tags", columns, caption: t("tab.tags"), page, size, onPage: setPage, text, onText: setText, keyOf: (/** @type {any} */ row) => String(row.id), empty: h(kit.Empty, { title: t("tags.none") }), sort, onSort: setSort }),
    );
  }

  function Tags() {
    const boxes = tagging.useBoxes();
    return h(tagging.WithBox, { boxes }, boxes.box && h(TagTable, { key: boxes.box.endpoint, box: boxes.box, boxes }));
  }

  /** The links of one tag, behind the button on its page. @param {{entity: StashBundle.Entity, onClose: () => void}} props */
  function TagDialog({ entity, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad(`tag:${entity.id}`, (signal) => ui.operation("tag_show", { tag_id: entity.id }, { signal }));
    const { links = [], tag = null } = found.data || {};
    return h(
      kit.Dialog,
      { title: tag ? tag.name : t("button.manage"), onClose },
      found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
      !found.data && !found.error && h(kit.Loading),
      links.map((/** @type {any} */ link) => h("p", { key: link.endpoint }, h("strong", null, link.box), " ", h("a", { href: link.url, target: "_blank", rel: "noopener noreferrer" }, link.name || link.stash_id))),
      found.data && !links.length && h("p", { className: "text-muted" }, t("tags.view.unlinked")),
      h(ReactRouterDOM.Link, { to: `${ui.path}/tags`, className: "btn btn-secondary", onClick: onClose }, ui.name),
    );
  }

  Object.assign(tagging, { Tags, TagDialog });
})();
