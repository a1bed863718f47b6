// Starts the plugin's task, if the plugin is set up; evaluated inside hear_save.js. It keeps nothing: the task finds what
// changed in Stash's own database. No error leaves it, because that would show up as a failed save.
/* global hook, context, problem */
var SETTINGS = "query ($plugins: [ID!]) { configuration { general { username } plugins(include: $plugins) } }";
var START =
  "mutation ($plugin: ID!, $task: String, $args: Map) {" +
  " runPluginTask(plugin_id: $plugin, description: $task, args_map: $args) }";

// Stash 0.25 shows the setting plex_url as plexUrl.
function makeCamelCase(name) {
  return name.replace(/_(.)/g, function (all, letter) {
    return letter.toUpperCase();
  });
}

function isSetUp(settings) {
  var needs = hook.needs ? hook.needs.split(" ") : [];
  var onByDefault = " " + hook.onByDefault + " ";
  for (var i = 0; i < needs.length; i++) {
    var names = needs[i].split("|"); // one of these is enough
    var isMet = false;
    for (var j = 0; j < names.length && !isMet; j++) {
      isMet = isOn(settings, names[j], onByDefault);
    }
    if (!isMet) {
      return false;
    }
  }
  return true;
}

function isOn(settings, name, onByDefault) {
  var value = settings[name];
  if (value === undefined) {
    value = settings[makeCamelCase(name)];
  }
  var isMissing = value === undefined || value === null;
  return isMissing ? onByDefault.indexOf(" " + name + " ") >= 0 : value !== false && value !== "" && value !== "false";
}

// Stash forgets who is logged in when a script starts a task, so the task is given the session of the save.
function startTask() {
  var configuration = gql.Do(SETTINGS, { plugins: [hook.plugin] }).configuration;
  if (isSetUp((configuration.plugins || {})[hook.plugin] || {})) {
    var kind = String(context.type || context.Type).split(".")[0].toLowerCase();
    var args = { mode: "drain", changed: kind + ":" + (context.id || context.ID) };
    if ((configuration.general || {}).username) {
      args.session = String(input.ServerConnection.SessionCookie.Value);
    }
    keepFirst(gql.Do(START, { plugin: hook.plugin, task: hook.task, args: args }).runPluginTask);
  }
}

// Saves at the same moment may each have started a task; the first one that waits is enough for all of them.
function keepFirst(started) {
  var jobs = gql.Do("{ jobQueue { id status description } }").jobQueue || [];
  for (var i = 0; i < jobs.length; i++) {
    var isTask = jobs[i].status === "READY" && String(jobs[i].description).indexOf(hook.task) >= 0;
    if (isTask && Number(jobs[i].id) < Number(started)) {
      gql.Do("mutation ($job: ID!) { stopJob(job_id: $job) }", { job: started });
      return;
    }
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
