// Looks whether the plugin's task waits already; evaluated inside hear_save.js.
// A running task may have read the library before this save, so only a waiting one makes another needless.
/* global hook */
var isWaiting = false;
var problem = null;
try {
  var jobs = gql.Do("{ jobQueue { status description } }").jobQueue || [];
  for (var j = 0; j < jobs.length && !isWaiting; j++) {
    isWaiting = jobs[j].status === "READY" && String(jobs[j].description).indexOf(hook.task) >= 0;
  }
} catch (error) {
  problem = error;
}
if (!isWaiting) {
  eval(hook.start);
}
