// Written by scripts/release/manifests.py from hear_save.js; edit that.
(function () {
var hook = input.Args || {};
var context = hook.hookContext || {};
var saved = context.input || context.Input || {};
if (String(saved.clientMutationId) !== "more saves follow") {
eval(hook.filter);
}
return { Output: null };
})();
