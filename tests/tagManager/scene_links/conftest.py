"""A library whose scenes have files, of which the box knows the fingerprints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint, Scene, Tag
from tests.tagManager.conftest import Bench


class Clinic:
    """Shortcuts for links that are right or wrong."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._number = 0

    def make_file(self, duration: float = 1200.0) -> VideoFile:
        """Return a file with hashes of its own."""
        self._number += 1
        oshash, phash = self._number * 0x0101_0101_0101, (self._number * 0x9E37_79B9_7F4A_7C15) % (1 << 64)
        return VideoFile(f"/media/{self._number}.mp4", duration=duration, oshash=f"{oshash:016x}", phash=f"{phash:x}")

    def add_remote(
        self, title: str, *files: VideoFile, duration: int | None = 1200, votes: int = 3, tags: Sequence[Tag] = ()
    ) -> Scene:
        """Add a scene to the box that has the fingerprints of these files."""
        prints = [
            Fingerprint(int(value, 16), kind, round(file.duration), votes)
            for file in files
            for kind, value in (("OSHASH", file.oshash), ("PHASH", file.phash))
        ]
        return self.bench.world.add_scene(title, duration=duration, fingerprints=prints, tags=tags)

    def own(self, remote: Scene, file: VideoFile, title: str = "") -> int:
        """Add a scene with this file to the library, linked to a scene of the box."""
        link = self.bench.link(remote)
        return self.bench.stock.add_scene(title or f"Mine {remote.title}", stash_ids=[link], file=file)

    def mix_up(self, title: str = "Wrong", tags: Sequence[Tag] = ()) -> tuple[int, Scene, Scene]:
        """Add a scene that is linked to a wrong record of another length; return it, that record and the right one."""
        file = self.make_file()
        right = self.add_remote(f"Right for {title}", file)
        wrong = self.add_remote(title, self.make_file(600), duration=600, tags=tags)
        return self.own(wrong, file, f"Mine {title}"), wrong, right

    def check(self, **args: Any) -> Any:
        """Run the check of all links and return its result."""
        return self.bench.task("doctor_check", **args)

    def rows(self, **args: Any) -> list[dict[str, Any]]:
        """Return the listed links."""
        rows: list[dict[str, Any]] = self.bench.operate("doctor_list", **args)["rows"]
        return rows

    def codes(self, **args: Any) -> dict[int, list[str]]:
        """Return the codes of the reasons by scene."""
        return {row["scene"]["id"]: [each["code"] for each in row["reasons"]] for row in self.rows(**args)}

    def plan(self, row: dict[str, Any], action: str, **more: Any) -> Any:
        """Plan a repair of a listed link."""
        key = {"scene_id": row["scene"]["id"], "endpoint": row["endpoint"], "remote_id": row["remote"]["id"]}
        target = {"target": more.pop("target")} if "target" in more else {}
        return self.bench.operate("doctor_plan", entries=[{**key, "action": action, **target}], **more)

    def links_of(self, scene: int) -> list[str]:
        """Return the ids to which a scene is linked."""
        row = self.bench.stash.scenes.get(scene, "stash_ids { stash_id }")
        assert row is not None
        return [link["stash_id"] for link in row["stash_ids"]]


@pytest.fixture
def clinic(bench: Bench) -> Clinic:
    return Clinic(bench)
