"""Performers, studios, tags, favorites and searches: what is read, and what raises NotOffered."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import BodyMark as SandboxMark
from sandbox.stashbox.model import SiteLink as SandboxLink
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from shared.errors import BadReply, GraphQLFailed, ServerFailed
from shared.stash_box import BodyMark, Category, LookupFound, Performer, Ref, SiteLink, StashBoxClient
from tests.shared.stash_box.conftest import Connect, require_hits


def find_performer(client: StashBoxClient, performer_id: str) -> Performer:
    outcome = client.find_performer(performer_id)
    assert isinstance(outcome, LookupFound)
    return outcome.record


def test_a_performer_is_read_whole(world: World, client: StashBoxClient) -> None:
    site = world.add_site("Home")
    facts = {
        "disambiguation": "guide",
        "gender": "NON_BINARY",
        "birth_date": "1990-05",
        "ethnicity": "OTHER",
        "country": "DK",
        "eye_color": "GREEN",
        "hair_color": "AUBURN",
        "height": 170,
        "band_size": 34,
        "waist_size": 26,
        "career_start_year": 2010,
    }
    made = world.add_performer(
        "Ann",
        aliases=["A", "An, Na"],
        links=[SandboxLink("https://ann.example/", site.id)],
        tattoos=[SandboxMark("Arm", "fern")],
        images=[world.add_picture(kind="png")],
        **facts,
    )
    performer = find_performer(client, made.id)
    assert {name: getattr(performer, name) for name in facts} == facts
    assert (performer.aliases, performer.links) == (("A", "An, Na"), (SiteLink("https://ann.example/", "HOME"),))
    assert (performer.tattoos, performer.piercings) == ((BodyMark("Arm", "fern"),), ())
    assert (performer.is_favorite, performer.deleted, performer.images[0].height) == (False, False, 900)


def test_a_performer_of_whom_nothing_is_known_is_read(world: World, client: StashBoxClient) -> None:
    made = world.add_performer("Bare")
    performer = find_performer(client, made.id)
    assert performer == Performer(made.id, "Bare", is_favorite=False, updated=made.updated)


@pytest.mark.parametrize("accuracy", ["1990", "1990-05", "1990-05-17"])
def test_birth_dates_are_as_exact_as_the_box_knows_them(world: World, client: StashBoxClient, accuracy: str) -> None:
    made = world.add_performer("Ann", birth_date=accuracy)
    assert find_performer(client, made.id).birth_date == accuracy


@pytest.mark.parametrize("impossible", ["1999-02-30", "0000", "2001-13", "soon", "1999-00-00"])
def test_a_date_that_no_calendar_has_is_left_out(world: World, client: StashBoxClient, impossible: str) -> None:
    made = world.add_performer("Ann", birth_date=impossible, country="NO")
    found = find_performer(client, made.id)
    assert (found.birth_date, found.country) == (None, "NO")


def test_a_studio_is_read_with_its_network(world: World, client: StashBoxClient) -> None:
    network = world.add_studio("Network")
    made = world.add_studio("Child", parent=network, aliases=["Kid"], images=[world.add_picture(kind="svg")])
    outcome = client.find_studio(made.id)
    assert isinstance(outcome, LookupFound)
    studio = outcome.record
    assert (studio.parent, studio.aliases, studio.images[0].width) == (Ref(network.id, "Network"), ("Kid",), -1)


def test_all_tags_come_with_their_categories(world: World, box: StashBox, client: StashBoxClient) -> None:
    season = world.add_category("Season", description="Times of the year")
    for number in range(230):
        world.add_tag(f"Tag {number:03d}", category=season if number else None)
    long = world.add_tag("L" * 300, description="long", aliases=["x"])
    listed = client.read_tag_list()
    tags = {tag.id: tag for tag in listed.tags}
    assert (len(tags), len(tags[long.id].name), tags[long.id].category) == (231, 300, None)
    assert listed.categories == (Category(season.id, "Season", "SCENE", "Times of the year"),)


def test_deleted_tags_are_not_listed(world: World, client: StashBoxClient) -> None:
    world.add_tag("Kept")
    world.delete(world.add_tag("Gone"))
    assert [tag.name for tag in client.read_tag_list().tags] == ["Kept"]


def test_a_tag_list_is_complete_or_an_error(world: World, box: StashBox, client: StashBoxClient) -> None:
    for number in range(250):
        world.add_tag(f"{number}")
    box.server.faults.add("graphql_error", operation="queryTags", after=1)
    with pytest.raises(GraphQLFailed):
        client.read_tag_list()


def test_a_tag_list_shorter_than_announced_is_an_error(world: World, box: StashBox, client: StashBoxClient) -> None:
    content = '{"data":{"found":{"count":3,"tags":[{"id":"1","name":"a"}],"tag_categories":[]}}}'
    box.server.faults.add("answer", content=content, content_type="application/json")
    with pytest.raises(BadReply, match="announced 3 tags and sent 1"):
        client.read_tag_list()


@pytest.mark.parametrize("created", [None, "2024-01-01T00:00:00Z"])
def test_favorites_with_equal_names_are_all_read(world: World, client: StashBoxClient, created: str | None) -> None:
    times = {"created": created} if created else {}
    namesakes = [world.add_performer(f"P {number // 7}", **times) for number in range(250)]
    world.accounts["sandbox-box-key"].performers.update(each.id for each in namesakes)
    assert {each.id for each in client.read_favorite_performers()} == {each.id for each in namesakes}


def test_favorites_are_written_and_read_back(world: World, client: StashBoxClient) -> None:
    performers = [world.add_performer(f"P {number}") for number in range(120)]
    studio = world.add_studio("Trail")
    for performer in performers:
        client.set_favorite_performer(performer.id, True)
    client.set_favorite_performer(performers[0].id, False)
    client.set_favorite_studio(studio.id, True)
    assert {each.id for each in client.read_favorite_performers()} == {each.id for each in performers[1:]}
    (liked,) = client.read_favorite_studios()
    assert (liked.name, liked.is_favorite) == ("Trail", True)


def test_half_a_list_of_favorites_is_an_error(world: World, box: StashBox, client: StashBoxClient) -> None:
    for number in range(150):
        client.set_favorite_performer(world.add_performer(f"{number}").id, True)
    box.server.faults.add("server_error", operation="queryPerformers", body='"page":(2|3|4|5|6)[,}]')
    with pytest.raises(ServerFailed):
        client.read_favorite_performers()


def test_a_favorite_the_box_refuses_is_an_error(world: World, client: StashBoxClient) -> None:
    gone = world.add_performer("Gone")
    world.delete(gone)
    with pytest.raises(GraphQLFailed, match="unable to make favorite"):
        client.set_favorite_performer(gone.id, True)


def test_an_unconfirmed_favorite_is_an_error(world: World, box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("answer", content='{"data":{"done":false}}', content_type="application/json")
    with pytest.raises(BadReply, match="did not confirm"):
        client.set_favorite_studio(world.add_studio("S").id, True)


@pytest.mark.parametrize("profile", ["box", "old_box"])
def test_searches_use_what_the_box_has(
    world: World, connect: Connect, request: pytest.FixtureRequest, profile: str
) -> None:
    client = connect(request.getfixturevalue(profile))
    world.add_performer("Ann Moss", aliases=["Annie"])
    world.add_studio("Trail Films")
    world.add_tag("Hill")
    (performers,), (studios,) = client.search_many_performers(["annie"]), client.search_many_studios(["Trail Films"])
    assert [each.name for each in require_hits(performers["annie"])] == ["Ann Moss"]
    assert [each.name for each in require_hits(studios["Trail Films"])] == ["Trail Films"]
    assert [each.name for each in client.search_tags("hil")] == ["Hill"]
    assert client.search_tags("nothing") == []


@pytest.mark.parametrize("profile", ["box", "old_box"])
def test_many_names_are_searched_in_few_requests(
    world: World, connect: Connect, request: pytest.FixtureRequest, profile: str
) -> None:
    box = request.getfixturevalue(profile)
    names = [world.add_performer(f"Ann {letter * 4}").name for letter in "bcdefghijklm"]
    pieces = connect(box).search_many_performers([*names, "nobody"])
    found = {term: hits for piece in pieces for term, hits in piece.items()}
    assert {term: [(hit.name, hit.scene_count) for hit in require_hits(hits)] for term, hits in found.items()} == {
        **{name: [(name, 0)] for name in names},
        "nobody": [],
    }
    assert len(box.server.traffic.requests("Search")) == 2


def test_a_failed_search_is_no_empty_one(box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("answer", content='{"data":{"found":null}}', content_type="application/json")
    with pytest.raises(BadReply):
        client.search_tags("hill")
