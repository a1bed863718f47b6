// One performer or site, from its own page: what the boxes know about exactly this one, and its locks.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** @param {{row: any, onSet: (field: string, isLocked: boolean) => Promise<void>}} props */
  function LockButton({ row, onSet }) {
    const t = kit.useText();
    const name = performers.nameField(t, row.field);
    const isLocked = Boolean(row.lock);
    return h(
      kit.ActionButton,
      { size: "sm", icon: isLocked ? "faLock" : "faLockOpen", variant: isLocked ? "primary" : "secondary", "aria-pressed": isLocked, "aria-label": t(isLocked ? "lock.release" : "lock.set", { field: name }), onClick: () => onSet(row.field, !isLocked) },
      t(isLocked ? "lock.on" : "lock.off"),
    );
  }

  /** Every field with its lock; a lock keeps sources out whatever the policies say. @param {{entity: StashBundle.Entity}} props */
  function Locks({ entity }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const args = { id: entity.id, kind: entity.kind };
    const found = kit.useLoad(`locks ${entity.kind} ${entity.id}`, (signal) => ui.operation("locks", args, { signal }));
    const set = async (/** @type {string} */ field, /** @type {boolean} */ isLocked) => {
      found.setData(await ui.operation("lock_set", { ...args, field, is_locked: isLocked }));
    };
    const value = (/** @type {any} */ row) => performers.showValue(t, row.field, row.value);
    const columns = [
      { key: "field", title: t("history.field"), render: (/** @type {any} */ row) => performers.nameField(t, row.field) },
      { key: "value", title: t("review.yours"), className: "sbk-value", render: (/** @type {any} */ row) => value(row) || h("span", { className: "text-muted" }, t("value.empty")) },
      { key: "source", title: t("lock.source"), render: (/** @type {any} */ row) => (row.lock ? t(`lock.${row.lock}`) : (row.box || (row.source && row.source !== "user") ? t("lock.from", { source: row.box || row.source }) : "")) },
      { key: "lock", title: t("lock.title"), render: (/** @type {any} */ row) => h(LockButton, { row, onSet: set }) },
    ];
    const render = (/** @type {any} */ data) => h(kit.Table, { caption: t("lock.title"), columns, rows: data.fields, keyOf: (/** @type {any} */ row) => row.field });
    return h(React.Fragment, null, h("p", { className: "text-muted" }, t("lock.text")), h(performers.Found, { found, children: render }));
  }

  /** What the boxes answered about this one, and what has to be decided first. @param {{answer: any, entity: StashBundle.Entity, onDecided: () => void}} props */
  function Answer({ answer, entity, onDecided }) {
    const t = kit.useText();
    const hasPlan = Boolean(answer.run && answer.run.plan_id && answer.run.planned + answer.run.conflict > 0);
    const about = { kind: entity.kind, id: entity.id };
    return h(
      React.Fragment,
      null,
      h(performers.Problems, { problems: answer.problems }),
      h(performers.OpenConflicts, { about, onDone: onDecided, isQuiet: true }),
      hasPlan
        ? h(performers.ReviewPanel, { planId: String(answer.run.plan_id), kind: entity.kind })
        : h(kit.Empty, { icon: "faCircleCheck", title: t(answer.run && answer.run.skipped ? "one.unknown" : "one.nothing"), text: t(answer.run && answer.run.skipped ? "one.unknown.text" : "one.nothing.text") }),
    );
  }

  /** @param {{entity: StashBundle.Entity}} props */
  function Update({ entity }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const args = { id: entity.id, kind: entity.kind, dry_run: true };
    const found = kit.useLoad(`${entity.kind} ${entity.id}`, (signal) => ui.operation("update_one", args, { signal }));
    if (!found.data && !found.error) return h(kit.Loading, { text: t("one.asking") });
    return h(performers.Found, { found, children: (/** @type {any} */ answer) => h(Answer, { answer, entity, onDecided: found.reload }) });
  }

  const VIEWS = /** @type {Record<string, any>} */ ({ update: Update, locks: Locks });

  /** @param {{entity: StashBundle.Entity, onClose: () => void}} props */
  function OneDialog({ entity, onClose }) {
    const t = kit.useText();
    const [view, setView] = useState("update");
    const button = (/** @type {string} */ key) => h(Bootstrap.Button, { key, size: "sm", variant: "secondary", active: key === view, "aria-pressed": key === view, onClick: () => setView(key) }, t(`one.${key}`));
    return h(
      kit.Dialog,
      { title: t(`one.title.${entity.kind}`), onClose, size: "xl" },
      h("div", { className: "sbk-toolbar", role: "group", "aria-label": t("one.views") }, Object.keys(VIEWS).map(button)),
      h(VIEWS[view], { entity }),
    );
  }

  Object.assign(performers, { OneDialog });
})();
