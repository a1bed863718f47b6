// The locks of one performer's or studio's fields.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;

  /** Show the button that locks or unlocks a field. @param {{row: any, onSet: (field: string, isLocked: boolean) => Promise<void>}} props */
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

  /** Show every field with its lock; no box changes a locked field, whatever its policy. @param {{entity: StashBundle.Entity}} props */
  function EntityLocks({ entity }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const args = { id: entity.id, kind: entity.kind };
    const found = kit.useLoad(`locks ${entity.kind} ${entity.id}`, (signal) => ui.operation("locks", args, { signal }));
    const set = async (/** @type {string} */ field, /** @type {boolean} */ isLocked) => {
      found.setData(await ui.operation("lock_set", { ...args, field, is_locked: isLocked }));
    };
    const columns = [
      { key: "field", title: t("history.field"), render: (/** @type {any} */ row) => performers.nameField(t, row.field) },
      { key: "value", title: t("review.yours"), className: "sbk-value", render: (/** @type {any} */ row) => h(performers.FieldValue, { field: row.field, value: row.value, label: performers.nameField(t, row.field) }) },
      { key: "source", title: t("lock.source"), render: (/** @type {any} */ row) => (row.lock ? t(`lock.${row.lock}`) : (row.box || (row.source && row.source !== "user") ? t("lock.from", { source: row.box || row.source }) : "")) },
      { key: "lock", title: t("lock.title"), render: (/** @type {any} */ row) => h(LockButton, { row, onSet: set }) },
    ];
    const render = (/** @type {any} */ data) => h(kit.Table, { caption: t("lock.title"), columns, rows: data.fields, keyOf: (/** @type {any} */ row) => row.field });
    return h(React.Fragment, null, h("p", { className: "text-muted" }, t("lock.text")), h(kit.Loaded, { load: found, children: render }));
  }

  Object.assign(performers, { EntityLocks });
})();
