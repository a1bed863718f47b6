"""./dev schema-diff PATH: compare the sandbox's schemas with a checkout of Stash or stash-box."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

from graphql import GraphQLSchema, GraphQLSyntaxError

from sandbox.schema.differences import compare_schemas, list_names
from sandbox.schema.sdl import read_upstream
from scripts.console import Stop, say

USAGE = "Usage: ./dev schema-diff PATH (a checkout of Stash or stash-box, or its folder of *.graphql files)"
DOUBLES = {"stash": "sandbox.stash.profiles", "stash-box": "sandbox.stashbox.profiles"}
TELLING_QUERIES = {"stash": {"systemStatus", "findScenes"}, "stash-box": {"queryEdits", "queryScenes"}}


def schema_diff(argv: Sequence[str]) -> int:
    """Print how a double's schema differs from an upstream one (`./dev schema-diff`); return 1 if it does."""
    if len(argv) != 1 or argv[0].startswith("-"):
        raise Stop(USAGE, 2)
    theirs = _read(Path(argv[0]))
    program = recognize_program(theirs)
    profile, ours = choose_profile(_load_profiles(program), theirs)
    found = compare_schemas(ours, theirs)
    for difference in found:
        say(str(difference))
    verdict = f"{len(found)} differences" if found else "no difference"
    say(f"{program} {profile}: {len(list_names(ours))} names compared, {verdict}.")
    return 1 if found else 0


main = schema_diff


def recognize_program(schema: GraphQLSchema) -> str:
    """Return "stash" or "stash-box", by the queries that the schema offers, for `./dev schema-diff`."""
    queries = set(schema.query_type.fields) if schema.query_type else set()
    for program, telling in TELLING_QUERIES.items():
        if telling <= queries:
            return program
    raise Stop("this is the schema of neither Stash nor stash-box.")


def _read(place: Path) -> GraphQLSchema:
    try:
        return read_upstream(place)
    except FileNotFoundError as error:
        raise Stop(f"{error}. {USAGE}") from None
    except GraphQLSyntaxError as error:
        raise Stop(f"the schema below {place} cannot be read: {error.message}") from None


def choose_profile(profiles: Sequence[tuple[str, GraphQLSchema]], theirs: GraphQLSchema) -> tuple[str, GraphQLSchema]:
    """Return the release of the double that fits an upstream schema best; `schema_diff` compares the two.

    It is the newest whose additions upstream mostly has, else the oldest. `profiles` are name and schema, oldest first.
    """
    known = list_names(theirs)
    for older, newer in zip(reversed(profiles[:-1]), reversed(profiles)):
        brought = list_names(newer[1]) - list_names(older[1])
        if 2 * len(brought & known) >= len(brought):
            return newer
    return profiles[0]


def _load_profiles(program: str) -> list[tuple[str, GraphQLSchema]]:
    module = importlib.import_module(DOUBLES[program])
    names: Sequence[str] = module.COMPARED if hasattr(module, "COMPARED") else list(module.PROFILES)
    return [(name, module.build_schema(name)) for name in names]
