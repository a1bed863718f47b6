"""Says what would work, for `--check`: Stash, settings, files, pictures, the port, Plex, and the address for Plex."""

from __future__ import annotations

from shared.counted_words import count_things

import errno
import socket
import sys
from collections.abc import Callable, Iterator

from plexsync.provider.access import Access
from plexsync.provider.check_plex import FAILED, OK, WARNING, CheckResult, check_plex, check_reach, find_base, open_plex
from plexsync.provider.options import Options
from plexsync.provider.ranking import choose_scene, rank_scenes
from plexsync.provider.stash_source import ProviderSettings, StashSource
from plexsync.write.stash_scenes import FIELDS, StashScene, make_scene
from shared.errors import BundleError
from shared.http import is_loopback
from shared.plex.path_mapping import map_path
from shared.stash.pictures import find_route

SAMPLE = 20
SAMPLE_SORT = "random_20240229"  # the same scenes each time


def run_checks(options: Options, source: StashSource) -> Iterator[CheckResult]:
    """Yield the result of each check for `--check`; if Stash does not answer, only the port and Stash are checked."""
    yield check_port(options.host, options.port)
    try:
        yield check_stash(source)
        known = source.read_settings()
        scenes = read_sample(source)
    except BundleError as error:
        yield CheckResult(FAILED, str(error))
        return
    yield from check_settings(known)
    yield from report_errors(lambda: check_files(source, scenes, known))
    yield from report_errors(lambda: check_pictures(source, scenes))
    plex = open_plex(known.settings)
    if plex is None:
        yield CheckResult(WARNING, "Plex must be 1.43 or later; the plugin has no address of Plex to look at.")
        return
    yield from report_errors(lambda: check_plex(plex))
    yield from report_errors(lambda: check_reach(options, plex, scenes))


def report_errors(check: Callable[[], CheckResult]) -> Iterator[CheckResult]:
    """Yield the result of a check; if it raises, a failed result with the error."""
    try:
        yield check()
    except BundleError as error:
        yield CheckResult(FAILED, str(error))


def check_port(host: str, port: int) -> CheckResult:
    """Return a result that says if the provider can listen there; a provider that runs holds the port itself."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":  # else a port whose last connection has just ended counts as taken
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return CheckResult(
                WARNING, f"Port {port} is in use: by a provider that runs already, or by another program."
            )
        return CheckResult(
            FAILED, f"This machine cannot listen at {host}: {error.strerror or error}. Correct --listen."
        )
    return CheckResult(OK, f"Port {port} at {host} is free.")


def check_stash(source: StashSource) -> CheckResult:
    """Return a result with Stash's version; raise the error if it does not answer or refuses the key."""
    with source.connect() as stash:
        return CheckResult(OK, f"Stash {stash.read_release().text} answers.")


def read_sample(source: StashSource) -> list[StashScene]:
    """Return some scenes from all over the library, the same at each check."""
    with source.connect() as stash:
        page = stash.scenes.page(FIELDS, per_page=SAMPLE, sort=SAMPLE_SORT)
    return [make_scene(row) for row in page.rows]


def check_settings(known: ProviderSettings) -> Iterator[CheckResult]:
    """Yield results of `--check` about the settings: those with problems, and those that decide what Plex gets."""
    settings = known.settings
    for sentence in settings.warnings:
        yield CheckResult(WARNING, sentence)
    if not settings.sync_master:
        yield CheckResult(FAILED, "Sync Metadata is off in the plugin's settings, so Plex gets nothing. Switch it on.")
    if settings.organized_only:
        yield CheckResult(OK, "Organized Only is on: Plex gets only scenes that are marked as organized.")
    yield CheckResult(OK, f"{count_things(len(known.rules), 'path rule')} in the plugin's settings.")


def check_files(source: StashSource, scenes: list[StashScene], known: ProviderSettings) -> CheckResult:
    """Return a result of the provider's `--check`: for how many files of a sample Plex would get the right scene.

    The paths are those that the path rules give.
    """
    files = [(scene.id, map_path(scene.files[0].path, known.rules).path) for scene in scenes if scene.files]
    if not files:
        return CheckResult(WARNING, "Stash has no scene with a file yet, so no match could be tried.")
    found = 0
    for number, path in files:
        best = choose_scene(rank_scenes(path, source.find_by_name(path), known.rules), strict=known.is_strict)
        found += best is not None and best.scene.id == number
    sample = count_things(len(files), "file")
    text = f"{found} of {sample} would be matched if Plex has them as the path rules say, such as {files[0][1]}"
    return CheckResult(OK if found == len(files) else WARNING, text)


def check_pictures(source: StashSource, scenes: list[StashScene]) -> CheckResult:
    """Return a result that says if Stash gives a cover and a photo; raise the error of one that it refuses."""
    covers = [scene.cover for scene in scenes if scene.cover]
    photos = [each.picture for scene in scenes for each in scene.performers if each.picture]
    for url in (*covers[:1], *photos[:1]):
        source.read_picture(find_route(url).partition("?")[0])
    if not covers:
        return CheckResult(WARNING, "Stash has no scene with a cover yet, so no picture could be tried.")
    return CheckResult(OK, "Stash gives pictures." if photos else "Stash gives covers. No performer has a photo yet.")


def show_addresses(options: Options) -> list[str]:
    """Return the lines of `--check` with the address for Plex and that for photos, which both are secrets."""
    base = find_base(options) or f"http://ADDRESS-OF-THIS-MACHINE:{options.port}"
    lines = [
        f"Address for Plex (Settings > Metadata Agents > Add Provider): {base}/{options.token}",
        f"Address for Photos (a setting of Stash2Plex): {base}/{Access(options.token).photos_token}",
    ]
    if is_loopback(options.host) and not options.address:
        lines.append("Only programs on this machine reach it. If Plex runs elsewhere or in a container, use --listen.")
    return lines
