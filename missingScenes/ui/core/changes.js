// The texts of changes in plans and in the history. Pure.
(function (root) {
  "use strict";

  const NAMED_FIELDS = ["in_whisparr", "monitored", "wanted", "ignored", "stash_ids", "is_rejected"];
  // The value of in_whisparr is Whisparr's whole record of a scene; users only need to know if it has one.
  const FORMATS = /** @type {Record<string, (value: any, t: StashBundle.Translate) => string>} */ ({
    in_whisparr: (value, t) => t(value ? "value.yes" : "value.no"),
    is_rejected: (value, t) => t(value ? "value.yes" : "value.no"),
    stash_ids: (value) => (value && value.stash_id) || "",
  });

  /**
   * Return the name of a change's field and, for some fields, its values as text; the kit calls it for plans and the history.
   * @param {StashBundle.ChangeRow} change
   * @param {StashBundle.Translate} t
   * @returns {StashBundle.Described}
   */
  function describeChange({ field, before, after }, t) {
    const format = FORMATS[field];
    const name = NAMED_FIELDS.includes(field) ? { field: t(`field.${field}`) } : {};
    return format ? { ...name, before: format(before, t), after: format(after, t) } : name;
  }

  const core = { describeChange };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
