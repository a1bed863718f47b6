// Images of Stash and of other servers.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useState } = React;

  /** Show an image, loaded when it comes into view and without a referrer; `fallback` if it cannot be loaded. @param {{src?: string | null, alt: string, className?: string, fallback: any}} props */
  function RemoteImage({ src, alt, className, fallback }) {
    const [failedSrc, setFailedSrc] = useState(/** @type {string | null} */ (null));
    const address = kit.makePicturePath(src);
    if (!address || failedSrc === address) return fallback;
    return h("img", { src: address, alt, className, loading: "lazy", decoding: "async", referrerPolicy: "no-referrer", onError: () => setFailedSrc(address) });
  }

  Object.assign(kit, { RemoteImage });
})();
