"""./dev release: prepare a release, check it, and write the files that the workflows publish."""

from __future__ import annotations

import argparse
import re
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from scripts.commands.build import INDEX, build, make_packages
from scripts.commands.check import check
from scripts.console import Arguments, say, stop
from scripts.places import ROOT
from scripts.programs import find_program
from scripts.release import manifests
from scripts.release.changelog import name_release, read_notes
from scripts.release.channels import list_published, make_nightly_version, write_source
from scripts.release.index import find_index_drift, read_index
from scripts.release.manifests import find_manifest_drift
from scripts.release.versions import ACCEPTED, VERSION, bundle_version, find_version_drift

CHANGELOG = ROOT / "CHANGELOG.md"
PROJECT = ROOT / "pyproject.toml"
NOTES = "notes.md"


def release(argv: list[str]) -> int:
    """Run one step of a release (`./dev release`); docs/releasing.md tells when."""
    parser = Arguments(prog="./dev release", description="Prepare a release, and write what is published.")
    steps = parser.add_subparsers(dest="step", required=True, metavar="step")
    step = steps.add_parser("prepare", help="set the version everywhere, record the zips, run all checks")
    step.add_argument("version", help="the new version, such as 1.2.0")
    step.set_defaults(run=prepare)
    step = steps.add_parser("check", help="check that tag, version, changelog, manifests and index agree")
    step.add_argument("tag", help="the tag of the release, such as v1.2.0")
    step.set_defaults(run=check_tag)
    step = steps.add_parser("assets", help="write zips, index, checksums and notes of this version")
    step.add_argument("folder", type=Path)
    step.set_defaults(run=write_assets)
    step = steps.add_parser("nightly", help="write zips and index of this commit")
    step.add_argument("folder", type=Path)
    step.add_argument("--known", type=Path, help="the nightly index that is published now")
    step.set_defaults(run=write_nightly)
    options = parser.parse_args(argv)
    code: int = options.run(options)
    return code


def prepare(options: argparse.Namespace) -> int:
    """Write the version, the changelog, the manifests and the index, then run every check."""
    version = str(options.version)
    refuse_version(version, bundle_version())
    if run_git("status", "--porcelain"):
        stop("there are changes that are not committed; commit them first.")
    changelog = name_release(CHANGELOG.read_text("utf-8"), version, f"{datetime.now(timezone.utc):%Y-%m-%d}")
    CHANGELOG.write_bytes(changelog.encode())
    project = VERSION.sub(f'version = "{version}"', PROJECT.read_text("utf-8"))
    PROJECT.write_bytes(project.encode())
    manifests.main([])
    build(["--release"])
    if check([]) or check(["index"]):
        stop("the release is not ready. Correct what is listed above, or take everything back: git checkout .")
    say(f"Version {version} is prepared. Run ./dev test, look at the changes, then:")
    say(f'  git commit -am "Version {version}" && git tag v{version} && git push origin main v{version}')
    return 0


def refuse_version(version: str, present: str) -> None:
    """Stop `./dev release` if the new version has another form, or is lower than the present one."""
    if not ACCEPTED.match(version):
        stop(f"'{version}' is no version; versions look like 1.2.3.")
    if as_numbers(version) < as_numbers(present):
        stop(f"{version} is lower than the present version {present}.")


def as_numbers(version: str) -> list[int]:
    """Return the numbers of a version, for comparisons."""
    return [int(number) for number in version.split(".")]


def check_tag(options: argparse.Namespace) -> int:
    """Say everything on which the tag and the checkout do not agree; return 1 if there is something."""
    version = bundle_version()
    complaints = [] if options.tag == f"v{version}" else [f"the tag is {options.tag}, the version is {version}"]
    complaints += find_version_drift() + find_manifest_drift()
    read_notes(CHANGELOG.read_text("utf-8"), version)
    complaints += find_index_drift(make_packages(), read_index(ROOT / INDEX))
    for complaint in complaints:
        say(complaint)
    say("The release is not consistent." if complaints else f"Everything says {version}.")
    return 1 if complaints else 0


def write_assets(options: argparse.Namespace) -> int:
    """Write the files of the release of this checkout; its index.yml has the dates."""
    packages, recorded = make_packages(), read_index(ROOT / INDEX)
    drift = find_index_drift(packages, recorded)
    if drift:
        stop(f"index.yml is not of this checkout: {drift[0]}.")
    write_source(options.folder, packages, list_published(packages, recorded, read_commit_time()))
    notes = read_notes(CHANGELOG.read_text("utf-8"), bundle_version())
    (options.folder / NOTES).write_bytes(f"{notes}\n".encode())
    say(f"{options.folder} has the release {bundle_version()}.")
    return 0


def write_nightly(options: argparse.Namespace) -> int:
    """Write the plugin source of this commit; zips in the index that is published now keep their dates."""
    known = read_index(options.known) if options.known else []
    packages, now = make_packages(), read_commit_time()
    version = make_nightly_version(bundle_version(), run_git("rev-parse", "HEAD"), now)
    write_source(options.folder, packages, list_published(packages, known, now, version))
    say(f"{options.folder} has {version}.")
    return 0


def read_commit_time() -> datetime:
    """Return the time of the present commit in UTC, without a zone, for the index of a release or nightly build."""
    return datetime.fromtimestamp(int(run_git("log", "-1", "--format=%ct")), timezone.utc).replace(tzinfo=None)


def run_git(*arguments: str) -> str:
    """Return what git prints, or stop with its complaint; all of `./dev release` calls git so."""
    git = find_program("git", "install git and try again.")
    done = subprocess.run([git, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        stop(f"git {arguments[0]} failed: {re.sub(r'^fatal: ', '', done.stderr.strip())}.")
    return done.stdout.strip()
