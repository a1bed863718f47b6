// Choosing the scenes to sync: on this page, or passed on by Stash's scene list or the page of a performer or studio.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { scopeCore: core } = tagging;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const MAX_OPTIONS = 20;
  const QUERIES = /** @type {Record<string, string>} */ ({
    performer: "query FindPerformersByName($q: String, $size: Int) { found: findPerformers(filter: {q: $q, per_page: $size, sort: \"name\"}) { rows: performers { id name } } }",
    studio: "query FindStudiosByName($q: String, $size: Int) { found: findStudios(filter: {q: $q, per_page: $size, sort: \"name\"}) { rows: studios { id name } } }",
  });

  /** Returns the function with which the chooser finds performers or studios. @param {string} kind */
  function makeFinder(kind) {
    return async (/** @type {string} */ text, /** @type {AbortSignal} */ signal) => {
      const { found } = await kit.graphql(QUERIES[kind], { q: text, size: MAX_OPTIONS }, { signal });
      return found.rows.map((/** @type {any} */ row) => ({ id: Number(row.id), name: row.name }));
    };
  }

  /** The chosen scope: one passed on by another page, or a choice of this page; `isReady` is false until it is complete. */
  function useScope() {
    const { state } = ReactRouterDOM.useLocation();
    const passed = (state && state.tagManagerScope) || null;
    const [kind, setKind] = useState(passed ? passed.kind : "all");
    const [chosen, setChosen] = useState(/** @type {any} */ (passed && passed.option ? passed.option : null));
    const choose = (/** @type {string} */ next) => {
      setKind(next);
      setChosen(null);
    };
    const scope = core.makeScope(kind, chosen, passed);
    return { kind, choose, chosen, setChosen, passed: passed && passed.scope ? passed : null, isReady: scope !== null, args: scope && Object.keys(scope).length ? { scope } : {} };
  }

  /** Lets the user choose the scenes. @param {{scope: ReturnType<typeof useScope>}} props */
  function ScopePicker({ scope }) {
    const t = kit.useText();
    const kinds = ["all", "saved", "performer", "studio"].map((value) => ({ value, label: t(`scope.${value}`) }));
    const choices = scope.passed ? [...kinds, { value: "handed", label: scope.passed.label }] : kinds;
    return h(
      React.Fragment,
      null,
      h(kit.Picker, { id: "tm-scope", label: t("scope"), value: scope.kind, choices, onChange: scope.choose }),
      scope.kind in QUERIES && h(tagging.Chooser, { key: scope.kind, id: `tm-scope-${scope.kind}`, label: t(`scope.choose.${scope.kind}`), find: makeFinder(scope.kind), chosen: scope.chosen, onChoose: scope.setChosen }),
      scope.kind === "saved" && h(kit.SavedFilterPicker, { chosen: scope.chosen, onChoose: scope.setChosen }),
    );
  }

  /** How to choose other scenes than this page offers. */
  function ScopeHelp() {
    const t = kit.useText();
    return h("p", { className: "text-muted small mb-0" }, t("scope.help"), " ", h(ReactRouterDOM.Link, { to: "/scenes" }, t("scope.help.link")));
  }

  Object.assign(tagging, { useScope, ScopePicker, ScopeHelp });
})();
