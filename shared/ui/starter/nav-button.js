// The bundle's place in Stash's navigation bar: one icon, with a menu if more than one plugin is installed.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { NavLink } = kit.api.libraries.ReactRouterDOM;
  const { Dropdown } = kit.api.libraries.Bootstrap;
  const MENU = "bg-secondary text-white"; // as Stash's own menus
  let lastId = 0;

  /** Return names with what their plugins do and need. @param {string} name @param {StashBundle.Member[]} members */
  const describe = (name, members) => [name, members.map((member) => member.says).filter(Boolean).join(", ")].filter(Boolean).join(": ");

  /** An icon with the signs that plugins work or need attention. @param {{icon: string, members: StashBundle.Member[]}} props */
  function SignedIcon({ icon, members }) {
    const isWorking = members.some((member) => member.isWorking);
    const needsAttention = members.some((member) => member.attention > 0);
    return h(
      "span",
      { className: "sbk-signed" },
      h(kit.Icon, { name: icon }),
      isWorking && h("span", { className: "sbk-sign-working spinner-border" }),
      needsAttention && h("span", { className: "sbk-sign-attention" }),
    );
  }

  /** The link to the page of the only plugin. @param {{member: StashBundle.Member}} props */
  function SingleLink({ member }) {
    const title = describe(member.name, [member]);
    return h(NavLink, { className: "nav-utility minimal btn btn-primary", to: member.path, title, "aria-label": title }, h(SignedIcon, { icon: member.icon, members: [member] }));
  }

  /** The menu of all plugins. @param {{members: StashBundle.Member[]}} props */
  function PluginMenu({ members }) {
    const [id] = React.useState(() => `sbk-bundle-${(lastId += 1)}`);
    const title = describe(kit.say("bundle.title"), members);
    const row = (/** @type {StashBundle.Member} */ member) =>
      h(Dropdown.Item, { key: member.id, as: NavLink, to: member.path, className: MENU }, h(SignedIcon, { icon: member.icon, members: [member] }), describe(member.name, [member]));
    return h(
      Dropdown,
      { className: "sbk-bundle" },
      h(Dropdown.Toggle, { id, className: "nav-utility minimal", title, "aria-label": title }, h(SignedIcon, { icon: "faPuzzlePiece", members })),
      h(Dropdown.Menu, { alignRight: true, className: MENU }, members.map(row)),
    );
  }

  function NavButton() {
    const members = kit.useBundle();
    return members.length > 1 ? h(PluginMenu, { members }) : h(SingleLink, { member: members[0] });
  }

  /**
   * Add the bundle's icon to the navigation bar; kit.starter calls it. Each plugin does, and the first one that Stash asks adds it: a
   * neighbor may drop what an earlier one added.
   */
  function installNavButton() {
    kit.api.patch.before("MainNavBar.UtilityItems", (props, ...rest) => {
      if (props.stashBundle) return [props, ...rest];
      return [{ ...kit.addChildren(props, null, h(kit.Boundary, { fallback: null }, h(NavButton))), stashBundle: true }, ...rest];
    });
  }

  Object.assign(kit, { installNavButton });
})();
