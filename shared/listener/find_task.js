// Looks whether the plugin's task waits already, and reads its settings; evaluated inside filter_saves.js.
// A running task may have read the library before this save, so only a waiting one makes another needless.
/* global hook */
var LOOK =
  "query ($plugins: [ID!]) { jobQueue { status description }" +
  " configuration { general { username } plugins(include: $plugins) } }";
var isWaiting = false;
var configuration = {};
var problem = null;
try {
  var found = gql.Do(LOOK, { plugins: [hook.plugin] });
  var jobs = found.jobQueue || [];
  configuration = found.configuration || {};
  for (var j = 0; j < jobs.length && !isWaiting; j++) {
    isWaiting = jobs[j].status === "READY" && String(jobs[j].description).indexOf(hook.task) >= 0;
  }
} catch (error) {
  problem = error;
}
if (!isWaiting) {
  eval("start_task.js");
}
