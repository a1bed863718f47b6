// Runs inside Stash after a save, and asks Stash to start the plugin's queue task unless that task waits already.
// It keeps nothing: what changed is found by the task, in Stash's own database. Stash waits for it and may be as old as
// 0.25, so it is short, ES5, and sends two requests at most. The hook in the manifest says what it listens to:
//   plugin, task   whose task to start, and the name it has in Stash's list of jobs
//   fields         the fields of interest, separated by spaces; empty: any save
//   needs          the settings that must be set or on; those in `onByDefault` are, unless they are switched off
(function () {
  var LOOK =
    "query ($plugins: [ID!]) { jobQueue { status description } configuration { plugins(include: $plugins) } }";
  var START =
    "mutation ($plugin: ID!, $task: String, $args: Map) {" +
    " runPluginTask(plugin_id: $plugin, description: $task, args_map: $args) }";
  var LOGS = "{ logs { message } }";

  function listen(hook) {
    var context = readContext(hook.hookContext || {});
    if (!context.isFirst || !isOfInterest(hook.fields, context.fields)) {
      return;
    }
    var stash = gql.Do(LOOK, { plugins: [hook.plugin] });
    var settings = stash.configuration.plugins || {};
    if (isSetUp(hook, settings[hook.plugin] || {}) && !isWaiting(stash.jobQueue || [], hook.task)) {
      gql.Do(START, { plugin: hook.plugin, task: hook.task, args: { mode: "drain", changed: context.object } });
    }
  }

  // Releases before 0.26 begin the names with capitals. Stash runs the hooks of a bulk update after all its objects are
  // saved, once for each of them, so the first one is enough.
  function readContext(context) {
    var id = String(context.id || context.ID);
    var sent = context.input || context.Input || {};
    var ids = sent.ids || sent.Ids || [];
    var type = String(context.type || context.Type);
    return {
      fields: context.inputFields || context.InputFields || [],
      isFirst: !ids.length || String(ids[0]) === id,
      object: type.split(".")[0].toLowerCase() + ":" + id
    };
  }

  function isOfInterest(fields, sent) {
    for (var i = 0; i < sent.length; i++) {
      if (isOneOf(fields, sent[i])) {
        return true;
      }
    }
    return !fields;
  }

  function isSetUp(hook, settings) {
    var needs = hook.needs ? hook.needs.split(" ") : [];
    for (var i = 0; i < needs.length; i++) {
      var value = settings[needs[i]];
      var isMissing = value === undefined || value === null;
      if (isMissing ? !isOneOf(hook.onByDefault, needs[i]) : value === false || value === "" || value === "false") {
        return false;
      }
    }
    return true;
  }

  function isOneOf(words, word) {
    return (" " + words + " ").indexOf(" " + word + " ") >= 0;
  }

  // A running task may have read the library before this save, so only a waiting one makes another needless.
  function isWaiting(jobs, task) {
    for (var i = 0; i < jobs.length; i++) {
      if (jobs[i].status === "READY" && String(jobs[i].description).indexOf(task) >= 0) {
        return true;
      }
    }
    return false;
  }

  // Stash shows its latest log lines; while this one is among them, a burst of saves does not repeat it.
  function complain(hook, error) {
    var text = hook.task + " was not started after a save (" + error + "). The changes are found when it next runs.";
    var logs = gql.Do(LOGS).logs || [];
    for (var i = 0; i < logs.length; i++) {
      if (String(logs[i].message).indexOf(hook.task + " was not started") >= 0) {
        return;
      }
    }
    log.Warn(text);
  }

  try {
    listen(input.Args);
  } catch (error) {
    try {
      complain(input.Args, error);
    } catch (second) {
      log.Debug(String(second));
    }
  }
  return { Output: null };
})();
