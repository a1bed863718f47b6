// The whole list of missing scenes, or why there is none.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const LISTING_STATES = ["complete", "more", "partial", "waiting"];

  /** Show the button that links an unlinked performer, studio or tag with the plugin that does it, if that is installed. @param {{answer: any}} props */
  function LinkNow({ answer }) {
    const t = kit.useText();
    const { state, entity } = answer;
    const helper = state === "not_linked" && entity ? missing.chooseLinker(kit.bundle.plugins, entity) : null;
    return helper && h(kit.api.libraries.ReactRouterDOM.Link, { to: helper.to, className: "btn btn-primary btn-sm" }, t("link.now", { name: helper.name }));
  }

  /** Show why there is no list, with the next step. @param {{answer: any, onRetry: () => void}} props */
  function UnavailableList({ answer, onRetry }) {
    const t = kit.useText();
    if (answer.state === "no_boxes") return h(kit.NoBoxes);
    return h(kit.Empty, { icon: "faUnlink", title: answer.message, text: answer.next_step }, h(LinkNow, { answer }), h(kit.ActionButton, { size: "sm", onClick: onRetry }, t("state.retry")));
  }

  /** Show the figures and the cards of the list. @param {{found: any, onReason?: any, onClear?: () => void}} props */
  function FoundScenes({ found, onReason, onClear }) {
    const t = kit.useText();
    const { answer, scenes } = found.list;
    const { box, entity } = answer;
    return h(
      React.Fragment,
      null,
      h(missing.Figures, { figures: answer.figures, isPart: !answer.lists_all, box: box.name, onReason }),
      !box.has_whisparr && box.whisparr_hint && h("p", { className: "text-muted small" }, box.whisparr_hint),
      h(missing.SceneGrid, { scenes, box, entity, label: t("list.label"), isPart: missing.hasMore(answer), onChange: found.change, onDrop: found.drop, onStale: found.reload }),
      !scenes.length && !found.isLoading && h(missing.NoScenes, { answer, onClear }),
    );
  }

  /** Show the list, or why there is none. @param {{found: any, onReason?: any, onClear?: () => void}} props `onReason`: the actions for reasons why scenes are hidden */
  function MissingList({ found, onReason, onClear }) {
    const { list, isLoading } = found;
    const { answer } = list;
    if (!answer) return h(missing.ListEnd, { found, box: "" });
    const isListing = LISTING_STATES.includes(answer.state);
    const isImpossible = !isListing && answer.state !== "failed";
    if (isImpossible && !isLoading) return h(UnavailableList, { answer, onRetry: found.reload });
    return h(
      React.Fragment,
      null,
      (answer.notices || []).map((/** @type {string} */ notice) => h(kit.Notice, { key: notice, level: "info" }, notice)),
      isListing && h(FoundScenes, { found, onReason, onClear }),
      h(missing.ListEnd, { found, box: answer.box ? answer.box.name : "" }),
    );
  }

  Object.assign(missing, { MissingList });
})();
