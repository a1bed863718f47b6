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

  Object.assign(kit, { RUN_OPERATION, findBasePath, post });
})();
