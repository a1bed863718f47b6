// The small pieces: whose page it is, texts, buttons, messages, loading.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { Bootstrap, FontAwesomeSolid, Intl: ReactIntl, ReactRouterDOM } = kit.api.libraries;
  const { useCallback, useContext, useEffect, useMemo, useRef, useState } = React;

  const UiContext = React.createContext(/** @type {StashBundle.Ui | null} */ (null));

  /** The plugin whose part of the page this is. */
  function useUi() {
    return /** @type {StashBundle.Ui} */ (useContext(UiContext));
  }

  /** Texts of the kit and the plugin in the reader's language. */
  function useText() {
    const ui = useUi();
    const { locale } = ReactIntl.useIntl();
    return useMemo(() => kit.makeTranslate(ui.dictionaries, locale), [ui, locale]);
  }

  function useLocale() {
    return ReactIntl.useIntl().locale;
  }

  /** @param {{name: string, className?: string, spin?: boolean}} props */
  function Icon({ name, className = "", spin = false }) {
    const StashIcon = kit.api.components.Icon;
    const icon = FontAwesomeSolid[name];
    if (!StashIcon || !icon) return null;
    return h(StashIcon, { icon, className: `${className}${spin ? " fa-spin" : ""}` });
  }

  /** Catches what a part of the page throws, so that Stash's page around it stays. */
  class Boundary extends React.Component {
    /** @param {{title?: string, fallback?: any, children?: any}} props */
    constructor(props) {
      super(props);
      this.state = { error: null };
    }

    /** @param {unknown} error */
    static getDerivedStateFromError(error) {
      return { error };
    }

    render() {
      const { error } = /** @type {any} */ (this.state);
      const { fallback, children } = /** @type {any} */ (this.props);
      if (!error) return children;
      return fallback === undefined ? h(BrokenPart, { error }) : fallback;
    }
  }

  /** @param {{error: unknown}} props */
  function BrokenPart({ error }) {
    const t = useText();
    return h(Notice, { level: "danger", title: t("error.boundary") }, h(ErrorText, { error }));
  }

  /** @param {{error: unknown}} props */
  function ErrorText({ error }) {
    const t = useText();
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

  /** @param {{level?: string, title?: any, children?: any, role?: string}} props */
  function Notice({ level = "info", title, children, role }) {
    const isUrgent = level === "danger";
    return h(
      "div",
      { className: `sbk-notice sbk-${level}`, role: role || (isUrgent ? "alert" : "status") },
      title && h("div", { className: "sbk-notice-title" }, title),
      children,
    );
  }

  // Where in Stash the next step is taken.
  const PLACES = /** @type {Record<string, [string, string]>} */ ({
    crash: ["/settings?tab=logs", "action.open_logs"],
    python: ["/settings?tab=system", "action.open_settings"],
    disabled: ["/settings?tab=plugins", "action.open_settings"],
    gone: ["/settings?tab=plugins", "action.open_settings"],
  });

  /** @param {{kind: string}} props */
  function PlaceLink({ kind }) {
    const t = useText();
    if (kind === "login") return h(Bootstrap.Button, { variant: "primary", size: "sm", href: kit.loginAddress() }, t("action.login"));
    if (!PLACES[kind]) return null;
    const [to, text] = PLACES[kind];
    return h(ReactRouterDOM.Link, { to, className: "btn btn-secondary btn-sm" }, t(text));
  }

  /**
   * A failure with its next step; `onRetry` adds a button.
   * @param {{error: unknown, title?: string, onRetry?: () => void, children?: any}} props
   */
  function ErrorBox({ error, title, onRetry, children }) {
    const t = useText();
    return h(
      Notice,
      { level: "danger", title: title || t("error.title") },
      h(ErrorText, { error }),
      h(
        "div",
        { className: "sbk-actions" },
        h(PlaceLink, { kind: kit.asKitError(error).kind }),
        onRetry && h(ActionButton, { variant: "secondary", size: "sm", onClick: onRetry }, t("action.retry")),
        children,
      ),
    );
  }

  /** @param {{title: string, text?: any, icon?: string, children?: any}} props */
  function Empty({ title, text, icon, children }) {
    return h(
      "div",
      { className: "sbk-empty" },
      icon && h(Icon, { name: icon, className: "sbk-empty-icon" }),
      h("div", { className: "h5" }, title),
      text && h("div", { className: "text-muted" }, text),
      children && h("div", { className: "sbk-actions" }, children),
    );
  }

  /** @param {{text?: string}} props */
  function Loading({ text }) {
    const t = useText();
    return h(
      "div",
      { className: "sbk-loading", role: "status" },
      h(Bootstrap.Spinner, { animation: "border", size: "sm", "aria-hidden": true }),
      h("span", null, text || t("loading")),
    );
  }

  function useIsMounted() {
    const isMounted = useRef(true);
    useEffect(() => {
      isMounted.current = true;
      return () => {
        isMounted.current = false;
      };
    }, []);
    return isMounted;
  }

  /**
   * Runs one action at a time; a failure goes to `onError` or becomes a message in the corner.
   * @param {(...args: any[]) => unknown} action
   * @param {(error: unknown) => void} [onError]
   */
  function useAction(action, onError) {
    const [isBusy, setBusy] = useState(false);
    const isMounted = useIsMounted();
    const run = async (/** @type {any[]} */ ...args) => {
      setBusy(true);
      try {
        return await action(...args);
      } catch (error) {
        (onError || kit.toast.error)(error);
        return undefined;
      } finally {
        if (isMounted.current) setBusy(false);
      }
    };
    return { run, isBusy };
  }

  /**
   * A button whose action may take a while; it cannot be pressed twice meanwhile.
   * @param {any} props those of Bootstrap.Button, and `icon`, `onError`
   */
  function ActionButton({ onClick, onError, icon, children, disabled, ...rest }) {
    const { run, isBusy } = useAction(onClick, onError);
    return h(
      Bootstrap.Button,
      { variant: "secondary", ...rest, disabled: disabled || isBusy, "aria-busy": isBusy || undefined, onClick: run },
      isBusy && h(Bootstrap.Spinner, { animation: "border", size: "sm", "aria-hidden": true, className: "mr-2" }),
      icon && !isBusy && h(Icon, { name: icon }),
      h("span", null, children),
    );
  }

  /**
   * Loads something when the key changes and drops answers nobody waits for any more. With `keeps` the former data
   * stays until the new is there: for pages of one list, so that the buttons that turn them keep the focus.
   * @param {string} key
   * @param {(signal: AbortSignal) => Promise<any>} load
   * @param {{keeps?: boolean}} [options]
   */
  function useLoad(key, load, { keeps = false } = {}) {
    const [state, setState] = useState(/** @type {any} */ ({ key: null, data: undefined, error: null, isLoading: true }));
    const [round, setRound] = useState(0);
    const latest = useRef(load);
    latest.current = load;
    useEffect(() => {
      const abort = new AbortController();
      const settle = (/** @type {any} */ part) =>
        abort.signal.aborted || setState((/** @type {any} */ old) => ({ ...old, ...part, key, isLoading: false }));
      const begin = (/** @type {any} */ old) => ({ ...old, data: keeps || old.key === key ? old.data : undefined });
      setState((/** @type {any} */ old) => ({ ...begin(old), error: null, isLoading: true }));
      latest.current(abort.signal).then(
        (data) => settle({ data, error: null }),
        (error) => settle({ error: kit.asKitError(error) }),
      );
      return () => abort.abort();
    }, [key, round, keeps]);
    const reload = useCallback(() => setRound((/** @type {number} */ one) => one + 1), []);
    const setData = useCallback((/** @type {any} */ data) => setState((/** @type {any} */ old) => ({ ...old, data })), []);
    return { ...state, reload, setData };
  }

  /** Hands a text to the browser as a file. @param {{name: string, content_type: string, text: string}} file */
  function saveFile(file) {
    const address = URL.createObjectURL(new Blob([file.text], { type: file.content_type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = file.name;
    link.click();
    URL.revokeObjectURL(address);
  }

  Object.assign(kit, { saveFile, UiContext, useUi, useText, useLocale, useAction, useLoad, useIsMounted });
  Object.assign(kit, { Icon, Boundary, ErrorText, ErrorBox, Notice, Empty, Loading, ActionButton });
})();
