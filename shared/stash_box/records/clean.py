"""Leaves out what no record should hold: addresses that are not web addresses, and names of endless length.

Everybody may edit a box. Stash shows addresses as links and names in every list, so such values must not get there.
"""

from __future__ import annotations

from typing import Any

LONGEST_NAME = 1_000
LONGEST_ADDRESS = 4_000
LONGEST_TEXT = 100_000
LIMITS = {"url": LONGEST_ADDRESS, "image": LONGEST_ADDRESS, "details": LONGEST_TEXT, "description": LONGEST_TEXT}
IDS = ("id", "uuid", "hash")  # compared with what was asked for, and never shown as they are
SHOWN = 40


def clean_record(row: dict[str, Any]) -> tuple[str, ...]:
    """Remove values that no record should hold from a record's JSON, which is changed in place.

    Return what was left out, in words. Every record of a box is read through it.
    """
    left_out: list[str] = []
    _clean_object(row, "", left_out)
    return tuple(left_out)


def is_web_address(text: str) -> bool:
    """Return True for http and https addresses and for those without a scheme; also `mark_scenes` asks this."""
    plain = "".join(letter for letter in text if letter > " ").lower()  # browsers ignore tabs and line feeds
    scheme, mark, _ = plain.partition(":")
    return not mark or scheme in ("http", "https") or not scheme.replace("+", "").replace("-", "").isalnum()


def find_problem(field: str, text: str, *, is_address: bool) -> str:
    """Return what is wrong with a text of a record, to follow the word "left out"; empty if nothing is.

    The cleaning of records and `mark_scenes` ask.
    """
    if len(text) > LIMITS.get(field, LONGEST_NAME):
        return f"{field} of {len(text):,} characters"
    if is_address and not is_web_address(text):
        return f'"{text.strip()[:SHOWN]}", which is no web address'
    return ""


def _clean_object(row: dict[str, Any], parent: str, left_out: list[str]) -> None:
    for field, value in row.items():
        if not _keep(field, parent, value, left_out):
            row[field] = None


def _keep(field: str, parent: str, value: Any, left_out: list[str]) -> bool:
    """Return False if the value must be left out; one that stays is cleaned itself."""
    if isinstance(value, str):
        is_address = field == "url" or parent == "posters"
        problem = "" if field in IDS else find_problem(field, value, is_address=is_address)
        left_out += [problem] if problem else []
        return not problem
    if isinstance(value, dict):
        had_name = bool(value.get("name"))
        _clean_object(value, field, left_out)
        return not had_name or bool(value["name"])  # a record without a name is of no use in another one
    if isinstance(value, list):
        kept = [each for each in value if _keep(field, parent, each, left_out)]
        if len(kept) < len(value):
            value[:] = kept
    return True
