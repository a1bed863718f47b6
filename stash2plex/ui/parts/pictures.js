// Pictures of scenes from Stash, and of items from Plex through the plugin, because Plex gives none without its token.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;

  /** Return the address of a scene's cover in Stash. @param {number | string} id */
  function makeCoverAddress(id) {
    return `${new URL(document.baseURI).pathname}scene/${id}/screenshot`;
  }

  /** Show the cover of a scene. @param {{id: number | string, alt?: string, className?: string}} props */
  function SceneCover({ id, alt = "", className = "s2p-thumb" }) {
    return h(kit.RemoteImage, { src: makeCoverAddress(id), alt, className, fallback: h("span", { className: `${className} sbk-no-image` }) });
  }

  /** Show a scene as its cover and title, which lead to its page; `children` stand below the title. A deleted one has neither cover nor page. @param {{id: number, label: string, isDeleted?: boolean, children?: any}} props */
  function SceneName({ id, label, isDeleted = false, children }) {
    const name = label || `#${id}`;
    if (isDeleted) return h("div", { className: "s2p-scene" }, h("span", { className: "s2p-thumb sbk-no-image" }), h("div", { className: "s2p-files" }, name, children));
    return h(
      "div",
      { className: "s2p-scene" },
      h(ReactRouterDOM.Link, { to: `/scenes/${id}`, tabIndex: -1, "aria-hidden": true }, h(SceneCover, { id })),
      h("div", { className: "s2p-files" }, h(ReactRouterDOM.Link, { to: `/scenes/${id}` }, name), children),
    );
  }

  /** Show an item of the history as the scene that it comes from; the kit calls it. @param {{row: any, children?: any}} props */
  function HistoryItem({ row, children }) {
    const scene = plexSync.findScene(row);
    return scene ? h(SceneName, { id: Number(scene), label: row.item.label }, h("div", { className: "small" }, children)) : h("div", null, row.item.label, h("div", { className: "small" }, children));
  }

  /** Show a picture that was read from Plex; an empty frame while there is none, and a sign with the reason if it could not be read. @param {{picture?: {content_type?: string, data?: string, problem?: string}, alt?: string, className?: string}} props */
  function PlexImage({ picture, alt = "", className = "s2p-thumb" }) {
    if (picture && picture.problem) return h("span", { className: `${className} sbk-no-image s2p-no-picture`, role: "img", title: picture.problem, "aria-label": picture.problem }, h(kit.Icon, { name: "faTriangleExclamation", className: "text-warning" }));
    if (!picture) return h("span", { className: `${className} sbk-no-image` });
    return h("img", { className, alt, src: `data:${picture.content_type};base64,${picture.data}` });
  }

  /** Return the arguments of plex_pictures. @param {string[]} keys @param {string} picture @param {string} key @param {boolean} collages */
  function makeQuery(keys, picture, key, collages) {
    return { rating_keys: keys, picture, ...(key ? { key } : {}), ...(collages ? { collages } : {}) };
  }

  /**
   * Return small pictures of items by rating key, or `{problem}` for one that could not be read; none while they are read.
   * @param {string[]} keys at most 25
   * @param {string} picture "poster" or "background"
   * @param {string} key of a picture that Plex keeps, else the one it shows
   * @param {{collages?: boolean, version?: string}} [options] `collages`: the keys are those of collections, whose collage is read if they have no poster; another `version` reads the pictures again
   * @returns {{isLoading: boolean, pictures: Record<string, any>}}
   */
  function usePlexPictures(keys, picture = "poster", key = "", { collages = false, version = "" } = {}) {
    const ui = kit.useUi();
    const args = makeQuery(keys, picture, key, collages);
    const { data, error, isLoading } = kit.useLoad(`pictures:${JSON.stringify(args)}${version}`, (signal) => (keys.length ? ui.operation("plex_pictures", args, { signal }) : Promise.resolve({ pictures: {} })));
    const problems = error ? keys.map((each) => [each, kit.asKitError(error).message]) : Object.entries((data && data.problems) || {});
    const failed = Object.fromEntries(problems.map(([each, problem]) => [each, { problem }]));
    return { isLoading, pictures: { ...failed, ...(data ? data.pictures : {}) } };
  }

  /** Show one picture of an item in Plex. @param {{ratingKey: string, picture: string, pictureKey?: string, alt: string, fallback?: any}} props */
  function PlexPicture({ ratingKey, picture, pictureKey = "", alt, fallback = null }) {
    const { isLoading, pictures } = usePlexPictures([ratingKey], picture, pictureKey);
    if (isLoading) return h(kit.Skeleton, { className: "sbk-value-picture" });
    return pictures[ratingKey] ? h(PlexImage, { picture: pictures[ratingKey], alt, className: "sbk-value-picture" }) : fallback;
  }

  /**
   * Return the texts and pictures of a change; the kit calls it for plans and the history.
   * @param {any} change
   * @param {StashBundle.Translate} t
   */
  function describeWithPictures(change, t) {
    const texts = plexSync.describeChange(change, t);
    const found = plexSync.findPictures(change);
    if (!found) return texts;
    const { ratingKey, picture } = found;
    const names = { before: `${t("history.before")}: ${texts.field}`, after: `${t("history.after")}: ${texts.field}` };
    const shown = (/** @type {"before" | "after"} */ side) => h(PlexPicture, { ratingKey, picture, pictureKey: String(change[side]), alt: names[side], fallback: texts[side] });
    return {
      ...texts,
      before: change.before ? shown("before") : texts.before,
      after: found.coverOf ? h(SceneCover, { id: found.coverOf, alt: names.after, className: "sbk-value-picture" }) : change.after ? shown("after") : texts.after,
    };
  }

  /** Show Plex's poster and Stash's cover side by side above the changes of an item. @param {{changes: any[]}} props */
  function ItemPictures({ changes }) {
    const t = kit.useText();
    const found = plexSync.findSides(changes);
    if (!found) return null;
    const side = (/** @type {string} */ name, /** @type {any} */ picture) => h("figure", { className: "s2p-side" }, picture, h("figcaption", { className: "small text-muted" }, name));
    return h(
      "div",
      { className: "s2p-sides" },
      side(t("side.plex"), h(PlexPicture, { ratingKey: found.ratingKey, picture: "poster", alt: t("side.plex"), fallback: h("span", { className: "sbk-value-picture sbk-no-image" }) })),
      side(t("side.stash"), h(SceneCover, { id: found.scene, alt: t("side.stash"), className: "sbk-value-picture" })),
    );
  }

  /** Show Plex's poster and Stash's cover in the line of an item of a plan; the kit calls it. @param {{changes: any[]}} props */
  function ItemThumbs({ changes }) {
    const pair = plexSync.findPair(changes);
    const picture = plexSync.usePoster(pair ? pair.ratingKey : undefined);
    if (!pair) return null;
    return h("span", { className: "s2p-pair", "aria-hidden": true }, h(PlexImage, { picture, className: "s2p-thumb s2p-poster" }), h(SceneCover, { id: pair.scene }));
  }

  Object.assign(plexSync, { SceneName, HistoryItem, PlexImage, usePlexPictures, describeWithPictures, ItemPictures, ItemThumbs });
})();
