// The Setup tab: the steps that the plugin declares, and everything else under Advanced; without steps, connections and settings.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;

  /** Show the tests that no step shows, and all settings. @param {{settings: any, shown?: string[]}} props `shown`: tests of the steps */
  function AllSettings({ settings, shown }) {
    const t = kit.useText();
    return h(
      React.Fragment,
      null,
      h(kit.ConnectionTests, { shown }),
      h(kit.Schedules, null),
      h(kit.Section, { title: t("setup.settings") }, h(kit.OwnSettings, settings)),
    );
  }

  /** Show the other tests and all settings behind one button; an address with ?advanced opens it. @param {{settings: any, shown: string[]}} props */
  function Advanced({ settings, shown }) {
    const t = kit.useText();
    const { search } = ReactRouterDOM.useLocation();
    const [isOpen, setOpen] = useState(new URLSearchParams(search).has("advanced"));
    return h(
      React.Fragment,
      null,
      h(
        Bootstrap.Button,
        { variant: "secondary", className: "mb-3", "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) },
        h(kit.Icon, { name: isOpen ? "faChevronDown" : "faChevronRight" }),
        h("span", null, t("setup.advanced")),
      ),
      isOpen && h(AllSettings, { settings, shown }),
    );
  }

  /** Show the Setup tab; the kit adds it to each plugin's page. */
  function SetupPanel() {
    const { setup } = kit.useUi();
    const [round, setRound] = useState(0);
    const settings = kit.useSettings(() => setRound((/** @type {number} */ one) => one + 1));
    if (!setup.length) return h(AllSettings, { settings });
    const shown = setup.flatMap(({ tests = [] }) => tests);
    return h(
      React.Fragment,
      null,
      setup.map((step, index) => h(kit.SetupStep, { key: step.title, number: index + 1, step, settings, round })),
      h(Advanced, { settings, shown }),
    );
  }

  Object.assign(kit, { SetupPanel });
})();
