// Wanted and ignored: two lists of the user's own, which need nobody else.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;

  /**
   * Puts scenes on a list or takes them off, with a way back in History.
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
   * @param {{scene: any, list: string, endpoint: string, onChange: (id: string, part: any) => void}} props
   */
  function MarkButton({ scene, list, endpoint, onChange }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const isOn = Boolean(scene[list]);
    const { run, isBusy } = kit.useAction(async () => {
      await markScenes(ui, list, !isOn, endpoint, [scene]);
      onChange(scene.id, missing.markedPart(list, !isOn));
    });
    const icon = list === "wanted" ? "faBookmark" : "faEyeSlash";
    const label = t(`mark.${list}.${isOn ? "off" : "on"}`, { title: scene.title || scene.code || t("card.untitled") });
    return h(
      Bootstrap.Button,
      { variant: isOn ? "primary" : "secondary", size: "sm", "aria-pressed": isOn, disabled: isBusy, onClick: run, title: label, "aria-label": label, "aria-keyshortcuts": list[0] },
      h(kit.Icon, { name: icon }),
    );
  }

  /**
   * What can be done with the selected scenes.
   * @param {{chosen: any[], endpoint: string, onChange: (id: string, part: any) => void, onClear: () => void, children?: any}} props
   */
  function SelectionActions({ chosen, endpoint, onChange, onClear, children }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const mark = (/** @type {string} */ list) => async () => {
      await markScenes(ui, list, true, endpoint, chosen);
      chosen.forEach((scene) => onChange(scene.id, missing.markedPart(list, true)));
      kit.toast.success(t(`mark.${list}.done`, { count: chosen.length }));
      onClear();
    };
    return h(
      React.Fragment,
      null,
      h("span", { role: "status" }, t("table.selected", { count: chosen.length })),
      h(kit.ActionButton, { size: "sm", icon: "faBookmark", onClick: mark("wanted") }, t("mark.wanted.all")),
      h(kit.ActionButton, { size: "sm", icon: "faEyeSlash", onClick: mark("ignored") }, t("mark.ignored.all")),
      children,
      h(Bootstrap.Button, { size: "sm", className: "minimal", onClick: onClear }, t("table.clear")),
    );
  }

  Object.assign(missing, { MarkButton, SelectionActions, markScenes });
})();
