// Starts the plugin's task, if the plugin is set up; evaluated inside hear.js. It keeps nothing: the task finds what
// changed in Stash's own database. No error leaves it, because that would show up as a failed save.
/* global hook, context, id, problem, isOneOf */
var SETTINGS = "query ($plugins: [ID!]) { configuration { plugins(include: $plugins) } }";
var START =
  "mutation ($plugin: ID!, $task: String, $args: Map) {" +
  " runPluginTask(plugin_id: $plugin, description: $task, args_map: $args) }";

function isSetUp(settings) {
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

function startTask() {
  var settings = gql.Do(SETTINGS, { plugins: [hook.plugin] }).configuration.plugins || {};
  if (isSetUp(settings[hook.plugin] || {})) {
    var kind = String(context.type || context.Type).split(".")[0].toLowerCase();
    gql.Do(START, { plugin: hook.plugin, task: hook.task, args: { mode: "drain", changed: kind + ":" + id } });
  }
}

// Stash shows its latest log lines; while this one is among them, a burst of saves does not repeat it.
function complain(error) {
  var begin = hook.task + " was not started";
  var logs = gql.Do("{ logs { message } }").logs || [];
  for (var i = 0; i < logs.length; i++) {
    if (String(logs[i].message).indexOf(begin) >= 0) {
      return;
    }
  }
  log.Warn(begin + " after a save (" + error + "). The changes are found when it next runs.");
}

try {
  if (problem) {
    throw problem;
  }
  startTask();
} catch (error) {
  try {
    complain(error);
  } catch (second) {
    log.Debug(String(second));
  }
}
