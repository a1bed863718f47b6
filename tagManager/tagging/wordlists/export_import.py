"""Synonyms, blacklist, mappings and rejections as one JSON file: exported, compared with the stored ones, imported."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import Argument, ListOf, Number, Record, flag, ident, read_part, takes, text
from shared.errors import UsageError
from shared.json_text import decode_json
from shared.state.store import Store
from tagging.wordlists.blacklist import read_blacklist_entries, save_blacklist_entries
from tagging.wordlists.synonyms import SYNONYMS_KEY, check_synonyms, read_synonyms

if TYPE_CHECKING:
    from shared.runtime.call import Call

FORMAT = "tag-manager-words"
REJECTIONS = (ident("tag"), text("endpoint"), text("id"), text("name", ""), Argument("added", Number()))
MAPPINGS = (text("endpoint"), text("category"), ident("tag"))
LONGEST_FILE = 50_000_000
MAX_SHOWN = 200  # names of each kind in a preview

Rows = Sequence[Mapping[str, Any]]


class WordLists(NamedTuple):
    """All lists of one export: those of the library, or those of a file."""

    synonyms: Mapping[str, list[str]]
    blacklist: Sequence[str]
    mappings: Rows
    rejections: Rows


@takes()
def export_words(call: Call) -> dict[str, Any]:
    """Operation `words_export`: return word lists, mappings and rejections as a JSON file for the browser to save."""
    content = {"format": FORMAT, "version": 1, **read_word_lists(call.store)._asdict()}
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return {"name": "tag-manager.json", "content_type": "application/json", "text": text}


def read_word_lists(store: Store) -> WordLists:
    """Return the lists as they are stored, for the export and for comparing an import."""
    mappings, rejections = (
        [dict(row) for row in store.read(f"SELECT * FROM {table}")]  # noqa: S608 -- two fixed names
        for table in ("mappings", "rejections")
    )
    return WordLists(read_synonyms(store), read_blacklist_entries(store), mappings, rejections)


@takes(
    text("text", longest=LONGEST_FILE, note="a file of `words_export`"),
    flag("replace", False, "replaces the lists instead of adding to them"),
    flag("preview", False, "changes nothing"),
)
def import_words(call: Call) -> dict[str, Any]:
    """Operation `words_import`: add the lists of a file to the stored ones, or replace these.

    With `preview` nothing is stored. Returns counts, tags of the file that Stash does not have, and the changes.
    """
    given = parse_word_lists(call.args["text"])
    present = {int(row["id"]): row["name"] for row in call.stash.tags.page("name", per_page=-1).rows}
    applicable = given._replace(
        mappings=[row for row in given.mappings if row["tag"] in present],
        rejections=[row for row in given.rejections if row["tag"] in present],
    )
    skipped = [f"tag {row['tag']}" for row in (*given.mappings, *given.rejections) if row["tag"] not in present]
    old = read_word_lists(call.store)
    new = applicable if call.args["replace"] else merge_word_lists(old, applicable)
    changes = describe_changes(old, new, present)
    if not call.args["preview"]:
        save_word_lists(call.store, new)
    counts = {name: len(value) for name, value in applicable._asdict().items()}
    return {"counts": counts, "skipped": list(dict.fromkeys(skipped)), "changes": changes}


def merge_word_lists(old: WordLists, more: WordLists) -> WordLists:
    """Return stored lists and those of a file together, for an import that adds; where they contradict, `more` wins."""
    return WordLists(
        {**old.synonyms, **more.synonyms},
        list(dict.fromkeys([*old.blacklist, *more.blacklist])),
        list({make_mapping_key(row): row for row in (*old.mappings, *more.mappings)}.values()),
        list({make_rejection_key(row): row for row in (*old.rejections, *more.rejections)}.values()),
    )


def make_mapping_key(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the key by which an import finds a mapping again: a category has one parent tag at a box."""
    return row["endpoint"], row["category"]


def make_rejection_key(row: Mapping[str, Any]) -> tuple[int, str, str]:
    """Return the key by which an import finds a rejection again: a box tag is rejected once for a tag."""
    return row["tag"], row["endpoint"], row["id"]


def describe_changes(old: WordLists, new: WordLists, names: Mapping[int, str]) -> dict[str, dict[str, list[str]]]:
    """Return what an import adds, changes and removes in each list, as text for the page's preview."""

    def name_tag(number: int) -> str:
        return names.get(number, f"tag {number}")

    return {
        "synonyms": list_differences(
            {name: f"{name}: {', '.join(others)}" for name, others in old.synonyms.items()},
            {name: f"{name}: {', '.join(others)}" for name, others in new.synonyms.items()},
        ),
        "blacklist": list_differences({each: each for each in old.blacklist}, {each: each for each in new.blacklist}),
        "mappings": list_differences(
            {make_mapping_key(row): f"{row['category']}: {name_tag(row['tag'])}" for row in old.mappings},
            {make_mapping_key(row): f"{row['category']}: {name_tag(row['tag'])}" for row in new.mappings},
        ),
        "rejections": list_differences(
            {make_rejection_key(row): f"{name_tag(row['tag'])}: {row['name']}" for row in old.rejections},
            {make_rejection_key(row): f"{name_tag(row['tag'])}: {row['name']}" for row in new.rejections},
        ),
    }


def list_differences(old: Mapping[Any, str], new: Mapping[Any, str]) -> dict[str, list[str]]:
    """Return the texts of one list that an import adds, changes and removes, each limited to MAX_SHOWN."""
    found: dict[str, Iterable[str]] = {
        "added": (text for key, text in new.items() if key not in old),
        "changed": (text for key, text in new.items() if key in old and old[key] != text),
        "removed": (text for key, text in old.items() if key not in new),
    }
    return {kind: limit_texts(sorted(texts)) for kind, texts in found.items()}


def limit_texts(texts: list[str]) -> list[str]:
    """Return the first MAX_SHOWN texts, and a line that says how many more there are."""
    return texts if len(texts) <= MAX_SHOWN else [*texts[:MAX_SHOWN], f"… {len(texts) - MAX_SHOWN} more"]


def save_word_lists(store: Store, words: WordLists) -> None:
    """Replace the stored lists by those of an import, in one transaction."""
    with store.write() as db:
        store.kv.put(SYNONYMS_KEY, dict(words.synonyms))
        save_blacklist_entries(store, list(words.blacklist))
        for table, fields, rows in (
            ("mappings", MAPPINGS, words.mappings),
            ("rejections", REJECTIONS, words.rejections),
        ):
            names = [field.name for field in fields]
            db.execute(f"DELETE FROM {table}")  # noqa: S608 -- two fixed names
            placeholders = ", ".join("?" * len(names))
            statement = f"INSERT OR REPLACE INTO {table} VALUES ({placeholders})"  # noqa: S608 -- question marks only
            db.executemany(statement, [[row[name] for name in names] for row in rows])


def parse_word_lists(text: str) -> WordLists:
    """Return the lists in the text of an exported file, for the import; UsageError if it is damaged."""
    content = parse_json_file(text)
    blacklist = content.get("blacklist") or []
    if not isinstance(blacklist, list) or not isinstance(content.get("synonyms") or {}, dict):
        raise UsageError("The file is damaged: its synonyms or its blacklist are not what Tag Manager writes.")
    return WordLists(
        check_synonyms(content.get("synonyms") or {}),
        [str(each) for each in blacklist],
        check_rows(content, "mappings", MAPPINGS),
        check_rows(content, "rejections", REJECTIONS),
    )


def parse_json_file(text: str) -> dict[str, Any]:
    """Return the JSON object of an exported file, for `parse_word_lists`; UsageError for anything else."""
    try:
        content = decode_json(text)
    except ValueError:
        raise UsageError("The file is not JSON. Choose one that Tag Manager has exported.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UsageError("The file is not one that Tag Manager has exported.")
    if content.get("version") != 1:
        raise UsageError("The file was exported by a newer Tag Manager. Update this one.")
    return content


def check_rows(content: Mapping[str, Any], name: str, fields: tuple[Argument, ...]) -> list[dict[str, Any]]:
    """Return the rows of one table in a file, for `parse_word_lists`; UsageError if a field is missing or wrong."""
    row = Argument(name, ListOf(Record(fields, is_open=True), "objects"), ())
    return list(read_part(row, content, "The file is damaged:"))
