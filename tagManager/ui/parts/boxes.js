// The stash-boxes that a tab works on: loading them, and choosing one.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;

  /** Loads the configured boxes; returns them, the chosen one (`box`; first that of the address), and `choose`. @param {{figures?: boolean}} [more] `figures`: the figures of the first box come in the same answer */
  function useBoxes({ figures = false } = {}) {
    const ui = kit.useUi();
    const { search } = ReactRouterDOM.useLocation();
    const [chosen, setChosen] = React.useState(new URLSearchParams(search).get("box") || "");
    const [first] = React.useState(chosen);
    const args = figures ? { figures, endpoint: first } : {};
    const found = kit.useLoad("overview", (signal) => ui.operation("overview", args, { signal }));
    const boxes = found.data ? found.data.boxes : [];
    const box = boxes.find((/** @type {any} */ one) => one.endpoint === chosen) || boxes[0] || null;
    return { ...found, boxes, box, choose: setChosen };
  }

  /** Lets the user choose a box; renders nothing if there is only one. @param {{boxes: any}} props */
  function BoxPicker({ boxes }) {
    const t = kit.useText();
    if (boxes.boxes.length < 2) return null;
    const choices = boxes.boxes.map((/** @type {any} */ one) => ({ value: one.endpoint, label: one.name }));
    return h(kit.Picker, { id: "tm-box", label: t("box"), value: boxes.box.endpoint, choices, onChange: boxes.choose });
  }

  /** Lets the user choose one box or all of them; nothing with a single box. @param {{id: string, boxes: any, endpoint: string, onChange: (endpoint: string) => void}} props */
  function AnyBoxPicker({ id, boxes, endpoint, onChange }) {
    const t = kit.useText();
    if (boxes.boxes.length < 2) return null;
    const choices = [{ value: "", label: t("boxes.all") }, ...boxes.boxes.map((/** @type {any} */ one) => ({ value: one.endpoint, label: one.name }))];
    return h(kit.Picker, { id, label: t("box"), value: endpoint, choices, onChange });
  }

  /** Renders its children once a box is loaded; until then the loading state, an error or a hint. @param {{boxes: any, children: any}} props */
  function WithBox({ boxes, children }) {
    if (boxes.error) return h(kit.ErrorBox, { error: boxes.error, onRetry: boxes.reload });
    if (!boxes.data) return h(kit.Pending, { load: boxes, shape: "table" });
    if (!boxes.box) return h(kit.NoBoxes, { text: boxes.data.message });
    return children;
  }

  Object.assign(tagging, { useBoxes, BoxPicker, AnyBoxPicker, WithBox });
})();
