// The dialog behind the button on a performer, studio or tag page: filters above, the list below.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useEffect, useState } = React;
  const MEMORY = "missingScenes.filters";

  /** For as long as this browser tab lives, like the filters of Stash's own lists. */
  function readSession() {
    return { filters: {}, sort: missing.SORTS[0], ...kit.readMemory(MEMORY) };
  }

  /** @param {{filters: any, sort: string}} session */
  function writeSession({ filters, sort }) {
    kit.writeMemory(MEMORY, { filters, sort });
  }

  /** Filters and order, kept for this browser tab; the box for as long as the dialog is open. @param {string} endpoint the box to begin with */
  function useFilters(endpoint) {
    const [state, setState] = useState(() => ({ ...readSession(), endpoint }));
    const keep = (/** @type {any} */ part) => {
      const next = { ...state, ...part };
      writeSession(next);
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

  /**
   * Filters and list for one question; the frame of the dialog and of the browse page.
   * @param {{entityType: string, entityId?: string, state: any, onAnswer?: (answer: any) => void, extra?: any, children?: any}} props `children`: filters of the page's own
   */
  function FilteredList({ entityType, entityId = "", state, onAnswer, extra = {}, children }) {
    const ui = kit.useUi();
    const [isChoosingTags, setChoosingTags] = useState(false);
    const { filters, endpoint } = state;
    const order = missing.makeSortArgs(state.sort);
    const found = missing.useMissingList(ui, { entity_type: entityType, entity_id: entityId, endpoint, ...order, ...missing.makeFilterArgs(filters, entityType), ...extra });
    const { answer } = found.list;
    useEffect(() => {
      if (answer && onAnswer) onAnswer(answer);
    }, [answer, onAnswer]);
    const chooseTags = () => setChoosingTags(true);
    return h(
      React.Fragment,
      null,
      h(missing.Filters, {
        entityType,
        state,
        sort: extra.sort,
        boxes: (answer && answer.boxes) || [],
        endpoint: endpoint || (answer && answer.box ? answer.box.endpoint : ""),
        onExcluded: chooseTags,
        children,
      }),
      h(missing.MissingList, { found, onReason: { excluded_tag: chooseTags, ignored: () => state.onFilter("show_ignored", true) } }),
      isChoosingTags && h(missing.ExcludedTagsDialog, { onClose: () => setChoosingTags(false), onChanged: found.reload }),
    );
  }

  /** @param {{entity: StashBundle.Entity, endpoint?: string, onClose: () => void}} props `endpoint`: the box to begin with instead of the preferred one */
  function EntityDialog({ entity, endpoint = "", onClose }) {
    const t = kit.useText();
    const state = useFilters(endpoint);
    const [about, setAbout] = useState(/** @type {any} */ (null));
    const onAnswer = React.useCallback((/** @type {any} */ answer) => answer.entity && setAbout(answer.entity), []);
    const link = about && about.url && h("a", { href: about.url, target: "_blank", rel: "noopener noreferrer", className: "ms-title-link", title: about.url, "aria-label": t("dialog.open", { name: about.name }) }, h(kit.Icon, { name: "faExternalLinkAlt" }));
    const title = about ? h(React.Fragment, null, t("dialog.title", { name: about.name }), " ", link) : t("dialog.title.loading");
    return h(
      kit.Dialog,
      { title, onClose, size: "xl", className: "ms-dialog" },
      h(FilteredList, { entityType: entity.kind, entityId: entity.id, state, onAnswer }),
    );
  }

  Object.assign(missing, { EntityDialog, FilteredList, readSession, writeSession });
})();
