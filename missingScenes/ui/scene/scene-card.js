// The card of a missing scene with its actions.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;

  /** @param {{scene: any, box: string}} props */
  function BoxLink({ scene, box }) {
    const t = kit.useText();
    const open = t("card.open", { box });
    if (!scene.url) return null;
    return h(kit.OutLink, { href: scene.url, className: "btn btn-sm btn-secondary", title: open, "aria-label": open, "aria-keyshortcuts": "o" }, h(kit.Icon, { name: "faExternalLinkAlt" }));
  }

  /** Show the actions of one scene, on its card and in its details. @param {{scene: any, context: any, status: any}} props */
  function SceneActions({ scene, context, status }) {
    const { endpoint, list, onChange, onAdded, onAdd, onProgress } = context;
    const mark = (/** @type {string} */ name) => h(list === name ? missing.TakeOffButton : missing.MarkButton, { key: name, scene, list: name, endpoint, isTold: list !== "", onChange });
    const isWanted = list === "wanted"; // there, getting the scene is the next step
    const add = !scene.owned && missing.canAdd(status) && h(missing.AddButton, { scene, endpoint, status, isMain: isWanted, onAdded, onAdd });
    return h(
      React.Fragment,
      null,
      isWanted && add,
      missing.LISTS.map(mark),
      !isWanted && add,
      h(missing.ProgressButton, { scene, status, onOpen: onProgress }),
      h(BoxLink, { scene, box: context.box.name }),
    );
  }

  /** Show the pages of the scene at its sites. @param {{links: {url: string, site: string}[]}} props */
  function CardLinks({ links }) {
    const shown = links.filter((link) => /^https?:/i.test(link.url));
    if (!shown.length) return null;
    return h("span", { className: "small" }, shown.map((link) => h(kit.OutLink, { key: link.url, href: link.url, className: "mr-2" }, new URL(link.url).hostname.replace(/^www\./, ""))));
  }

  /** Return the classes of a card; on the Wanted list it keeps room for the button that adds it to Whisparr. @param {any} scene @param {any} context */
  function nameCardClasses(scene, context) {
    const isToGet = context.list === "wanted" && context.box.has_whisparr;
    return [scene.ignored && "ms-ignored", isToGet && "ms-to-get"].filter(Boolean).join(" ");
  }

  const NO_FILES = /** @type {any[]} */ ([]);
  /** Show the card of one scene. It is drawn again only when its props change, because lists get long. */
  const SceneCard = React.memo(
    /** @param {{scene: any, context: any, status: any, isSelected: boolean, files?: any[]}} props */
    function Present({ scene, context, status, isSelected, files = NO_FILES }) {
      const t = kit.useText();
      return h(kit.Card, {
        title: missing.chooseTitle(scene, t("card.untitled")),
        image: scene.image,
        onOpen: () => context.onOpen(scene.id),
        itemKey: scene.id,
        selection: { selected: new Set(isSelected ? [scene.id] : []), change: context.onSelect },
        className: nameCardClasses(scene, context),
        tabIndex: -1,
        badge: kit.formatDuration(scene.duration),
        lines: [
          missing.formatDateAndStudio(scene),
          missing.formatNames(scene.performers || []),
          h(CardLinks, { links: scene.links || [] }),
          scene.new && h(Bootstrap.Badge, { variant: "success" }, t("card.new")),
          scene.owned && h(Bootstrap.Badge, { variant: "success" }, t("card.owned")),
          context.box.has_whisparr && h("span", { className: "ms-status-room" }, h(missing.StatusBadge, { status })),
          files.length > 0 && h(missing.OwnedHint, { scene, files, endpoint: context.endpoint, onLinked: context.onDrop, onUnlinked: context.onStale }),
        ],
        actions: h(SceneActions, { scene, context, status }),
      });
    },
  );

  Object.assign(missing, { SceneActions, SceneCard });
})();
