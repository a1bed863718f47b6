"""Collections of the sandbox's Plex: the unmodified plexapi makes, fills, shows and deletes them."""

from __future__ import annotations

from typing import Any

import pytest
from plexapi.exceptions import BadRequest

from sandbox.plex.pictures import draw_composite
from sandbox.plex.server import PlexDouble


@pytest.fixture
def section(plex: PlexDouble, client: Any) -> Any:
    """A library with three items, as plexapi sees it."""
    for title, date in (("Lake", "2020-01-01"), ("Attic", "2021-01-01")):
        plex.state.add_item(3, f"/data/{title}.mp4", title=title).fields["originallyAvailableAt"] = date
    return client.library.sectionByID(3)


def test_a_plain_collection_is_made_filled_sorted_and_renamed(plex: PlexDouble, section: Any) -> None:
    lake, attic, beach = (section.get(title) for title in ("Lake", "Attic", "Beach day"))
    made = section.createCollection("Water", items=[lake, beach])
    assert [made.smart, made.childCount, lake.reload().collections[0].tag] == [False, 2, "Water"]
    made.addItems(attic)
    made.removeItems(beach)
    assert [each.title for each in made.reload().items()] == ["Lake", "Attic"]
    made.sortUpdate("alpha")
    assert [each.title for each in made.reload().items()] == ["Attic", "Lake"]
    made.sortUpdate("custom").moveItem(attic)
    assert [each.title for each in made.reload().items()] == ["Attic", "Lake"]
    made.editTitle("By the water").addLabel("Mine")
    assert [each.tag for each in made.reload().labels] == ["Mine"]
    assert section.get("Lake").collections[0].tag == "By the water"


def test_a_collection_without_a_poster_shows_a_collage_of_its_members(plex: PlexDouble, section: Any) -> None:
    made = section.createCollection("Water", items=[section.get("Lake"), section.get("Attic")])
    assert made.thumb.startswith(f"/library/collections/{made.ratingKey}/composite/")
    read = made._server._session.get(plex.url + made.thumb, headers={"X-Plex-Token": plex.token})
    assert (read.status_code, read.content) == (200, draw_composite(plex.state, plex.state.items[made.ratingKey]))
    made.uploadPoster(url="http://example.org/poster.jpg")
    assert "/composite/" not in made.reload().thumb


def test_a_smart_collection_follows_its_search_and_takes_no_items(section: Any) -> None:
    section.get("Lake").addGenre("Water")
    made = section.createCollection("Wet", smart=True, filters={"genre": "Water"})
    assert [each.title for each in made.items()] == ["Lake"]
    section.get("Attic").addGenre("Water")
    assert [each.title for each in made.reload().items()] == ["Attic", "Lake"]
    with pytest.raises(BadRequest, match="smart"):
        made.addItems(section.get("Beach day"))


def test_a_collection_is_promoted_and_its_row_is_removed(plex: PlexDouble, section: Any) -> None:
    made = section.createCollection("Water", items=[section.get("Lake")])
    hub = made.visibility()
    assert (hub._promoted, hub.promotedToOwnHome) == (False, False)
    hub.updateVisibility(recommended=True)
    again = made.visibility()
    assert (again.promotedToRecommended, again.promotedToSharedHome) == (True, False)
    again.promoteHome()
    assert plex.state.hubs[made.ratingKey] == {"promotedToRecommended", "promotedToOwnHome"}
    made.visibility().remove()
    assert plex.state.hubs == {}


def test_a_collection_is_deleted_only_where_media_may_be(plex: PlexDouble, section: Any) -> None:
    made = section.createCollection("Water", items=[section.get("Lake")])
    with pytest.raises(BadRequest, match="403"):
        made.delete()
    plex.state.options.allow_deletion = True
    made.delete()
    assert (section.collections(), section.get("Lake").collections) == ([], [])


def test_a_taken_title_is_refused_and_a_long_list_needs_pages(plex: PlexDouble, section: Any) -> None:
    made = section.createCollection("Water", items=[section.get("Lake")])
    section.createCollection("Attics", items=[section.get("Attic")])
    with pytest.raises(BadRequest, match="409"):
        made.editTitle("attics")
    found = plex.state.items[made.ratingKey]
    for number in range(150):
        plex.state.join_collection(found, plex.state.add_item(3, f"/data/more/{number}.mp4"))
    assert (len(made.reload().items()), made.childCount) == (151, 151)
    unpaged = section._server.query(f"/library/collections/{made.ratingKey}/items")
    assert (len(unpaged), unpaged.attrib["totalSize"]) == (100, "151")
