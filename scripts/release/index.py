"""The source index: what Stash's package manager reads to offer, install and update our plugins.

Stash compares nothing but dates, so a package's date has to move forward whenever its content changes and has to stay
when it does not. The date is therefore recorded in the index itself: content with a known hash keeps its date, new
content gets the present time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from scripts.console import Stop
from scripts.release.packages import Package

Entry = dict[str, object]
DATE_FORM = "%Y-%m-%d %H:%M:%S"


def read_index(path: Path) -> list[Entry]:
    """Return the entries of an index file, for `./dev build` and `./dev check index`; empty if there is no file."""
    if not path.is_file():
        return []
    try:
        entries = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise Stop(f"{path.name} is not valid YAML: {error}.") from error
    return list(entries or [])


def render_index(entries: Sequence[Entry]) -> str:
    """Return the index as the text of index.yml, for builds and releases."""
    return yaml.safe_dump(list(entries), sort_keys=False, allow_unicode=True, width=1000)


def make_entries(packages: Iterable[Package], known: Sequence[Entry], now: datetime) -> list[Entry]:
    """Return one entry per package, for `./dev build`; `known` are entries of earlier indexes, `now` is in UTC."""
    return [make_entry(package, date_of(package, known, now)) for package in packages]


def make_entry(package: Package, date: str) -> Entry:
    """Return the entry of one package; `make_entries` and `find_index_drift` call it."""
    return {
        "id": package.id,
        "name": package.name,
        "version": package.version,
        "date": date,
        "path": f"{package.id}.zip",
        "sha256": package.sha256,
        "metadata": {"description": package.description},
    }


def date_of(package: Package, known: Sequence[Entry], now: datetime) -> str:
    """Return the recorded date of this very content, or a date later than all of this plugin's recorded ones.

    `make_entries` calls it.
    """
    own = [entry for entry in known if entry["id"] == package.id]
    for entry in own:
        if entry["sha256"] == package.sha256:
            return str(entry["date"])
    latest = max((datetime.strptime(str(entry["date"]), DATE_FORM) for entry in own), default=datetime.min)
    return max(now.replace(microsecond=0), latest + timedelta(seconds=1)).strftime(DATE_FORM)


def find_index_drift(packages: Iterable[Package], recorded: Sequence[Entry]) -> list[str]:
    """Return the differences between the recorded index and the packages; `./dev check index` prints them."""
    expected = {package.id: make_entry(package, "") for package in packages}
    found = {str(entry["id"]): entry for entry in recorded}
    drift = [f"{name} is not in the index" for name in expected if name not in found]
    drift += [f"{name} is in the index, but not in the build" for name in found if name not in expected]
    for name in expected.keys() & found.keys():
        wrong = [key for key, value in expected[name].items() if key != "date" and found[name].get(key) != value]
        drift += [f"{name}: {', '.join(wrong)} in the index differs from the build"] if wrong else []
    return sorted(drift)
