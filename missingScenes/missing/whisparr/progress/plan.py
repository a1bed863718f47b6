"""The reasons why Whisparr has not got a scene yet, and the change that monitors it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from missing.whisparr.cleanup.plan import MONITORED
from missing.whisparr.instances import join_id
from shared.journal import Change, Item, set_field
from shared.whisparr.errors import NAME
from shared.whisparr.history import FAILED, DownloadEvent
from shared.whisparr.model import Exclusion, HealthWarning, QueueRecord, WhisparrScene
from shared.whisparr.releases import ReleaseOffer
from shared.whisparr.status import find_percent, find_reason, is_importing, is_stalled

OK, INFO, WARNING, PROBLEM = "ok", "info", "warning", "problem"
ADD, MONITOR, SEARCH, RELEASES, SCAN = "add", "monitor", "search", "releases", "scan"
SHOWN_REJECTIONS = 2
HEALTH_LEVELS = ("warning", "error")


class Reason(NamedTuple):
    """One answer to "why is it waiting": how bad it is, what is so, what to do, and the button for it."""

    key: str
    level: str
    text: str
    next_step: str = ""
    action: str = ""


class SceneFacts(NamedTuple):
    """Everything that decides about one scene; `offers` is None if nobody has looked for releases lately."""

    scene: WhisparrScene | None
    exclusion: Exclusion | None = None
    records: Sequence[QueueRecord] = ()
    events: Sequence[DownloadEvent] = ()
    health: Sequence[HealthWarning] = ()
    profiles: Mapping[int, str] = {}
    offers: Sequence[ReleaseOffer] | None = None


def find_reasons(facts: SceneFacts) -> Iterator[Reason]:
    """Yield the reasons why Whisparr has not got a scene, the decisive one first; the dialog of a scene lists them."""
    scene = facts.scene
    if scene is None:
        yield explain_absence(facts.exclusion)
        return
    if scene.has_file:
        yield Reason(
            "file", OK, f"Whisparr has its file: {scene.file_path or 'imported'}.", "Scan it into Stash.", SCAN
        )
    yield from map(explain_record, facts.records)
    if scene.has_file:
        return
    yield from explain_scene(scene, facts.profiles)
    if not facts.records:
        yield from explain_search(scene, facts.events)
    if facts.offers is not None:
        yield explain_offers(facts.offers)
    for each in facts.health:
        if each.type in HEALTH_LEVELS:
            yield Reason("health", WARNING, f"Whisparr warns: {each.message}", "Correct it in Whisparr under System.")


def explain_absence(exclusion: Exclusion | None) -> Reason:
    """Return why Whisparr does not have a scene: excluded or not added; `find_reasons` calls it."""
    if exclusion is None:
        return Reason("absent", INFO, "Whisparr does not have this scene.", "", ADD)
    told = f" ({exclusion.reason})" if exclusion.reason else ""
    return Reason("excluded", PROBLEM, f"It is on Whisparr's exclusion list{told}.", "Add it all the same.", ADD)


def explain_record(record: QueueRecord) -> Reason:
    """Return the state of one download in Whisparr's queue: who loads it, how far it is, and what stops it.

    `find_reasons` calls it.
    """
    release = f'"{record.title}"' if record.title else "A release"
    place = f" in {record.client}" if record.client else ""
    if is_stalled(record):
        lines = [line for _, texts in record.messages for line in texts]
        told = "; ".join(dict.fromkeys([find_reason(record), *lines]))
        step = "Choose another release, or correct it in Whisparr under Activity > Queue."
        return Reason("queue", PROBLEM, f"{release} is stuck{place}: {told}.", step, RELEASES)
    if is_importing(record):
        return Reason("queue", INFO, f"{release} was downloaded and is being imported.")
    if record.status == "downloading":
        return Reason("queue", INFO, f"{release} is downloading{place}: {find_percent(record):g} %.")
    until = f" until {record.expected}" if record.status == "delay" and record.expected else ""
    return Reason("queue", INFO, f"{release} waits{place}{until} ({record.status}).")


def explain_scene(scene: WhisparrScene, profiles: Mapping[int, str]) -> Iterator[Reason]:
    """Yield what is wrong with the scene itself: not monitored, not released, no profile; `find_reasons` calls it."""
    if not scene.monitored:
        text = "Whisparr does not monitor it, so it gets it from no feed and by no automatic search."
        yield Reason("unmonitored", PROBLEM, text, "", MONITOR)
    if not scene.is_available:
        when = f": {scene.released}" if scene.released else ""
        yield Reason("unreleased", INFO, f"It is not released yet{when}.", "Whisparr searches from that day on.")
    if scene.profile_id not in profiles:
        text = f"Its quality profile {scene.profile_id} does not exist in Whisparr any more."
        yield Reason("profile", PROBLEM, text, "Give it another profile in Whisparr.")
    else:
        yield Reason("profile", INFO, f"Quality profile: {profiles[scene.profile_id]}.")


def explain_search(scene: WhisparrScene, events: Sequence[DownloadEvent]) -> Iterator[Reason]:
    """Yield what came of Whisparr's searches for a scene without a download; `find_reasons` calls it."""
    failed = next((each for each in events if each.type == FAILED), None)
    if failed is not None:
        told = f": {failed.detail}" if failed.detail else ""
        yield Reason("failed", WARNING, f'The download of "{failed.title}" failed {failed.date}{told}.', "", RELEASES)
    if scene.is_new:
        yield Reason("new", INFO, "It was just added; Whisparr looks for files on its disk first.")
    elif scene.last_search:
        text = f"Whisparr last searched {scene.last_search} and took nothing."
        yield Reason("searched", INFO, text, "Look at the releases to see why.", RELEASES)
    else:
        text = "Whisparr has never searched for it; it waits for the feeds of the indexers."
        yield Reason("unsearched", WARNING, text, "", SEARCH)


def explain_offers(offers: Sequence[ReleaseOffer]) -> Reason:
    """Return what the indexers had when a person looked last, with the usual reasons against the releases.

    `find_reasons` calls it.
    """
    if not offers:
        return Reason("offers", PROBLEM, "The indexers have no release of it.", "Try again later; Whisparr does, too.")
    good = sum(not each.rejections for each in offers)
    if good:
        what = "1 release fits" if good == 1 else f"{good} releases fit"
        return Reason("offers", OK, f"{what}, of {len(offers)}.", "Grab one, or search now.")
    counts = Counter(reason for each in offers for reason in each.rejections)
    told = "; ".join(reason for reason, _ in counts.most_common(SHOWN_REJECTIONS))
    which = "the only release" if len(offers) == 1 else f"all {len(offers)} releases"
    return Reason("offers", PROBLEM, f"Whisparr rejects {which}: {told}.", "Grab one all the same.")


def plan_monitoring(scene: WhisparrScene, key: str) -> Change:
    """Return the journal's change that monitors a scene in one of several Whisparrs. `monitor_scene` applies it."""
    item = Item("whisparr scene", join_id(scene.stash_id, key), scene.title or scene.stash_id)
    return set_field(item, MONITORED, False, True, source=NAME, reason="a person asked for it")
