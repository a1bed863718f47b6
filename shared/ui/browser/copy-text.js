// Copies of texts to the clipboard.
(function () {
  "use strict";
  const kit = window.StashBundleKit;

  /**
   * Copy the text of a field and return true if the browser did it. Browsers offer `navigator.clipboard` only over https and
   * on the same machine, and most people open Stash over http; there the older command works.
   * @param {HTMLTextAreaElement} field
   */
  async function copyField(field) {
    field.select();
    try {
      if (!navigator.clipboard) return document.execCommand("copy");
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      return document.execCommand("copy"); // the browser forbids the newer way to this page
    }
  }

  Object.assign(kit, { copyField });
})();
