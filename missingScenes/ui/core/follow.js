// The rules of a followed performer or studio, in words and as arguments. Pure.
(function (root) {
  "use strict";
  const FOLLOW_TASK = "Check Followed";
  const NUMBERS = ["per_week", "min_minutes", "oldest_days"];
  const FOLLOW_REASONS = ["old", "short", "excluded_tag", "solo", "gender"];

  /** Return the name of the place where new scenes go. @param {any} rules @param {{key: string, name: string}[]} whisparrs @param {(key: string, values?: any) => string} t */
  function namePlace(rules, whisparrs, t) {
    if (rules.target === "wanted") return t("follow.to.wanted");
    const named = whisparrs.find((one) => one.key === rules.whisparr && one.key);
    return named ? `Whisparr "${named.name}"` : "Whisparr";
  }

  /** Return the rules that leave scenes out, each as a short text. @param {any} rules @param {(key: string, values?: any) => string} t */
  function describeLimits(rules, t) {
    const counts = NUMBERS.map((name) => rules[name] > 0 && t(`follow.short.${name}`, { count: rules[name] }));
    const names = rules.genders.map((/** @type {string} */ one) => t(`gender.${one}`)).join(", ");
    const tags = rules.excluded_tags.map((/** @type {any} */ one) => one.name).join(", ");
    return [...counts, rules.solo !== "any" && t(`follow.solo.${rules.solo}`), names && t("follow.short.genders", { names }), tags && t("follow.short.tags", { names: tags })];
  }

  /** Return rules as short texts for a card. @param {any} rules @param {(key: string, values?: any) => string} t @param {{key: string, name: string}[]} [whisparrs] */
  function describeRules(rules, t, whisparrs = []) {
    const way = t(`follow.short.${rules.way}`, { place: namePlace(rules, whisparrs, t) });
    return [way, ...describeLimits(rules, t), rules.network && t("filter.network")].filter(Boolean);
  }

  /** Return a typed number, null for none or for something else. @param {unknown} typed @param {number} most */
  function readNumber(typed, most) {
    const number = Math.floor(Number(typed));
    return String(typed).trim() !== "" && number >= 0 ? Math.min(number, most) : null;
  }

  /** Return a list with an entry added, or without it if it is there. @param {string[]} list @param {string} entry @param {boolean} isOn */
  function putInList(list, entry, isOn) {
    const others = list.filter((one) => one !== entry);
    return isOn ? [...others, entry] : others;
  }

  /** Return the choices for the place where new scenes go, and the value of the present one. @param {any} rules @param {{key: string, name: string}[]} whisparrs @param {(key: string, values?: any) => string} t */
  function listPlaces(rules, whisparrs, t) {
    const places = whisparrs.map(({ key }) => ({ value: `whisparr ${key}`, label: namePlace({ target: "whisparr", whisparr: key }, whisparrs, t) }));
    return { value: rules.target === "wanted" ? "wanted" : `whisparr ${rules.whisparr}`, choices: [{ value: "wanted", label: t("follow.to.wanted") }, ...places] };
  }

  /** Return the part of the rules that a chosen place means. @param {string} value */
  function readPlace(value) {
    const [target, whisparr = ""] = value.split(" ");
    return { target, whisparr };
  }

  /** Return the linked performers and studios of an answer of Stash in one list, those with most scenes first. @param {Record<string, {rows: any[]}>} found */
  function listToFollow(found) {
    const all = Object.entries(found).flatMap(([kind, { rows }]) => rows.map((/** @type {any} */ row) => ({ ...row, kind })));
    return all.filter((row) => row.stash_ids.length > 0).sort((one, other) => other.scene_count - one.scene_count);
  }

  const core = { FOLLOW_TASK, FOLLOW_REASONS, describeRules, readNumber, putInList, listPlaces, readPlace, listToFollow };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit.missing, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
