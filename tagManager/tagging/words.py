"""Synonyms, blacklist, mappings and rejections: kept in our store, edited on the page, carried as one JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.errors import UsageError
from shared.store import Store
from shared.tagmatch import Blacklist, Patterns, Synonyms
from tagging.arguments import read_flag, read_object, read_text, read_texts
from tagging.unwanted import read_entries, save_entries

if TYPE_CHECKING:
    from shared.call import Call

SYNONYMS = "synonyms"
FORMAT = "tag-manager-words"
REJECTIONS = ("tag", "endpoint", "id", "name", "added")
MAPPINGS = ("endpoint", "category", "tag")


def get_words(call: Call) -> dict[str, Any]:
    """All lists, and what is wrong with them."""
    setting, excluded = list(call.settings.tagBlacklist), call.stash.read_excluded_tag_patterns()
    entries = read_entries(call.store)
    lists = (Blacklist.read(",".join(setting)), Blacklist(entries), Patterns.read_excluded(excluded))
    problems = [problem for each in lists for problem in each.problems]
    return {
        "synonyms": read_synonyms(call.store),
        "blacklist": entries,
        "blacklist_setting": setting,
        "excluded_patterns": excluded,
        "problems": [{"text": problem.pattern, "message": problem.why} for problem in problems],
    }


def read_synonyms(store: Store) -> dict[str, list[str]]:
    """The user's groups."""
    return dict(store.kv.get(SYNONYMS) or {})


def make_synonyms(store: Store) -> Synonyms:
    """The groups for proposals."""
    return Synonyms.read(read_synonyms(store))


def save_synonyms(call: Call) -> dict[str, Any]:
    """Replace the groups."""
    call.store.kv.put(SYNONYMS, check_synonyms(read_object(call.args, "synonyms")))
    return get_words(call)


def check_synonyms(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """Groups without blanks and doubles; anything but lists of texts is refused."""
    checked: dict[str, list[str]] = {}
    for name, others in given.items():
        if not isinstance(others, list) or not all(isinstance(each, str) for each in others):
            raise UsageError(f'The synonyms of "{name}" must be a list of names.')
        kept = list(dict.fromkeys(each.strip() for each in others if each.strip()))
        if name.strip() and kept:
            checked[name.strip()] = kept
    return checked


def save_blacklist(call: Call) -> dict[str, Any]:
    """Replace the entries made on the page."""
    save_entries(call.store, read_texts(call.args, "entries") or [])
    return get_words(call)


def add_to_blacklist(call: Call) -> dict[str, Any]:
    """Never add, offer or import these; they leave the list of unmatched tags at once."""
    names = read_texts(call.args, "names") or []
    with call.store.write() as db:
        save_entries(call.store, [*read_entries(call.store), *names])
        db.executemany("DELETE FROM unmatched WHERE name = ? COLLATE NOCASE", [(name,) for name in names])
    return get_words(call)


def export_words(call: Call) -> dict[str, Any]:
    """Everything a person decided, as one file."""
    content = {
        "format": FORMAT,
        "version": 1,
        "synonyms": read_synonyms(call.store),
        "blacklist": read_entries(call.store),
        "mappings": [dict(row) for row in call.store.read("SELECT * FROM mappings")],
        "rejections": [dict(row) for row in call.store.read("SELECT * FROM rejections")],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return {"name": "tag-manager.json", "content_type": "application/json", "text": text}


def import_words(call: Call) -> dict[str, Any]:
    """Take such a file over: beside what is there, or instead of it."""
    content = parse_file(read_text(call.args, "text"))
    synonyms = check_synonyms(content.get("synonyms") or {})
    blacklist = [str(each) for each in content.get("blacklist") or []]
    mappings = read_rows(content, "mappings", MAPPINGS)
    rejections = read_rows(content, "rejections", REJECTIONS)
    present = {int(row["id"]) for row in call.stash.tags.page("", per_page=-1).rows}
    usable = {
        name: [row for row in rows if row["tag"] in present]
        for name, rows in (("mappings", mappings), ("rejections", rejections))
    }
    is_replacing = read_flag(call.args, "replace")
    with call.store.write() as db:
        old: Mapping[str, Any] = {} if is_replacing else read_synonyms(call.store)
        call.store.kv.put(SYNONYMS, {**old, **synonyms})
        save_entries(call.store, [*([] if is_replacing else read_entries(call.store)), *blacklist])
        for table, names in (("mappings", MAPPINGS), ("rejections", REJECTIONS)):
            if is_replacing:
                db.execute(f"DELETE FROM {table}")  # noqa: S608 -- two names of ours
            marks = ", ".join("?" * len(names))
            statement = f"INSERT OR REPLACE INTO {table} VALUES ({marks})"  # noqa: S608 -- marks only
            db.executemany(statement, [[row[name] for name in names] for row in usable[table]])
    skipped = [f"tag {row['tag']}" for row in (*mappings, *rejections) if row["tag"] not in present]
    counts = {
        "synonyms": len(synonyms),
        "blacklist": len(blacklist),
        **{name: len(rows) for name, rows in usable.items()},
    }
    return {"counts": counts, "skipped": skipped}


def parse_file(text: str) -> dict[str, Any]:
    """The content of a file of ours."""
    try:
        content = json.loads(text)
    except ValueError:
        raise UsageError("The file is not JSON. Choose one that Tag Manager has exported.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UsageError("The file is not one that Tag Manager has exported.")
    if content.get("version") != 1:
        raise UsageError("The file was exported by a newer Tag Manager. Update this one.")
    return content


def read_rows(content: Mapping[str, Any], name: str, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a table in a file."""
    rows = content.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) and set(fields) <= row.keys() for row in rows):
        raise UsageError(f'The file is damaged: its "{name}" are not complete.')
    return rows
