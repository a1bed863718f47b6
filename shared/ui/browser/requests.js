// Requests to Stash: GraphQL, operations, tasks and jobs. A failure is always thrown, never an empty result.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const RUN_TASK = `mutation RunPluginTask($id: ID!, $task: String, $description: String, $args: Map) {
    runPluginTask(plugin_id: $id, task_name: $task, description: $description, args_map: $args)
  }`;
  const STOP_JOB = `mutation StopJob($id: ID!) { stopJob(job_id: $id) }`;
  const FIND_JOB = `query FindJob($id: ID!) { findJob(input: { id: $id }) { id status description progress startTime } }`;

  /** Return the address of Stash's login page, which then leads back to the open page. */
  function makeLoginAddress() {
    return `${kit.findBasePath()}login?returnURL=${encodeURIComponent(window.location.href)}`;
  }

  /**
   * Send a query to Stash's GraphQL API and return its data; throw a KitError otherwise.
   * @param {string} query
   * @param {Record<string, unknown>} [variables]
   * @param {{signal?: AbortSignal}} [options]
   */
  async function graphql(query, variables = {}, options = {}) {
    try {
      const reply = await kit.post(query, variables, options);
      return kit.readReply(reply.status, await reply.text());
    } catch (error) {
      throw kit.asKitError(error);
    }
  }

  /**
   * Call an operation of a plugin and return its answer. Aborting the signal stops the plugin's process.
   * @param {string} pluginId
   * @param {string} name
   * @param {Record<string, unknown>} [args]
   * @param {{signal?: AbortSignal}} [options]
   */
  async function operation(pluginId, name, args = {}, options = {}) {
    const data = await graphql(kit.RUN_OPERATION, { id: pluginId, args: { ...args, operation: name } }, options);
    return kit.readOperationAnswer(data.runPluginOperation);
  }

  function makeToken() {
    return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
  }

  /**
   * Queue a task in Stash and return its handle. The token finds its run later; Stash only knows that the job has ended.
   * @param {string} pluginId
   * @param {string} taskName
   * @param {Record<string, unknown>} [args]
   * @param {string} [description]
   * @returns {Promise<StashBundle.TaskHandle>}
   */
  async function runTask(pluginId, taskName, args = {}, description = taskName) {
    const runToken = makeToken();
    const variables = { id: pluginId, task: taskName, description, args: { ...args, run_token: runToken } };
    const data = await graphql(RUN_TASK, variables);
    return { jobId: String(data.runPluginTask), runToken };
  }

  /** Ask Stash to stop a job. @param {string} jobId */
  async function stopJob(jobId) {
    await graphql(STOP_JOB, { id: jobId });
  }

  /**
   * Return a job of Stash, null if Stash has forgotten it.
   * @param {string} jobId
   * @returns {Promise<StashBundle.Job | null>}
   */
  async function findJob(jobId) {
    return (await graphql(FIND_JOB, { id: jobId })).findJob;
  }

  /**
   * Remove queries from Stash's cache, so that its own pages load again what a plugin changed.
   * @param {string[]} fields root fields, e.g. "findTags"
   */
  function forgetCached(fields) {
    const { StashService } = kit.api.utils;
    if (!StashService || !StashService.getClient) return;
    const { cache } = StashService.getClient();
    for (const fieldName of fields) cache.evict({ id: "ROOT_QUERY", fieldName });
    cache.gc();
  }

  Object.assign(kit, { makeLoginAddress, graphql, operation, runTask, stopJob, findJob, forgetCached });
})();
