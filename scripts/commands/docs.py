"""./dev docs: build the site of the documents; a warning of mkdocs is a failure."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from scripts.console import Arguments, say
from scripts.places import CACHE, ROOT, tool_environment
from scripts.programs import run_logged
from scripts.release.site import write_site_sources

SOURCES = CACHE / "site-sources"
SITE = CACHE / "site"


def docs(argv: list[str]) -> int:
    """Build the site of the documents into a folder (`./dev docs`)."""
    parser = Arguments(prog="./dev docs", description="Build the site of the documents; it needs no network.")
    parser.add_argument("--output", type=Path, default=SITE, help="where the site goes (default: .cache/site)")
    options = parser.parse_args(argv)
    folder = options.output.resolve()
    write_site_sources(SOURCES)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "-f", str(ROOT / "mkdocs.yaml")]
    env = {**tool_environment(), "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    run_logged("mkdocs", [*command, "-d", str(folder)], env=env, fetches=False)
    say(f"The site is in {os.path.relpath(folder)}; open index.html there.")
    return 0
