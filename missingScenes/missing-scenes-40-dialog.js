// The dialog behind the button on a performer, studio or tag page: filters above, the list below.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useState } = React;
  const MEMORY = "missingScenes.filters";

  // For as long as this browser tab lives, like the filters of Stash's own lists.
  function readSession() {
    try {
      return { filters: {}, sort: "DATE", ...JSON.parse(window.sessionStorage.getItem(MEMORY) || "{}") };
    } catch {
      return { filters: {}, sort: "DATE" }; // private windows may forbid it
    }
  }

  /** @param {{filters: any, sort: string}} session */
  function writeSession(session) {
    try {
      window.sessionStorage.setItem(MEMORY, JSON.stringify(session));
    } catch {
      return; // as above
    }
  }

  /** Filters and order, kept for this browser tab. */
  function useFilters() {
    const [session, setSession] = useState(readSession);
    const keep = (/** @type {any} */ next) => {
      writeSession(next);
      setSession(next);
    };
    return {
      ...session,
      onFilter: (/** @type {string} */ name, /** @type {unknown} */ value) => keep({ ...session, filters: { ...session.filters, [name]: value } }),
      onSort: (/** @type {string} */ sort) => keep({ ...session, sort }),
    };
  }

  /**
   * Filters and list for one question; the frame of the dialog and of the browse page.
   * @param {{entityType: string, entityId?: string, onAnswer?: (answer: any) => void, extra?: any}} props
   */
  function FilteredList({ entityType, entityId = "", onAnswer, extra = {} }) {
    const ui = kit.useUi();
    const [endpoint, setEndpoint] = useState("");
    const { filters, sort, onFilter, onSort } = useFilters();
    const question = { entity_type: entityType, entity_id: entityId, endpoint, sort, ...missing.makeFilterArgs(filters, entityType), ...extra };
    const found = missing.useMissingList(ui, question);
    const { answer } = found.list;
    React.useEffect(() => {
      if (answer && onAnswer) onAnswer(answer);
    }, [answer, onAnswer]);
    return h(
      React.Fragment,
      null,
      h(missing.Filters, {
        entityType,
        filters,
        sort: extra.sort || sort,
        boxes: (answer && answer.boxes) || [],
        endpoint: endpoint || (answer && answer.box ? answer.box.endpoint : ""),
        onFilter,
        onSort,
        onBox: setEndpoint,
      }),
      h(missing.MissingList, { found }),
    );
  }

  /** @param {{entity: StashBundle.Entity, onClose: () => void}} props */
  function EntityDialog({ entity, onClose }) {
    const t = kit.useText();
    const [name, setName] = useState("");
    const onAnswer = React.useCallback((/** @type {any} */ answer) => answer.entity && setName(answer.entity.name), []);
    return h(
      kit.Dialog,
      { title: name ? t("dialog.title", { name }) : t("dialog.title.loading"), onClose, size: "xl", className: "ms-dialog" },
      h(FilteredList, { entityType: entity.kind, entityId: entity.id, onAnswer }),
    );
  }

  Object.assign(missing, { EntityDialog, FilteredList });
})();
