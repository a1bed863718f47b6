// Stash's replies: their data, or an error of a known kind with its explanation and next step. Pure.
(function (root) {
  "use strict";

  /** An error to show: `message` is a sentence for the user, `kind` chooses the advice, `status` is the HTTP status or 0. */
  class KitError extends Error {
    /**
     * @param {StashBundle.ErrorKind} kind
     * @param {string} message
     * @param {number} [status]
     */
    constructor(kind, message, status = 0) {
      super(message);
      this.name = "KitError";
      this.kind = kind;
      this.status = status;
    }
  }

  // Sentences of Stash or Python when a plugin could not answer, with the kind of error whose advice fits.
  /** @type {[RegExp, StashBundle.ErrorKind][]} */
  const MESSAGE_KINDS = [
    [/executable file not found|no such file or directory.*python|python.*not found/i, "python"],
    [/^exit status (\d+|0x[0-9a-f]+)$|^signal: /i, "crash"],
    [/plugin .* is disabled/i, "disabled"],
    [/internal system error/i, "gone"],
    [/operation cancel+ed|context canceled/i, "cancelled"],
    [/cannot query field|unknown argument|unknown type/i, "version"],
  ];

  /**
   * Return the kind of error that a sentence of the server means.
   * @param {string} message
   * @returns {StashBundle.ErrorKind}
   */
  function classifyMessage(message) {
    const found = MESSAGE_KINDS.find(([sign]) => sign.test(message));
    return found ? found[1] : "server";
  }

  /**
   * Return the kind of error that an HTTP status means.
   * @param {number} status
   * @returns {StashBundle.ErrorKind}
   */
  function classifyStatus(status) {
    if (status === 401 || status === 403) return "login";
    if (status === 413) return "size";
    return status === 502 || status === 503 || status === 504 ? "proxy" : "http";
  }

  /** @param {string} text */
  function parseJson(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** @param {any} answer */
  function listMessages(answer) {
    const errors = answer && Array.isArray(answer.errors) ? answer.errors : [];
    return [...new Set(errors.map((/** @type {any} */ error) => String(error.message || error)))];
  }

  /**
   * Return the `data` of a GraphQL reply; throw a KitError for another status, no JSON, GraphQL errors or no data.
   * @param {number} status
   * @param {string} text
   * @returns {any}
   */
  function readReply(status, text) {
    const answer = parseJson(text);
    const messages = listMessages(answer);
    if (messages.length) throw new KitError(classifyMessage(messages[0]), messages.join(" "), status);
    if (status !== 200) throw new KitError(classifyStatus(status), `HTTP ${status}`, status);
    if (!answer || typeof answer !== "object" || !answer.data) throw new KitError("answer", shortenText(text), status);
    return answer.data;
  }

  /** @param {string} text */
  function shortenText(text) {
    return text.replace(/\s+/g, " ").slice(0, 120);
  }

  /**
   * Return the answer of a plugin's operation; throw if it is no object, because then the plugin crashed before it could answer.
   * @param {unknown} answer
   * @returns {any}
   */
  function readOperationAnswer(answer) {
    if (answer !== null && typeof answer === "object") return answer;
    throw new KitError("crash", shortenText(typeof answer === "string" ? answer : ""));
  }

  /**
   * Return the handle of a task that an operation queued because its work is long; components pass it to `task.adopt`.
   * @param {{job_id: string, run_token: string, title?: string}} answer `title`: the name of a task that does more than the page asked for
   * @param {string} title
   * @returns {StashBundle.TaskHandle}
   */
  function readTaskHandle(answer, title) {
    return { jobId: answer.job_id, runToken: answer.run_token, title: answer.title || title };
  }

  /**
   * Return anything that was thrown as a KitError.
   * @param {unknown} error
   * @returns {KitError}
   */
  function asKitError(error) {
    if (error instanceof KitError) return error;
    const thrown = /** @type {any} */ (error) || {};
    if (thrown.name === "AbortError") return new KitError("cancelled", "");
    if (thrown.name === "TypeError" && /fetch|network|load failed/i.test(thrown.message)) return new KitError("network", "");
    return new KitError("bug", thrown.message || String(error));
  }

  /**
   * Return the text keys for an error and its next step; null where the error's own message says it, as our plugins' messages do.
   * @param {{kind: StashBundle.ErrorKind, message: string}} error
   */
  function explainError(error) {
    const says = ["server", "http", "version", "bug"].includes(error.kind) && error.message !== "";
    return { text: says ? null : `error.${error.kind}`, step: error.kind === "server" ? null : `error.${error.kind}.step` };
  }

  const core = { KitError, readReply, readOperationAnswer, readTaskHandle, asKitError, explainError };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
