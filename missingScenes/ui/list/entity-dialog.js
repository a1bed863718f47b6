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
      onClear: () => keep({ filters: missing.dropMoreFilters(state.filters) }),
      onSort: (/** @type {string} */ sort) => keep({ sort }),
      onBox: (/** @type {string} */ chosen) => setState({ ...state, endpoint: chosen }),
    };
  }

  /** Show the missing scenes of a performer, studio or tag; the kit opens it from the button on Stash's page. @param {{entity: StashBundle.Entity, endpoint?: string, onClose: () => void}} props `endpoint`: the box to begin with instead of the preferred one */
  function EntityDialog({ entity, endpoint = "", onClose }) {
    const t = kit.useText();
    const state = useDialogFilters(endpoint);
    const [about, setAbout] = useState(/** @type {any} */ (null));
    const onAnswer = React.useCallback((/** @type {any} */ answer) => answer.entity && setAbout(answer.entity), []);
    const link = about && about.url && h(kit.OutLink, { href: about.url, className: "ms-title-link", title: about.url, "aria-label": t("dialog.open", { name: about.name }) }, h(kit.Icon, { name: "faExternalLinkAlt" }));
    const title = about ? h(React.Fragment, null, t("dialog.title", { name: about.name }), " ", link) : t("dialog.title.loading");
    return h(
      kit.Dialog,
      { title, onClose, size: "xl", className: "ms-dialog" },
      h(missing.FilteredList, { entityType: entity.kind, entityId: entity.id, state, onAnswer }),
    );
  }

  Object.assign(missing, { EntityDialog });
})();
