// Decides whether a save concerns the plugin. Stash runs it inside its own process, and waits for it, at every save of an
// object; before 0.26 it knows ES5 only. Compiling is most of its cost, so it is short, and the next step is a text in it
// (find_task.js, and in that start_task.js). The hook in the manifest says what it listens to:
//   plugin, task   whose task to start, and the name it has in Stash's list of jobs
//   fields         the fields of interest, separated by spaces; empty: any save
//   needs          the settings that must be set or on; those in `onByDefault` are, unless they are switched off
(function () {
  var hook = input.Args || {};
  var context = hook.hookContext || {};
  // Stash runs the hooks of a bulk update after all its objects are saved, so the first one is enough.
  var ids = (context.input || context.Input || {}).ids || [];
  if (ids.length && String(ids[0]) !== String(context.id)) {
    return { Output: null };
  }
  var sent = context.inputFields || context.InputFields || []; // releases before 0.26 begin names with capitals
  var isHeard = !hook.fields;
  for (var i = 0; i < sent.length && !isHeard; i++) {
    isHeard = (" " + hook.fields + " ").indexOf(" " + sent[i] + " ") >= 0;
  }
  if (isHeard) {
    eval("find_task.js");
  }
  return { Output: null };
})();
