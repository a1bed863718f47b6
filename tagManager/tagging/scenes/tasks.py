"""The task that syncs scene tags: asks the boxes, stores one plan, and applies exactly it unless it is a dry run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import flag, takes, whole
from shared.errors import BundleError
from shared.journal import Entry, Item, Journal, RunSummary, apply_plan
from shared.counted_words import count_things
from shared.journal.run_details import describe_problems, tell_done
from shared.stash.links import find_ids
from shared.stash_box import Box
from shared.stash_box.configured import NO_BOX, NO_USABLE_BOX, read_boxes, require_box, select_usable
from shared.state.lease import Lease
from shared.tag_matching import LocalTags
from tagging.cleaning.added_tags import forget_removed, seed_added
from tagging.scenes import figures as plan_figures
from tagging.scenes.answer_cache import BoxAnswers
from tagging.scenes.earlier_tags import read_earlier_tags, remember_tags
from tagging.scenes.operations import SYNC_OPTIONS
from tagging.scenes.plan import BoxAnswer, LocalScene, ScenePlanner, describe_additions
from tagging.scenes.plan_store import save_figures
from tagging.scenes.refresh import RefreshOptions, SceneRefresh, SceneRefreshReport
from tagging.scenes.tag_match import TagMatcher
from tagging.scenes.target import KIND, SceneTagTarget
from tagging.scenes.unmatched import save_unmatched
from shared.scene_scopes.scope import SceneScope, count_scenes, list_linked, merge_ids, read_scope
from tagging.tags.local_tags import read_local_tags
from tagging.wordlists.blacklist import read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call

ROWS_PER_READ = 500
DRY_RUN_LIMIT = 200  # scenes a dry run from Stash's task list looks at
ASKING_SHARE = 0.6  # of the progress bar
PLANNING_SHARE = 0.2
FIELDS = "title stash_ids { endpoint stash_id } tags { id } files { basename }"


class SyncRequest(NamedTuple):
    """The scope and the options of a sync."""

    scope: SceneScope
    endpoint: str
    limit: int
    is_dry: bool
    is_full: bool | None
    includes_removed: bool
    strategy: str


class SceneSelection(NamedTuple):
    """The scenes of a run: of each box, and each once."""

    boxes: Sequence[Box]
    of_box: Mapping[str, Sequence[int]]
    scene_ids: Sequence[int]
    total: int
    unlinked: int


@takes(
    flag("dry_run", None, "only makes a plan; the default is the setting"),
    whole(
        "limit", None, "at most so many scenes, 0 for all; the default is all, or 200 if the setting makes it a dry run"
    ),
    *SYNC_OPTIONS,
)
def sync_scene_tags(call: Call) -> dict[str, Any]:
    """Task `sync_scene_tags`: ask the boxes about the selected scenes, plan the tags to add, and apply the plan.

    A dry run stops at the plan. Returns the task's result for the page.
    """
    request = read_request(call)
    seed_added(call.store)
    with Lease(call.store, "scene tag sync", what="The scene tag sync") as lease:
        selection = select_scenes(call, request)
        reports = ask_boxes(call, request, selection, lease)
        plan_id, planner = save_sync_plan(call, request, selection, reports, lease)
    figures = {**plan_figures.make_figures(planner, reports, selection.total), "unlinked": selection.unlinked}
    save_figures(call.store, plan_id, figures, planner)
    if request.scope.is_everything and not request.limit:
        asked = [report.box.endpoint for report in reports if not report.problem]
        save_unmatched(call.store, asked, plan_figures.list_unmatched(planner), call.clock.now())
    call.log.warning(plan_figures.describe_ambiguities(figures))
    if request.is_dry:
        return report_dry_run(call, plan_id, planner, reports, figures)
    summary = apply_plan(call, plan_id, SceneTagTarget(call), batch_size=SceneTagTarget.batch_size)
    return report_run(call, summary, reports, figures)


def read_request(call: Call) -> SyncRequest:
    """Return the scope and options of the task `sync_scene_tags`, from its arguments and the settings."""
    args = call.args
    scope = read_scope(call.stash, args["scope"] or {})
    is_from_page = args["dry_run"] is not None
    is_dry = args["dry_run"] if is_from_page else call.settings.syncDryRun
    limit = (0 if is_from_page or not is_dry else DRY_RUN_LIMIT) if args["limit"] is None else args["limit"]
    strategy = args["strategy"] or call.settings.syncStrategy
    return SyncRequest(scope, args["endpoint"], limit, is_dry, args["full"], args["include_removed"], strategy)


def select_scenes(call: Call, request: SyncRequest) -> SceneSelection:
    """Return the boxes that can be asked, and a snapshot of their scenes in the scope.

    The ids are read first, so that changes during the run move no scene out of sight.
    """
    boxes = choose_boxes(call, request.endpoint)
    of_box = {box.endpoint: list_linked(call.stash, request.scope, box.endpoint) for box in boxes}
    scene_ids = merge_ids(of_box.values())
    total = len(scene_ids)
    unlinked = max(0, count_scenes(call.stash, request.scope) - total)
    if request.limit and total > request.limit:
        scene_ids = scene_ids[: request.limit]
        chosen = set(scene_ids)
        of_box = {endpoint: [each for each in ids if each in chosen] for endpoint, ids in of_box.items()}
    return SceneSelection(boxes, of_box, scene_ids, total, unlinked)


def choose_boxes(call: Call, endpoint: str) -> list[Box]:
    """Return the boxes that a sync asks: all with a key, or the named one; BundleError if none has a key."""
    boxes = read_boxes(call.stash)
    if not boxes:
        raise BundleError(NO_BOX)
    if endpoint:
        boxes = [require_box(boxes, endpoint)]
    usable = select_usable(boxes, call.log)
    if not usable:
        raise BundleError(NO_USABLE_BOX)
    return usable


def ask_boxes(
    call: Call, request: SyncRequest, selection: SceneSelection, lease: Lease, *, needs_facts: bool = False
) -> list[SceneRefreshReport]:
    """Refresh the cached answers box by box and return a report of each; a box that fails does not stop the others.

    The sync, a scene's page, the link check and the plan of withdrawn tags call it. With `needs_facts` it also asks
    about scenes of which only the tags are known.
    """
    covers_everything = request.scope.is_everything and len(selection.scene_ids) == selection.total
    options = RefreshOptions(request.strategy, request.is_full, covers_everything, needs_facts)
    reports: list[SceneRefreshReport] = []
    for number, box in enumerate(selection.boxes):

        def show_progress(fraction: float, before: int = number) -> None:
            lease.renew()
            call.progress(ASKING_SHARE * (before + fraction) / len(selection.boxes))

        reports.append(SceneRefresh(call, box, selection.of_box[box.endpoint], options).run(show_progress))
    return reports


def save_sync_plan(
    call: Call,
    request: SyncRequest,
    selection: SceneSelection,
    reports: Sequence[SceneRefreshReport],
    lease: Lease,
    *,
    kind: str = KIND,
) -> tuple[int, ScenePlanner]:
    """Plan from the cached answers and store the plan; return its id, and the planner with its figures."""
    tags = read_local_tags(call.stash)
    caches = {box.endpoint: BoxAnswers(call.store, box.endpoint) for box in selection.boxes}
    names = {endpoint: answers.read_tag_names() for endpoint, answers in caches.items()}
    blacklist = read_tag_blacklist(call)
    matcher = TagMatcher(LocalTags(tags), blacklist, names)
    planner = ScenePlanner(matcher, {tag.id: tag.name for tag in tags}, includes_removed=request.includes_removed)
    entries = plan_scenes(call, selection, caches, planner, lease)
    boxes = ", ".join(report.box.name for report in reports)
    where = f": {request.scope.label}" if request.scope.label else ""
    done = tell_done(f"Added {{changes tag}} from {boxes} to {{items scene}}{where}")
    plan_id = Journal(call.store).save_plan(
        entries,
        kind=kind,
        title=f"Tags from {boxes}{where}",
        details=done,
        counted=planner.figures.counted,
        problems=find_problems(reports),
    )
    for problem in blacklist.problems:
        call.log.warning(f"The pattern {problem['text']} cannot be used: {problem['message']}.")
    return plan_id, planner


def plan_scenes(
    call: Call, selection: SceneSelection, caches: Mapping[str, BoxAnswers], planner: ScenePlanner, lease: Lease
) -> Iterator[Entry]:
    """Yield the plan entries of all selected scenes to the journal's `save_plan`, and report progress on the way."""
    names = {box.endpoint: box.name for box in selection.boxes}
    done = 0
    for rows in call.stash.scenes.stream(selection.scene_ids, FIELDS, size=ROWS_PER_READ):
        forget_removed(call.store, {int(row["id"]): [int(tag["id"]) for tag in row["tags"]] for row in rows})
        scenes = list(read_scenes(rows, names, caches, read_earlier_tags(call.store, (int(row["id"]) for row in rows))))
        present: dict[int, frozenset[int]] = {}
        lines: list[str] = []
        for scene in scenes:
            entries, earlier_tags = planner.plan(scene)
            if earlier_tags - scene.earlier_tags:
                present[int(scene.item.id)] = earlier_tags
            if entries:
                lines.append(describe_decisions(scene, entries))
            yield from entries
        # One message for all scenes: a hundred thousand single lines would take longer than the plan itself.
        call.log.debug("\n".join(lines))
        remember_tags(call.store, present)
        done += len(rows)
        lease.renew()
        call.progress(ASKING_SHARE + PLANNING_SHARE * done / max(len(selection.scene_ids), 1))


def read_scenes(
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    caches: Mapping[str, BoxAnswers],
    earlier_tags: Mapping[int, frozenset[int]],
) -> Iterator[LocalScene]:
    """Yield these rows of Stash as scenes for the planner, with the boxes' cached answers and earlier tags."""
    links = {row["id"]: [(each, one) for each in names for one in find_ids(row["stash_ids"], each)] for row in rows}
    cached = {
        endpoint: answers.read_answers(one for pairs in links.values() for each, one in pairs if each == endpoint)
        for endpoint, answers in caches.items()
    }
    for row in rows:
        answers = [BoxAnswer(each, names[each], one, cached[each].get(one)) for each, one in links[row["id"]]]
        label = row["title"] or next((file["basename"] for file in row["files"]), "")
        tags = frozenset(int(tag["id"]) for tag in row["tags"])
        number = int(row["id"])
        yield LocalScene(Item("scene", row["id"], label), tags, answers, earlier_tags.get(number, frozenset()))


def describe_decisions(scene: LocalScene, entries: Sequence[Entry]) -> str:
    """Return the decisions about a scene as a line for the sync task's debug log."""
    texts = [getattr(entry, "reason", "") or getattr(entry, "message", "") for entry in entries]
    return f"Scene {scene.item.id}: {'; '.join(texts)}"


def report_dry_run(
    call: Call, plan_id: int, planner: ScenePlanner, reports: Sequence[SceneRefreshReport], figures: Mapping[str, Any]
) -> dict[str, Any]:
    """Log what a run would do and return it as the task's result; raise if every box failed."""
    names = describe_additions(planner.names, planner.figures.by_tag)
    seen = f"{figures['scenes']:,} of {count_things(figures['of'], 'scene')}"
    added = count_things(figures["additions"], "tag")
    message = f"{seen} checked: {added} would be added, nothing was changed."
    call.log.info(f"{message} {names}".rstrip())
    raise_if_all_failed(reports, figures)
    problems = find_problems(reports)
    message = " ".join([message, *describe_problems(problems)])
    return {"message": message, "plan_id": plan_id, "figures": figures, "problems": problems}


def report_run(
    call: Call, summary: RunSummary, reports: Sequence[SceneRefreshReport], figures: Mapping[str, Any]
) -> dict[str, Any]:
    """Log what the scene tag sync wrote, and return the task's result for the page.

    Raise a BundleError if no box could be asked to the end, or if scenes failed and no other was changed or already
    right. A run that had nothing to write is a success.
    """
    added = count_things(summary.rows["changed"], "tag")
    scenes = count_things(summary.items["changed"], "scene")
    message = f"{added} added to {scenes}. {summary.sentence()}"
    call.log.info(f"{message} {plan_figures.describe_rest(figures)}".rstrip())
    raise_if_all_failed(reports, figures)
    if summary.is_failure:
        raise BundleError(f"The scene tag sync failed: {summary.sentence()} The history says why.")
    return {"message": message, "run": summary.to_json(), "plan_id": summary.plan_id, "figures": figures}


def find_problems(reports: Sequence[SceneRefreshReport]) -> dict[str, str]:
    """Return why boxes could not be asked to the end, by the box's name, for the plan and the task's result."""
    return {report.box.name: report.problem for report in reports if report.problem}


def raise_if_all_failed(reports: Sequence[SceneRefreshReport], figures: Mapping[str, Any]) -> None:
    """Raise a BundleError, which fails the scene tag sync, if no box could be asked to the end.

    The message names each box's problem, and from the plan's figures how many scenes were done.
    """
    problems = describe_problems(find_problems([report for report in reports if report.is_left]))
    if problems and len(problems) == len(reports):
        done = f"{figures['scenes'] - figures['failed']} of {count_things(figures['scenes'], 'scene')}"
        step = "What the boxes said so far is kept; run it again to continue."
        raise BundleError(f"Only {done} could be synced. {' '.join(problems)} {step}")
