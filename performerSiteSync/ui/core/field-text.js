// Fields, policies and values as text. Pure.
(function (root) {
  "use strict";

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

  /** Return a field's value as text, null for no value. @param {StashBundle.Translate} t @param {string} field @param {any} value */
  function formatFieldValue(t, field, value) {
    if (isEmptyValue(value)) return null;
    if (field === "image") return t("value.picture");
    if (Array.isArray(value)) return formatList(field, value);
    if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
    return String(value);
  }

  const core = { nameField, namePolicy, formatFieldValue };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
