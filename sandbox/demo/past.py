"""The demo's past: what its owner did with the plugins before the demo starts, so that every tab has something to show.

with Town(source.url) as town:
    live_through(town)      # takes some seconds: the plugins' own tasks and operations do it
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from sandbox.stashbox.model import Credit, Scene
from sandbox.stashbox.world import DEFAULT_KEY, World
from sandbox.whisparr.model import MetadataScene

if TYPE_CHECKING:
    from sandbox.demo.town import Town

OPERATION = "mutation($id: ID!, $args: Map) { runPluginOperation(plugin_id: $id, args: $args) }"
TASK = "mutation($id: ID!, $args: Map) { runPluginTask(plugin_id: $id, task_name: null, args_map: $args) }"
RENAME = "mutation($id: ID!, $title: String) { sceneUpdate(input: {id: $id, title: $title}) { id } }"
OWNED = """query($endpoint: String, $page: Int, $size: Int) {
  findScenes(
    scene_filter: {stash_id_endpoint: {endpoint: $endpoint, modifier: NOT_NULL}}, filter: {page: $page, per_page: $size}
  ) {
    scenes { id title stash_ids { endpoint stash_id } }
  }
}"""
DESTROY_TAG = "mutation($id: ID!) { tagDestroy(input: {id: $id}) }"
CREATE_TAG = "mutation($name: String!) { tagCreate(input: {name: $name}) { id } }"
SET_PARENTS = "mutation($id: ID!, $parents: [ID!]) { tagUpdate(input: {id: $id, parent_ids: $parents}) { id } }"
ADD_ALIAS = "mutation($id: ID!, $names: [String!]) { tagUpdate(input: {id: $id, aliases: $names}) { id } }"
NAMES = "{ findTags(filter: {per_page: -1}) { tags { id name } } }"
SCENES = "{ findScenes(filter: {per_page: 6}) { scenes { id title files { path } } } }"
LINKED = """{
  performers: findPerformers(performer_filter: {filter_favorites: true}) {
    rows: performers { id stash_ids { endpoint stash_id } }
  }
  studios: findStudios(studio_filter: {favorite: true}) { rows: studios { id stash_ids { endpoint stash_id } } }
}"""
POPULAR = """{
  performers: findPerformers(filter: {per_page: 1, sort: "scenes_count", direction: DESC}) { rows: performers { id } }
  studios: findStudios(filter: {per_page: 1, sort: "scenes_count", direction: DESC}) { rows: studios { id } }
  tags: findTags(filter: {per_page: 1, sort: "scenes_count", direction: DESC}) { rows: tags { id } }
}"""
TREE = {
    "Kitchen": ("bread", "cast iron", "dough", "herbs", "oven", "soup", "stove", "tasting"),
    "Music": ("cello", "drums", "duet", "encore", "fiddle", "stage"),
    "Outdoors": ("bird", "campfire", "forest", "lake", "meadow", "ridge", "river", "trail", "wildlife"),
}
TOKEN = "demo-shelves"
FEW = 40
ANNOUNCED = 9
NEW_SCENES = 4  # of each of the two that are followed
LOST_TAGS = 6
AT_WHISPARR = 8
EDITED_SCENES = 14  # at the first box, after the baseline
GIVEN_SCENES = 12
MIXED_SCENES = 8
LINK = "mutation($id: ID!, $links: [StashIDInput!]) { sceneUpdate(input: {id: $id, stash_ids: $links}) { id } }"
GIVEN_TOKEN = "demo-giving"
DIRECTOR = "Ida Holm"
SETTINGS: dict[str, dict[str, Any]] = {
    "missingScenes": {
        "whisparrRootFolder": "/data/scenes",
        "whisparrQualityProfile": 4,
        "scanPath": "/media",
        "frontPageRow": True,
        "completenessOnCards": True,
    },
    "stash2plex": {"enabled": True},
    "tagManager": {"offerFingerprints": True},
    "performerSiteSync": {"rateLimit": 0},  # the boxes are on this machine
}


def live_through(town: Town) -> None:
    """Bring the demo into the state in which every tab of every plugin has something to show; ./dev demo calls it."""
    past = Past(town)
    past.change_settings()
    past.find_and_mark_scenes()
    past.announce_scenes()
    past.follow_two()
    past.tidy_tags()
    past.sync_performers()
    past.sync_scenes()
    past.sync_plex()
    past.give_fingerprints()
    past.mix_up_links()


class Past:
    """The owner of the demo: calls the plugins as their pages do, and changes what other programs have."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.first = next(iter(town.boxes.values())).endpoint

    def change_settings(self) -> None:
        """Fill in the plugins' settings of the demo, as a person does at the set-up."""
        configuration = self.town.stash.services.configuration
        for plugin, values in SETTINGS.items():
            present = configuration.plugin_settings([plugin]).get(plugin, {})
            configuration.configure_plugin(plugin, {**present, **values})

    def find_and_mark_scenes(self) -> None:
        """Want four missing scenes, ignore two, let Whisparr have scenes of the library, and compare and count it."""
        found = self._call("missingScenes", "find_missing", entity_type="favorite_performers", page_size=FEW)
        endpoint, scenes = self.first, found["scenes"]
        self._call("missingScenes", "mark_scenes", list="wanted", is_on=True, endpoint=endpoint, scenes=scenes[2:6])
        self._call("missingScenes", "mark_scenes", list="ignored", is_on=True, endpoint=endpoint, scenes=scenes[6:8])
        for scene in self._list_linked(AT_WHISPARR):
            self.town.whisparr.state.add_movie(MetadataScene(self._find_record(scene), scene["title"]))
        there = {each.foreign_id for each in self.town.whisparr.state.movies.values()}
        if scenes[2]["id"] not in there:  # so that a wanted scene shows what Whisparr does about it
            self.town.whisparr.state.add_movie(MetadataScene(scenes[2]["id"], scenes[2]["title"]))
        self._run("missingScenes", "cleanup_preview")
        self._run("missingScenes", "compare_files")
        self._run("missingScenes", "completeness")
        self._run("missingScenes", "front_row")

    def announce_scenes(self) -> None:
        """Let the first box announce scenes of favorite performers, one each four days."""
        world = next(iter(self.town.boxes.values())).world
        records = [
            self._find_record(each) for each in self.town.ask(LINKED)["performers"]["rows"] if self._is_linked(each)
        ]
        known = [each for each in records if list_scenes_of(world, "performer", each)]
        for number in range(ANNOUNCED if known else 0):
            add_similar_scene(world, "performer", known[number % len(known)], number, days=2 + 4 * number)

    def follow_two(self) -> None:
        """Follow a performer and a studio; the first box then adds scenes of both, and the plugin looks for them."""
        world = next(iter(self.town.boxes.values())).world
        for kind, rules in (("performer", {"per_week": 2}), ("studio", {"way": "ask", "min_minutes": 5})):
            rows = [each for each in self.town.ask(LINKED)[f"{kind}s"]["rows"] if self._is_linked(each)]
            local = next(each for each in rows if list_scenes_of(world, kind, self._find_record(each)))
            self._call("missingScenes", "follow_entity", kind=kind, entity_id=local["id"], rules=rules)
            for number in range(NEW_SCENES):
                add_similar_scene(world, kind, self._find_record(local), number)
        self._run("missingScenes", "follow")

    def tidy_tags(self) -> None:
        """Delete some tags, link others to the first box, preview the tags of all scenes, and fill the word lists."""
        for tag in self.town.ask(NAMES)["findTags"]["tags"][:LOST_TAGS]:  # the box still has them on scenes
            self.town.ask(DESTROY_TAG, id=tag["id"])
        self._run("tagManager", "refresh_tags")
        plan = self._call("tagManager", "exact_plan", endpoint=self.first)
        rows = self._call("tagManager", "plan_list", plan_id=plan["plan_id"], page=1, page_size=20)["changes"]
        self._call("tagManager", "plan_select", plan_id=plan["plan_id"], selected=False)
        self._call(
            "tagManager", "plan_select", plan_id=plan["plan_id"], selected=True, only=[row["id"] for row in rows]
        )
        self._call("tagManager", "plan_apply", plan_id=plan["plan_id"])
        self._run("tagManager", "sync_scene_tags", dry_run=True)
        tags = self.town.ask(NAMES)["findTags"]["tags"]
        here = {tag["name"].lower() for tag in tags}
        box = next(iter(self.town.boxes.values()))
        taken = [tag.name for tag in box.world.tags.values() if tag.name.lower() not in here]
        self._sort_tags(tags)
        self._call("tagManager", "synonyms_change", put={"Concert": ["Gig", "Live show"]})
        self._call("tagManager", "blacklist_add", names=["4K", "/^best of/"])
        for tag, name in zip(tags, taken[:3]):  # an import must not take these names from them
            self.town.ask(ADD_ALIAS, id=tag["id"], names=[name])

    def _sort_tags(self, tags: list[dict[str, Any]]) -> None:
        """Put some tags below new ones, so that the hierarchy is a tree."""
        for parent, names in TREE.items():
            number = self.town.ask(CREATE_TAG, name=parent)["tagCreate"]["id"]
            for tag in tags:
                if tag["name"].lower() in names:
                    self.town.ask(SET_PARENTS, id=tag["id"], parents=[number])

    def sync_performers(self) -> None:
        """Preview updates, look for duplicates, copy favorites, take some off, and make a report."""
        self._run("performerSiteSync", "favorite_performers")
        for catalogue, box in zip(self.town.catalogues.values(), self.town.boxes.values()):
            box.world.accounts[DEFAULT_KEY].performers -= {each.id for each in catalogue.liked_performers[:2]}
        self._run("performerSiteSync", "favorite_performers", dry_run=True)
        self._run("performerSiteSync", "update_performers", dry_run=True)
        self._run("performerSiteSync", "update_studios", dry_run=True)
        self._run("performerSiteSync", "find_duplicates")
        self._run("performerSiteSync", "generate_report")

    def sync_scenes(self) -> None:
        """Note what the boxes say about scenes, let the first box change some, retitle one of these, and preview."""
        self._run("performerSiteSync", "update_scenes")
        world = next(iter(self.town.boxes.values())).world
        scenes = self._list_linked(EDITED_SCENES, page=2)
        self._rename(scenes[1:2])
        records = [world.scenes[self._find_record(each)] for each in scenes]
        now = datetime.now(timezone.utc).isoformat()
        for number, record in enumerate(records):
            world.change(record, updated=now, **make_edit(number, record, records[number - 1].performers))
        self._run("performerSiteSync", "update_scenes", dry_run=True)

    def sync_plex(self) -> None:
        """Send all scenes to Plex, change some, lose some files there, and move Plex to another machine."""
        self._run("stash2plex", "preview_all")
        self._call("stash2plex", "sync_start", send=False)
        self._run("stash2plex", "sync_all")
        self._make_shelves()
        plex, scenes = self.town.plex.state, self.town.ask(SCENES)["findScenes"]["scenes"]
        for scene in scenes[:2]:
            for item in plex.find_by_file(scene["files"][0]["path"]):
                plex.remove_item(item.rating_key)
        self._rename(scenes)
        self._run("stash2plex", "process_queue")
        self._run("stash2plex", "preview_all")
        plex.machine_id = hashlib.sha1(b"another machine").hexdigest()
        self._rename(scenes[2:4])
        self._run("stash2plex", "process_queue")  # meets the other machine, so the queue waits for an answer

    def give_fingerprints(self) -> None:
        """Submit the fingerprints of some scenes to their stash-boxes."""
        chosen = {"scene_ids": [int(scene["id"]) for scene in self._list_linked(GIVEN_SCENES)]}
        self._run("tagManager", "giving_plan", scope=chosen, run_token=GIVEN_TOKEN)
        plan = self._call("tagManager", "run_result", run_token=GIVEN_TOKEN)["run"]["plan_id"]
        self._call("tagManager", "plan_apply", plan_id=plan)

    def _make_shelves(self) -> None:
        """Turn a performer and a studio into collections in Plex, and leave a shelf of a tag without its preview."""
        found = self.town.ask(POPULAR)
        performer, studio, tag = (found[kind]["rows"][0] for kind in ("performers", "studios", "tags"))
        shown = {"places": ["recommended"], "poster": "source"}
        self._call("stash2plex", "shelf_save", kind="performer", source_id=performer["id"], sort="title", **shown)
        self._call("stash2plex", "shelf_save", kind="studio", source_id=studio["id"], title="All of {name}")
        self._run("stash2plex", "preview_shelves", run_token=TOKEN)
        plan = self._call("stash2plex", "run_result", run_token=TOKEN)["run"]["plan_id"]
        job = self._call("stash2plex", "plan_apply", plan_id=plan)["job_id"]
        self.town.stash.services.jobs.wait_for(int(job))
        self._call("stash2plex", "shelf_save", kind="tag", source_id=tag["id"], title="More of {name}")

    def mix_up_links(self) -> None:
        """Link some scenes to records of others, let the box delete a record, and check the links of all scenes."""
        scenes = self._list_linked(MIXED_SCENES, page=5)
        for one, other in zip(scenes[0:4:2], scenes[1:4:2]):
            mine, theirs = self._find_record(one), self._find_record(other)
            self._link(one, theirs)
            self._link(other, mine)
        for one, other in zip(scenes[4:5], scenes[5:6]):
            self._link(one, self._find_record(other))
        world = next(iter(self.town.boxes.values())).world
        for each in scenes[6:7]:
            world.delete(world.scenes[self._find_record(each)])
        self._run("tagManager", "doctor_check")

    def _link(self, scene: dict[str, Any], record: str) -> None:
        others = [each for each in scene["stash_ids"] if each["endpoint"] != self.first]
        self.town.ask(LINK, id=scene["id"], links=[*others, {"endpoint": self.first, "stash_id": record}])

    def _list_linked(self, size: int, page: int = 1) -> list[dict[str, Any]]:
        found = self.town.ask(OWNED, endpoint=self.first, page=page, size=size)
        return list(found["findScenes"]["scenes"])

    def _is_linked(self, row: dict[str, Any]) -> bool:
        return any(each["endpoint"] == self.first for each in row["stash_ids"])

    def _find_record(self, scene: dict[str, Any]) -> str:
        return next(str(each["stash_id"]) for each in scene["stash_ids"] if each["endpoint"] == self.first)

    def _rename(self, scenes: list[dict[str, Any]]) -> None:
        for scene in scenes:
            self.town.ask(RENAME, id=scene["id"], title=f"{scene['title'] or 'Untitled'} (uncut)")

    def _call(self, plugin: str, operation: str, **args: Any) -> Any:
        return self.town.ask(OPERATION, id=plugin, args={**args, "operation": operation})["runPluginOperation"]

    def _run(self, plugin: str, mode: str, **args: Any) -> None:
        job = self.town.ask(TASK, id=plugin, args={**args, "mode": mode})["runPluginTask"]
        self.town.stash.services.jobs.wait_for(int(job))


def list_scenes_of(world: World, kind: str, record: str) -> list[Scene]:
    """Return the box's scenes of a performer or studio, for the demo's past."""
    return [
        each
        for each in world.scenes.values()
        if record == each.studio_id or (kind == "performer" and record in [one.performer_id for one in each.performers])
    ]


def add_similar_scene(world: World, kind: str, record: str, number: int, days: int = 0) -> None:
    """Add a scene of today, or of a later day, with the values of one of this performer's or studio's.

    `number` chooses that scene.
    """
    about = list_scenes_of(world, kind, record)
    like, now = about[number % len(about)], datetime.now(timezone.utc)
    world.add_scene(
        f"{like.title} again",
        performers=like.performers,
        studio=world.studios.get(like.studio_id or ""),
        created=now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        release_date=(now + timedelta(days=days)).date().isoformat(),
        images=like.images,
        duration=like.duration or 1500,
    )


def make_edit(number: int, record: Scene, others: Sequence[Credit]) -> dict[str, Any]:
    """Return what a box's editors change in a scene of the demo: each a title, and in turn cast, code or the rest."""
    title = f"{record.title or 'Untitled'}: The Long Version"
    cast = {each.performer_id for each in record.performers}
    more = [each for each in others if each.performer_id not in cast][:1]
    rest = {"director": DIRECTOR, "details": f"{record.details or ''} Filmed in one long night.".strip()}
    parts: Sequence[dict[str, Any]] = ({"performers": [*record.performers, *more]}, {"code": f"LV-{number:03d}"}, rest)
    return {"title": title, **parts[number % len(parts)]}
