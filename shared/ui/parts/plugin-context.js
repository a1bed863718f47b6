// The plugin that a part of the page belongs to, with its texts and the reader's locale.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React } = kit;
  const { Intl: ReactIntl } = kit.api.libraries;
  const { useContext, useMemo } = React;
  const UiContext = React.createContext(/** @type {StashBundle.Ui | null} */ (null));

  /** Return the plugin that this part of the page belongs to. */
  function useUi() {
    return /** @type {StashBundle.Ui} */ (useContext(UiContext));
  }

  /** Return the function `t` for the texts of the kit and the plugin in the reader's language. */
  function useText() {
    const ui = useUi();
    const { locale } = ReactIntl.useIntl();
    return useMemo(() => kit.makeTranslate(ui.dictionaries, locale), [ui, locale]);
  }

  /** Return the reader's locale, as set in Stash. */
  function useLocale() {
    return ReactIntl.useIntl().locale;
  }

  Object.assign(kit, { UiContext, useUi, useText, useLocale });
})();
