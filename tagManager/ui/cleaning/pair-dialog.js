// The dialog that merges two look-alikes: which tag stays, under which name, with which aliases and parents.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Returns the choices that the dialog begins with: the suggested tag stays, with all names and parents of both. @param {any} pair @param {boolean} isOne whether the first tag stays */
  function makeChoice(pair, isOne) {
    const [kept, gone] = isOne ? [pair.one, pair.other] : [pair.other, pair.one];
    const names = [...kept.aliases, gone.name, ...gone.aliases];
    const parents = [...kept.parents, ...gone.parents].map((one) => Number(one.id)).filter((id) => id !== kept.id && id !== gone.id);
    return { isOne, kept, gone, name: kept.name, aliases: new Set(names), parents: new Set(parents) };
  }

  /** Checkboxes for the members of a list. @param {{title: string, rows: {key: any, label: string}[], chosen: Set<any>, onChange: (chosen: Set<any>) => void}} props */
  function Members({ title, rows, chosen, onChange }) {
    if (!rows.length) return null;
    const toggle = (/** @type {any} */ key, /** @type {boolean} */ isOn) => {
      const next = new Set(chosen);
      if (isOn) next.add(key);
      else next.delete(key);
      onChange(next);
    };
    return h(
      "fieldset",
      { className: "mb-2" },
      h("legend", { className: "h6" }, title),
      rows.map((row) => h(kit.Tick, { key: row.key, id: `tm-pair-${row.key}`, label: row.label, isOn: chosen.has(row.key), onChange: (/** @type {boolean} */ isOn) => toggle(row.key, isOn) })),
    );
  }

  /** Which tag stays, and its name. @param {{pair: any, choice: any, setChoice: (choice: any) => void}} props */
  function SideField({ pair, choice, setChoice }) {
    const t = kit.useText();
    const option = (/** @type {any} */ tag, /** @type {boolean} */ isOne) =>
      h(Bootstrap.Form.Check, { type: "radio", id: `tm-side-${tag.id}`, name: "tm-side", label: t("alike.keep", { name: tag.name, count: tag.uses }), checked: choice.isOne === isOne, onChange: () => setChoice(makeChoice(pair, isOne)) });
    return h(
      "fieldset",
      { className: "mb-2" },
      h("legend", { className: "h6" }, t("alike.stays")),
      option(pair.one, true),
      option(pair.other, false),
      h(
        Bootstrap.Form.Group,
        { controlId: "tm-pair-name", className: "sbk-field" },
        h(Bootstrap.Form.Label, { className: "small" }, t("alike.name")),
        h(Bootstrap.Form.Control, { size: "sm", className: "text-input", value: choice.name, onChange: (/** @type {any} */ event) => setChoice({ ...choice, name: event.target.value }) }),
      ),
    );
  }

  /** The choices, and the conflicts of the last attempt. @param {{pair: any, choice: any, setChoice: (choice: any) => void, conflicts: any[]}} props */
  function PairForm({ pair, choice, setChoice, conflicts }) {
    const t = kit.useText();
    const { kept, gone } = choice;
    const names = [...new Set([...kept.aliases, kept.name, gone.name, ...gone.aliases])].filter((name) => name !== choice.name);
    const parents = [...new Map([...kept.parents, ...gone.parents].map((one) => [Number(one.id), one.name]))].filter(([id]) => id !== kept.id && id !== gone.id);
    return h(
      React.Fragment,
      null,
      h(SideField, { pair, choice, setChoice }),
      h(Members, { title: t("alike.aliases"), rows: names.map((name) => ({ key: name, label: name })), chosen: choice.aliases, onChange: (aliases) => setChoice({ ...choice, aliases }) }),
      h(Members, { title: t("alike.parents"), rows: parents.map(([key, label]) => ({ key, label })), chosen: choice.parents, onChange: (chosen) => setChoice({ ...choice, parents: chosen }) }),
      conflicts.length > 0 && h(kit.Notice, { level: "warning" }, conflicts.map((/** @type {any} */ one) => h("div", { key: one.message }, one.message))),
    );
  }

  /** @param {{pair: any, onClose: (isApplied: boolean) => void}} props */
  function PairDialog({ pair, onClose }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [choice, setChoice] = useState(/** @type {any} */ (makeChoice(pair, pair.keep === pair.one.id)));
    const [conflicts, setConflicts] = useState(/** @type {any[]} */ ([]));
    const [planId, setPlanId] = useState(/** @type {string | null} */ (null));
    const title = t("alike.title", { one: pair.one.name, other: pair.other.name });
    if (planId) return h(tagging.PlanDialog, { title, planId, onClose });
    const plan = async () => {
      const args = { source: choice.gone.id, destination: choice.kept.id, new_name: choice.name, aliases: [...choice.aliases], parents: [...choice.parents] };
      const answer = await ui.operation("lookalike_merge", args);
      setConflicts(answer.conflicts);
      setPlanId(answer.plan_id && String(answer.plan_id));
    };
    const footer = h(kit.ActionButton, { variant: "primary", disabled: !choice.name.trim(), onClick: plan }, t("cleaning.preview"));
    return h(kit.Dialog, { title, onClose: () => onClose(false), footer }, h(PairForm, { pair, choice, setChoice, conflicts }));
  }

  Object.assign(tagging, { PairDialog });
})();
