// A combobox: a search field with a list of options below it, for keyboard and mouse.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const KEEPS = { keeps: true };

  /** @typedef {{id: number, name: string, note?: string, isOff?: boolean}} Option */

  /** @param {{option: Option, id: string, isActive: boolean, onPick: () => void}} props */
  function OptionRow({ option, id, isActive, onPick }) {
    const className = `tm-option${isActive ? " tm-active" : ""}${option.isOff ? " text-muted" : ""}`;
    return h(
      "li",
      { id, role: "option", "aria-selected": isActive, "aria-disabled": option.isOff || undefined, className, onClick: () => !option.isOff && onPick() },
      h("span", null, option.name),
      option.note && h("small", { className: "text-muted" }, option.note),
    );
  }

  /** The options found; `isHidden` while one is chosen. @param {any} props */
  function OptionList({ id, label, options, active, found, isHidden, pick }) {
    const t = kit.useText();
    const row = (/** @type {Option} */ option, /** @type {number} */ index) => h(OptionRow, { key: option.id, option, id: nameOption(id, index), isActive: index === active, onPick: () => pick(option) });
    return h(
      React.Fragment,
      null,
      found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
      h("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, className: "tm-options" }, options.map(row)),
      !isHidden && found.data && !options.length && h("div", { className: "text-muted small", role: "status" }, t("chooser.none")),
    );
  }

  /** Returns the id of an option's element. @param {string} id @param {number} index */
  const nameOption = (id, index) => `${id}-option-${index}`;

  /**
   * Lets the user search for an option and choose it; typing again drops the choice.
   * @param {{id: string, label: string, find: (text: string, signal: AbortSignal) => Promise<Option[]>, chosen: Option | null, onChoose: (option: Option | null) => void}} props
   */
  function Chooser({ id, label, find, chosen, onChoose }) {
    const [text, setText] = useState(chosen ? chosen.name : "");
    const [active, setActive] = useState(0);
    const found = kit.useLoad(`${id}:${text}`, (signal) => find(text, signal), KEEPS);
    const isHidden = Boolean(chosen);
    const options = /** @type {Option[]} */ (isHidden ? [] : found.data || []);
    const pick = (/** @type {Option} */ option) => {
      setText(option.name);
      onChoose(option);
    };
    const type = (/** @type {any} */ event) => {
      setText(event.target.value);
      setActive(0);
      onChoose(null);
    };
    const press = (/** @type {any} */ event) => {
      const next = tagging.treeCore.findNextIndex(event.key, active, options.length, 5);
      if (event.key === "Enter" && options[active] && !options[active].isOff) pick(options[active]);
      else if (next < 0 || event.key === "Home" || event.key === "End") return;
      else setActive(next);
      event.preventDefault();
    };
    return h(
      Bootstrap.Form.Group,
      { controlId: id, className: "sbk-field tm-chooser" },
      h(Bootstrap.Form.Label, { className: "small" }, label),
      h(Bootstrap.Form.Control, {
        size: "sm",
        className: "text-input",
        value: text,
        autoComplete: "off",
        role: "combobox",
        "aria-expanded": options.length > 0,
        "aria-controls": `${id}-list`,
        "aria-activedescendant": options[active] ? nameOption(id, active) : undefined,
        onChange: type,
        onKeyDown: press,
      }),
      h(OptionList, { id, label, options, active, found, isHidden, pick }),
    );
  }

  Object.assign(tagging, { Chooser });
})();
