// The dialog of the button on the page of a performer, studio or scene: an update of this one, and its locks.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { useState } = React;

  /** Return true if there is something to review: changes, conflicts, or a linked scene that differs and stays as it is. @param {any} answer */
  function hasReview({ run, is_linked: isLinked }) {
    return Boolean(run && run.plan_id) && run.planned + run.conflict + (isLinked ? run.skipped : 0) > 0;
  }

  /** Show the boxes' answers about one performer, studio or scene: its open conflicts, then the review. @param {{answer: any, entity: StashBundle.Entity, onDecided: () => void}} props */
  function UpdateResult({ answer, entity, onDecided }) {
    const t = kit.useText();
    const hasPlan = hasReview(answer);
    const about = { kind: entity.kind, id: entity.id };
    return h(
      React.Fragment,
      null,
      h(performers.BoxProblems, { problems: answer.problems }),
      h(performers.OpenConflicts, { about, onDone: onDecided, isQuiet: true }),
      hasPlan
        ? h(performers.ReviewPanel, { planId: String(answer.run.plan_id) })
        : h(kit.Empty, { icon: "faCircleCheck", title: t(answer.run && answer.run.skipped ? "one.unknown" : "one.nothing"), text: t(answer.run && answer.run.skipped ? "one.unknown.text" : "one.nothing.text") }),
    );
  }

  /** @param {{entity: StashBundle.Entity}} props */
  function EntityUpdate({ entity }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const args = { id: entity.id, kind: entity.kind, dry_run: true };
    const found = kit.useLoad(`${entity.kind} ${entity.id}`, (signal) => ui.operation("update_one", args, { signal }));
    if (!found.data && !found.error) return h(kit.Loading, { text: t("one.asking") });
    return h(kit.Loaded, { load: found, children: (/** @type {any} */ answer) => h(UpdateResult, { answer, entity, onDecided: found.reload }) });
  }

  /** Show the dialog of one performer, studio or scene; the kit opens it from the button on Stash's page. @param {{entity: StashBundle.Entity, onClose: () => void}} props */
  function EntityDialog({ entity, onClose }) {
    const t = kit.useText();
    const [view, setView] = useState("update");
    const views = /** @type {Record<string, any>} */ ({ update: EntityUpdate, locks: performers.EntityLocks });
    return h(
      kit.Dialog,
      { title: t(`one.title.${entity.kind}`), onClose, size: "xl" },
      h(kit.Views, { label: t("one.views"), views: Object.keys(views).map((key) => ({ key, text: t(`one.${key}`) })), open: view, onOpen: setView }),
      h(views[view], { entity }),
    );
  }

  Object.assign(performers, { EntityDialog });
})();
