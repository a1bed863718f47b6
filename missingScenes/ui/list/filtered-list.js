// Filters with the list below, for the dialog and the Browse tab; the filters last as long as the browser tab.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useEffect, useState } = React;
  const MEMORY_NAME = "missingScenes.filters";

  /** Return the filters and order that this browser tab used last, as Stash does for its own lists. */
  function readSession() {
    return { filters: {}, sort: missing.SORTS[0], ...kit.readMemory(MEMORY_NAME) };
  }

  /** Store filters and order for this browser tab. @param {{filters: any, sort: string}} session */
  function writeSession({ filters, sort }) {
    kit.writeMemory(MEMORY_NAME, { filters, sort });
  }

  /**
   * Show filters with the list below; the dialog and the Browse tab use it.
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
      h(missing.FilterBar, {
        entityType,
        state,
        sort: extra.sort,
        boxes: (answer && answer.boxes) || [],
        endpoint: endpoint || (answer && answer.box ? answer.box.endpoint : ""),
        onExcluded: chooseTags,
        children,
      }),
      h(missing.MissingList, { found, onClear: state.onClear, onReason: { excluded_tag: chooseTags, ignored: () => state.onFilter("show_ignored", true), unlinked_file: () => state.onFilter("show_unlinked", true) } }),
      isChoosingTags && h(missing.ExcludedTagsDialog, { onClose: () => setChoosingTags(false), onChanged: found.reload }),
    );
  }

  Object.assign(missing, { readSession, writeSession, FilteredList });
})();
