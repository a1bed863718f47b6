// Decides whether a save starts the plugin's task. Stash runs it inside its own process, and waits for it, at every save
// of an object; before 0.26 it knows ES5 only. Compiling is most of its cost, so what few saves need stands in start_task.js.
// The hook in the manifest says what it listens to:
//   plugin, task   whose task to start, and the name it has in Stash's list of jobs
//   fields         the fields of interest, separated by spaces; empty: any save
//   needs          the settings that must be set or on; those in `onByDefault` are, unless they are switched off
(function () {
  var hook = input.Args || {};
  var context = hook.hookContext || {};
  var id = String(context.id || context.ID); // releases before 0.26 begin names with capitals
  var problem = null;

  function isOneOf(words, word) {
    return (" " + words + " ").indexOf(" " + word + " ") >= 0;
  }

  function isOfInterest() {
    var fields = context.inputFields || context.InputFields || [];
    var isFound = !hook.fields;
    for (var i = 0; i < fields.length && !isFound; i++) {
      isFound = isOneOf(hook.fields, fields[i]);
    }
    return isFound;
  }

  // Stash runs the hooks of a bulk update after all its objects are saved, so the first one is enough.
  function isFirst() {
    var sent = context.input || context.Input || {};
    var ids = sent.ids || sent.Ids || [];
    return !ids.length || String(ids[0]) === id;
  }

  // A running task may have read the library before this save, so only a waiting one makes another needless.
  function isWaiting() {
    var jobs = gql.Do("{ jobQueue { status description } }").jobQueue || [];
    for (var i = 0; i < jobs.length; i++) {
      if (jobs[i].status === "READY" && String(jobs[i].description).indexOf(hook.task) >= 0) {
        return true;
      }
    }
    return false;
  }

  try {
    if (!isOfInterest() || !isFirst() || isWaiting()) {
      return { Output: null };
    }
  } catch (error) {
    problem = error;
  }
  eval("start_task.js");
  return { Output: null };
})();
