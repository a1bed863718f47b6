"""One run over scenes: asks the boxes, then plans and applies piece by piece the scenes for which something is open."""

from __future__ import annotations

from shared.counted_words import count_things

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.cache_lifetime import find_oldest_valid
from performers.boxes.debug_log import trace_entries
from performers.boxes.refresh import refresh_from_box
from performers.boxes.sources import open_source
from performers.identity.conflict_kinds import DOUBTED
from performers.identity.conflict_store import list_items
from performers.library.entities import select_fields
from performers.library.kinds import SCENE
from performers.scenes.found_records import FoundRecords
from performers.scenes.planner import PlanOptions, SceneFieldPlanner
from performers.scenes.record_store import SceneRecords
from performers.scenes.refresh import RefreshReport, Show, refresh_records
from performers.scenes.target import SceneTarget
from shared.bundle.link_doubts import LinkDoubts, read_doubts
from shared.errors import BundleError, ServiceError
from shared.file_matching.comparison import FileComparison
from shared.journal import Run, open_run
from shared.journal.run_details import tell_done
from shared.stash.links import find_ids
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

LINKS_READ = 1000
PIECE = 200
ASKING_SHARE = 0.6  # of the progress bar
STASH = "Stash"
BASELINE_KEY = "scene_baseline"
DONE = "Updated {changes value} of {items scene}"


class SceneRequest(NamedTuple):
    """The scenes, boxes and options of one run; `is_everything` is a pass over the whole library."""

    run_kind: str
    ids: Sequence[int]
    boxes: Sequence[Box]
    title: str
    is_dry: bool
    is_fresh: bool
    is_everything: bool
    options: PlanOptions
    label: str = ""  # what the history adds to the number of scenes


class LinkedScenes:
    """The scenes of a run by box and record; holds a number per link, because a library may have 100,000."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.owners: dict[str, dict[str, int]] = {box.endpoint: {} for box in boxes}
        self.shared: dict[str, dict[str, list[int]]] = {box.endpoint: {} for box in boxes}
        self.linked: set[int] = set()

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a scene of Stash with its links; `collect_links` calls it."""
        number = int(row["id"])
        for endpoint, owners in self.owners.items():
            for remote_id in find_ids(row["stash_ids"], endpoint):
                self.linked.add(number)
                first = owners.setdefault(remote_id, number)
                if first != number:
                    self.shared[endpoint].setdefault(remote_id, [first]).append(number)

    def list_at(self, endpoint: str) -> set[int]:
        """Return the scenes of the run with a link to a box; the sync asks the box about their records."""
        shared = (number for numbers in self.shared[endpoint].values() for number in numbers)
        return {*self.owners[endpoint].values(), *shared}

    def list_owners(self, endpoint: str, remote_id: str) -> list[int]:
        """Return the scenes of the run that are linked to this record; the sync plans them."""
        first = self.owners[endpoint].get(remote_id)
        return self.shared[endpoint].get(remote_id) or ([] if first is None else [first])


class SceneSync(NamedTuple):
    """The result of a scene sync: the run, its scenes, the boxes' reports and problems, and a first run's baseline."""

    run: Run
    scenes: LinkedScenes
    reports: Sequence[RefreshReport]
    problems: Mapping[str, str]
    noted: dict[str, Any] | None


def run_scenes(call: Call, request: SceneRequest) -> dict[str, Any]:
    """Run one sync of scenes, and return its result for the page; `update_scenes` and `update_one_scene` call it."""
    return describe_run(call, request, sync_scenes(call, request))


def sync_scenes(call: Call, request: SceneRequest) -> SceneSync:
    """Refresh, plan and write the scenes of a request in one run; `run_scenes` and the queue call it."""
    begun = call.clock.now()
    target = SceneTarget(call)
    details = tell_done(DONE)
    with open_run(
        call, target, kind=request.run_kind, title=request.title, dry_run=request.is_dry, details=details
    ) as run:
        scenes = collect_links(call, request, run)
        reports = ask_boxes(call, request, scenes, run)
        doubts = read_doubts(call)
        chosen = choose_scenes(call, request, scenes, reports, begun, doubts)
        planner = plan_scenes(call, request, scenes, chosen, run, doubts)
        run.count("unchanged", len(scenes.linked) - len(chosen))
        run.count("skipped", len(request.ids) - len(scenes.linked))
        problems = find_problems(reports)
        run.add_problems(problems)
    noted = None if problems else note_baseline(call, request, planner, scenes, begun)
    return SceneSync(run, scenes, reports, problems, noted)


def collect_links(call: Call, request: SceneRequest, run: Run) -> LinkedScenes:
    """Return the links of the run's scenes to its boxes; `sync_scenes` calls it."""
    scenes = LinkedScenes(request.boxes)
    for rows in call.stash.scenes.stream(request.ids, "stash_ids { endpoint stash_id }", size=LINKS_READ):
        run.keep_alive()
        for row in rows:
            scenes.add(row)
    return scenes


def ask_boxes(call: Call, request: SceneRequest, scenes: LinkedScenes, run: Run) -> list[RefreshReport]:
    """Bring the records of all boxes up to date, for `sync_scenes`; a box that fails does not stop the others.

    Return a report for each box.
    """
    since = call.clock.now() if request.is_fresh else find_oldest_valid(call.settings, call.clock.now())
    reports: list[RefreshReport] = []
    for number, box in enumerate(request.boxes):

        def show(share: float, before: int = number) -> None:
            run.keep_alive()
            call.progress(ASKING_SHARE * (before + share) / len(request.boxes))

        ids, finds = list(scenes.owners[box.endpoint]), request.options.finds_links
        is_pass = request.is_everything and not request.is_fresh
        asking = (lambda share: show(share / 2)) if finds else show
        report = refresh_records(call, box, ids, None if is_pass else since, asking)
        if finds and not report.problem:
            report = find_records(call, request, scenes, report, lambda share: show((1 + share) / 2))
        reports.append(report)
    return reports


def find_records(
    call: Call, request: SceneRequest, scenes: LinkedScenes, report: RefreshReport, show: Show
) -> RefreshReport:
    """Ask a box by fingerprints about scenes of the run without a link to it; return its report with those found.

    `ask_boxes` calls it.
    """
    box, found = report.box, FoundRecords(call.store, report.box, is_fresh=request.is_fresh)
    here = scenes.list_at(box.endpoint)
    lacking = [number for number in request.ids if number in scenes.linked and number not in here]
    noted = set(found.list_scenes()).intersection(here)  # planned once more, which closes their conflicts
    found.forget(noted)
    try:
        with contextlib.closing(open_source(call, box)) as client:
            FileComparison(call.stash, client, found).compare(lacking, show)
    except ServiceError as error:
        if error.service == STASH:
            raise
        return report._replace(problem=str(error), found=noted)
    records = found.read(lacking)
    shown = refresh_records(call, box, [each.remote_id for each in records.values()], 0.0, lambda _: show(1.0))
    return report._replace(problem=shown.problem, found=noted.union(records))


def choose_scenes(
    call: Call,
    request: SceneRequest,
    scenes: LinkedScenes,
    reports: Sequence[RefreshReport],
    begun: float,
    doubts: LinkDoubts,
) -> list[int]:
    """Return the scenes to plan, for `sync_scenes`.

    Of a pass over the library these are those with an open difference or a first answer, otherwise all linked ones.
    """
    is_first = call.store.kv.get(BASELINE_KEY, dict) is None
    if is_first or not request.is_everything or request.options.fills:
        return [number for number in request.ids if number in scenes.linked]
    # Those with an open doubt are planned once more, which closes it if the link was repaired or called right.
    chosen: set[int] = {*doubts.list_scenes(), *list_items(call.store, SCENE, DOUBTED)}
    for box in request.boxes:
        for remote_id in SceneRecords(call.store, box.endpoint).list_open(begun):
            chosen.update(scenes.list_owners(box.endpoint, remote_id))
    for report in reports:
        chosen.update(report.found)
    for shared in scenes.shared.values():
        chosen.update(number for numbers in shared.values() for number in numbers)
    return [number for number in request.ids if number in chosen]


def plan_scenes(
    call: Call, request: SceneRequest, scenes: LinkedScenes, chosen: Sequence[int], run: Run, doubts: LinkDoubts
) -> SceneFieldPlanner:
    """Plan the chosen scenes piece by piece, and write them unless it is a preview; return the planner's figures.

    `sync_scenes` calls it.
    """

    def ask(kind: str, box: Box, ids: Sequence[str]) -> str:
        oldest = find_oldest_valid(call.settings, call.clock.now())
        return refresh_from_box(call, kind, box, ids, oldest, run.keep_alive)

    planner = SceneFieldPlanner(call, request.boxes, scenes.shared, request.options, ask, doubts)
    fields, done = select_fields(call.stash, SCENE), 0
    for rows in call.stash.scenes.stream(chosen, fields, size=PIECE):
        entries, counted = planner.plan_piece(rows)
        trace_entries(call, entries)
        done += len(rows)
        reached = ASKING_SHARE + (1 - ASKING_SHARE) * done / max(len(chosen), 1)
        run.work(entries, until=reached)
        for outcome, number in counted.items():
            run.count(outcome, number)
        call.progress(reached)
    planner.pictures.close()
    return planner


def find_problems(reports: Sequence[RefreshReport]) -> dict[str, str]:
    """Return why boxes gave no fresh answers, by the box's name; `sync_scenes` adds it to the run."""
    problems: dict[str, str] = {}
    for report in reports:
        if report.problem:
            problems[report.box.name] = f"{report.problem} Earlier answers are used where there are some."
        elif report.failed:
            scenes = count_things(len(report.failed), "scene")
            problems[report.box.name] = f"no usable answer for {scenes}. The log says why; the next run asks again."
    return problems


def note_baseline(
    call: Call, request: SceneRequest, planner: SceneFieldPlanner, scenes: LinkedScenes, begun: float
) -> dict[str, Any] | None:
    """Store and return the report of the first pass over the library: how much differs; None for a later run.

    `sync_scenes` calls it.
    """
    if not request.is_everything or call.store.kv.get(BASELINE_KEY, dict) is not None:
        return None
    report = {
        "at": begun,
        "scenes": len(scenes.linked),
        "differing": planner.scenes_differing,
        "fields": dict(planner.differing.most_common()),
    }
    call.store.kv.put(BASELINE_KEY, report)
    return report


def describe_run(call: Call, request: SceneRequest, done: SceneSync) -> dict[str, Any]:
    """Return the result of a sync of scenes as JSON for its task or operation.

    Raise if it failed or no box answered.
    """
    summary, problems, noted = done.run.summary(), done.problems, done.noted
    asked = [report for report in done.reports if done.scenes.owners[report.box.endpoint]]
    is_down = bool(asked) and all(report.problem for report in asked)
    message = " ".join([summary.sentence(), *describe_baseline(noted)])
    if summary.is_failure or (is_down and not summary.items["changed"]):
        raise BundleError(f"{request.title} failed. {message}")
    call.log.info(f"{request.title}: {message}")
    answer = {"message": message, "state": summary.result, "run": summary.to_json(), "problems": dict(problems)}
    return {**answer, "baseline": noted, "is_linked": bool(done.scenes.linked)}


def describe_baseline(noted: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield the sentences about a first pass, for the result of its task.

    It proposes nothing, so a person should know what it found.
    """
    if noted is not None and noted["scenes"]:
        scenes = count_things(noted["scenes"], "scene")
        yield f"This was the first run: it noted what the stash-boxes say about {scenes}."
        yield f"{noted['differing']:,} of them differ. From now on, only what a stash-box changes is proposed."
