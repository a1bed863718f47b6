// Written by scripts/release/manifests.py from filter_saves.js and start_task.js; edit those.
(function () {
  var hook = input.Args || {};
  var context = hook.hookContext || {};
  var id = String(context.id || context.ID);
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
  function isFirst() {
    var sent = context.input || context.Input || {};
    var ids = sent.ids || sent.Ids || [];
    return !ids.length || String(ids[0]) === id;
  }
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
  eval("var SETTINGS = \"query ($plugins: [ID!]) { configuration { general { username } plugins(include: $plugins) } }\";\nvar START =\n  \"mutation ($plugin: ID!, $task: String, $args: Map) {\" +\n  \" runPluginTask(plugin_id: $plugin, description: $task, args_map: $args) }\";\nfunction makeCamelCase(name) {\n  return name.replace(/_(.)/g, function (all, letter) {\n    return letter.toUpperCase();\n  });\n}\nfunction isSetUp(settings) {\n  var needs = hook.needs ? hook.needs.split(\" \") : [];\n  for (var i = 0; i < needs.length; i++) {\n    var value = settings[needs[i]];\n    if (value === undefined) {\n      value = settings[makeCamelCase(needs[i])];\n    }\n    var isMissing = value === undefined || value === null;\n    if (isMissing ? !isOneOf(hook.onByDefault, needs[i]) : value === false || value === \"\" || value === \"false\") {\n      return false;\n    }\n  }\n  return true;\n}\nfunction startTask() {\n  var configuration = gql.Do(SETTINGS, { plugins: [hook.plugin] }).configuration;\n  if (isSetUp((configuration.plugins || {})[hook.plugin] || {})) {\n    var kind = String(context.type || context.Type).split(\".\")[0].toLowerCase();\n    var args = { mode: \"drain\", changed: kind + \":\" + id };\n    if ((configuration.general || {}).username) {\n      args.session = String(input.ServerConnection.SessionCookie.Value);\n    }\n    keepFirst(gql.Do(START, { plugin: hook.plugin, task: hook.task, args: args }).runPluginTask);\n  }\n}\nfunction keepFirst(started) {\n  var jobs = gql.Do(\"{ jobQueue { id status description } }\").jobQueue || [];\n  for (var i = 0; i < jobs.length; i++) {\n    var isTask = jobs[i].status === \"READY\" && String(jobs[i].description).indexOf(hook.task) >= 0;\n    if (isTask && Number(jobs[i].id) < Number(started)) {\n      gql.Do(\"mutation ($job: ID!) { stopJob(job_id: $job) }\", { job: started });\n      return;\n    }\n  }\n}\nfunction complain(error) {\n  var begin = hook.task + \" was not started\";\n  var logs = gql.Do(\"{ logs { message } }\").logs || [];\n  for (var i = 0; i < logs.length; i++) {\n    if (String(logs[i].message).indexOf(begin) >= 0) {\n      return;\n    }\n  }\n  log.Warn(begin + \" after a save (\" + error + \"). The changes are found when it next runs.\");\n}\ntry {\n  if (problem) {\n    throw problem;\n  }\n  startTask();\n} catch (error) {\n  try {\n    complain(error);\n  } catch (second) {\n    log.Debug(String(second));\n  }\n}\n");
  return { Output: null };
})();
