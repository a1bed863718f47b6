// Fields, policies and values as text. Pure.
(function (root) {
  "use strict";

  /** What people call a field; one we have no word for keeps its own name. @param {StashBundle.Translate} t @param {string} field */
  function nameField(t, field) {
    return t(`field.${field}`, {}, field);
  }

  /** What a policy means for a field; some fields say it in their own words. @param {StashBundle.Translate} t @param {string} field @param {string} policy */
  function namePolicy(t, field, policy) {
    return t(`policy.${field}.${policy}`, {}, t(`policy.${policy}`));
  }

  /** @param {any} value */
  function isEmptyValue(value) {
    return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  }

  /** A list for people; of a link to a box only the id. @param {string} field @param {any[]} value */
  function formatList(field, value) {
    if (field !== "stash_ids") return value.join("\n");
    return (Array.isArray(value[0]) ? value : [value]).map((pair) => pair[1]).join("\n");
  }

  /** A value for people; null when there is none. @param {StashBundle.Translate} t @param {string} field @param {any} value */
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
