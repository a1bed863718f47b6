// The first step of the start page: address and token of Plex, tested before they are saved.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const LOCAL = "http://localhost:32400";
  const USABLE = ["ok", "warning"];

  /** Ask for address and token, test them, and save them if Plex accepts them. @param {{onConnected: () => void}} props */
  function ConnectForm({ onConnected }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const saved = kit.useLoad("settings", (signal) => ui.operation("settings_get", {}, { signal }));
    const row = saved.data && saved.data.settings.find((/** @type {any} */ each) => each.key === "plex_url");
    const [typed, setTyped] = useState(/** @type {{plex_url?: string, plex_token: string}} */ ({ plex_token: "" }));
    const values = { plex_url: (row && row.value) || LOCAL, ...typed };
    const [result, setResult] = useState(/** @type {any} */ (null));
    const isWhole = Boolean(values.plex_url.trim() && values.plex_token.trim());
    const { run, isBusy } = kit.useAction(async () => {
      const { tests } = await ui.operation("setup_tests", { only: "plex", values });
      setResult(tests[0]);
      if (!USABLE.includes(tests[0].state)) return;
      await ui.operation("settings_save", { values });
      kit.forgetCached(["configuration"]);
      onConnected();
    });
    const field = (/** @type {"plex_url" | "plex_token"} */ key, type = "text") =>
      h(
        Bootstrap.Form.Group,
        { controlId: `s2p-${key}` },
        h(Bootstrap.Form.Label, null, t(`connect.${key}`)),
        h(Bootstrap.Form.Control, { type, autoComplete: "off", spellCheck: false, className: "text-input", value: values[key], onChange: (/** @type {any} */ event) => setTyped({ ...typed, [key]: event.target.value }) }),
      );
    const submit = (/** @type {any} */ event) => {
      event.preventDefault();
      if (isWhole && !isBusy) void run();
    };
    return h(
      "form",
      { className: "s2p-connect", onSubmit: submit },
      field("plex_url"),
      field("plex_token", "password"),
      h(kit.OutLink, { href: "https://support.plex.tv/articles/204059436-finding-an-authentication-token-x-plex-token/", className: "small" }, t("connect.where")),
      result && !USABLE.includes(result.state) && h(kit.Notice, { level: "danger", title: result.message }, result.next_step),
      h("div", { className: "sbk-actions" }, h(Bootstrap.Button, { type: "submit", variant: "primary", disabled: !isWhole || isBusy }, isBusy ? t("connect.busy") : t("connect.go"))),
    );
  }

  Object.assign(plexSync, { ConnectForm });
})();
