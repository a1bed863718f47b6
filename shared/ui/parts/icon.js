// Icons of FontAwesome, drawn by Stash's own component.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { h } = kit;
  const { FontAwesomeSolid } = kit.api.libraries;

  /** Show an icon by its name in FontAwesomeSolid; nothing for an unknown name. @param {{name: string, className?: string, spin?: boolean}} props */
  function Icon({ name, className = "", spin = false }) {
    const StashIcon = kit.api.components.Icon;
    const icon = FontAwesomeSolid[name];
    if (!StashIcon || !icon) return null;
    return h(StashIcon, { icon, className: `${className}${spin ? " fa-spin" : ""}` });
  }

  Object.assign(kit, { Icon });
})();
