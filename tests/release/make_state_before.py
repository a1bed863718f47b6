"""Make the dumps in `before/` with the plugins of an earlier version, run in a checkout of that version.

git worktree add --detach ../before c7bb684
cp tests/release/state_text.py tests/release/make_state_before.py ../before/tests/release/
cd ../before && python -m tests.release.make_state_before
cp tests/release/before/* <this checkout>/tests/release/before/

Import the modules there by their names of that version (`sandbox.stash.scan`).
The functions `stock_…` fill library and boxes and serve the tests as well; `leave_…` use the plugin. Both get along
with what test benches of both versions offer.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sandbox.plex.server import PlexDouble
from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Scene, Tag
from sandbox.whisparr.server import WhisparrDouble
from tests.harness.bench import PluginBench, open_box
from tests.harness.installed import ROOT, assemble, install_plugin
from tests.missingScenes.conftest import Bench as MissingBench
from tests.missingScenes.conftest import set_up_whisparr
from tests.performerSiteSync.conftest import Bench as PerformerBench
from tests.release.state_text import dump_state
from tests.stash2plex.pair import Pair
from tests.tagManager.conftest import Bench as TagBench

STOP = "mutation Stop($id: ID!) { stopJob(job_id: $id) }"


def name_addresses(bench: PluginBench, **more: str) -> dict[str, str]:
    """The addresses that differ from run to run."""
    box = urlsplit(bench.box.endpoint)
    return {"box": bench.box.endpoint, "box_host": box.netloc, **more}


def change_state(bench: PluginBench | Pair, *statements: str) -> None:
    """Change the state file of a plugin that is at rest."""
    with contextlib.closing(sqlite3.connect(bench.plugin.state_dir / "state.sqlite3")) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def stock_tags(bench: TagBench) -> dict[str, Tag]:
    """Three scenes with Rain, two with Hill and Fog as well; Ocean is Sea at the box; Old is linked to what is gone."""
    weather = bench.world.add_category("Weather")
    names = ("Rain", "Hill", "Fog", "Sea", "Snow", "Gone", "Shore")
    tags = {name: bench.world.add_tag(name, category=weather) for name in names}
    bench.add_tag("Rain", tags["Rain"])
    bench.add_tag("Hill", tags["Hill"])
    bench.add_tag("Ocean")
    bench.add_tag("Wet")
    bench.add_tag("Old", tags["Gone"])
    bench.add_tag("Weather")
    bench.add_tag("Shore")
    bench.add_scenes(2, tags["Rain"], tags["Hill"], tags["Fog"], tags["Snow"])
    bench.add_scenes(1, tags["Rain"])
    bench.world.delete(tags["Gone"])
    return tags


def leave_tags(bench: TagBench) -> dict[str, Any]:
    """Lists, words, rejections, links, an applied run, an undone one, two open plans."""
    tags = stock_tags(bench)
    bench.plugin.save_settings(fuzzyThreshold=71, pageSize=5, preferStashBoxName=True, syncDryRun=True)
    bench.operate("settings_get")
    bench.task("refresh_tags")
    endpoint = bench.box.endpoint
    bench.operate("synonyms_save", synonyms={"hiking": ["trekking"], "wet": ["damp"]})
    bench.operate("blacklist_save", entries=["Snow", "/^unsure/"])
    bench.operate("link_reject", tag_id=4, endpoint=endpoint, remote_id=tags["Rain"].id)
    bench.operate("category_map", endpoint=endpoint, category_id=tags["Rain"].category_id, tag_id=6)
    bench.operate("dead_list")
    accepted = bench.operate("link_accept", tag_id=3, endpoint=endpoint, remote_id=tags["Sea"].id)["run"]
    exact = bench.operate("exact_plan", endpoint=endpoint)
    applied = bench.sync(scope={"scene_ids": [1]})["run"]["run_id"]
    undone = bench.sync(scope={"scene_ids": [2]})["run"]["run_id"]
    bench.undo(undone)
    opened = bench.sync(dry_run=True, run_token="token-1")["plan_id"]
    return {
        "accepted": accepted["id"],
        "exact": exact["plan_id"],
        "applied": str(applied),
        "undone": str(undone),
        "open": str(opened),
    }


def stock_missing(bench: MissingBench) -> list[Scene]:
    """Mira with ten scenes at the box, of which the library has the first."""
    mira = bench.world.add_performer("Mira Mosswick", gender="FEMALE")
    tag = bench.world.add_tag("Rain")
    local = bench.add_local("performer", "Mira Mosswick", mira.id)
    scenes = bench.add_scenes(10, mira, tags=[tag], studio=bench.world.add_studio("Hill Films"))
    (first,) = bench.own(scenes[0])
    bench.stash.scenes.update(int(first), {"performer_ids": [local]})
    for number in range(3):
        bench.stash.scenes.create({"title": f"New {number}"})
    return scenes


def leave_missing(bench: MissingBench, whisparr: WhisparrDouble) -> dict[str, Any]:
    """Marks, adds, an add that was killed, an open plan, completeness, a queue with one waiting and one dead entry."""
    scenes = stock_missing(bench)
    endpoint = bench.box.endpoint
    bench.operate("start_visit")
    cards = {card["id"]: card for each in bench.find_all("1") for card in each["scenes"]}

    def mark(name: str, *numbers: int) -> Any:
        sent = [cards[scenes[number].id] for number in numbers]
        return bench.operate("mark_scenes", list=name, is_on=True, endpoint=endpoint, scenes=sent)["run"]["id"]

    def plan(*numbers: int) -> str:
        sent = [{"id": scenes[number].id, "title": scenes[number].title} for number in numbers]
        return str(bench.operate("whisparr_plan", endpoint=endpoint, scenes=sent)["plan_id"])

    marked, ignored, undone = mark("wanted", 1, 2), mark("ignored", 3), mark("wanted", 4)
    bench.undo(undone)
    bench.task("completeness")
    added = bench.operate("whisparr_add", endpoint=endpoint, scene={"id": scenes[5].id, "title": scenes[5].title})
    kill_second_add(bench, whisparr, plan(6, 7))
    opened = plan(8, 9)
    bench.plugin.save_settings(enableAutoCleanup=True, excludedTags="Storm", cleanupLimit=9)
    bench.operate("settings_get")
    whisparr.server.take_down()
    for local, number in ((2, 2), (3, 3)):
        bench.stash.scenes.update(local, {"stash_ids": bench.links(scenes[number].id)})
        bench.plugin.stash.services.jobs.wait_until_idle()
    change_state(bench, "UPDATE outbox SET state = 'dead', reason = 'bug' WHERE key = 'scene:3'")
    whisparr.server.bring_up()
    return {
        "marked": marked,
        "ignored": ignored,
        "undone": undone,
        "open": opened,
        "added": added.get("run", {}).get("id") or "",
    }


def kill_second_add(bench: MissingBench, whisparr: WhisparrDouble, plan_id: str) -> None:
    """Kill the task after Whisparr took the second scene and before it said so."""
    before = len(whisparr.state.movies)
    fault = whisparr.server.faults.add("stall", path="/movie$", method="POST", on=[2])
    job = bench.operate("plan_apply", plan_id=plan_id)["job_id"]
    deadline = time.monotonic() + 60
    while len(whisparr.state.movies) < before + 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    bench.stash.ask(STOP, {"id": job})
    bench.plugin.wait_for(job)
    whisparr.server.faults.remove(fault)


def stock_plex(pair: Pair) -> None:
    """Six scenes with a file; Plex has the first five, and two files that belong to no scene."""
    for number in range(1, 7):
        file = VideoFile(f"/data/{number}.mp4", size=50_000_000 + number, duration=1200)
        pair.stock.add_scene(f"Title {number}", file=file)
    for name in ("1", "2", "3", "4", "5", "other", "spare"):
        size = 50_000_000 + (int(name) if name.isdigit() else 99)
        pair.plex.state.add_item(pair.section.id, f"/data/{name}.mp4", size=size, duration=1_200_000)


def leave_plex(pair: Pair) -> dict[str, Any]:
    """Matches, a link by hand, records, a run, an entry in each state of the queue, two changes in the spool."""
    stock_plex(pair)
    pair.plugin.save_settings(enabled=False, max_tags=7, plex_url=pair.plex.url, plex_token=pair.plex.token)
    pair.plugin.operation("settings_get")
    for number in (1, 2):
        pair.outbox.put(f"scene:{number}")
    pair.plugin.operation("queue_step")
    pair.plugin.operation("match_link", scene_id=3, rating_key=list(pair.plex.state.items)[5])
    pair.plugin.run_task("preview_all")
    for number in (3, 4, 5):
        pair.outbox.put(f"scene:{number}", ["title"])
    change_state(pair, "UPDATE outbox SET state = 'dead', reason = 'bug' WHERE key = 'scene:5'")
    for number in (2, 6):
        spool_change(pair.plugin.state_dir / "spool", f"scene:{number}", ["title"])
    return {"linked": list(pair.plex.state.items)[5]}


def spool_change(folder: Path, key: str, fields: list[str]) -> None:
    """Leave a change in a file, as a hook did that found the state file locked."""
    folder.mkdir(exist_ok=True)
    name = f"{time.time_ns():020d}-{os.getpid()}-{os.urandom(3).hex()}.json"
    (folder / name).write_text(json.dumps({"key": key, "fields": fields, "note": None}), encoding="utf-8")


def stock_people(bench: PerformerBench) -> dict[str, str]:
    """Mira and Nell are linked, Twin and Odd have two records each, Kim is to be updated, Gone has no record any more.

    Vera stands there twice. Wren is a favorite at the box.
    """
    add = bench.world.add_performer
    mira = add("Mira Moss", country="NO", eye_color="BLUE", aliases=["Em"])
    nell = add("Nell North", country="SE", hair_color="RED")
    for disambiguation in ("a", "b"):
        add("Twin", disambiguation=disambiguation, country="NO")
        add("Odd", disambiguation=disambiguation)
    kim, gone, wren = add("Kim", country="FI"), add("Gone"), add("Wren", country="IS")
    bench.own(mira)
    bench.own(nell)
    for name in ("Twin", "Odd"):
        bench.stock.add_performer(name)
    bench.own(kim)
    bench.own(gone)
    for disambiguation in ("", "again"):
        bench.stock.add_performer("Vera", birthdate="1998-02-03", disambiguation=disambiguation)
    bench.own(wren)
    bench.world.accounts[bench.box.key].performers.add(wren.id)
    bench.world.delete(gone)
    return {"mira": mira.id, "nell": nell.id, "kim": kim.id, "wren": wren.id}


def leave_people(bench: PerformerBench) -> dict[str, Any]:
    """Return what is left of writes, edits, locks, undos, conflicts, decisions, duplicates, favorites and plans."""
    stock_people(bench)
    bench.set(nameSearch=True, favoritesDirection="both", fieldPolicies="country: follow, hair_color: follow")
    bench.operate("settings_get")
    written = bench.sync(ids=["1", "2", "3", "4", "6"])["run"]["run_id"]
    bench.stash.performers.update(2, {"hair_color": "Green"})
    bench.operate("lock_set", id=1, field="eye_color", is_locked=True)
    odd = next(each for each in bench.operate("conflicts")["conflicts"] if each["item"]["label"] == "Odd")
    bench.operate("conflict_decide", key=odd["key"], decision="never")
    undone = bench.operate("update_one", id=5)["run"]["run_id"]
    bench.undo(undone)
    bench.task("find_duplicates")
    liked = bench.task("favorite_performers")["run"]["run_id"]
    bench.task("generate_report")
    opened = bench.sync(ids=["9"], dry_run=True, run_token="token-1")["run"]["plan_id"]
    return {"written": str(written), "undone": str(undone), "liked": str(liked), "open": str(opened)}


def make_tags(folder: Path) -> None:
    with open_box("tags") as box, install_plugin(folder) as plugin:
        bench = TagBench(plugin, box)
        dump_state(plugin, name_addresses(bench), leave_tags(bench))


def make_missing(folder: Path) -> None:
    with open_box("missing") as box, install_plugin(folder) as plugin:
        bench = MissingBench(plugin, box)
        with set_up_whisparr(bench) as whisparr:
            notes = leave_missing(bench, whisparr)
            dump_state(plugin, name_addresses(bench, whisparr=whisparr.url), notes)


def make_people(folder: Path) -> None:
    with open_box("people") as box, install_plugin(folder) as plugin:
        bench = PerformerBench(plugin, box)
        dump_state(plugin, name_addresses(bench), leave_people(bench))


def make_plex(folder: Path) -> None:
    plex = PlexDouble()
    with plex.server, install_plugin(folder) as plugin:
        pair = Pair(plugin, plex)
        notes = leave_plex(pair)
        pair.store.close()
        dump_state(plugin, {"plex": plex.url, "plex_host": urlsplit(plex.url).netloc}, notes)


MAKERS: dict[str, Callable[[Path], None]] = {
    "tagManager": make_tags,
    "missingScenes": make_missing,
    "stash2plex": make_plex,
    "performerSiteSync": make_people,
}


if __name__ == "__main__":
    for plugin_id in sys.argv[1:] or MAKERS:
        with tempfile.TemporaryDirectory() as temporary:
            MAKERS[plugin_id](assemble(ROOT / plugin_id, Path(temporary, plugin_id)))
