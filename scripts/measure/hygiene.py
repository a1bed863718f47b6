"""Rules about the tracked files that linters do not know."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence

from scripts.places import PLUGINS, ROOT, manifest_names
from scripts.programs import find_program

MANIFESTS = frozenset(f"{plugin}/{name}" for plugin in PLUGINS for name in manifest_names(plugin))
ALLOWED_YML = MANIFESTS | {"index.yml"}
REQUIRED = ("LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "index.yml", "docs/architecture.md")

REGISTRY = re.compile(
    r"https?://[^\s\"')]*\b(" + "|".join(["registry", "py" + "pi", "npm" + "js", "gopr" + "oxy"]) + r")\b"
)
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(work|root(?!/\.stash)|farm|home/[a-z]+)/[\w.]")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
HTML_BY_HAND = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|MutationObserver)\b")
KIT_TIMER = re.compile(r"\bsetInterval\s*\(")


def tracked_files() -> list[str]:
    """Return every file that git tracks or would add; `./dev check files` reads them."""
    git = find_program("git", "install git and try again.")
    listed = subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def find_dirt(files: Sequence[str]) -> list[str]:
    """Return one line per broken rule, for `./dev check files`."""
    present = set(files)
    complaints = [f"{name} is missing" for name in REQUIRED if name not in present]
    complaints += [f"{name}: Stash would read this .yml as a plugin" for name in files if is_stray_yml(name)]
    for name in files:
        text = read_text(name)
        if text is not None:
            complaints += [f"{name}: {what}" for what in find_in_text(name, text)]
    return complaints


def is_stray_yml(name: str) -> bool:
    """Return True for a .yml file that Stash would take for a manifest; GitHub's own folder is never in a package.

    `find_dirt` asks.
    """
    return name.lower().endswith(".yml") and name not in ALLOWED_YML and not name.startswith(".github/")


def read_text(name: str) -> str | None:
    """Return the text of a file, or None for pictures and other binary files, for `find_dirt`."""
    try:
        return (ROOT / name).read_text("utf-8")
    except UnicodeDecodeError:
        return None


def find_in_text(name: str, text: str) -> Iterator[str]:
    """Yield the rules that the text of one file breaks, for `find_dirt`."""
    if "\r" in text:
        yield "carries carriage returns"
    for number, line in enumerate(text.splitlines(), 1):
        if REGISTRY.search(line):
            yield f"line {number} names a package registry's host"
        if MACHINE_PATH.search(line):
            yield f"line {number} names a path of one machine"
    if name.endswith(".md"):
        yield from (
            f"links to {link}, which is not there" for link in LINK.findall(text) if not link_exists(name, link)
        )
    if is_shipped_script(name):
        yield from find_in_script(name, text)


def link_exists(name: str, link: str) -> bool:
    """Return True if a relative link of a page leads to a file or folder; `find_in_text` asks."""
    return ((ROOT / name).parent / link).exists()


def is_shipped_script(name: str) -> bool:
    """Return True for JavaScript that runs in Stash's page; `find_in_text` asks."""
    return name.endswith(".js") and name.startswith(("shared/ui/", *(f"{plugin}/" for plugin in PLUGINS)))


def find_in_script(name: str, text: str) -> Iterator[str]:
    """Yield the rules that a shipped script breaks, for `find_in_text`."""
    if not text.rstrip().endswith(";"):
        yield "does not end with ';', so the next file would be read as a call"
    if HTML_BY_HAND.search(text):
        yield "handles the page's DOM by hand"
    if KIT_TIMER.search(text) and not name.startswith("shared/ui/"):
        yield "has its own repeating timer; the kit has one for all"
