"""The codes of the error tree: state files and pages know an error by its code, so a code never changes."""

from __future__ import annotations

import ast
from collections import Counter

from scripts.measure.shape import read_sources
from scripts.places import PLUGINS

# One row per error that exists. Entries of queues keep these codes, and texts of pages are keyed by them.
CODES = """
    AuthRejected BadReply BundleError Busy Conflict DependencyMissing Excluded ForbiddenAddress
    GraphQLFailed LibraryMissing LineTooLong MetadataDown NotFound NotInThisStash NotOffered NotStarted NotTaken
    OtherServer PathClash RateLimited Refused ServerFailed ServiceError SettingError StartingUp StateError
    TimedOut TlsFailed TooLarge UnknownScene Unreachable UnreadableRow UnusableImage UsageError WrongChoice
    WrongService WrongVersion
"""


def list_error_classes() -> list[ast.ClassDef]:
    """Return the classes of BundleError and of all that inherit from it, in product code."""
    sources = read_sources((*PLUGINS, "shared"))
    classes = [node for source in sources for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]
    names, found = {"BundleError"}, [each for each in classes if each.name == "BundleError"]
    while more := [
        each for each in classes if each not in found and names & {ast.unparse(base) for base in each.bases}
    ]:
        found += more
        names |= {each.name for each in more}
    return found


def read_own_code(definition: ast.ClassDef) -> str:
    """Return the `code` that the class itself declares; empty if it inherits one."""
    for node in definition.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
            return str(ast.literal_eval(node.value))
    return ""


def test_every_error_declares_a_code_of_its_own_that_is_listed() -> None:
    declared = Counter(read_own_code(each) for each in list_error_classes())
    assert sorted(declared.elements()) == sorted(CODES.split())
