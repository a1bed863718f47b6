// The listener: decides whether a save concerns the plugin. Stash runs it inside its own process, and waits for it, at every
// save of an object; before 0.26 it knows ES5 only. Compiling is most of its cost, so it is short: the next steps are texts
// among its arguments, which are compiled when they are needed. The hook in the manifest says what it listens to:
//   plugin, task   whose task to start, and the name it has in Stash's list of jobs
//   fields         the fields of interest, separated by spaces; empty: any save
//   needs          the settings that must be set or on (of a|b one); those in `onByDefault` are, unless they are switched off
//   filter, find, start    the texts of filter_save.js, find_task.js and start_task.js, which follow one another
(function () {
  var hook = input.Args || {};
  var context = hook.hookContext || {};
  var saved = context.input || context.Input || {};
  // Tag Manager marks saves that it sends in a row, because hearing one of the row is enough (object_tags.py).
  if (String(saved.clientMutationId) !== "more saves follow") {
    eval(hook.filter);
  }
  return { Output: null };
})();
