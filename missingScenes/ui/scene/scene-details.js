// The dialog with everything a box has about one scene, loaded when it is opened.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Return the address of a performer's, studio's or tag's page at the box, null for none. @param {string} box its address @param {string} kind @param {{id: string}} one */
  function makeBoxAddress(box, kind, one) {
    return box && one.id ? `${box}/${kind}/${one.id}` : null;
  }

  /** Show one picture large and the others as thumbnails. @param {{images: string[], title: string}} props */
  function Pictures({ images, title }) {
    const t = kit.useText();
    const [shown, setShown] = useState(0);
    if (!images.length) return null;
    const thumb = (/** @type {string} */ src, /** @type {number} */ index) =>
      h(
        "button",
        { key: src, type: "button", className: `ms-thumb ${index === shown ? "ms-shown" : ""}`, "aria-pressed": index === shown, "aria-label": t("details.picture", { number: index + 1 }), onClick: () => setShown(index) },
        h("img", { src, alt: "", loading: "lazy", referrerPolicy: "no-referrer" }),
      );
    return h(
      "div",
      { className: "ms-pictures" },
      h(kit.OutLink, { href: images[shown] }, h("img", { src: images[shown], alt: title, className: "ms-picture", referrerPolicy: "no-referrer" })),
      images.length > 1 && h("div", { className: "ms-thumbs", role: "group", "aria-label": t("details.pictures") }, images.map(thumb)),
    );
  }

  /** @param {{performers: any[], box: string}} props */
  function PerformerLinks({ performers, box }) {
    return h(
      "ul",
      { className: "ms-inline" },
      performers.map((one) => h("li", { key: one.id }, h(kit.OutLink, { href: makeBoxAddress(box, "performers", one) }, one.as || one.name), one.as && one.as !== one.name && h("span", { className: "text-muted" }, ` (${one.name})`))),
    );
  }

  /** Show the tags, each with a button that excludes it or includes it again. @param {{tags: any[], box: string, onExcluded: () => void}} props */
  function TagChips({ tags, box, onExcluded }) {
    const t = kit.useText();
    const excluded = missing.useExcludedTags(onExcluded);
    const known = new Set(excluded.tags.map((/** @type {any} */ tag) => tag.id));
    return h(
      "ul",
      { className: "ms-chips" },
      tags.map((tag) => {
        const isExcluded = excluded.data ? known.has(tag.id) : tag.excluded;
        const label = t(isExcluded ? "excluded.remove" : "excluded.add", { name: tag.name });
        return h(
          "li",
          { key: tag.id, className: `tag-item badge badge-${isExcluded ? "warning" : "secondary"}` },
          h(kit.OutLink, { href: makeBoxAddress(box, "tags", tag) }, tag.name),
          h(
            Bootstrap.Button,
            { variant: "secondary", size: "sm", disabled: excluded.isBusy || !excluded.data, title: label, "aria-label": label, onClick: () => (isExcluded ? excluded.remove(tag) : excluded.add(tag)) },
            h(kit.Icon, { name: isExcluded ? "faPlus" : "faBan" }),
          ),
        );
      }),
    );
  }

  /** @param {{links: {url: string, site: string}[]}} props */
  function SiteLinks({ links }) {
    return h("ul", { className: "ms-inline" }, links.map((link) => h("li", { key: link.url }, h(kit.OutLink, { href: /^https?:/i.test(link.url) ? link.url : null }, link.site || link.url))));
  }

  /** @param {{prints: any[]}} props */
  function Fingerprints({ prints }) {
    const t = kit.useText();
    return h(
      "details",
      null,
      h("summary", null, t("details.prints.count", { count: prints.length })),
      h("ul", { className: "ms-prints" }, prints.map((one) => h("li", { key: `${one.algorithm} ${one.hash}` }, one.algorithm, " ", h("code", null, one.hash), " ", kit.formatDuration(one.duration)))),
    );
  }

  /** Show one fact with its name; nothing without a value. @param {{name: string, children?: any}} props */
  function Fact({ name, children }) {
    const t = kit.useText();
    if (!children) return null;
    return h(React.Fragment, null, h("dt", null, t(`details.${name}`)), h("dd", null, children));
  }

  /** @param {{scene: any, box: any, onExcluded: () => void}} props */
  function Facts({ scene, box, onExcluded }) {
    const { url } = box;
    const prints = scene.fingerprints || [];
    return h(
      "dl",
      { className: "ms-facts" },
      h(Fact, { name: "date" }, scene.date),
      h(Fact, { name: "studio" }, scene.studio && h(kit.OutLink, { href: makeBoxAddress(url, "studios", scene.studio) }, scene.studio.name)),
      h(Fact, { name: "performers" }, scene.performers.length > 0 && h(PerformerLinks, { performers: scene.performers, box: url })),
      h(Fact, { name: "duration" }, kit.formatDuration(scene.duration)),
      h(Fact, { name: "director" }, scene.director),
      h(Fact, { name: "code" }, scene.code),
      h(Fact, { name: "text" }, scene.details && h("p", { className: "ms-text" }, scene.details)),
      h(Fact, { name: "tags" }, scene.tags.length > 0 && h(TagChips, { tags: scene.tags, box: url, onExcluded })),
      h(Fact, { name: "links" }, scene.links.length > 0 && h(SiteLinks, { links: scene.links })),
      h(Fact, { name: "left_out" }, scene.left_out.length > 0 && h("span", { className: "text-warning" }, scene.left_out.join("; "))),
      h(Fact, { name: "prints" }, prints.length > 0 && h(Fingerprints, { prints })),
    );
  }

  /** @param {{found: StashBundle.Loaded, box: any, title: string, onExcluded: () => void}} props */
  function DetailsBody({ found, box, title, onExcluded }) {
    if (found.error || !found.data) return h(kit.Pending, { load: found });
    const { scene } = found.data;
    return h(React.Fragment, null, h(Pictures, { key: scene.id, images: scene.images, title }), h(Facts, { scene, box, onExcluded }));
  }

  /** @param {{onMove: (step: number) => void, isFirst: boolean, isLast: boolean}} props */
  function SceneSteps({ onMove, isFirst, isLast }) {
    const t = kit.useText();
    const step = (/** @type {string} */ name, /** @type {string} */ icon, /** @type {number} */ by, /** @type {boolean} */ isOff) =>
      h(Bootstrap.Button, { variant: "secondary", size: "sm", disabled: isOff, title: t(name), "aria-label": t(name), "aria-keyshortcuts": by < 0 ? "ArrowLeft" : "ArrowRight", onClick: () => onMove(by) }, h(kit.Icon, { name: icon }));
    return h(Bootstrap.ButtonGroup, { className: "mr-auto" }, step("details.previous", "faChevronLeft", -1, isFirst), step("details.next", "faChevronRight", 1, isLast));
  }

  /**
   * Show the details of one scene of a list, with buttons for the former and next one.
   * @param {{scenes: any[], id: string, endpoint: string, box: any, onShow: (id: string) => void, onClose: () => void, onExcluded?: () => void,
   *   children?: (scene: any) => any}} props `scenes`: to go through; `children`: what can be done with a scene
   */
  function DetailsDialog({ scenes, id, endpoint, box, onShow, onClose, onExcluded = () => undefined, children }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const index = scenes.findIndex((one) => one.id === id);
    const scene = scenes[index] || { id };
    const found = kit.useLoad(`details:${endpoint}:${id}`, (signal) => ui.operation("scene_details", { endpoint, scene_id: id }, { signal }));
    const title = missing.chooseTitle(scene, t("card.untitled"));
    missing.useDetailKeys();
    const move = (/** @type {number} */ by) => onShow(scenes[index + by].id);
    const footer = h(
      React.Fragment,
      null,
      h(SceneSteps, { onMove: move, isFirst: index <= 0, isLast: index < 0 || index === scenes.length - 1 }),
      children && children(scene),
    );
    return h(kit.Dialog, { title, onClose, footer, size: "lg", className: "ms-details" }, h(DetailsBody, { found, box, title, onExcluded }));
  }

  Object.assign(missing, { DetailsDialog });
})();
