// The texts of the plugin that a part of the page belongs to, the reader's locale, and the signals that it listens to.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { useEffect, useMemo, useState } = kit.React;
  const { Intl: ReactIntl } = kit.api.libraries;

  /** Return the function `t` for the texts of the kit and the plugin in the reader's language. */
  function useText() {
    const { dictionaries } = kit.useUi(); // others once the plugin's page is loaded
    const { locale } = ReactIntl.useIntl();
    return useMemo(() => kit.makeTranslate(dictionaries, locale), [dictionaries, locale]);
  }

  /** Return the reader's locale, as set in Stash. */
  function useLocale() {
    return ReactIntl.useIntl().locale;
  }

  /** Return the latest value of a signal, and render again for each new one. @param {StashBundle.Signal} signal @param {any} initial */
  function useSignal(signal, initial) {
    const [value, setValue] = useState(signal.last === undefined ? initial : signal.last);
    useEffect(() => signal.listen(setValue), [signal]);
    return value;
  }

  Object.assign(kit, { useText, useLocale, useSignal });
})();
