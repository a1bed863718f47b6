// The dialog of the button on a performer's, studio's or tag's page.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useState } = React;

  /** Return filters, order and box with the functions that change them; the browser tab stores filters and order. @param {string} endpoint the box to begin with */
  function useDialogFilters(endpoint) {
    const [state, setState] = useState(() => ({ ...missing.readSession(), endpoint }));
    const keep = (/** @type {any} */ part) => {
      const next = { ...state, ...part };
      missing.writeSession(next);
      setState(next);
    };
    return {
      ...state,
      onFilter: (/** @type {string} */ name, /** @type {unknown} */ value) => keep({ filters: { ...state.filters, [name]: value } }),
      onClear: () => keep({ filters: {} }),
      onSort: (/** @type {string} */ sort) => keep({ sort }),
      onBox: (/** @type {string} */ chosen) => setState({ ...state, endpoint: chosen }),
    };
  }

  /** Show whose list it is: portrait, the page at the box, and a ring with the share that the library has. @param {{answer: any}} props */
  function EntityHead({ answer }) {
    const t = kit.useText();
    const { entity, box } = answer;
    const count = missing.chooseCount(answer);
    const share = count && missing.findShare(count);
    return h(
      "div",
      { className: "ms-head" },
      h(kit.RemoteImage, { src: entity.image, alt: "", className: `ms-portrait ms-${entity.type}`, fallback: null }),
      h(
        "div",
        null,
        h("strong", null, entity.name),
        box && h("div", null, h(kit.OutLink, { href: entity.url, "aria-label": t("dialog.open", { name: entity.name, box: box.name }) }, t("dialog.open", { name: entity.name, box: box.name }), " ", h(kit.Icon, { name: "faExternalLinkAlt" }))),
        count && h("div", { className: "text-muted small" }, t("dialog.count", count)),
      ),
      box && h(missing.FollowButton, { entity, endpoint: box.endpoint }),
      count && h(kit.Ring, { share, label: t("completeness.share") }),
    );
  }

  /** Show the missing scenes of a performer, studio or tag; the kit opens it from the button on Stash's page. @param {{entity: StashBundle.Entity, endpoint?: string, onClose: () => void}} props `endpoint`: the box to begin with instead of the preferred one */
  function EntityDialog({ entity, endpoint = "", onClose }) {
    const t = kit.useText();
    const state = useDialogFilters(endpoint);
    const [about, setAbout] = useState(/** @type {any} */ (null));
    const onAnswer = React.useCallback((/** @type {any} */ answer) => answer.entity && setAbout(answer), []);
    const title = about ? t("dialog.title", { name: about.entity.name }) : t("dialog.title.loading");
    return h(
      kit.Dialog,
      { title, onClose, size: "xl", className: "ms-dialog" },
      about && h(EntityHead, { answer: about }),
      h(missing.FilteredList, { entityType: entity.kind, entityId: entity.id, state, onAnswer }),
    );
  }

  Object.assign(missing, { EntityDialog });
})();
