// Texts for changes of tags and links in plans and in the history. Pure.
(function (root) {
  "use strict";
  const FIELDS = ["name", "description", "aliases", "links", "parents", "merged", "tag", "tags", "whole_tag", "image", "patterns", "stash_ids"];
  const LISTS = ["aliases", "parents"];

  const PRINTS = "fingerprints "; // the endpoint of the box follows

  /** Returns the host of an endpoint; a text that is no address stays as it is. @param {string} endpoint */
  function hostOf(endpoint) {
    const found = /^https?:\/\/([^/]+)/.exec(endpoint);
    return found ? found[1] : endpoint;
  }

  /** Returns the box tag's name if the reason has it, otherwise host and id. @param {any} link @param {string} reason */
  function describeLink(link, reason) {
    return /: ./.test(reason) ? reason : `${hostOf(link[0])}, ${link[1]}`;
  }

  /** Returns the text for a created tag with its aliases and description. @param {any} made @param {StashBundle.Translate} t */
  function describeNewTag(made, t) {
    if (!made || !made.name) return made ? t("change.linked_tag") : "";
    const aliases = made.aliases.length ? t("change.aliases", { names: made.aliases.join(", ") }) : "";
    return [t("change.new_tag", { name: made.name }), aliases, made.description].filter(Boolean).join("\n");
  }

  /** Returns the name of a tag id: the reason begins with it. @param {string} reason @param {unknown} id */
  function describeReference(reason, id) {
    const name = reason.includes(": ") ? reason.slice(0, reason.lastIndexOf(": ")) : reason;
    return name || String(id);
  }

  /** Returns the values of a change that deletes a tag or, in an undo, creates it again. @param {any} change */
  function describeDeletion(change) {
    const name = (/** @type {any} */ made) => (made ? made.name : "");
    return { before: name(change.before), after: name(change.after) };
  }

  /** Returns the address of the scene at the box that gets a fingerprint; "" for other changes. @param {any} change */
  function makeBoxUrl(change) {
    const value = change.after || change.before;
    const origin = /^https?:\/\/[^/]+/.exec(change.field.slice(PRINTS.length));
    return change.field.startsWith(PRINTS) && value && origin ? `${origin[0]}/scenes/${value.scene_id}` : "";
  }

  /** Returns the name of a field, undefined if it is none of this plugin's. @param {string} name @param {StashBundle.Translate} t */
  function describeField(name, t) {
    if (name.startsWith(PRINTS)) return t("field.fingerprints", { box: hostOf(name.slice(PRINTS.length)) });
    return FIELDS.includes(name) ? t(`field.${name}`) : undefined;
  }

  /** @param {any} change @param {any} value @param {StashBundle.Translate} t */
  function describeValue(change, value, t) {
    const reason = change.original_reason;
    if (change.field === "links" && Array.isArray(value)) return describeLink(value, reason);
    if (change.field === "tags") return describeReference(reason, value);
    if (change.field === "parents") return reason || String(value);
    if (change.field === "tag") return describeNewTag(value, t);
    if (change.field === "merged") return value ? t("change.merged") : "";
    return describeRemote(change.field, value);
  }

  /** Returns a fingerprint at a box or the link of a scene; undefined for another field. @param {string} field @param {any} value */
  function describeRemote(field, value) {
    if (field.startsWith(PRINTS)) return value.print;
    return field === "stash_ids" ? `${hostOf(value.endpoint)}, ${value.stash_id}` : undefined;
  }

  /** Returns the values of the whole lists that a merge gives to the tag that stays. @param {any} change */
  function describeList(change) {
    const join = (/** @type {any} */ list) => (Array.isArray(list) ? list.join(", ") : "");
    if (change.field === "parents") return { before: "", after: change.original_reason };
    return { before: join(change.before), after: join(change.after) };
  }

  /** Returns the one value of a change that adds, removes or does something. @param {any} change @param {string | undefined} field @param {StashBundle.Translate} t */
  function describeSingle(change, field, t) {
    const side = change.action === "remove" ? "before" : "after";
    const value = change[side] === null || change[side] === undefined ? undefined : describeValue(change, change[side], t);
    if (value === undefined) return { field, ...(change.action === "do" ? { before: "" } : {}) };
    if (change.action === "do") return { field, before: "", after: value };
    return { field, [side]: t(side === "before" ? "history.removed" : "history.added", { value }) };
  }

  /**
   * Returns the field and the values before and after of a change, as the kit's tables show them.
   * @param {any} change
   * @param {StashBundle.Translate} t
   * @returns {StashBundle.Described}
   */
  function describeChange(change, t) {
    const field = describeField(change.field, t);
    if (change.action === "note") return { field, before: "", after: "" };
    if (change.field === "whole_tag") return { field, ...describeDeletion(change) };
    if (change.action === "set" && LISTS.includes(change.field)) return { field, ...describeList(change) };
    return describeSingle(change, field, t);
  }

  const core = { hostOf, makeBoxUrl, describeChange };
  if (root.StashBundleKit) root.StashBundleKit.tagging.changesCore = core;
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
