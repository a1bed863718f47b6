"""Finds the fingerprints of linked files that the boxes lack from the user, and stores the plan that submits them."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from shared.errors import BundleError, ServiceError, SettingError
from shared.file_matching.compare import LocalPrint, SceneFiles, read_scene_files
from shared.journal import Entry
from shared.counted_words import count_things
from shared.journal.run_details import describe_problems
from shared.scene_scopes.scope import SceneScope, list_linked
from shared.stash.library import split
from shared.stash.links import find_ids
from shared.stash_box import Box, LookupFound, StashBoxClient
from shared.stash_box.configured import open_client
from shared.stash_box.queries.submissions import can_withdraw, require_submissions
from tagging.giving.plan import DOUBTED, RIGHT, GivingBox, GivingScene, list_present, name_print, plan_scene
from tagging.giving.store import GIVEN, TAKEN_BACK, GivenPrint, read_prints, save_prints
from tagging.giving.target import FIELDS, KIND, SETTING, SWITCHED_OFF
from tagging.scene_links.findings import look_up_finding, find_right
from tagging.scene_links.linked_files import LinkKey
from tagging.scenes.tasks import choose_boxes
from tagging.task_plan import save_task_plan

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.state.store import Store

ROWS_PER_READ = 500
SCENES_PER_ROUND = 400  # a multiple of what a box takes at once, so that no request goes out half full
MOST_SCENES = 5000  # scenes of a box in one plan; the next plan has the next ones
BARE = "bare"
LEAST_DOUBT = 40  # lighter reasons, such as a copy with the same link, say nothing against the fingerprints


def require_switched_on(call: Call) -> None:
    """Raise a SettingError if the user has not switched on submitting; each plan of fingerprints begins with it."""
    if not getattr(call.settings, SETTING):
        raise SettingError(SETTING, SWITCHED_OFF)


def plan_scope(call: Call, endpoint: str, scope: SceneScope, *, is_chosen: bool = False) -> dict[str, Any]:
    """Save a plan that submits the fingerprints which boxes lack of the scenes in a scope; return its id and a message.

    `plan_id` is None if there are none; the message tells what is left out. Raise if no box could be asked.
    """
    require_switched_on(call)
    search, boxes = GivingSearch(call, is_chosen=is_chosen), choose_boxes(call, endpoint)
    entries = [entry for number, box in enumerate(boxes) for entry in search.find(box, scope, number, len(boxes))]
    problems = search.problems
    if len(problems) == len(boxes):
        raise BundleError(" ".join(describe_problems(problems)))
    names = ", ".join(box.name for box in boxes if box.name not in problems)
    where = f": {scope.label}" if scope.label else ""
    saved = save_task_plan(
        call,
        sorted(entries, key=lambda entry: int(entry.item.id)),  # a scene that several boxes lack is one item
        kind=KIND,
        title=f"Fingerprints for {names}{where}",
        done=f"Submitted {{changes fingerprint}} of {{items scene}} to {names}{where}",
        problems=problems,
        counted={"unchanged": search.counted["unchanged"]},
    )
    told = [search.describe_rest(), *describe_problems(problems)]
    return {**saved, "problems": problems, "message": " ".join(filter(None, told)) or None}


class GivingSearch:
    """Finds fingerprints that the boxes lack; asks a box only about scenes with files of which nothing is noted."""

    def __init__(self, call: Call, *, is_chosen: bool = False) -> None:
        self._call = call
        self._is_chosen = is_chosen
        self.problems: dict[str, str] = {}
        self.counted: Counter[str] = Counter()
        self._cut: list[str] = []  # boxes with more scenes than one plan takes

    def find(self, box: Box, scope: SceneScope, number: int, boxes: int) -> Iterator[Entry]:
        """Yield the plan's entries for one box, which is `number` of `boxes`, for `plan_scope`.

        If the box fails, what it said so far stays. Why it failed, or that it takes none, is kept in `problems`.
        """

        def note(share: float) -> None:
            self._call.progress((number + share) / boxes)

        try:
            ids = list_linked(self._call.stash, scope, box.endpoint)
            if ids:
                yield from self._ask(box, ids, note)
        except ServiceError as error:
            if error.service == "Stash":
                raise
            self.problems[box.name] = str(error)

    def describe_rest(self) -> str:
        """Return what the plan of fingerprints leaves out, in sentences for the task's result; empty if nothing."""
        said = [f"{name} has more: this plan has the first {MOST_SCENES:,} scenes." for name in self._cut]
        if self.counted[BARE]:
            said.append(f"{count_things(self.counted[BARE], 'scene')} without a fingerprint: generate them in Stash.")
        return " ".join(said)

    def _ask(self, box: Box, ids: Sequence[int], note: Callable[[float], None]) -> Iterator[Entry]:
        with contextlib.closing(open_client(self._call, box)) as client:
            require_submissions(client.channel)
            giving = GivingBox(box, can_withdraw(client.channel))
            due = self._find_due(box, ids, note)
            for scenes in split(islice(due, MOST_SCENES), SCENES_PER_ROUND):
                yield from self._plan(client, giving, scenes)
                self._call.stash.keep_alive()
            if next(due, None) is not None:
                self._cut.append(box.name)

    def _plan(self, client: StashBoxClient, giving: GivingBox, scenes: Sequence[GivingScene]) -> Iterator[Entry]:
        by_remote: dict[str, list[GivingScene]] = {}
        for scene in scenes:
            by_remote.setdefault(scene.remote_id, []).append(scene)
        for outcomes in client.look_up_own_prints(by_remote):
            for remote_id, outcome in outcomes.items():
                for scene in by_remote[remote_id]:
                    if isinstance(outcome, LookupFound):
                        self._note_present(giving.box, scene, list_present(outcome.record))
                    entries = list(plan_scene(giving, scene, outcome, is_chosen=self._is_chosen))
                    self.counted["unchanged"] += not entries
                    yield from entries

    def _note_present(self, box: Box, scene: GivingScene, present: set[str]) -> None:
        notes = [make_note(scene.files, box, scene.remote_id, each) for each in scene.prints]
        there = [each for each in notes if each.print in present]
        if there:
            save_prints(self._call.store, there, GIVEN)

    def _find_due(self, box: Box, ids: Sequence[int], note: Callable[[float], None]) -> Iterator[GivingScene]:
        """Yield the scenes with a fingerprint that is not noted as given or, unless chosen, as taken back."""
        done, settled = 0, (GIVEN,) if self._is_chosen else (GIVEN, TAKEN_BACK)
        for rows in self._call.stash.scenes.stream(ids, FIELDS, size=ROWS_PER_READ):
            noted = read_prints(self._call.store, (int(row["id"]) for row in rows))
            for row in rows:
                files = read_scene_files(row)
                self.counted[BARE] += not files.prints
                for remote_id in find_ids(row["stash_ids"], box.endpoint):
                    notes = ((each, make_note(files, box, remote_id, each)) for each in files.prints)
                    due = tuple(each for each, note_of in notes if noted.get(note_of.key) not in settled)
                    if due:
                        key = LinkKey(box.endpoint, remote_id, files.number)
                        yield GivingScene(files, remote_id, due, read_verdict(self._call.store, key))
                    else:
                        self.counted["unchanged"] += 1
            done += len(rows)
            note(done / len(ids))


def read_verdict(store: Store, key: LinkKey) -> str:
    """Return DOUBTED if the last check of links doubts a link, RIGHT if a person called it right, else ""."""
    if find_right(store, key):
        return RIGHT
    found = look_up_finding(store, key)
    is_doubted = found is not None and any(each.weight >= LEAST_DOUBT for each in found.finding.reasons)
    return DOUBTED if is_doubted else ""


def make_note(files: SceneFiles, box: Box, remote_id: str, print_: LocalPrint) -> GivenPrint:
    """Return the note that `given_prints` keeps of a fingerprint of a local file, for a scene of a box. Pure."""
    return GivenPrint(files.number, box.endpoint, remote_id, name_print(print_.kind, print_.value))
