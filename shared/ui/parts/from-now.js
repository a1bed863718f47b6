// Times as people say them: "in 40 seconds", "2 hours ago".
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useEffect, useState } = React;
  const FRESH_SECONDS = 1;

  /** Show when a moment is from now on; the exact time is in its tooltip. @param {{moment: string | null | undefined}} props */
  function FromNow({ moment }) {
    const locale = kit.useLocale();
    const [now, setNow] = useState(() => Date.now());
    useEffect(() => kit.clock.every(FRESH_SECONDS, () => setNow(Date.now())), []);
    return h("time", { dateTime: moment || undefined, title: kit.formatMoment(moment, locale) }, kit.formatFromNow(moment, now, locale));
  }

  Object.assign(kit, { FromNow });
})();
