// A value of a field: a picture, a country with its flag, or a text.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;

  /** Show one value of a field; `label` names a picture. @param {{field: string, value: any, label: string}} props */
  function FieldValue({ field, value, label }) {
    const t = kit.useText();
    if (field === "image" && value) return h(performers.Picture, { src: String(value), alt: label });
    const text = performers.formatFieldValue(t, field, value);
    if (text === null) return h("span", { className: "text-muted" }, t("value.empty"));
    const code = performers.readCountryCode(field, value);
    // Stash's own style sheet draws the flag
    return h("span", { className: "sbk-value" }, code && h(React.Fragment, null, h("span", { className: `fi fi-${code}`, "aria-hidden": true }), " "), text);
  }

  Object.assign(performers, { FieldValue });
})();
