// The path rule editor: proposals from a sample of both sides, and a test on that sample before saving.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useState } = React;
  const { Form } = Bootstrap;
  // Values of ignore_case: only for Windows paths, always, never.
  const IGNORE_CASE_VALUES = [null, true, false];

  /** @param {{rule: any, index: number, folders: {stash: string[], plex: string[]}, onChange: (part: any) => void, onRemove: () => void}} props */
  function RuleRow({ rule, index, folders, onChange, onRemove }) {
    const t = kit.useText();
    const field = (/** @type {"stash" | "plex"} */ side) =>
      h(
        Form.Group,
        { controlId: `s2p-rule-${index}-${side}` },
        h(Form.Label, { className: "small" }, t(`paths.${side}`)),
        h(Form.Control, { size: "sm", className: "text-input", value: rule[side], list: `s2p-folders-${side}`, onChange: (/** @type {any} */ event) => onChange({ [side]: event.target.value }) }),
      );
    return h(
      "div",
      { className: "s2p-rule", role: "group" },
      field("stash"),
      h("span", { "aria-hidden": true }, "→"),
      field("plex"),
      h(kit.Picker, { id: `s2p-rule-${index}-case`, label: t("paths.case"), value: String(rule.ignore_case), choices: IGNORE_CASE_VALUES.map((value) => ({ value: String(value), label: t(`paths.case.${value}`) })), onChange: (/** @type {string} */ value) => onChange({ ignore_case: IGNORE_CASE_VALUES.find((each) => String(each) === value) }) }),
      h(Bootstrap.Button, { size: "sm", variant: "secondary", "aria-label": t("paths.remove", { number: index + 1 }), onClick: onRemove }, h(kit.Icon, { name: "faTimes" })),
      index === 0 && ["stash", "plex"].map((side) => h("datalist", { key: side, id: `s2p-folders-${side}` }, folders[/** @type {"stash" | "plex"} */ (side)].map((path) => h("option", { key: path, value: path })))),
    );
  }

  /** @param {{found: any}} props */
  function RuleTestResult({ found }) {
    const t = kit.useText();
    if (!found.total) return h(kit.Notice, { level: "warning" }, t("paths.nothing"));
    const percent = Math.floor(found.rate * 100);
    return h(
      kit.Notice,
      { level: percent === 100 ? "success" : "warning", title: t("paths.rate", { ...found, percent }) },
      h(kit.ShareBar, { share: percent, label: t("paths.title") }),
      found.overlaps.map((/** @type {string} */ text) => h("div", { key: text }, text)),
      found.misses.length > 0 && h("details", null, h("summary", null, t("paths.misses")), found.misses.map((/** @type {string} */ path) => h("div", { key: path, className: "small s2p-files" }, path))),
    );
  }

  /** Show the proposals that are not among the rules yet. @param {{answer: any, rules: any[], onUse: (rule: any) => void}} props */
  function Proposals({ answer, rules, onUse }) {
    const t = kit.useText();
    const proposals = answer.proposals.filter((/** @type {any} */ each) => !rules.some((rule) => rule.stash === each.stash && rule.plex === each.plex));
    if (!answer.proposals.length) return h("p", { className: "text-muted" }, t("paths.no_proposal", { stash: answer.stash_sample, plex: answer.plex_sample }));
    return proposals.map((/** @type {any} */ rule) =>
      h(
        "div",
        { key: `${rule.stash} ${rule.plex}`, className: "sbk-actions s2p-files" },
        h("span", null, `${rule.stash} → ${rule.plex}`),
        h("span", { className: "text-muted small" }, t("paths.explains", { count: rule.explains })),
        h(kit.ActionButton, { size: "sm", "aria-label": `${t("paths.use")} ${rule.stash}`, onClick: () => onUse(rule) }, t("paths.use")),
      ),
    );
  }

  /** Return true if the test result belongs to the current rules. @param {any} state */
  function isTested({ testResult, rules }) {
    return Boolean(testResult) && testResult.of === rules;
  }

  /** Return the edited rules, their test result and proposals, and the actions of the editor. @param {any} saved */
  function useRules(saved) {
    const ui = kit.useUi();
    const t = kit.useText();
    const isMounted = kit.useIsMounted();
    const [state, setState] = useState(/** @type {any} */ ({ rules: saved.rules, faults: saved.overlaps, isSaved: true, testResult: null, proposals: null, isReading: false }));
    const merge = (/** @type {(old: any) => any} */ change) => isMounted.current && setState(change);
    const edit = (/** @type {any[]} */ rules) => setState({ ...state, rules, isSaved: false, testResult: null });
    const clean = (/** @type {any[]} */ rules) => rules.map((/** @type {any} */ rule) => ({ stash: rule.stash.trim(), plex: rule.plex.trim(), ignore_case: rule.ignore_case }));
    // The first call reads the whole library of Plex: a large one takes several calls, each returns its progress.
    const read = async (/** @type {string} */ name, args = {}) => {
      merge((/** @type {any} */ old) => ({ ...old, isReading: true }));
      try {
        let answer = await ui.operation(name, args);
        while (answer.reading && isMounted.current) {
          const { reading } = answer;
          merge((/** @type {any} */ old) => ({ ...old, reading }));
          answer = await ui.operation(name, args);
        }
        return answer;
      } finally {
        merge((/** @type {any} */ old) => ({ ...old, isReading: false, reading: "" }));
      }
    };
    const measure = async (/** @type {any[]} */ of) => {
      const testResult = await read("paths_measure", { rules: clean(of) });
      merge((/** @type {any} */ old) => ({ ...old, testResult: { ...testResult, of } }));
      return testResult;
    };
    return {
      ...state,
      isWhole: state.rules.every((/** @type {any} */ rule) => rule.stash.trim() && rule.plex.trim()),
      add: (/** @type {any} */ rule) => edit([...state.rules, rule]),
      change: (/** @type {number} */ at, /** @type {any} */ part) => edit(state.rules.map((/** @type {any} */ rule, /** @type {number} */ index) => (index === at ? { ...rule, ...part } : rule))),
      remove: (/** @type {number} */ at) => edit(state.rules.filter((/** @type {any} */ _, /** @type {number} */ index) => index !== at)),
      // The best rule is used and tested at once if there are no rules yet, so that Suggest and Save is all there is to do.
      propose: async () => {
        const answer = await read("paths_propose");
        merge((/** @type {any} */ old) => ({ ...old, proposals: answer }));
        const [best] = answer.proposals;
        if (!best || state.rules.length) return;
        const rules = [best];
        merge((/** @type {any} */ old) => ({ ...old, rules, isSaved: false }));
        await measure(rules);
      },
      measure: () => measure(state.rules),
      save: async () => {
        const { rules, overlaps, is_paused: isPaused } = await ui.operation("paths_save", { rules: clean(state.rules) });
        merge((/** @type {any} */ old) => ({ ...old, rules, faults: overlaps, isSaved: true, testResult: isTested(old) ? { ...old.testResult, of: rules } : null }));
        kit.toast.success(t(isPaused ? "paths.saved.paused" : "paths.saved"));
      },
    };
  }

  /** Save the rules; rules that find no file, or were not tested, are saved only after a question. @param {{editor: any}} props */
  function SaveButton({ editor }) {
    const t = kit.useText();
    const [isAsking, setAsking] = useState(false);
    const isProven = !editor.rules.length || (isTested(editor) && (editor.testResult.hits > 0 || !editor.testResult.total));
    const save = async () => {
      if (isProven) return editor.save();
      const { hits, total } = isTested(editor) ? editor.testResult : await editor.measure();
      return hits > 0 || !total ? editor.save() : setAsking(true);
    };
    const total = editor.testResult ? editor.testResult.total : 0;
    return h(
      React.Fragment,
      null,
      h(kit.ActionButton, { size: "sm", variant: "primary", disabled: !editor.isWhole || editor.isSaved, onClick: save }, t("paths.save")),
      isAsking && h(kit.ConfirmDialog, { title: t("paths.useless.title"), confirmText: t("paths.useless.save"), isDanger: true, onConfirm: editor.save, onClose: () => setAsking(false) }, t("paths.useless.text", { total })),
    );
  }

  /** Return true if there are no rules although they may be needed: not all files are found without them. @param {any} editor */
  function needsRules(editor) {
    return !editor.rules.length && !(isTested(editor) && editor.testResult.total > 0 && editor.testResult.hits === editor.testResult.total);
  }

  /** Show how many files the rules find, that this is being looked for, or else what is wrong with the rules. @param {{editor: any}} props */
  function RuleState({ editor }) {
    const t = kit.useText();
    return h(
      React.Fragment,
      null,
      isTested(editor) ? h("div", { className: "mb-3" }, h(RuleTestResult, { found: editor.testResult })) : editor.faults.map((/** @type {string} */ text) => h(kit.Notice, { key: text, level: "warning" }, text)),
      editor.isReading && h(kit.Loading, { text: editor.reading || t("paths.reading") }),
    );
  }

  /** @param {{saved: any}} props */
  function RuleEditor({ saved }) {
    const t = kit.useText();
    const editor = useRules(saved);
    const folders = { stash: saved.stash_folders, plex: saved.plex_folders };
    const { run: test } = kit.useAction(editor.measure);
    useEffect(() => {
      void test();
      // once, so that the page says at first sight whether files are found
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, []);
    return h(
      "div",
      { className: "s2p-block" },
      h(RuleState, { editor }),
      h("p", { className: "sub-heading" }, t("paths.text")),
      editor.rules.map((/** @type {any} */ rule, /** @type {number} */ index) =>
        h(RuleRow, { key: index, rule, index, folders, onChange: (part) => editor.change(index, part), onRemove: () => editor.remove(index) }),
      ),
      !editor.isWhole && h("div", { className: "text-warning small" }, t("paths.half")),
      h(
        "div",
        { className: "sbk-actions" },
        h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: () => editor.add({ stash: "", plex: "", ignore_case: null }) }, t("paths.add")),
        h(kit.ActionButton, { size: "sm", icon: "faMagic", variant: needsRules(editor) ? "primary" : "secondary", onClick: editor.propose }, t("paths.propose")),
        h(kit.ActionButton, { size: "sm", disabled: !editor.isWhole, onClick: editor.measure }, t("paths.measure")),
        h(SaveButton, { editor }),
        !editor.isSaved && h("span", { className: "text-muted" }, t("paths.unsaved")),
      ),
      editor.proposals && h(Proposals, { answer: editor.proposals, rules: editor.rules, onUse: editor.add }),
    );
  }

  /** Show the path rules with their editor. */
  function PathRules() {
    const ui = kit.useUi();
    const t = kit.useText();
    const saved = kit.useLoad("rules", (signal) => ui.operation("paths_show", {}, { signal }));
    const body = saved.data ? h(RuleEditor, { saved: saved.data }) : saved.error ? h(kit.ErrorBox, { error: saved.error, title: t("paths.unread"), onRetry: saved.reload }, h(kit.TabLink, { tab: "queue" }, t("action.queue"))) : h(kit.Pending, { load: saved });
    return h(kit.Section, { title: t("paths.title") }, body);
  }

  Object.assign(plexSync, { PathRules });
})();
