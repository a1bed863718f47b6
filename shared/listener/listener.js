// Written by scripts/release/manifests.py from the other scripts of this folder; edit those.
(function () {
var hook = input.Args || {};
var context = hook.hookContext || {};
var ids = (context.input || context.Input || {}).ids || [];
if (ids.length && String(ids[0]) !== String(context.id)) {
return { Output: null };
}
var sent = context.inputFields || context.InputFields || [];
var isHeard = !hook.fields;
for (var i = 0; i < sent.length && !isHeard; i++) {
isHeard = (" " + hook.fields + " ").indexOf(" " + sent[i] + " ") >= 0;
}
if (isHeard) {
eval("var isWaiting = false;\nvar problem = null;\ntry {\nvar jobs = gql.Do(\"{ jobQueue { status description } }\").jobQueue || [];\nfor (var j = 0; j < jobs.length && !isWaiting; j++) {\nisWaiting = jobs[j].status === \"READY\" && String(jobs[j].description).indexOf(hook.task) >= 0;\n}\n} catch (error) {\nproblem = error;\n}\nif (!isWaiting) {\neval(\"var SETTINGS = \\\"query ($plugins: [ID!]) { configuration { general { username } plugins(include: $plugins) } }\\\";\\nvar START =\\n\\\"mutation ($plugin: ID!, $task: String, $args: Map) {\\\" +\\n\\\" runPluginTask(plugin_id: $plugin, description: $task, args_map: $args) }\\\";\\nfunction makeCamelCase(name) {\\nreturn name.replace(/_(.)/g, function (all, letter) {\\nreturn letter.toUpperCase();\\n});\\n}\\nfunction isSetUp(settings) {\\nvar needs = hook.needs ? hook.needs.split(\\\" \\\") : [];\\nvar onByDefault = \\\" \\\" + hook.onByDefault + \\\" \\\";\\nfor (var i = 0; i < needs.length; i++) {\\nvar value = settings[needs[i]];\\nif (value === undefined) {\\nvalue = settings[makeCamelCase(needs[i])];\\n}\\nvar isMissing = value === undefined || value === null;\\nif (isMissing ? onByDefault.indexOf(\\\" \\\" + needs[i] + \\\" \\\") < 0 : value === false || value === \\\"\\\" || value === \\\"false\\\") {\\nreturn false;\\n}\\n}\\nreturn true;\\n}\\nfunction startTask() {\\nvar configuration = gql.Do(SETTINGS, { plugins: [hook.plugin] }).configuration;\\nif (isSetUp((configuration.plugins || {})[hook.plugin] || {})) {\\nvar kind = String(context.type || context.Type).split(\\\".\\\")[0].toLowerCase();\\nvar args = { mode: \\\"drain\\\", changed: kind + \\\":\\\" + (context.id || context.ID) };\\nif ((configuration.general || {}).username) {\\nargs.session = String(input.ServerConnection.SessionCookie.Value);\\n}\\nkeepFirst(gql.Do(START, { plugin: hook.plugin, task: hook.task, args: args }).runPluginTask);\\n}\\n}\\nfunction keepFirst(started) {\\nvar jobs = gql.Do(\\\"{ jobQueue { id status description } }\\\").jobQueue || [];\\nfor (var i = 0; i < jobs.length; i++) {\\nvar isTask = jobs[i].status === \\\"READY\\\" && String(jobs[i].description).indexOf(hook.task) >= 0;\\nif (isTask && Number(jobs[i].id) < Number(started)) {\\ngql.Do(\\\"mutation ($job: ID!) { stopJob(job_id: $job) }\\\", { job: started });\\nreturn;\\n}\\n}\\n}\\nfunction complain(error) {\\nvar begin = hook.task + \\\" was not started\\\";\\nvar logs = gql.Do(\\\"{ logs { message } }\\\").logs || [];\\nfor (var i = 0; i < logs.length; i++) {\\nif (String(logs[i].message).indexOf(begin) >= 0) {\\nreturn;\\n}\\n}\\nlog.Warn(begin + \\\" after a save (\\\" + error + \\\"). The changes are found when it next runs.\\\");\\n}\\ntry {\\nif (problem) {\\nthrow problem;\\n}\\nstartTask();\\n} catch (error) {\\ntry {\\ncomplain(error);\\n} catch (second) {\\nlog.Debug(String(second));\\n}\\n}\\n\");\n}\n");
}
return { Output: null };
})();
