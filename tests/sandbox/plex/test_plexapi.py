"""The sandbox's Plex against an independent client: plexapi, unmodified."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from plexapi.exceptions import BadRequest, NotFound, Unauthorized

from sandbox.plex.model import GUEST, DiskFile, PlexMovie, Unavailable
from sandbox.plex.server import PlexDouble
from sandbox.plex.watching import play_item

Connect = Callable[[str], Any]


def test_connecting_tells_who_the_server_is(client: Any, plex: PlexDouble) -> None:
    assert (client.machineIdentifier, client.friendlyName) == (plex.state.machine_id, "Example Plex")


def test_a_wrong_token_is_unauthorized(connect: Connect) -> None:
    with pytest.raises(Unauthorized):
        connect("wrong")


def test_libraries_show_their_folders(client: Any, plex: PlexDouble) -> None:
    plex.state.add_section("Clips", "O:\\Media\\Clips", "P:\\More")
    assert client.library.section("clips").locations == ["O:\\Media\\Clips", "P:\\More"]


def test_an_item_shows_its_file(movie: Any) -> None:
    assert (movie.locations, movie.media[0].parts[0].size) == (["/data/acme/beach.mp4"], 123456)


def test_titles_are_found_by_a_part_of_them(client: Any) -> None:
    section = client.library.sectionByID(3)
    assert [movie.title for movie in section.search(title="EACH")] == ["Beach day"]
    assert section.search(title="mountain") == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [({"genre": "Outdoor"}, 1), ({"studio": "Acm"}, 1), ({"studio==": "Acm"}, 0), ({"addedAt>>": "1d"}, 1)],
)
def test_searches_filter_as_plexapi_asks(movie: Any, client: Any, filters: dict[str, str], found: int) -> None:
    movie.addGenre("Outdoor").editStudio("Acme")
    assert len(client.library.sectionByID(3).search(**filters)) == found


def test_pages_come_one_after_the_other(client: Any, plex: PlexDouble) -> None:
    for number in range(250):
        plex.state.add_item(3, f"/data/{number:03}.mp4")
    assert len(client.library.sectionByID(3).all()) == 251
    pages = plex.server.traffic.requests(path="/library/sections/3/all")
    assert [page.header("x-plex-container-start") for page in pages] == ["0", "100", "200"]


def test_fields_are_edited_and_locked(movie: Any) -> None:
    movie.batchEdits().editTitle("Пляж & море + 100%").editSummary("a\nb").editStudio("Acme").saveEdits()
    movie.reload()
    assert (movie.title, movie.summary, movie.studio) == ("Пляж & море + 100%", "a\nb", "Acme")
    assert all(movie.isLocked(field) for field in ("title", "summary", "studio"))


def test_a_lock_can_be_taken_off(movie: Any) -> None:
    movie.editTitle("x").editTitle("y", locked=False).reload()
    assert not movie.isLocked("title")


@pytest.mark.parametrize("mode", ["replace", "merge"])
def test_genres_are_added_and_removed(movie: Any, plex: PlexDouble, mode: str) -> None:
    plex.state.options.tag_put = mode
    movie.addGenre(["Outdoor", "sun, sea", "100%"]).reload()
    movie.removeGenre(["Outdoor", "sun, sea"]).reload()
    movie.addGenre("More").reload()
    assert [genre.tag for genre in movie.genres] == ["100%", "More"]


def test_a_collection_exists_while_something_is_in_it(movie: Any, client: Any) -> None:
    section = client.library.sectionByID(3)
    movie.addCollection("Acme").reload()
    assert [each.title for each in section.collections()] == ["Acme"]
    assert [member.title for member in section.collection("Acme").items()] == ["Beach day"]
    movie.removeCollection("Acme")
    assert section.collections() == []


def test_a_poster_is_uploaded_chosen_and_kept_by_its_hash(movie: Any) -> None:
    movie.uploadPoster(filepath=io.BytesIO(b"first"))
    movie.uploadPoster(filepath=io.BytesIO(b"second"))
    movie.uploadPoster(filepath=io.BytesIO(b"first"))
    keys = [f"upload://posters/{hashlib.sha1(data).hexdigest()}" for data in (b"first", b"second")]
    assert [(poster.ratingKey, poster.selected) for poster in movie.posters()] == [(keys[0], True), (keys[1], False)]


def test_another_poster_can_be_chosen_and_locked(movie: Any) -> None:
    movie.uploadPoster(filepath=io.BytesIO(b"first")).uploadPoster(filepath=io.BytesIO(b"second"))
    movie.posters()[0].select()
    movie.lockPoster().reload()
    assert [poster.selected for poster in movie.posters()] == [True, False]
    assert movie.isLocked("thumb")


def test_a_background_is_uploaded(movie: Any) -> None:
    movie.uploadArt(filepath=io.BytesIO(b"wide")).reload()
    assert movie.art
    assert len(movie.arts()) == 1


def test_stars_are_given_and_taken_back(movie: Any) -> None:
    movie.rate(8.5).reload()
    assert movie.userRating == 8.5
    movie.rate().reload()
    assert movie.userRating is None


def test_a_scan_names_its_folder_and_files_appear_when_due(client: Any, plex: PlexDouble) -> None:
    plex.state.disk += [new_file("/data/new one/a.mp4", delay=90), new_file("/data/other/b.mp4")]
    section = client.library.sectionByID(3)
    section.update("/data/new one")
    assert (plex.state.scans[-1].path, section.totalSize) == ("/data/new one", 1)
    plex.state.advance(90)
    assert [found.title for found in section.search(title="a", sort="addedAt:desc")][:1] == ["a"]
    assert section.search(title="b.") == []


def test_a_metadata_refresh_changes_unlocked_fields_only(movie: Any, item: PlexMovie) -> None:
    item.source = {"title": "From the net", "summary": "From the net"}
    movie.editTitle("Mine").editSummary("Mine", locked=False).refresh()
    movie.reload()
    assert (movie.title, movie.summary) == ("Mine", "From the net")


def test_a_list_shows_two_tags_of_a_kind_and_no_locks(movie: Any, client: Any) -> None:
    movie.addGenre(["a", "b", "c"])
    shown = client.fetchItems("/library/sections/3/all")[0]
    assert [tag.attrib["tag"] for tag in shown._data.iter("Genre")] == ["a", "b"]
    assert shown._data.find("Field") is None


def test_an_item_that_is_gone_is_not_found(movie: Any, plex: PlexDouble) -> None:
    plex.state.remove_item(movie.ratingKey)
    with pytest.raises(NotFound):
        movie.reload()


def test_emptying_the_trash_removes_what_is_in_it(client: Any, plex: PlexDouble, item: PlexMovie) -> None:
    plex.state.trash_item(item)
    section = client.library.sectionByID(3)
    assert section.totalSize == 1
    section.emptyTrash()
    assert section.all() == []


def test_a_bad_date_breaks_and_an_unknown_field_is_refused(movie: Any) -> None:
    with pytest.raises(BadRequest, match="500"):
        movie.edit(**{"originallyAvailableAt.value": "March"})
    with pytest.raises(BadRequest, match="400"):
        movie.edit(**{"nonsense.value": "x"})


def test_a_guest_may_look_and_not_edit(connect: Connect) -> None:
    section = connect("guest-token").library.sectionByID(3)
    assert not section.allowSync
    with pytest.raises(BadRequest, match="403"):
        section.get("Beach day").editTitle("x")


def test_a_server_in_maintenance_answers_503_with_its_reason(plex: PlexDouble, connect: Connect) -> None:
    plex.state.unavailable = Unavailable(status="Migrating")
    with pytest.raises(BadRequest, match=r"503.*Migrating"):
        connect(plex.token)


def new_file(path: str, delay: float = 0) -> DiskFile:
    return DiskFile(path, 3, delay=delay)


def test_scans_show_as_activities_until_they_end(client: Any, plex: PlexDouble) -> None:
    plex.state.disk.append(new_file("/data/a.mp4", delay=5))
    section = client.library.sectionByID(3)
    client.library.update()
    assert [activity.title for activity in client.activities] == ["Scanning Videos"]
    section.cancelUpdate()
    plex.state.advance(10)
    assert (client.activities, section.totalSize) == ([], 1)


def test_a_forced_refresh_asks_the_source_for_the_whole_library(client: Any, item: PlexMovie) -> None:
    item.source = {"summary": "From the net"}
    client.library.sectionByID(3).refresh()
    assert item.fields["summary"] == "From the net"


def test_the_settings_tell_the_maintenance_window(client: Any) -> None:
    assert client.settings.get("ButlerStartHour").value == 2


@pytest.mark.parametrize(
    ("sort", "first"), [("titleSort", "a"), ("titleSort:desc", "Beach day"), ("addedAt:desc", "a"), ("updatedAt", "a")]
)
def test_lists_come_in_the_order_asked_for(
    client: Any, plex: PlexDouble, item: PlexMovie, sort: str, first: str
) -> None:
    item.added_at, item.updated_at = 1_000, 2_000_000_000
    plex.state.add_item(3, "/data/a.mp4")
    found = client.library.sectionByID(3).search(sort=sort, limit=1)
    assert [movie.title for movie in found] == [first]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"year": 2024}, 1),
        ({"year>>": 2024}, 0),
        ({"title!": "beach"}, 0),
        ({"title<": "bea"}, 1),
        ({"title>": "bea"}, 0),
        ({"genre!": "Outdoor"}, 0),
        ({"userRating>>": 8}, 1),
        ({"unmatched": True}, 1),
        ({"guid": "local://1"}, 1),
        ({"updatedAt<<": "1d"}, 0),
    ],
)
def test_more_searches_filter_as_plexapi_asks(movie: Any, client: Any, filters: dict[str, Any], found: int) -> None:
    movie.addGenre("Outdoor").editOriginallyAvailable("2024-03-01").editUserRating(8.5)
    assert len(client.library.sectionByID(3).search(**filters)) == found


def test_a_poster_may_be_an_address_plex_fetches(movie: Any) -> None:
    movie.uploadPoster(url="http://stash/poster.jpg")
    assert [poster.ratingKey for poster in movie.posters()] == ["http://stash/poster.jpg"]
    movie.deletePoster()
    assert movie.reload().isLocked("thumb")


def test_several_items_are_edited_at_once(client: Any, plex: PlexDouble) -> None:
    plex.state.add_item(3, "/data/a.mp4")
    section = client.library.sectionByID(3)
    section.batchMultiEdits(section.all()).editStudio("Acme").saveMultiEdits()
    assert [movie.studio for movie in section.all()] == ["Acme", "Acme"]


def test_deleting_takes_the_item_where_it_is_allowed(movie: Any, plex: PlexDouble) -> None:
    plex.state.options.allow_deletion = True
    movie.delete()
    assert plex.state.find_item(1) is None


def test_plays_belong_to_their_account_and_marks_leave_no_history(
    movie: Any, client: Any, connect: Connect, plex: PlexDouble
) -> None:
    item = plex.state.find_item(movie.ratingKey)
    assert item is not None
    play_item(plex.state, item, 1_700_000_000)
    guest = connect("guest-token").fetchItem(movie.ratingKey)
    guest.markPlayed().rate(4.0)
    movie.updateProgress(30_000)
    movie.reload()
    guest.reload()
    assert (movie.viewCount, movie.viewOffset, movie.userRating) == (1, 30_000, None)
    assert (guest.viewCount, guest.viewOffset, guest.userRating) == (1, 0, 4.0)
    assert [(play.accountID, play.ratingKey) for play in client.history()] == [(1, movie.ratingKey)]
    movie.markUnplayed().reload()
    assert (movie.viewCount, movie.viewOffset, movie.lastViewedAt) == (0, 0, None)
    assert [account.id for account in client.systemAccounts()] == [1, GUEST]
    with pytest.raises(Unauthorized):
        connect("guest-token").history()
