"""The demo: a Stash with a library and the plugins, two stash-boxes, Whisparr and Plex, all on this machine.

with Town("http://127.0.0.1:8390/index.yml") as town:
    town.stash.url
"""

from __future__ import annotations

import contextlib
import json
import urllib.request
from types import TracebackType
from typing import Any

from sandbox.demo.catalogue import DEMO, Sizes, build_world, make_catalogue
from sandbox.demo.library import MEDIA, stock_library
from sandbox.plex.server import PlexDouble
from sandbox.stash.profiles import LATEST
from sandbox.stash.server import SandboxStash, StashOptions
from sandbox.stash.stocking import Stock
from sandbox.stashbox.server import StashBox
from sandbox.whisparr.seeding import know_box, seed_states
from sandbox.whisparr.server import WhisparrDouble

# Whisparr offers itself for a box of this name only.
OFFERED = "query($url: String!) { availablePackages(type: Plugin, source: $url) { package_id } }"
INSTALL = "mutation($packages: [PackageSpecInput!]!) { installPackages(type: Plugin, packages: $packages) }"
BOXES = {"one": "StashDB", "two": "FansDB"}


class Town:
    """All doubles, connected; the plugins are installed from `source`. Nothing is kept between two starts."""

    def __init__(
        self,
        source: str = "",
        *,
        port: int = 0,
        sizes: Sizes = DEMO,
        profile: str = LATEST,
        stash: StashOptions | None = None,
        cover: str = "",
    ) -> None:
        self.catalogues = {box: make_catalogue(box=box, sizes=sizes) for box in BOXES}
        self.boxes = {box: StashBox(build_world(catalogue)) for box, catalogue in self.catalogues.items()}
        self.whisparr = WhisparrDouble()
        self.plex = PlexDouble()
        self._ending = contextlib.ExitStack()
        self.stash = SandboxStash(stash or StashOptions(profile=profile, port=port))
        self._source, self._cover = source, cover

    def __enter__(self) -> Town:
        with contextlib.ExitStack() as started:
            started.push(self._ending)
            self._start()
            self._fill()
            self._configure()
            if self._source:
                self._install()
            started.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.close()

    def _start(self) -> None:
        self._ending.enter_context(self.stash)
        self._ending.enter_context(self.whisparr.server)
        self._ending.enter_context(self.plex.server)
        for box in self.boxes.values():
            self._ending.enter_context(box)

    def _fill(self) -> None:
        catalogues = {self.boxes[box].endpoint: catalogue for box, catalogue in self.catalogues.items()}
        files = stock_library(Stock(self.stash.services.library), catalogues, self._cover)
        section = self.plex.state.add_section("Videos", MEDIA)
        for file in files:
            self.plex.state.add_item(section.id, file.path, size=file.size, duration=int(file.duration * 1000))
        first = self.catalogues["one"]
        owned = {file.path[-13:-5] for file in files}
        know_box(self.whisparr.state, first.scenes, first.studios)
        seed_states(self.whisparr.state, [scene.id for scene in first.scenes if scene.id[:8] not in owned])

    def _configure(self) -> None:
        configuration = self.stash.services.configuration
        boxes = [
            {"endpoint": box.endpoint, "api_key": box.key, "name": BOXES[name]} for name, box in self.boxes.items()
        ]
        configuration.change_general({"stashBoxes": boxes, "stashes": [{"path": MEDIA}]})
        whisparr = {"whisparrUrl": self.whisparr.url, "whisparrApiKey": self.whisparr.state.api_key}
        configuration.configure_plugin("missingScenes", whisparr)
        configuration.configure_plugin("stash2plex", {"plex_url": self.plex.url, "plex_token": self.plex.token})

    def _install(self) -> None:
        services = self.stash.services
        source = {"name": "This bundle", "url": self._source, "local_path": "bundle"}
        services.configuration.change_general({"pluginPackageSources": [source]})
        offered = self.ask(OFFERED, url=self._source)["availablePackages"]
        wanted = [{"id": package["package_id"], "sourceURL": self._source} for package in offered]
        services.jobs.wait_for(int(self.ask(INSTALL, packages=wanted)["installPackages"]))

    def ask(self, query: str, **variables: Any) -> Any:
        """Return the data of a request to the demo's Stash."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.stash.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as reply:
            document = json.load(reply)
        if document.get("errors"):
            raise RuntimeError(document["errors"][0]["message"])
        return document["data"]
