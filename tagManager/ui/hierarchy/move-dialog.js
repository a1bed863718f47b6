// The dialog that chooses a new parent for the selected tags.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { treeCore: core } = tagging;
  const { useState } = React;
  const MAX_OPTIONS = 20;

  /** Chooses the new parent of the selected tags. @param {{model: any}} props */
  function MoveDialog({ model }) {
    const t = kit.useText();
    const { places, keeps } = model.asking;
    const [chosen, setChosen] = useState(/** @type {any} */ (null));
    const [isKept, setKept] = useState(keeps);
    const find = async (/** @type {string} */ text) => {
      const ids = text.trim() ? core.findTags(model.tags, text) : model.tree.roots;
      return ids.slice(0, MAX_OPTIONS).map((/** @type {number} */ id) => {
        const { refused } = core.moveTags(model.tags, model.changes, places, id, isKept);
        const isOff = refused.length === places.length;
        const parents = (model.tree.parents.get(id) || []).map((/** @type {number} */ one) => core.nameTag(model.tags, one)).join(", ");
        return { id, name: core.nameTag(model.tags, id), note: isOff ? t("tree.dialog.circle") : parents, isOff };
      });
    };
    const values = { count: places.length, name: core.listNames(model.tags, places) };
    const confirm = () => model.move(places, chosen.id, isKept, "");
    const title = t(keeps ? "tree.dialog.add" : "tree.dialog.move", values);
    return h(
      kit.ConfirmDialog,
      { title, confirmText: t(keeps ? "tree.add" : "tree.move").replace("…", ""), canConfirm: chosen !== null, onConfirm: confirm, onClose: model.endAsking },
      h(tagging.Chooser, { id: "tm-move-to", label: t("tree.dialog.to"), find, chosen, onChoose: setChosen }),
      !keeps && h(kit.Tick, { id: "tm-move-keeps", label: t("tree.dialog.keeps"), isOn: isKept, onChange: setKept }),
    );
  }

  Object.assign(tagging, { MoveDialog });
})();
