// The answer of an operation of a plugin in Stash's reply. Pure.
(function (root) {
  "use strict";

  /**
   * Return the answer of an operation; throw an Error with a sentence for people if the reply has none. A login page or a proxy
   * may answer in place of Stash, so `body` may be null.
   * @param {string} name the plugin's
   * @param {number} status of the HTTP reply
   * @param {any} body
   */
  function readPluginAnswer(name, status, body) {
    const errors = (body && body.errors) || [];
    const answer = body && body.data && body.data.runPluginOperation;
    const told = errors.length ? errors[0].message : answer && answer.error;
    if (told) throw new Error(String(told));
    if (!answer || status >= 400) throw new Error(`Stash did not answer ${name} (status ${status}). Reload the page.`);
    return answer;
  }

  const core = { readPluginAnswer };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
