"""A Plex that uses the provider: added by its address, chosen for a library, asked at scans and refreshes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from plexsync.write.tag_lists import make_photo_url

from sandbox.plex.model import DiskFile, PlexMovie
from sandbox.plex.server import PlexDouble
from tests.stash2plex.provider.bench import ProviderBench, Reply, send

IDENTIFIER = "tv.plex.agents.custom.stash2plex"
PATH = "/data/acme/beach.mp4"


class PlexWithProvider:
    """A Plex double of release 1.43 whose library takes its metadata from the provider."""

    def __init__(self, plex: PlexDouble, bench: ProviderBench) -> None:
        self.plex, self.bench = plex, bench
        plex.state.version = "1.43.0.10467-2b1ba6e69"
        self.section = plex.state.add_section("Videos", "/data")

    def ask(self, method: str, path: str, **parameters: str) -> Reply:
        """Send what Plex's own pages send."""
        query = "&".join(f"{name}={value}" for name, value in parameters.items())
        headers = {"X-Plex-Token": self.plex.token, "Accept": "application/json"}
        return send(f"{self.plex.url}{path}?{query}", method=method, headers=headers)

    def use_provider(self) -> None:
        """Add the provider, make an agent of it, and choose it for the library."""
        assert self.ask("POST", "/media/providers/metadata", uri=self.bench.url).status == 200
        group = self.ask("POST", "/media/providers/metadata/group", title="Stash", primaryIdentifier=IDENTIFIER)
        number = str(group.json["MediaContainer"]["MetadataAgentProviderGroup"][0]["id"])
        section = f"/library/sections/{self.section.id}"
        assert self.ask("PUT", section, agent=IDENTIFIER, metadataAgentProviderGroupId=number).status == 200

    def find_file(self, path: str = PATH) -> PlexMovie:
        """Let Plex find a new file in a scan, and return its item."""
        self.plex.state.disk.append(DiskFile(path, self.section.id))
        assert self.ask("GET", f"/library/sections/{self.section.id}/refresh").status == 200
        return self.plex.state.find_by_file(path)[0]

    def refresh(self, item: PlexMovie) -> None:
        """Press Refresh Metadata."""
        assert self.ask("PUT", f"/library/metadata/{item.rating_key}/refresh").status == 200


@pytest.fixture
def plex(bench: ProviderBench) -> Iterator[PlexWithProvider]:
    double = PlexDouble()
    with double.server:
        running = PlexWithProvider(double, bench)
        running.use_provider()
        yield running
        assert double.server.unknown == []


def add_beach(bench: ProviderBench, **details: Any) -> int:
    stock = bench.stock
    people = [stock.add_performer("Ann", picture="ann"), stock.add_performer("Bea")]
    tags = [stock.add_tag("Outdoor"), stock.add_tag("Beach")]
    return bench.add_scene(
        PATH, studio=stock.add_studio("Acme"), performers=people, tags=tags, date="2024-05-01", **details
    )


def test_a_scan_matches_a_new_file_and_fills_its_item_without_a_lock(
    plex: PlexWithProvider, bench: ProviderBench
) -> None:
    number = add_beach(bench, details="Waves.")
    item = plex.find_file()
    assert plex.plex.state.provider_errors == []
    assert item.guid == f"{IDENTIFIER}://movie/scene-{number}"
    shown = {name: item.fields[name] for name in ("title", "summary", "studio", "originallyAvailableAt")}
    assert shown == {
        "title": "Beach day", "summary": "Waves.", "studio": "Acme", "originallyAvailableAt": "2024-05-01",
    }  # fmt: skip
    assert (item.tag_names("actor"), item.tag_names("genre")) == (["Ann", "Bea"], ["Beach", "Outdoor"])
    assert item.locks == set()


@pytest.mark.parametrize("is_relative", [False, True])
def test_both_forms_of_a_file_name_are_understood(
    plex: PlexWithProvider, bench: ProviderBench, is_relative: bool
) -> None:
    plex.plex.state.options.relative_filenames = is_relative
    number = add_beach(bench)
    assert plex.find_file().guid == f"{IDENTIFIER}://movie/scene-{number}"


def test_refresh_metadata_takes_the_present_values_and_keeps_all_others(
    plex: PlexWithProvider, bench: ProviderBench
) -> None:
    number = add_beach(bench)
    item = plex.find_file()
    before = dict(item.fields), item.tag_names("actor"), item.tag_names("genre")
    plex.refresh(item)
    assert (dict(item.fields), item.tag_names("actor"), item.tag_names("genre")) == before
    with bench.source.connect() as stash:
        stash.scenes.update(number, {"title": "Beach night", "performer_ids": []})
    item.locks.add("summary")
    item.fields["summary"] = "A person's own"
    plex.refresh(item)
    assert (item.title, item.tag_names("actor"), item.fields["summary"]) == ("Beach night", [], "A person's own")


def test_while_stash_is_away_a_refresh_changes_nothing(plex: PlexWithProvider, bench: ProviderBench) -> None:
    add_beach(bench)
    item = plex.find_file()
    before = dict(item.fields)
    server = bench.stash.double.server
    server.take_down()
    plex.refresh(item)
    assert item.fields == before
    (error,) = plex.plex.state.provider_errors
    assert error.startswith("status 503: ") and "Stash" in error
    server.bring_up()
    plex.refresh(item)
    assert len(plex.plex.state.provider_errors) == 1


def test_a_file_that_stash_does_not_have_stays_unmatched_without_an_error(plex: PlexWithProvider) -> None:
    item = plex.find_file("/data/acme/unknown.mp4")
    assert (item.guid.startswith("local://"), item.title, plex.plex.state.provider_errors) == (True, "unknown", [])


def test_fix_match_shows_scenes_and_takes_the_chosen_one(plex: PlexWithProvider, bench: ProviderBench) -> None:
    number = bench.add_scene("/elsewhere/other name.mp4", "Sunset walk", date="2023-02-01")
    item = plex.find_file()
    matches = plex.ask("GET", f"/library/metadata/{item.rating_key}/matches", manual="1", title="Sunset")
    (row,) = matches.json["MediaContainer"]["SearchResult"]
    assert (row["title"], row["year"]) == ("Sunset walk", 2023)
    assert plex.ask("PUT", f"/library/metadata/{item.rating_key}/match", guid=row["guid"], name="x").status == 200
    assert (item.title, item.guid) == ("Sunset walk", f"{IDENTIFIER}://movie/scene-{number}")
    plex.refresh(item)
    assert item.title == "Sunset walk"


def test_plex_shows_pictures_and_photos_of_a_stash_with_a_login(plex: PlexWithProvider, bench: ProviderBench) -> None:
    add_beach(bench)
    item = plex.find_file()
    for picture in ("thumb", "art"):
        reply = plex.ask("GET", f"/library/metadata/{item.rating_key}/{picture}/1")
        assert (reply.status, reply.body[:2]) == (200, b"\xff\xd8")
    photo = plex.plex.state.tag_photos["Ann"]
    address_for_photos = f"{bench.root}/{bench.access.photos_token}"  # as --check shows it, for the push
    assert photo == make_photo_url(f"{bench.stash.url}/performer/1/image?t=1", address_for_photos)
    assert plex.ask("GET", "/photo/:/transcode", url=photo, width="100", height="100").body[:2] == b"\xff\xd8"
    assert send(f"{bench.stash.url}/performer/1/image").status != 200  # Stash itself wants a login


def test_the_list_of_posters_shows_what_the_provider_has_now(plex: PlexWithProvider, bench: ProviderBench) -> None:
    number = add_beach(bench)
    item = plex.find_file()
    address = f"{bench.root}/{bench.access.sign_picture(f'/scene/{number}/screenshot')}/scene/{number}/screenshot"
    for kind in ("posters", "arts"):
        listed = plex.ask("GET", f"/library/metadata/{item.rating_key}/{kind}").json["MediaContainer"]["Metadata"]
        assert [row["provider"] for row in listed] == [IDENTIFIER]
        assert listed[0]["ratingKey"].startswith(address)
    assert plex.plex.state.provider_errors == []


def test_a_picture_of_the_push_stays_over_that_of_the_provider(plex: PlexWithProvider, bench: ProviderBench) -> None:
    add_beach(bench)
    item = plex.find_file()
    headers = {"X-Plex-Token": plex.plex.token}
    send(f"{plex.plex.url}/library/metadata/{item.rating_key}/posters", b"bytes of a poster", headers=headers)
    item.locks.add("thumb")  # as the push locks what it wrote
    plex.refresh(item)
    chosen = item.selected_picture("posters")
    assert chosen is not None and chosen.key.startswith("upload://")


@pytest.mark.parametrize(
    ("version", "address", "status"),
    [("1.42.2.10156-x", "", 404), ("1.43.0.1-x", "wrong-token-of-nobody", 400), ("1.43.0.1-x", "", 409)],
)
def test_plex_refuses_a_provider_that_it_cannot_use(
    plex: PlexWithProvider, bench: ProviderBench, version: str, address: str, status: int
) -> None:
    plex.plex.state.version = version
    uri = f"{bench.root}/{address}" if address else bench.url
    assert plex.ask("POST", "/media/providers/metadata", uri=uri).status == status


def test_a_whole_library_that_changes_its_agent_is_matched_by_a_forced_refresh(
    plex: PlexWithProvider, bench: ProviderBench
) -> None:
    paths = [f"/data/acme/{number}.mp4" for number in range(12)]
    items = [plex.plex.state.add_item(plex.section.id, path) for path in paths]
    for place, path in enumerate(paths):
        bench.add_scene(path, f"Scene of Stash {place}")
    assert plex.ask("GET", f"/library/sections/{plex.section.id}/refresh", force="1").status == 200
    assert [item.title for item in items] == [f"Scene of Stash {place}" for place in range(12)]
