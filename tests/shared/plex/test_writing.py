"""Writing items: one request, checked by reading back, whatever kind of server it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from sandbox.plex.model import PlexMovie as KeptItem
from sandbox.plex.model import TagValue
from sandbox.plex.server import PlexDouble
from shared.errors import AuthRejected, NotFound, Refused, ServerFailed, TimedOut, Unreachable, WrongService
from shared.http import NO_RETRIES, Http, Timeouts
from shared.plex import images
from shared.plex.client import Plex
from shared.plex.diff import LastWrite, WantedItem, diff_item
from shared.plex.edits import ItemEdit, TagEdit, edit_tags
from shared.plex.errors import NotTaken, UnusableImage
from shared.plex.images import ARTS, POSTERS, find_image_fault
from shared.plex.model import PlexImage, PlexTag
from shared.plex.wire import make_plex_service

Connect = Callable[..., Plex]
JPEG, PNG, WEBP = b"\xff\xd8\xff\xe0one\xff\xd9", b"\x89PNG\r\n\x1a\ntwoIEND", b"RIFF\x00\x00\x00\x00WEBPthree"
SERVERS = [(put, mixed) for put in ("replace", "merge") for mixed in ("both", "set", "remove")]


def count_writes(double: PlexDouble) -> int:
    return sum(request.method != "GET" for request in double.server.traffic.requests())


@pytest.fixture(params=SERVERS, ids="-".join)
def any_server(request: pytest.FixtureRequest, double: PlexDouble) -> PlexDouble:
    double.state.options.tag_put, double.state.options.mixed_tags = request.param
    return double


def test_an_edit_is_one_request_and_shows_afterwards(plex: Plex, double: PlexDouble, kept: KeptItem) -> None:
    edit = ItemEdit(
        {"title": "Пляж", "studio": "Acme"}, {"genre": TagEdit((PlexTag("sun, sea"), PlexTag("100%")))}, {"thumb": True}
    )
    result = plex.apply_edit(plex.read_item("1"), edit)
    assert (result.item.fields["title"], result.notes) == ("Пляж", ())
    assert kept.tag_names("genre") == ["sun, sea", "100%"]
    assert kept.locks == {"title", "studio", "genre", "thumb"}
    assert count_writes(double) == 1


def test_tags_change_and_a_persons_tag_stays_on_every_kind_of_server(
    plex: Plex, any_server: PlexDouble, kept: KeptItem
) -> None:
    kept.tags["genre"] = [TagValue(name) for name in ("human", "old, one", "kept")]
    wanted = WantedItem(tags={"genre": [PlexTag("kept"), PlexTag("new")]})
    written = LastWrite(tags={"genre": [PlexTag("old, one"), PlexTag("kept")]})
    result = plex.apply_edit(plex.read_item("1"), diff_item(plex.read_item("1"), wanted, written).edit)
    assert kept.tag_names("genre") == ["human", "kept", "new"]
    assert diff_item(result.item, wanted, LastWrite(tags=wanted.tags)).edit.is_empty


def test_a_server_that_cannot_mix_is_asked_in_two_requests_from_then_on(
    plex: Plex, double: PlexDouble, kept: KeptItem
) -> None:
    double.state.options.tag_put, double.state.options.mixed_tags = "merge", "set"
    for old, new in (("a", "b"), ("b", "c")):
        kept.tags["genre"] = [TagValue(old)]
        item = plex.read_item("1")
        plex.apply_edit(item, ItemEdit(tags={"genre": edit_tags(item, "genre", [PlexTag(new)], [old])}))
        assert kept.tag_names("genre") == [new]
    assert plex.splits_tags
    assert count_writes(double) == 4


def test_clearing_all_our_tags_clears_them_on_every_kind_of_server(
    plex: Plex, any_server: PlexDouble, kept: KeptItem
) -> None:
    kept.tags["genre"] = [TagValue("a"), TagValue("b, c")]
    item = plex.read_item("1")
    plex.apply_edit(item, diff_item(item, WantedItem(tags={"genre": ()}), LastWrite(tags=item.tags)).edit)
    assert kept.tag_names("genre") == []


def test_actors_come_in_order_with_role_and_photo(plex: Plex, any_server: PlexDouble, kept: KeptItem) -> None:
    cast = (PlexTag("Ann Example", "Host", "http://stash/ann.jpg"), PlexTag("Bo Sample"))
    result = plex.apply_edit(plex.read_item("1"), ItemEdit(tags={"actor": TagEdit(cast)}))
    assert result.item.tags["actor"] == cast


def test_clearing_a_field_empties_it(plex: Plex, kept: KeptItem) -> None:
    kept.fields["studio"] = "Acme"
    assert plex.apply_edit(plex.read_item("1"), ItemEdit({"studio": ""})).item.fields["studio"] == ""


def test_undoing_gives_value_and_lock_back(plex: Plex, kept: KeptItem) -> None:
    before = plex.read_item("1")
    plex.apply_edit(before, ItemEdit({"title": "new"}))
    plex.apply_edit(before, ItemEdit({"title": before.fields["title"]}, locks={"title": "title" in before.locks}))
    assert (kept.title, kept.locks) == ("Beach day", set())


def test_an_empty_edit_sends_nothing(plex: Plex, double: PlexDouble) -> None:
    item = plex.read_item("1")
    assert plex.apply_edit(item, ItemEdit()).item is item
    assert len(double.server.traffic.requests()) == 1


def test_values_plex_writes_its_own_way_are_noted(plex: Plex, double: PlexDouble) -> None:
    item = plex.read_item("1")
    double.server.faults.add("answer", method="PUT", content="")
    assert plex.apply_edit(item, ItemEdit({"title": "new"})).notes == ("Plex writes title its own way",)


def test_tags_plex_never_shows_are_an_error_not_a_success(plex: Plex, double: PlexDouble) -> None:
    item = plex.read_item("1")
    double.server.faults.add("answer", method="PUT", content="")
    with pytest.raises(NotTaken, match=r'edit of "Beach day" and does not show it \(genre\)'):
        plex.apply_edit(item, ItemEdit(tags={"genre": TagEdit((PlexTag("new"),))}))


def test_a_refresh_by_plex_keeps_what_was_written(plex: Plex, double: PlexDouble, kept: KeptItem) -> None:
    kept.source, kept.source_tags = {"title": "From the net"}, {"genre": ["From the net"]}
    plex.apply_edit(plex.read_item("1"), ItemEdit({"title": "Ours"}, {"genre": TagEdit((PlexTag("ours"),))}))
    double.state.refresh_section(3)
    assert (kept.title, kept.tag_names("genre")) == ("Ours", ["ours"])


def test_a_summary_without_room_is_shortened_and_said_so(plex: Plex, double: PlexDouble, kept: KeptItem) -> None:
    double.state.options.longest_line = 20_000
    notes = plex.send_edit(plex.read_item("1"), ItemEdit({"summary": "ж" * 9_000}))
    assert notes == ["summary shortened to 2,000 characters: Plex had no room for more"]
    assert len(kept.fields["summary"]) == 2_000


def test_an_edit_too_long_for_any_request_line_is_cut_before_it_is_sent(plex: Plex, kept: KeptItem) -> None:
    notes = plex.send_edit(plex.read_item("1"), ItemEdit({"summary": "ж" * 10_000}))
    assert notes[0].startswith("summary shortened from 10,000 to 7,9")
    assert kept.fields["summary"].endswith("…")


@pytest.mark.parametrize(
    ("edit", "error"),
    [(ItemEdit({"nonsense": "x"}), Refused), (ItemEdit({"originallyAvailableAt": "March"}), ServerFailed)],
)
def test_what_plex_refuses_is_raised(plex: Plex, edit: ItemEdit, error: type[Exception]) -> None:
    with pytest.raises(error):
        plex.send_edit(plex.read_item("1"), edit)


def test_a_write_answered_with_a_web_page_is_no_success(plex: Plex, double: PlexDouble) -> None:
    item = plex.read_item("1")
    double.server.faults.add("html", method="PUT")
    with pytest.raises(WrongService, match="not Plex"):
        plex.send_edit(item, ItemEdit({"title": "x"}))


def test_an_upload_plex_stores_under_another_hash_is_found_as_the_new_one(plex: Plex) -> None:
    old, new = PlexImage("upload://posters/1", True), PlexImage("upload://posters/2", False)
    assert images.find_upload([old, new], [old], "abc") == new
    assert images.find_upload([old], [old], "abc") is None


def test_a_guest_is_told_what_is_not_allowed(connect: Connect) -> None:
    guest = connect("guest-token")
    with pytest.raises(AuthRejected, match="does not allow this"):
        guest.send_edit(guest.read_item("1"), ItemEdit({"title": "x"}))


def test_an_item_that_went_away_is_not_found(plex: Plex, double: PlexDouble) -> None:
    item = plex.read_item("1")
    double.state.remove_item(1)
    with pytest.raises(NotFound):
        plex.apply_edit(item, ItemEdit({"title": "x"}))


def test_a_write_whose_answer_was_lost_may_be_repeated(connect: Connect, double: PlexDouble, kept: KeptItem) -> None:
    item = connect().read_item("1")
    edit = ItemEdit({"title": "new"}, {"genre": edit_tags(item, "genre", [PlexTag("a")])})
    double.server.faults.add("lost_reply", method="PUT", times=1)
    with pytest.raises(Unreachable) as caught:
        connect().apply_edit(item, edit)
    assert caught.value.may_have_happened
    connect().apply_edit(item, edit)
    assert (kept.title, kept.tag_names("genre")) == ("new", ["a"])


def test_a_rating_may_travel_with_the_edit(plex: Plex, kept: KeptItem) -> None:
    result = plex.apply_edit(plex.read_item("1"), ItemEdit({"userRating": "8.5"}))
    assert (result.notes, kept.locks) == ((), {"userRating"})


def test_new_bytes_are_uploaded_once_and_shown(plex: Plex, double: PlexDouble, kept: KeptItem) -> None:
    result = plex.show_image("1", POSTERS, JPEG)
    assert result == (hashlib.sha1(JPEG).hexdigest(), True, "", True)
    assert double.state.blobs[result.sha1] == JPEG
    again = plex.show_image("1", POSTERS, JPEG)
    assert again is not None
    assert not again.uploaded
    assert count_writes(double) == 1


def test_after_the_first_upload_a_new_picture_takes_one_request(plex: Plex, double: PlexDouble, kept: KeptItem) -> None:
    assert plex.upload_new_image("1", POSTERS, JPEG)
    double.server.traffic.clear()
    assert plex.upload_new_image("1", ARTS, PNG)
    shown = kept.selected_picture("arts")
    assert shown is not None
    assert shown.key == images.make_upload_key(ARTS, images.hash_image(PNG))
    assert [each.method for each in double.server.traffic.requests()] == ["POST"]


def test_a_server_that_does_not_show_uploads_is_told_to_each_time(
    plex: Plex, double: PlexDouble, kept: KeptItem
) -> None:
    double.state.options.selects_uploads = False
    for data in (JPEG, PNG):
        plex.upload_new_image("1", POSTERS, data)
        shown = kept.selected_picture("posters")
        assert shown is not None
        assert shown.key.endswith(images.hash_image(data))
    assert not plex.shows_uploads


def test_bytes_written_last_cost_no_request(plex: Plex, double: PlexDouble) -> None:
    assert plex.show_image("1", ARTS, PNG, known_sha1=images.hash_image(PNG)) is None
    assert double.server.traffic.requests() == []


def test_bytes_plex_has_already_are_chosen_not_uploaded(plex: Plex, double: PlexDouble, kept: KeptItem) -> None:
    for data in (JPEG, PNG):
        plex.show_image("1", POSTERS, data)
    before = kept.selected_picture("posters")
    back = plex.show_image("1", POSTERS, JPEG)
    assert before is not None
    assert back == (images.hash_image(JPEG), False, before.key, False)
    assert len(kept.pictures["posters"]) == 2


def test_a_picture_can_be_given_back(plex: Plex, kept: KeptItem) -> None:
    first = plex.show_image("1", POSTERS, JPEG)
    second = plex.show_image("1", POSTERS, PNG)
    assert first is not None
    assert second is not None
    plex.choose_image("1", POSTERS, second.previous)
    shown = kept.selected_picture("posters")
    assert shown is not None
    assert shown.key.endswith(first.sha1)
    plex.drop_image("1", POSTERS)
    assert kept.selected_picture("posters") is None


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (JPEG, ""),
        (PNG, ""),
        (WEBP, ""),
        (JPEG[:-2], "its end is missing"),
        (b"", "it is empty"),
        (b"<!doctype html><html>", "it is a web page"),
        (b"\x00\x00\x00\x20ftypisom", "it is not a JPEG, PNG, GIF, BMP or WebP picture"),
        (b"\xff\xd8\xff" + b"x" * 30_000_000, "it has 30 MB; Plex takes less than 10"),
    ],
)
def test_only_pictures_are_uploaded(data: bytes, fault: str) -> None:
    assert find_image_fault(data) == fault


def test_what_is_no_picture_sends_nothing(plex: Plex, double: PlexDouble) -> None:
    with pytest.raises(UnusableImage, match="it is a web page"):
        plex.show_image("1", POSTERS, b"<html>404</html>")
    assert double.server.traffic.requests() == []


def test_a_slow_answer_ends_after_the_read_timeout(double: PlexDouble) -> None:
    double.server.faults.add("hang")
    plex = Plex(Http(make_plex_service(double.url, "t", "c", timeouts=Timeouts(1, 0.05), retry=NO_RETRIES)))
    with pytest.raises(TimedOut):
        plex.read_server()
