// What the other plugins of the bundle know about the scene whose dialog is open, in the same place.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useState } = React;

  /** Show the panel of another plugin once it is opened, so that nothing is asked before. @param {{member: StashBundle.Member, entity: StashBundle.Entity, savedAt: string}} props */
  function NeighborPanel({ member, entity, savedAt }) {
    const [isOpen, setOpen] = useState(false);
    const toggle = (/** @type {any} */ event) => setOpen(isOpen || event.currentTarget.open);
    return h(
      "details",
      { className: "sbk-neighbor", onToggle: toggle },
      h("summary", null, h(kit.Icon, { name: member.icon }), " ", h("strong", null, member.sceneTitle), h("span", { className: "text-muted" }, ` ${member.name}`)),
      isOpen && member.showScene && h(kit.Boundary, null, member.showScene(entity, savedAt)),
    );
  }

  /** Show the panels of the other installed plugins for a scene, folded. @param {{entity: StashBundle.Entity, savedAt: string}} props */
  function NeighborPanels({ entity, savedAt }) {
    const ui = kit.useUi();
    const members = kit.useBundle().filter((/** @type {StashBundle.Member} */ member) => member.id !== ui.id && member.showScene);
    return members.map((/** @type {StashBundle.Member} */ member) => h(NeighborPanel, { key: member.id, member, entity, savedAt }));
  }

  Object.assign(kit, { NeighborPanels });
})();
