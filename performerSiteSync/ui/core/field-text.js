// Fields, policies and values as text. Pure.
(function (root) {
  "use strict";

  const COUNTRIES = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const CODES = ["gender", "circumcised"]; // Stash's values such as TRANSGENDER_FEMALE
  const UNITS = /** @type {Record<string, string>} */ ({ height_cm: "cm", weight: "kg", penis_length: "cm" });

  /** Return the name of a field; a field without a text keeps its own name. @param {StashBundle.Translate} t @param {string} field */
  function nameField(t, field) {
    return t(`field.${field}`, {}, field);
  }

  /** Return the name of a policy; some fields have a text of their own for it. @param {StashBundle.Translate} t @param {string} field @param {string} policy */
  function namePolicy(t, field, policy) {
    return t(`policy.${field}.${policy}`, {}, t(`policy.${policy}`));
  }

  /** @param {any} value */
  function isEmptyValue(value) {
    return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  }

  /** Return a list as lines; of links only their ids. @param {string} field @param {any[]} value */
  function formatList(field, value) {
    if (field !== "stash_ids") return value.join("\n");
    return (Array.isArray(value[0]) ? value : [value]).map((pair) => pair[1]).join("\n");
  }

  /** Return the two letters of a country's code, "" for anything else. @param {string} field @param {unknown} value */
  function readCountryCode(field, value) {
    return field === "country" && /^[A-Za-z]{2}$/.test(String(value)) ? String(value).toLowerCase() : "";
  }

  /** Return a value's label, such as "Norway" for NO and "Transgender female" for TRANSGENDER_FEMALE. @param {string} field @param {any} value */
  function labelValue(field, value) {
    const text = String(value);
    if (readCountryCode(field, value)) return COUNTRIES.of(text.toUpperCase()) || text;
    if (CODES.includes(field) && /^[A-Z_]+$/.test(text)) return text.charAt(0) + text.slice(1).toLowerCase().replace(/_/g, " ");
    return UNITS[field] && /^[\d.]+$/.test(text) ? `${text} ${UNITS[field]}` : text;
  }

  /** Return a field's value as text, null for no value. @param {StashBundle.Translate} t @param {string} field @param {any} value */
  function formatFieldValue(t, field, value) {
    if (isEmptyValue(value)) return null;
    if (field === "image") return t("value.picture");
    if (Array.isArray(value)) return formatList(field, value);
    if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
    return labelValue(field, value);
  }

  const core = { nameField, namePolicy, formatFieldValue, readCountryCode };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
