// The link column of a tag: its proposals and its links, each with buttons.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const EXACT = ["name", "alias"];

  /** A box tag's name with its category and description. @param {{remote: any, children?: any}} props */
  function RemoteName({ remote, children }) {
    return h(
      "div",
      { className: "tm-remote" },
      h("a", { href: remote.url, target: "_blank", rel: "noopener noreferrer" }, remote.name),
      remote.category && h(Bootstrap.Badge, { variant: "secondary" }, remote.category.name),
      children,
      remote.description && h("div", { className: "text-muted small tm-clamp font-italic", title: remote.description }, remote.description),
    );
  }

  /** Asks before a link replaces another link. @param {any} props */
  function LinkAnywayDialog({ conflict, onAnyway, onCompare, onClose }) {
    const t = kit.useText();
    const compare = () => (onClose(), onCompare());
    return h(
      kit.ConfirmDialog,
      { title: t("conflict.title"), confirmText: t("conflict.confirm"), onConfirm: onAnyway, onClose },
      h("p", null, conflict.message),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: compare }, t("conflict.compare")),
    );
  }

  /** Buttons that link a tag to a box tag, or open both in the merge dialog. @param {{tag: any, remote: any, tools: any}} props */
  function LinkButtons({ tag, remote, tools }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [conflict, setConflict] = useState(/** @type {any} */ (null));
    const args = { tag_id: tag.id, endpoint: remote.endpoint, remote_id: remote.id };
    const accept = async (/** @type {any} */ more) => {
      const { run, conflict: found } = await ui.operation("link_accept", { ...args, ...more });
      if (found) setConflict(found);
      else await tools.report(t("tags.linked", { name: tag.name, remote: remote.name }), run, null, String(tag.id));
    };
    const anyway = () => accept(conflict.kind === "other_link" ? { replace: true } : { replace: true, anyway: true });
    const compare = () => tools.compare(tag, remote);
    const named = (/** @type {string} */ key) => `${t(key)}: ${tag.name}, ${remote.name}`; // the list has one such button in every row
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", variant: "primary", "aria-label": named("tags.accept"), onClick: () => accept({}) }, t("tags.accept")),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": named("merge.open"), onClick: compare }, t("merge.open")),
      conflict && h(LinkAnywayDialog, { conflict, onAnyway: anyway, onCompare: compare, onClose: () => setConflict(null) }),
    );
  }

  /** The rule that made a proposal; an exact match stands out. @param {{proposal: any}} props */
  function MatchBadge({ proposal }) {
    const t = kit.useText();
    const text = t(`tags.by.${proposal.by}`, { score: proposal.score, matched: proposal.matched });
    return EXACT.includes(proposal.by) ? h(Bootstrap.Badge, { variant: "success" }, text) : h("small", { className: "text-muted" }, text);
  }

  /** Opens the search of the box's tags: an icon behind other buttons, a button with text where there is nothing else. @param {{tag: any, tools: any, isAlone?: boolean}} props */
  function SearchButton({ tag, tools, isAlone = false }) {
    const t = kit.useText();
    const { name } = tools.box;
    const frame = { size: "sm", variant: "secondary", title: t("search.open", { box: name }), "aria-label": t("search.open.for", { name: tag.name, box: name }), onClick: () => tools.search(tag) };
    return h(Bootstrap.Button, frame, h(kit.Icon, { name: "faSearch" }), isAlone && h("span", null, t("search.open", { box: name })));
  }

  /** One proposal with the rule that made it, and buttons to link or reject it. @param {{tag: any, proposal: any, tools: any, children?: any}} props children: more buttons */
  function ProposalRow({ tag, proposal, tools, children }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const args = { tag_id: tag.id, endpoint: proposal.endpoint, remote_id: proposal.id };
    const reject = async () => {
      await ui.operation("link_reject", args);
      const takeBack = () => ui.operation("link_unreject", args);
      await tools.report(t("tags.rejected", { name: tag.name, remote: proposal.name }), null, takeBack, String(tag.id));
    };
    const others = proposal.linked_to.map((/** @type {any} */ one) => one.name).join(", ");
    return h(
      "div",
      { className: "tm-proposal" },
      h(
        RemoteName,
        { remote: proposal },
        h(MatchBadge, { proposal }),
        others && h("small", { className: "text-warning" }, t("tags.linked_to", { names: others })),
      ),
      h("div", { className: "tm-buttons" }, h(LinkButtons, { tag, remote: proposal, tools }), h(kit.ActionButton, { size: "sm", "aria-label": `${t("tags.reject")}: ${tag.name}, ${proposal.name}`, onClick: reject }, t("tags.reject")), children),
    );
  }

  /** True if another tag has the same link. @param {any} remote @param {any} tag */
  const isShared = (remote, tag) => remote.linked_to.some((/** @type {any} */ one) => one.id !== tag.id);

  /** One link of the tag with its buttons. @param {{tag: any, remoteId: string, tools: any, children?: any}} props children: more buttons */
  function LinkRow({ tag, remoteId, tools, children }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const remote = tag.all_linked.find((/** @type {any} */ one) => one.id === remoteId);
    const dead = tag.dead && tag.dead.remote_id === remoteId ? tag.dead : null;
    const unlink = async () => {
      const { run } = await ui.operation("link_remove", { tag_id: tag.id, endpoint: tools.box.endpoint, remote_id: remoteId });
      await tools.report(t("tags.unlinked", { name: tag.name, box: tools.box.name }), run, null, String(tag.id));
    };
    return h(
      "div",
      { className: "tm-proposal" },
      remote ? h(RemoteName, { remote }) : dead ? h(tagging.DeadState, { dead }) : h("code", null, remoteId),
      dead && h(tagging.DeadButtons, { tag, dead, tools, rowKey: String(tag.id) }),
      !dead &&
        h(
          "div",
          { className: "tm-buttons" },
          remote && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => tools.compare(tag, remote) }, t(isShared(remote, tag) ? "merge.solve" : "merge.open")),
          h(kit.ActionButton, { size: "sm", "aria-label": `${t("tags.unlink")}: ${tag.name}`, onClick: unlink }, t("tags.unlink")),
          children,
        ),
    );
  }

  /** The link column of a tag: its links, otherwise its proposals; the search stands behind the last one. @param {{tag: any, tools: any}} props */
  function LinkCell({ tag, tools }) {
    const t = kit.useText();
    const links = tag.links.filter((/** @type {any} */ link) => link.endpoint === tools.box.endpoint);
    const key = String(tag.id);
    if (tools.outcomes[key]) return h(tagging.RowOutcome, { text: tools.outcomes[key] });
    const search = h(SearchButton, { tag, tools });
    const link = (/** @type {any} */ one) => h(LinkRow, { key: one.stash_id, tag, remoteId: one.stash_id, tools }, one === links[links.length - 1] && search);
    const propose = (/** @type {any} */ one) => h(ProposalRow, { key: one.id, tag, proposal: one, tools }, one === tag.proposals[tag.proposals.length - 1] && search);
    const nothing = h("div", { className: "tm-proposal" }, h("span", { className: "tm-remote text-muted" }, t("tags.no_proposal")), h(SearchButton, { tag, tools, isAlone: true }));
    return h(
      "div",
      { ref: tools.rowRef(key) },
      links.length ? links.map(link) : tag.proposals.length ? tag.proposals.map(propose) : nothing,
      tag.notes.map((/** @type {string} */ note) => h("div", { key: note, className: "text-warning small" }, note)),
    );
  }

  Object.assign(tagging, { LinkCell, LinkButtons, RemoteName });
})();
