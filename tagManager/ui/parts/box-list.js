// What lists of a box's tags share: choosing the box, and a table that the backend searches and pages.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;

  /**
   * @param {{found: StashBundle.Loaded, items: string, columns: StashBundle.Column[], caption: string, page: number, size: number,
   *   onPage: (page: number) => void, text?: string, onText?: (text: string) => void, filters?: any, keyOf: (row: any) => string, selection?: any,
   *   actions?: any, empty?: any, sort?: any, onSort?: (sort: any) => void}} props
   */
  function Listing({ found, items, columns, caption, page, size, onPage, text = "", onText, filters, keyOf, ...table }) {
    const t = kit.useText();
    const search = React.useCallback(
      (/** @type {string} */ value) => {
        onPage(1);
        if (onText) onText(value);
      },
      [onPage, onText],
    );
    return h(
      React.Fragment,
      null,
      (onText || filters) &&
        h("div", { className: "sbk-filters" }, filters, onText && h(kit.Field, { id: `tm-search-${items}`, label: t("search"), type: "search", value: text, onChange: search })),
      found.error && h(kit.ErrorBox, { error: found.error, onRetry: found.reload }),
      !found.data && !found.error && h(kit.Loading),
      found.data && h(kit.Table, { caption, columns, rows: found.data[items], keyOf, nameOf: (/** @type {any} */ row) => row.name || row.title, isBusy: found.isLoading, ...table }),
      found.data && h(kit.Pager, { page, size, total: found.data.count, onPage }),
    );
  }

  /**
   * The configured boxes and the selected one.
   * @param {(endpoint: string) => void} [onChoose]
   */
  function useBoxes(onChoose) {
    const ui = kit.useUi();
    const found = kit.useLoad("overview", (signal) => ui.operation("overview", {}, { signal }));
    const [chosen, setChosen] = React.useState("");
    const boxes = found.data ? found.data.boxes : [];
    const box = boxes.find((/** @type {any} */ one) => one.endpoint === chosen) || boxes[0] || null;
    const choose = (/** @type {string} */ endpoint) => {
      setChosen(endpoint);
      if (onChoose) onChoose(endpoint);
    };
    return { ...found, boxes, box, choose };
  }

  /** @param {{boxes: any}} props */
  function BoxPicker({ boxes }) {
    const t = kit.useText();
    if (boxes.boxes.length < 2) return null;
    const choices = boxes.boxes.map((/** @type {any} */ one) => ({ value: one.endpoint, label: one.name }));
    return h(kit.Picker, { id: "tm-box", label: t("box"), value: boxes.box.endpoint, choices, onChange: boxes.choose });
  }

  /** Renders its children once a box is loaded; until then the loading state, an error or a hint. @param {{boxes: any, children: any}} props */
  function WithBox({ boxes, children }) {
    const t = kit.useText();
    if (boxes.error) return h(kit.ErrorBox, { error: boxes.error, onRetry: boxes.reload });
    if (!boxes.data) return h(kit.Loading);
    if (!boxes.box) return h(kit.Empty, { icon: "faPlug", title: t("boxes.none"), text: boxes.data.message });
    return children;
  }

  /** Clears Stash's cache, so that its own pages show what the plugin changed. */
  const forgetPages = () => kit.forgetCached(["findTag", "findTags", "findScene", "findScenes"]);

  Object.assign(tagging, { forgetPages, Listing, useBoxes, BoxPicker, WithBox });
})();
