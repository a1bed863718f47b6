// Fields of a toolbar: a list to choose from, a checkbox, and a text that is used when typing pauses.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useState } = React;
  const TYPING_PAUSE_SECONDS = 1;

  /** Show a list to choose one value from, with its label above. @param {{id: string, label: string, value: string, choices: {value: string, label: string}[], onChange: (value: string) => void}} props */
  function Picker({ id, label, value, choices, onChange }) {
    return h(
      Bootstrap.Form.Group,
      { controlId: id, className: "sbk-field" },
      h(Bootstrap.Form.Label, { className: "small" }, label),
      h(
        Bootstrap.Form.Control,
        { as: "select", size: "sm", className: "text-input", value, onChange: (/** @type {any} */ event) => onChange(event.target.value) },
        choices.map((choice) => h("option", { key: choice.value, value: choice.value }, choice.label)),
      ),
    );
  }

  /** Show a checkbox with its label. @param {{id: string, label: string, isOn: boolean, onChange: (isOn: boolean) => void}} props */
  function Tick({ id, label, isOn, onChange }) {
    return h(Bootstrap.Form.Check, { id, type: "checkbox", label, checked: isOn, onChange: (/** @type {any} */ event) => onChange(event.target.checked) });
  }

  /**
   * Show an input whose `onChange` is called when typing pauses, or at once with Enter and when the input is left.
   * @param {{id: string, label: string, value: string, type?: string, placeholder?: string, min?: number, onChange: (value: string) => void}} props
   */
  function Field({ id, label, value, onChange, ...rest }) {
    const [text, setText] = useState(value);
    useEffect(() => setText(value), [value]);
    useEffect(() => {
      if (text === value) return undefined;
      return kit.clock.every(TYPING_PAUSE_SECONDS, () => onChange(text));
    }, [text, value, onChange]);
    const onKeyDown = (/** @type {any} */ event) => event.key === "Enter" && onChange(text);
    const onBlur = () => text !== value && onChange(text); // before the click on a button that uses the value
    return h(
      Bootstrap.Form.Group,
      { controlId: id, className: "sbk-field" },
      h(Bootstrap.Form.Label, { className: "small" }, label),
      h(Bootstrap.Form.Control, { size: "sm", className: "text-input", value: text, onChange: (/** @type {any} */ event) => setText(event.target.value), onKeyDown, onBlur, ...rest }),
    );
  }

  Object.assign(kit, { Picker, Tick, Field });
})();
