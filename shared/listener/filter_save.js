// Goes on if the save has a field of interest; evaluated inside hear_save.js.
/* global hook, context, saved */
// Stash runs the hooks of a bulk update after all its objects are saved, so the first one is enough.
var ids = saved.ids || [];
if (!ids.length || String(ids[0]) === String(context.id)) {
  var sent = context.inputFields || context.InputFields || []; // releases before 0.26 begin names with capitals
  var isHeard = !hook.fields;
  for (var i = 0; i < sent.length && !isHeard; i++) {
    isHeard = (" " + hook.fields + " ").indexOf(" " + sent[i] + " ") >= 0;
  }
  if (isHeard) {
    eval(hook.find);
  }
}
