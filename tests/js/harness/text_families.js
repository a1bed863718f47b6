// The families of text keys that scripts make from values: each template ("*" stands for a value) with all its values.
// Values are read where they are declared, so that a new one without a text fails a test.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { ROOT } = require("./shipped.js");

/** Return what the pattern's group matches in a file: the strings in it, else the words themselves. */
function read(file, pattern) {
  const found = [...fs.readFileSync(path.join(ROOT, file), "utf8").matchAll(pattern)].map((match) => match[1]);
  assert.ok(found.length, `${file} declares nothing like ${pattern}`);
  return found.flatMap((part) => (part.includes('"') ? [...part.matchAll(/"([^"]*)"/g)].map((match) => match[1]) : [part])).filter(Boolean);
}

/** Return the strings that the pattern's group matches in all Python files of a folder. */
function readFolder(folder, pattern) {
  const files = fs.readdirSync(path.join(ROOT, folder), { recursive: true }).filter((file) => file.endsWith(".py"));
  const fitting = files.map((file) => path.join(folder, file)).filter((file) => fs.readFileSync(path.join(ROOT, file), "utf8").search(pattern) >= 0);
  assert.ok(fitting.length, `${folder} declares nothing like ${pattern}`);
  return fitting.flatMap((file) => read(file, pattern));
}

/** Return the strings of the line that declares a constant, in JavaScript or Python. */
const constant = (file, name) => read(file, new RegExp(`^\\s*(?:const )?${name}\\b[^=\\n]*= (.+)$`, "gm"));
const without = (values, ...left) => values.filter((value) => !left.includes(value));
const pairs = (firsts, seconds) => firsts.flatMap((first) => seconds.map((second) => [first, second]));

/** Return all keys of a family. */
function expandFamily(pattern, values) {
  return values.map((value) => {
    const parts = [value].flat();
    return pattern.replace(/\*/g, () => parts.shift());
  });
}

const ENTITIES = ["performer", "studio"];
const OUTCOMES = constant("shared/journal/changes.py", "CHANGED");
const SHOWN_OUTCOMES = [...OUTCOMES, ...constant("shared/page/run_view.py", "UNDONE")];
const PHASES = read("shared/ui/types.d.ts", /type (?:RunState|Phase) = (.*);/g);
const ERRORS = without(read("shared/ui/types.d.ts", /type ErrorKind = (.*);/g), "server"); // an answer of our own plugin says everything

const shared = {
  "task.phase.*": PHASES,
  "task.stop.*": read("shared/ui/types.d.ts", /stop: \{ key: ([^;]*);/g),
  "history.*": ["before", "after"],
  "plan.filter.*": ["field", "source", "only"],
  "plan.only.*": ["conflict", "sources"],
  "plan.undo.*": read("shared/ui/types.d.ts", /interface UndoForecast \{ kind: ([^;]*);/g),
  "schedules.*": without(read("shared/ui/core/schedules.js", /return.* ("\w+")(?: :|;)/g), "waits"),
  "health.state.*": constant("shared/health/report.py", "OK, WARNING"),
  "schedules.by.*": constant("shared/bundle/origin.py", "PAGE, TIMER, TASK, SAVE, PERSON"),
  "setup.state.*": read("shared/page/setup_tests.py", /TestResult\(("\w+")/g),
  "outcome.*": SHOWN_OUTCOMES,
  "*.*": pairs(["total"], read("shared/ui/core/task-phase.js", /const (?:first|order) = (.*);/g)),
  "error.*": without(ERRORS, "http", "version"), // these always come with a message
  "error.*.step": ERRORS,
};

const MS = "missingScenes/ui";
const LISTS = constant(`${MS}/scene/mark-buttons.js`, "LISTS");
const KEYS = constant(`${MS}/list/keys-help.js`, "KEYS");
const WAYS = constant(`${MS}/follow/rules-form.js`, "WAYS");
const SOLO = constant(`${MS}/follow/rules-form.js`, "SOLO");
const missingScenes = {
  "field.*": constant(`${MS}/core/changes.js`, "NAMED_FIELDS"),
  "export.*": constant(`${MS}/marks/marks-tabs.js`, "FORMATS"),
  "tab.*": LISTS,
  "marked.sort.*": constant(`${MS}/marks/marks-tabs.js`, "SORTS"),
  "*.none": LISTS,
  "*.none.text": LISTS,
  "browse.*": constant(`${MS}/core/browse-address.js`, "SCOPES"),
  "details.*": read(`${MS}/scene/scene-details.js`, /h\(Fact, \{ name: ("\w+")/g),
  "whisparr.total.*": OUTCOMES,
  "filter.favorite.*": read(`${MS}/core/filters.js`, /input: "switch", favorites: ("\w+")/g),
  "filter.*": read(`${MS}/core/filters.js`, /\{ name: ("\w+"), input: "\w+"(?!, favorites)/g),
  "gender.*": constant(`${MS}/core/filters.js`, "GENDERS"),
  "sort.*": constant(`${MS}/core/missing-list.js`, "SORTS"),
  "keys.*": KEYS,
  "keys.*.does": KEYS,
  "mark.*.done": LISTS,
  "mark.*.all": LISTS,
  "mark.*.*": pairs(LISTS, ["on", "off"]),
  "hidden.*": [...read("missingScenes/missing/listing/filters.py", /ListFilter\(\s*("\w+")/g), "unreadable"],
  "hidden.*.open": ["ignored", "excluded_tag", "unlinked_file"], // the reasons with an action: `onReason` in filtered-list.js
  "start.*": read(`${MS}/core/start-findings.js`, /key: ("[\w.]+")/g),
  "start.*.text": read(`${MS}/core/start-findings.js`, /key: ("[\w.]+")/g),
  "start.step.*": ["boxes", ...read(`${MS}/core/start-findings.js`, /linked \? ("check") : ("browse")/g), "browse"],
  "whisparr.add_all.*": read(`${MS}/whisparr/add.js`, /leftOut\(("\w+")\)/g),
  "whisparr.with.*": read(`${MS}/whisparr/add.js`, /leftOut\(("\w+")\)/g),
  "progress.*": constant("missingScenes/missing/whisparr/progress/plan.py", "ADD"),
  "more.*": constant(`${MS}/setup/more-whisparrs.js`, "TEXTS"),
  "more.*.example": constant(`${MS}/setup/more-whisparrs.js`, "TEXTS"),
  "level.*": constant("missingScenes/missing/whisparr/progress/plan.py", "OK"),
  "view.*": constant(`${MS}/core/browse-address.js`, "VIEWS"),
  "coming.view.*": constant(`${MS}/coming/coming-tab.js`, "VIEWS"),
  "completeness.*s": constant(`${MS}/completeness/completeness-tab.js`, "KINDS"),
  "parts.*": constant(`${MS}/overview/stash-parts.js`, "PARTS"),
  "fields.*": ENTITIES,
  "fields.*.old": ENTITIES,
  "follow.*": [...constant(`${MS}/core/follow.js`, "NUMBERS"), ...read(`${MS}/follow/rules-form.js`, /choose\(("\w+"), [A-Z]/g)],
  "follow.*.*": [...pairs(["way"], WAYS), ...pairs(["solo"], SOLO)],
  "follow.solo.*": SOLO,
  "follow.short.*": [...constant(`${MS}/core/follow.js`, "NUMBERS"), ...WAYS],
  "follow.reason.*": constant(`${MS}/core/follow.js`, "FOLLOW_REASONS"),
  "following.*": read(`${MS}/follow/following-tab.js`, /word: ("\w+")/g),
  "following.*.all": read(`${MS}/follow/waiting-scenes.js`, /\ball\(("\w+"),/g),
  "following.kind.*": ENTITIES,
  "files.group.*": constant(`${MS}/files/files-tab.js`, "GROUPS"),
  "files.none.*": constant(`${MS}/files/files-tab.js`, "GROUPS"),
  "files.doubt.*": read("shared/file_matching/compare.py", /^REPORTED, NO_LENGTH, FAR, SEVERAL = (.*)$/gm),
  "files.state.*": read("missingScenes/missing/files/operations.py", /"state": ("gone") if row is None else ("linked")/g).concat("linked"),
};

const TM = "tagManager/ui";
const VIEWS = constant(`${TM}/links/links-tab.js`, "VIEWS");
const PARTS = constant(`${TM}/wordlists/export-import.js`, "PARTS");
const CLEANING = constant(`${TM}/cleaning/cleaning-tab.js`, "VIEWS");
const TAGGED = constant(`${TM}/cleaning/unwanted-view.js`, "KINDS");
const PAIR_RULES = constant(`${TM}/cleaning/look-alikes.js`, "RULES");
const EVIDENCE = "tagManager/tagging/scene_links/evidence.py";
const GONE = without(constant("tagManager/tagging/scenes/answer_cache.py", "FOUND"), "found", "failed");
const DOUBTS = [...GONE, ...without(constant(EVIDENCE, "MOVED"), "elsewhere"), ...constant(EVIDENCE, "SHARED"), "reported"];
const tagManager = {
  "cleaning.view.*": CLEANING,
  "cleaning.text.*": CLEANING,
  "cleaning.running.*": CLEANING,
  "cleaning.none.*": CLEANING,
  "unwanted.kind.*": TAGGED,
  "unwanted.column.*": TAGGED,
  "unwanted.sort.*": constant(`${TM}/cleaning/pick-tags.js`, "SORTS"),
  "unwanted.exclude.*": constant(`${TM}/cleaning/unwanted-view.js`, "PLACES"),
  "alike.rule.*": PAIR_RULES,
  "alike.filter.*": PAIR_RULES,
  "doctor.level.*": read(`${TM}/core/doubts.js`, /@returns \{("strong" \| "likely" \| "weak")\}/g),
  "doctor.kind.*": [...constant(`${TM}/doctor/doctor-tab.js`, "KINDS"), "all"],
  "doctor.reason.*": DOUBTS,
  "doctor.but.*": read("shared/file_matching/compare.py", /^REPORTED, NO_LENGTH, FAR, SEVERAL = (.*)$/gm),
  "doctor.state.*": ["changed", "gone"],
  "doctor.do.*": read(`${TM}/doctor/doubt-row.js`, /(\w+): "fa\w+"/g),
  "doctor.all.*": ["relink", "unlink"],
  "pending.*": read(`${TM}/core/tree.js`, /isWanted \? ("add" : "remove")/g),
  "scope.*": read(`${TM}/scenes/scope-picker.js`, /const kinds = (\[.*?\])/g),
  "scope.choose.*": read(`${TM}/scenes/scope-picker.js`, /^ +(\w+): "query/gm),
  "outcome.*": SHOWN_OUTCOMES,
  "task.phase.*": PHASES,
  "sync.figures.*": constant(`${TM}/scenes/scene-tags-tab.js`, "COUNTED"),
  "sync.by_*": read(`${TM}/scenes/scene-tags-tab.js`, /const choices = (\["tag".*?\])/g),
  "sync.*": read(`${TM}/scenes/scene-tags-tab.js`, /tick\(("\w+")\)/g),
  "import.count.*": [...constant(`${TM}/import/import-plan.js`, "COUNTED"), ...read("tagManager/tagging/tags/box_import.py", /names = \((.*)\)/g)],
  "tags.none.*": without(VIEWS, ...constant(`${TM}/links/links-tab.js`, "SPECIAL")),
  "tags.sort.*": read(`${TM}/links/links-tab.js`, /const sorts = (\[.*?\])/g),
  "tags.view.*": VIEWS,
  "merge.name.*": read(`${TM}/links/merge-fields.js`, /option\(("\w+")\)/g),
  "merge.what.*": read(`${TM}/core/merge.js`, /what: ("\w+")/g),
  "backfill.*": read(`${TM}/links/plan-buttons.js`, /tick\(("\w+")\)/g),
  "dead.all.*": read(`${TM}/links/dead-links.js`, /(\["merge".*?\])\.map/g),
  "dead.done.*": read(`${TM}/links/dead-links.js`, /repair\(("\w+")\)/g),
  "tags.by.*": constant("tagManager/tagging/links/proposals.py", "NAME"),
  "tags.dead.*": constant("tagManager/tagging/links/tasks.py", "STATES"),
  "words.file.*": constant(`${TM}/wordlists/export-import.js`, "KINDS"),
  "words.part.*": PARTS,
  "field.*": [
    ...constant(`${TM}/core/changes.js`, "FIELDS"),
    ...constant("tagManager/tagging/tags/target.py", "NAME"),
    ...constant("tagManager/tagging/tags/target.py", "MERGED"),
  ],
};

const S2P = "stash2plex/ui";
const BACKEND = "stash2plex/plexsync";
const QUEUE_STATES = constant(`${S2P}/core/queue.js`, "STATES");
const STATES = read(`${S2P}/core/queue.js`, /key: ("state\.\w+")/g);
const TASKS = read(`${S2P}/parts/task-rows.js`, /\{ key: ("\w+"), name: "[A-Z]/g);
// Every error may be the reason of a queue entry, but for StateError, which ends the drain.
const ERROR_CODE = /^ {4}code = ("(?!StateError)\w+")/gm;
const stash2plex = {
  "badge.*": [
    ...read(`${BACKEND}/page/badge.py`, /return (".*)$/gm),
    ...read(`${BACKEND}/page/badge.py`, /"\w+": ("\w+")/g),
    ...without(constant(`${BACKEND}/match/store.py`, "LINKED"), "linked"),
  ],
  "how.*": [
    ...constant(`${S2P}/matches/scene-matches.js`, "HOWS"),
    ...constant(`${BACKEND}/match/store.py`, "MANUAL"),
    ...read("shared/plex/matching.py", /ItemMatch\(("[\w ]+")/g),
  ],
  "statistics.*": [...constant(`${S2P}/statistics/statistics-tab.js`, "NAMES"), ...constant(`${S2P}/statistics/statistics-tab.js`, "PERIODS")],
  "match.*": ["scenes", "items"],
  "check.*": constant(`${S2P}/overview/start-panel.js`, "CHECKS"),
  "connect.*": read(`${S2P}/overview/connect-form.js`, /field\(("\w+")/g),
  "action.*": read(`${S2P}/queue/state-panel.js`, /button\(("\w+")/g),
  "*.title": STATES,
  "*.text": STATES,
  "queue.*": QUEUE_STATES,
  "queue.empty.*": QUEUE_STATES,
  "clear.text.*": constant(`${S2P}/core/queue.js`, "HANDLED"),
  "kind.*": [
    "unchanged",
    "skipped",
    ...read(`${BACKEND}/compare/comparison.py`, /REASON_\w+: ("\w+")/g),
    ...constant(`${BACKEND}/compare/comparison.py`, "SENT_KINDS"),
    ...read(`${BACKEND}/compare/tasks.py`, /\*\*comparison\.counts, ("\w+")/g),
  ],
  "scope.*": [...constant(`${S2P}/compare/compare-tab.js`, "SCOPES"), ...constant(`${BACKEND}/compare/scopes.py`, "ALL")],
  "task.*": TASKS,
  "task.*.text": TASKS,
  "task.*.ask": read(`${S2P}/parts/task-rows.js`, /\{ key: ("\w+"), name: "[A-Z].*asks: true/g),
  "shelf.kind.*": constant(`${S2P}/shelves/shelf-source.js`, "KINDS"),
  "shelf.sort.*": constant(`${S2P}/shelves/shelf-look.js`, "SORTS"),
  "shelf.place.*": constant(`${S2P}/shelves/shelf-look.js`, "PLACES"),
  "shelf.poster.*": constant(`${S2P}/shelves/shelf-look.js`, "POSTERS"),
  "reason.*": [
    ...read(`${BACKEND}/queue/constants.py`, /^REASON_\w+.* = (.+)$/gm),
    ...readFolder(BACKEND, /\bpark\(("\w+")/g),
    ...read("shared/queue/drain.py", /EntryOutcome\("bug", ("\w+")/g),
    ...read("shared/queue/outbox.py", /reason = '(\w+)'/g),
    ...read("shared/errors.py", ERROR_CODE),
    ...read("shared/plex/errors.py", ERROR_CODE),
    ...read(`${BACKEND}/start/consent.py`, ERROR_CODE),
  ],
  "field.*": [
    ...read(`${BACKEND}/write/text_fields.py`, /yield ("\w+")/g),
    ...read(`${BACKEND}/write/tag_lists.py`, /yield ("\w+")/g),
    ...constant(`${BACKEND}/write/content.py`, "POSTER"),
    ...constant(`${BACKEND}/shelves/plan.py`, "COLLECTION, TITLE, SORT, PLACES, POSTER, MEMBERS"),
    ...constant(`${BACKEND}/write/change_rows.py`, "LOCKS"),
    ...constant(`${BACKEND}/write/change_rows.py`, "PHOTOS"),
    ...constant(`${BACKEND}/watched/plan.py`, "PLAYS"),
  ],
  "template.*": constant(`${S2P}/libraries-and-paths/templates.js`, "NAMES"),
  "paths.*": read(`${S2P}/libraries-and-paths/path-rules.js`, /field\(("\w+")\)/g),
  "paths.case.*": ["null", "true", "false"],
};

const PS = "performerSiteSync/ui";
const PERFORMERS = "performerSiteSync/performers";
const RULES = read(`${PS}/rules/rules-field.js`, /(\w+): (?:Policy|Order)Cell/g);
const SCOPES = [...constant(`${PS}/sync/sync-tab.js`, "SCOPES"), ...constant(`${PS}/sync/sync-tab.js`, "SCENE_SCOPES")];
const SYNCED = [...ENTITIES, "scene"];
const performerSiteSync = {
  "next.*": read(`${PS}/core/overview-tiles.js`, /const STEPS = \[(.*?)\]/g),
  "next.*.go": read(`${PS}/core/overview-tiles.js`, /const STEPS = \[(.*?)\]/g),
  "tile.*": read(`${PS}/core/overview-tiles.js`, /\{ key: ("[\w.]+"),/g),
  "start.*": SYNCED,
  "report.*": SYNCED,
  "coverage.*": ENTITIES,
  "favorites.all.*": ENTITIES,
  "one.title.*": SYNCED,
  "one.*": read(`${PS}/entity/entity-dialog.js`, /(\w+): (?:EntityUpdate|performers\.EntityLocks)\b/g),
  "task.phase.*": PHASES,
  "outcome.*": SHOWN_OUTCOMES,
  "rules.*": RULES,
  "rules.*.text": RULES,
  "field.*": [
    ...without(read(`${PERFORMERS}/library/entities.py`, /^PLAIN = \{([^}]*)\}/gm), ...SYNCED),
    ...read(`${PERFORMERS}/library/scenes.py`, /^STUDIO_ID, CAST, NEW_STUDIO = (.*)$/gm),
    ...without(read(`${PERFORMERS}/merge/backup.py`, /PERFORMER: \((.*)\)/g), "ignore_auto_tag"), // never taken by a merge
    ...constant(`${PERFORMERS}/merge/target.py`, "MERGED"),
    ...constant(`${PERFORMERS}/sync/plan.py`, "PICTURE"),
    ...read(`${PERFORMERS}/favorites/plan.py`, /set_field\(item, ("\w+")/g),
    "parent_id",
    "stash_ids",
  ],
  "policy.*": constant(`${PERFORMERS}/sync/rules.py`, "FILL"),
  "policy.*.*": [...pairs(["name", "image"], ["fill"]), ...pairs(["performers"], ["follow"])], // the others have no words of their own
  "sum.*": [...constant(`${PS}/core/run-outcomes.js`, "OUTCOMES"), ...constant(`${PS}/core/run-outcomes.js`, "PLANNED")],
  "person.*": read(`${PS}/parts/entity-card.js`, /const facts = (\[.*?\])/g),
  "lock.*": constant(`${PERFORMERS}/sync/plan.py`, "HAND"),
  "remote.*": [...without(constant(`${PERFORMERS}/boxes/record_cache.py`, "FOUND"), "found"), ...constant(`${PERFORMERS}/review/fields.py`, "UNASKED")],
  "*.*": [...pairs(["report"], SYNCED), ...pairs(["sync"], SCOPES)],
  "sync.*": SCOPES,
  "what.*": [...constant(`${PERFORMERS}/identity/conflict_kinds.py`, "NAME"), ...constant(`${PERFORMERS}/identity/conflict_kinds.py`, "NAME_TAKEN")],
  "decision.*": constant(`${PERFORMERS}/identity/decision_store.py`, "LINK"),
  "view.*": constant(`${PS}/conflicts/conflicts-tab.js`, "VIEWS"),
  "moves.*": [...read(`${PERFORMERS}/merge/relations.py`, /RelatedObjects\(("\w+")/g), ...constant(`${PERFORMERS}/merge/relations.py`, "CHILDREN")],
};

module.exports = { FAMILIES: { shared, missingScenes, tagManager, stash2plex, performerSiteSync }, expandFamily };
