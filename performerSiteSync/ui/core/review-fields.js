// The fields of an item of a review: which are changed, which stay as they are, and where each value stands. Pure.
(function (root) {
  "use strict";

  const LINKED_FIELDS = ["parent_id", "stash_ids"]; // set by linking, so there is no value to take
  const SAYS_NOTHING = /^(From .+\.|You took it .+\.)$/; // the column of the source says it

  /** Return the changed fields of an item, and those that differ at a source and stay. @param {any} item */
  function splitFields(item) {
    const isChanged = (/** @type {any} */ field) => (field.changes || []).length > 0;
    return { changed: item.fields.filter(isChanged), kept: item.fields.filter((/** @type {any} */ field) => !isChanged(field)) };
  }

  /** Return the sources of an item, each once, also if it is linked to two records there. @param {any} item @returns {{box: string, endpoint: string}[]} */
  function listBoxes(item) {
    return item.sources.filter((/** @type {any} */ one, /** @type {number} */ place) => item.sources.findIndex((/** @type {any} */ other) => other.endpoint === one.endpoint) === place);
  }

  /** Return the changes of a field that come from none of these sources, such as a former name that becomes an alias. @param {any} field @param {{endpoint: string}[]} boxes */
  function listOtherChanges(field, boxes) {
    return (field.changes || []).filter((/** @type {any} */ change) => !boxes.some((box) => box.endpoint === change.source));
  }

  /** Return the members that a source's value adds to the library's and to those that are planned; of a single value itself or none. @param {any} field @param {any} value */
  function listNews(field, value) {
    const own = Array.isArray(field.value) ? field.value : [field.value];
    const planned = (field.changes || []).filter((/** @type {any} */ one) => one.action !== "remove").map((/** @type {any} */ one) => one.after);
    const known = new Set([...own, ...planned].map((one) => JSON.stringify(one)));
    return (Array.isArray(value) ? value : [value]).filter((one) => !known.has(JSON.stringify(one)));
  }

  /**
   * Return what the review shows of a source's value: "none", "same" as the library's, "planned" as a change of another source, or "differs".
   * @param {any} field
   * @param {any} offer
   */
  function compareOffer(field, offer) {
    if (!offer || offer.value === null || offer.value === undefined || offer.value === "" || (Array.isArray(offer.value) && !offer.value.length)) return "none";
    if (field.field === "image") return "differs"; // addresses of pictures say nothing about the pictures
    if (listNews({ ...field, changes: [] }, offer.value).length === 0) return "same";
    return listNews(field, offer.value).length === 0 ? "planned" : "differs";
  }

  /** Return true if the review offers to take a source's value. @param {any} item @param {any} field @param {any} offer */
  function canTake(item, field, offer) {
    const isPlanned = (field.changes || []).some((/** @type {any} */ one) => one.outcome === "planned" && one.source === offer.endpoint);
    return Boolean(item.local) && compareOffer(field, offer) === "differs" && !isPlanned && !LINKED_FIELDS.includes(field.field);
  }

  /** Return the reason of a field if it says more than where the value is from. @param {any} field */
  function explainField(field) {
    return field.why && !SAYS_NOTHING.test(field.why) ? field.why : "";
  }

  const core = { splitFields, listBoxes, listOtherChanges, listNews, compareOffer, canTake, explainField };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.performers, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
