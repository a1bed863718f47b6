// The choices of the merge dialog: the tag they lead to, its conflicts, and the list of changes. Pure.
(function (root) {
  "use strict";

  /** Folds a name as Stash compares names: only A to Z without case. @param {string} text */
  const fold = (text) => text.trim().normalize("NFC").replace(/[A-Z]/g, (letter) => letter.toLowerCase());

  /** Returns the tag's name after the merge. @param {any} shown @param {any} choice */
  function chooseName(shown, choice) {
    return choice.name === "keep" ? shown.tag.name : (choice.new_name || "").trim() || shown.remote.name;
  }

  /** Returns the texts without blanks and duplicates, and without those in `without`. @param {string[]} texts @param {string[]} without */
  function unique(texts, without) {
    const taken = new Set(without.map(fold));
    return texts.filter((text) => text.trim() !== "" && !taken.has(fold(text)) && Boolean(taken.add(fold(text))));
  }

  /**
   * Returns every alias the tag could have, with its origin. The name itself is never one.
   * @param {any} shown
   * @param {any} choice
   * @returns {{value: string, from: "own" | "box" | "old"}[]}
   */
  function listAliases(shown, choice) {
    const name = chooseName(shown, choice);
    const old = choice.name === "keep" ? [] : [shown.tag.name];
    const own = unique(shown.tag.aliases, [name]);
    const given = unique([shown.remote.name, ...shown.remote.aliases], [name, ...own, ...old]);
    const rows = /** @type {["own" | "box" | "old", string[]][]} */ ([["own", own], ["old", unique(old, [name, ...own])], ["box", given]]);
    return rows.flatMap(([from, values]) => values.map((value) => ({ value, from })));
  }

  /** True if the tag has this alias after the merge. @param {any} shown @param {any} choice @param {string} value */
  function hasAlias(shown, choice, value) {
    if (choice.name === "take_alias" && fold(value) === fold(shown.tag.name)) return true;
    return choice.aliases.some((/** @type {string} */ alias) => fold(alias) === fold(value));
  }

  /** Returns the tag's aliases after the merge. @param {any} shown @param {any} choice */
  function chooseAliases(shown, choice) {
    return listAliases(shown, choice)
      .map((row) => row.value)
      .filter((value) => hasAlias(shown, choice, value));
  }

  /** Returns the choices with an alias added or removed. @param {any} choice @param {string} value @param {boolean} isOn */
  function selectAlias(choice, value, isOn) {
    const others = choice.aliases.filter((/** @type {string} */ alias) => fold(alias) !== fold(value));
    return { ...choice, aliases: isOn ? [...others, value] : others };
  }

  /**
   * Returns the conflicts of the current choices. A tag that is merged into this one is no conflict.
   * @param {any} shown
   * @param {any[]} conflicts
   * @param {any} choice
   * @param {number[]} merged
   */
  function listConflicts(shown, conflicts, choice, merged) {
    const name = fold(chooseName(shown, choice));
    const aliases = new Set(chooseAliases(shown, choice).map(fold));
    return conflicts
      .filter((one) => !merged.includes(one.holder.id) && (fold(one.value) === name || aliases.has(fold(one.value))))
      .map((one) => ({ ...one, field: fold(one.value) === name ? "name" : "alias" }));
  }

  /** Replaces the known conflicts of the values that were asked about by the new answer. @param {any[]} known @param {any[]} fresh @param {string[]} asked */
  function updateConflicts(known, fresh, asked) {
    const sent = new Set(asked.map(fold));
    return [...known.filter((one) => !sent.has(fold(one.value))), ...fresh];
  }

  /** Returns the choices without the value of a conflict. @param {any} choice @param {any} conflict */
  function dropConflict(choice, conflict) {
    return conflict.field === "name" ? { ...choice, name: "keep" } : selectAlias(choice, conflict.value, false);
  }

  /** True if the box's description replaces the tag's. @param {any} shown @param {any} choice */
  function takesDescription({ tag, remote }, choice) {
    return choice.description === "take" && Boolean(remote.description) && remote.description !== (tag.description || "");
  }

  /** True if the tag gets the category's parent and does not have it yet. @param {any} shown @param {any} choice */
  function addsParent({ tag, parent }, choice) {
    return choice.parent === "add" && Boolean(parent) && !tag.parents.some((/** @type {any} */ one) => Number(one.id) === parent.id);
  }

  /** True if the tag's links change. @param {any} shown @param {any} choice */
  function changesLink({ tag, remote, replaces }, choice) {
    return choice.link && (replaces.length > 0 || !remote.linked_to.some((/** @type {any} */ one) => one.id === tag.id));
  }

  /** Returns the aliases that saving removes and adds. @param {any} shown @param {any} choice @returns {{what: string, value: any}[]} */
  function listAliasChanges(shown, choice) {
    const after = chooseAliases(shown, choice);
    const had = new Set(shown.tag.aliases.map(fold));
    const kept = new Set([...after, chooseName(shown, choice)].map(fold));
    const removed = shown.tag.aliases.filter((/** @type {string} */ alias) => !kept.has(fold(alias)));
    return [
      ...removed.map((/** @type {string} */ value) => ({ what: "alias_remove", value })),
      ...after.filter((alias) => !had.has(fold(alias))).map((value) => ({ what: "alias_add", value })),
    ];
  }

  /**
   * Returns the changes that saving makes, one entry each.
   * @param {any} shown
   * @param {any} choice
   * @param {number[]} merged
   * @returns {{what: string, value: any}[]}
   */
  function listChanges(shown, choice, merged) {
    const name = chooseName(shown, choice);
    return [
      ...merged.map((value) => ({ what: "merge", value })),
      ...(name === shown.tag.name ? [] : [{ what: "name", value: name }]),
      ...(takesDescription(shown, choice) ? [{ what: "description", value: "" }] : []),
      ...listAliasChanges(shown, choice),
      ...(addsParent(shown, choice) ? [{ what: "parent", value: shown.parent.name }] : []),
      ...(changesLink(shown, choice) ? [{ what: "link", value: shown.remote.name }] : []),
    ];
  }

  const core = { fold, chooseName, listAliases, hasAlias, chooseAliases, selectAlias, listConflicts, updateConflicts, dropConflict, listChanges };
  if (root.StashBundleKit) root.StashBundleKit.tagging.mergeCore = core;
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
