"""Names that mislead: one class name for two ideas, and public functions that nothing uses."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

# The sandbox may not import the product, so its record of the same thing has the same name.
SAME_IDEA = frozenset(
    {"BodyMark", "Category", "Fingerprint", "Performer", "QueueRecord", "Scene", "SiteLink", "Studio", "Tag"}
)
WORD = re.compile(r"\w+")

Trees = Mapping[str, ast.Module]


def find_repeated_classes(trees: Trees) -> dict[str, list[str]]:
    """Return the class names that stand for more than one idea, each with its files; a bar allows none."""
    files: dict[str, list[str]] = defaultdict(list)
    for file, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                files[node.name].append(file)
    return {name: where for name, where in sorted(files.items()) if len(where) > 1 and not is_same_idea(name, where)}


def is_same_idea(name: str, files: Iterable[str]) -> bool:
    """Return True if a class name is listed as one idea, and the product itself defines it once.

    `find_repeated_classes` asks.
    """
    return name in SAME_IDEA and sum(not file.startswith("sandbox/") for file in files) <= 1


def find_unused_functions(texts: Mapping[str, str], trees: Trees) -> list[str]:
    """Return the public functions that no file names but the line that defines them; a bar allows none.

    Entry tables name handlers as text, so texts count as uses. `trees` are the files that are searched for functions.
    """
    uses = Counter(word for text in texts.values() for word in WORD.findall(text))
    return [
        f"{file}:{node.lineno} {node.name}"
        for file, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and not node.name.startswith("_")
        and uses[node.name] == 1
    ]
