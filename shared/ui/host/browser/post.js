// Requests to Stash's GraphQL API.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const RUN_OPERATION = `mutation RunPluginOperation($id: ID!, $args: Map) { runPluginOperation(plugin_id: $id, args: $args) }`;

  /** Return the path of Stash: "/", or the path behind a reverse proxy; it ends with "/". */
  function findBasePath() {
    return new URL(document.baseURI).pathname;
  }

  /**
   * Send a query to Stash and return its reply as it came.
   * @param {string} query
   * @param {Record<string, unknown>} [variables]
   * @param {{signal?: AbortSignal}} [options]
   */
  function post(query, variables = {}, options = {}) {
    return fetch(`${findBasePath()}graphql`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      credentials: "same-origin",
      body: JSON.stringify({ query, variables }),
      signal: options.signal,
    });
  }

  /** Return the answer of an operation of a plugin; throw an Error with a sentence for people if there is none. @param {StashBundle.Ui} ui @param {string} name @param {Record<string, unknown>} [args] @returns {Promise<any>} */
  async function askPlugin(ui, name, args = {}) {
    const reply = await post(RUN_OPERATION, { id: ui.id, args: { ...args, operation: name } });
    return kit.readPluginAnswer(ui.name, reply.status, await reply.json().catch(() => null));
  }

  Object.assign(kit, { RUN_OPERATION, findBasePath, post, askPlugin });
})();
