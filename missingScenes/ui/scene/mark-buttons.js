// The buttons that put a scene on the wanted or ignored list.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const LISTS = ["wanted", "ignored"];
  const ICONS = /** @type {Record<string, string>} */ ({ wanted: "faBookmark", ignored: "faEyeSlash" });

  /**
   * Put scenes on a list or take them off; the History tab can undo it.
   * @param {StashBundle.Ui} ui
   * @param {string} list
   * @param {boolean} isOn
   * @param {string} endpoint
   * @param {any[]} scenes
   */
  function markScenes(ui, list, isOn, endpoint, scenes) {
    return ui.operation("mark_scenes", { list, is_on: isOn, endpoint, scenes });
  }

  /**
   * Show the button that puts a scene on a list or takes it off.
   * @param {{scene: any, list: string, endpoint: string, isTold: boolean, onChange: (ids: string[], part: any) => void}} props `isTold`: always show a message,
   *   because the card then leaves the page; ignoring shows it anyway
   */
  function MarkButton({ scene, list, endpoint, isTold, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const isOn = Boolean(scene[list]);
    const { run, isBusy } = kit.useAction(async () => {
      const done = await markScenes(ui, list, !isOn, endpoint, [scene]);
      const undone = () => onChange([scene.id], { wanted: Boolean(scene.wanted), ignored: Boolean(scene.ignored) });
      if (isTold || list === "ignored") kit.tellUndoable(ui, t, t(isOn ? "marked.removed" : `mark.${list}.done`, { count: 1 }), done.run, undone);
      onChange([scene.id], missing.makeMarkChange(list, !isOn));
    });
    const label = t(`mark.${list}.${isOn ? "off" : "on"}`, { title: scene.title || scene.code || t("card.untitled") });
    return h(
      Bootstrap.Button,
      { variant: isOn ? "primary" : "secondary", size: "sm", "aria-pressed": isOn, disabled: isBusy, onClick: run, title: label, "aria-label": label, "aria-keyshortcuts": list[0] },
      h(kit.Icon, { name: ICONS[list] }),
    );
  }

  /** Show the button that takes a scene off the list on whose tab it stands. @param {{scene: any, list: string, endpoint: string, onChange: (ids: string[], part: any) => void}} props */
  function TakeOffButton({ scene, list, endpoint, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const takeOff = async () => {
      const { run } = await markScenes(ui, list, false, endpoint, [scene]);
      kit.tellUndoable(ui, t, t("marked.removed", { count: 1 }), run, () => onChange([scene.id], missing.makeMarkChange(list, true)));
      onChange([scene.id], missing.makeMarkChange(list, false));
    };
    return h(kit.ActionButton, { size: "sm", icon: "faTimes", onClick: takeOff, "aria-keyshortcuts": list[0] }, t("marked.remove"));
  }

  /**
   * Show the actions for the selected scenes.
   * @param {{chosen: any[], context: any, onClear: () => void, children?: any}} props
   */
  function SelectionActions({ chosen, context, onClear, children }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const button = (/** @type {string} */ list) => {
      const isOn = list !== context.list;
      const mark = async () => {
        const { run } = await markScenes(ui, list, isOn, context.endpoint, chosen);
        context.onChange(chosen.map((scene) => scene.id), missing.makeMarkChange(list, isOn));
        const undone = () => chosen.forEach((scene) => context.onChange([scene.id], { wanted: Boolean(scene.wanted), ignored: Boolean(scene.ignored) }));
        kit.tellUndoable(ui, t, t(isOn ? `mark.${list}.done` : "marked.removed", { count: chosen.length }), run, undone);
        onClear();
      };
      return h(kit.ActionButton, { key: list, size: "sm", icon: isOn ? ICONS[list] : "faTimes", onClick: mark }, t(isOn ? `mark.${list}.all` : "marked.remove"));
    };
    return h(
      React.Fragment,
      null,
      h("span", { role: "status" }, t("table.selected", { count: chosen.length })),
      LISTS.map(button),
      children,
      h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: onClear }, t("table.clear")),
    );
  }

  Object.assign(missing, { LISTS, markScenes, MarkButton, TakeOffButton, SelectionActions });
})();
