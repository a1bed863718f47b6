// Errors with their next step.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;

  /** Show that a part of the page stopped; the boundary around it renders this. @param {{error: unknown}} props */
  function BoundaryError({ error }) {
    const t = kit.useText();
    return h(kit.Notice, { level: "danger", title: t("error.boundary") }, h(ErrorText, { error }));
  }

  /** Show an error's text with its next step. @param {{error: unknown}} props */
  function ErrorText({ error }) {
    const t = kit.useText();
    const known = kit.asKitError(error);
    const { text, step } = kit.explainError(known);
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-error-text" }, text === null ? known.message : t(text)),
      text !== null && known.message !== "" && h("div", { className: "text-muted small" }, known.message),
      step && h("div", { className: "sbk-next-step" }, t(step)),
    );
  }

  // The page of Stash where the next step is done, and the text of its link.
  const NEXT_STEP_PAGES = /** @type {Record<string, [string, string]>} */ ({
    crash: ["/settings?tab=logs", "action.open_logs"],
    python: ["/settings?tab=system", "action.open_settings"],
    disabled: ["/settings?tab=plugins", "action.open_settings"],
    gone: ["/settings?tab=plugins", "action.open_settings"],
  });

  /** @param {{kind: string}} props */
  function NextStepLink({ kind }) {
    const t = kit.useText();
    if (kind === "login") return h(Bootstrap.Button, { variant: "primary", size: "sm", href: kit.makeLoginAddress() }, t("action.login"));
    if (!NEXT_STEP_PAGES[kind]) return null;
    const [to, text] = NEXT_STEP_PAGES[kind];
    return h(ReactRouterDOM.Link, { to, className: "btn btn-secondary btn-sm" }, t(text));
  }

  /**
   * Show an error with its next step; `onRetry` adds a button that calls it.
   * @param {{error: unknown, title?: string, onRetry?: () => void, children?: any}} props
   */
  function ErrorBox({ error, title, onRetry, children }) {
    const t = kit.useText();
    return h(
      kit.Notice,
      { level: "danger", title: title || t("error.title") },
      h(ErrorText, { error }),
      h(
        "div",
        { className: "sbk-actions" },
        h(NextStepLink, { kind: kit.asKitError(error).kind }),
        onRetry && h(kit.ActionButton, { variant: "secondary", size: "sm", onClick: onRetry }, t("action.retry")),
        children,
      ),
    );
  }

  Object.assign(kit, { BoundaryError, ErrorText, ErrorBox });
})();
