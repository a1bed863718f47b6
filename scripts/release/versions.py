"""The version of the bundle, on which pyproject.toml, manifests and changelog must agree."""

from __future__ import annotations

import re

from scripts.places import ROOT
from scripts.release.packages import present_plugins, read_manifest

VERSION = re.compile(r'^version = "([^"]+)"$', re.MULTILINE)
RELEASE = re.compile(r"^## \[([^\]]+)\]", re.MULTILINE)
ACCEPTED = re.compile(r"^\d+\.\d+\.\d+$")


def bundle_version() -> str:
    """Return the version in pyproject.toml, which the generated manifests and releases get."""
    found = VERSION.search((ROOT / "pyproject.toml").read_text("utf-8"))
    return found.group(1) if found else ""


def find_version_drift() -> list[str]:
    """Return a sentence for each manifest, and for the changelog, whose version is not that of pyproject.toml.

    The changelog may begin with "Unreleased". `./dev check versions` and the release call it.
    """
    version = bundle_version()
    wrong = [] if ACCEPTED.match(version) else [f"pyproject.toml: the version '{version}' is not of the form 1.2.3"]
    for plugin in present_plugins():
        stated = str(read_manifest(ROOT / plugin / f"{plugin}.yml")["version"])
        if stated != version:
            wrong.append(f"{plugin}.yml says version {stated}, pyproject.toml {version}")
    headings = RELEASE.findall((ROOT / "CHANGELOG.md").read_text("utf-8"))
    if not headings or headings[0] not in {"Unreleased", version}:
        wrong.append(f"CHANGELOG.md starts with {headings[:1]}, neither Unreleased nor {version}")
    return wrong
