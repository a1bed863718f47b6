// The texts of a change of an item in plans and in the history: names of fields, locks and pictures. Pure.
(function (root) {
  "use strict";

  const PICTURES = ["poster", "background"];
  // Plex's names for the locks of pictures.
  const LOCKED = /** @type {Record<string, string>} */ ({ thumb: "poster", art: "background" });

  /** Return the name of a field; a field without a text keeps its own name. @param {string} field @param {StashBundle.Translate} t */
  function nameField(field, t) {
    return t(`field.${LOCKED[field] || field}`, {}, field);
  }

  /** Return a name for a picture from the end of its key; undefined for none, which the kit shows. @param {any} key @param {StashBundle.Translate} t */
  function namePicture(key, t) {
    return key ? t("picture.named", { name: String(key).slice(-6) }) : undefined;
  }

  /** Return the names of the actors whose photos these are. @param {any} photos */
  function listNames(photos) {
    return photos ? Object.keys(photos).join(", ") : undefined;
  }

  /** Return the time of a play in the language of the browser; undefined for none. @param {any} value */
  function showPlay(value) {
    return value ? new Date(value).toLocaleString() : undefined;
  }

  /** Return a position in minutes and seconds, such as "12:05"; undefined for none. @param {any} seconds */
  function showPosition(seconds) {
    if (seconds == null) return undefined;
    const whole = Math.round(seconds);
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  }

  /** Return a rating of Stash in stars; undefined for none. @param {any} value @param {StashBundle.Translate} t */
  function showStars(value, t) {
    return value == null ? undefined : t("stars.of", { stars: value / 20 });
  }

  const WATCHED = /** @type {Record<string, (value: any, t: StashBundle.Translate) => string | undefined>} */ ({ plays: showPlay, resume: showPosition, stars: showStars });

  /** Return the texts of a lock that is set or taken off. @param {any} change @param {string} field @param {StashBundle.Translate} t */
  function describeLock(change, field, t) {
    if (change.action === "add") return { field, after: t("lock.on", { field: nameField(String(change.after), t) }) };
    return { field, before: t("lock.off", { field: nameField(String(change.before), t) }) };
  }

  /** Return the places where Plex shows a collection; undefined for none. @param {any} places @param {StashBundle.Translate} t */
  function namePlaces(places, t) {
    return places && places.length ? places.map((/** @type {string} */ place) => t(`shelf.place.${place}`)).join(", ") : undefined;
  }

  /** Return the texts of a change of a shelf: members by their titles; stored posters are drawn by the kit. @param {any} change @param {string} field @param {StashBundle.Translate} t */
  function describeShelf(change, field, t) {
    const sides = (/** @type {(value: any) => any} */ show) => ({ field, before: show(change.before), after: show(change.after) });
    if (change.field === "members") return { ...sides((key) => (key ? change.original_reason || String(key) : undefined)), reason: "" };
    if (change.field === "shelf.sort") return sides((sort) => (sort ? t(`shelf.sort.${sort}`) : undefined));
    if (change.field === "places") return sides((places) => namePlaces(places, t));
    return { field };
  }

  /**
   * Return the name of a change's field and, for locks and pictures, its values as text; the kit calls it for plans and the history.
   * @param {any} change
   * @param {StashBundle.Translate} t
   * @returns {{field: string, before?: any, after?: any, reason?: string}}
   */
  function describeChange(change, t) {
    if (!change.field) return { field: "", before: null, after: null }; // why nothing is written for an item
    const field = nameField(change.field, t);
    if (change.item && change.item.kind === "shelf") return describeShelf(change, field, t);
    if (change.field === "locks") return describeLock(change, field, t);
    if (PICTURES.includes(change.field)) return { field, before: namePicture(change.before, t), after: namePicture(change.after, t) };
    if (WATCHED[change.field]) return { field, before: WATCHED[change.field](change.before, t), after: WATCHED[change.field](change.after, t) };
    if (change.field === "actor.photos") return { field, before: listNames(change.before), after: listNames(change.after) };
    return { field };
  }

  /** Return the rating key of a change's item; undefined for what is not an item of Plex. @param {any} change */
  function findRatingKey({ item }) {
    return item.kind === "plex" ? String(item.id).split("/")[1] : undefined;
  }

  /** Return the scene that a change or an item of the history comes from; "" if it does not come from one. @param {any} change */
  function findScene({ source }) {
    return (/^Stash scene (\d+)$/.exec(source) || ["", ""])[1] || "";
  }

  /**
   * Return where the pictures of a change are; null for changes of other values. A planned poster is still only in Stash: the cover of `coverOf`.
   * @param {any} change
   * @returns {{ratingKey: string, picture: string, coverOf: string} | null}
   */
  function findPictures(change) {
    const ratingKey = PICTURES.includes(change.field) && findRatingKey(change);
    if (!ratingKey) return null;
    return { ratingKey, picture: change.field, coverOf: change.outcome === "planned" && change.after ? findScene(change) : "" };
  }

  /** Return the scene of an item of a plan, and its item of Plex, undefined for a scene that is not there; null for what is neither. @param {any[]} changes */
  function findPair(changes) {
    const [{ item }] = changes;
    return findSides(changes) || (item.kind === "scene" ? { ratingKey: undefined, scene: item.id } : null);
  }

  /** Return the item of Plex and the scene of Stash that an item's changes compare; null if they do not. @param {any[]} changes */
  function findSides(changes) {
    const change = changes.find((each) => findRatingKey(each) && findScene(each));
    return change ? { ratingKey: findRatingKey(change), scene: findScene(change) } : null;
  }

  const core = { nameField, describeChange, findScene, findPictures, findPair, findSides };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.plexSync, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
