"""Posters and backgrounds."""

from __future__ import annotations

import hashlib
import time
from typing import Any

import pytest

from sandbox.pictures import draw_picture
from sandbox.plex.model import ItemPicture, PlexMovie
from sandbox.plex.pictures import store_upload
from tests.stash2plex.pair import Pair, picture


def shown(item: PlexMovie, kind: str = "posters") -> str:
    """Return the key of the picture an item shows."""
    found = item.selected_picture(kind)
    return found.key if found else ""


def data_url(key: str) -> str:
    """Return a cover as people upload it."""
    import base64

    return f"data:image/jpeg;base64,{base64.b64encode(picture(key)).decode()}"


def test_a_cover_is_uploaded_once_chosen_and_locked(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(picture="cover")
    pair.sync(scene)
    assert shown(item).startswith("upload://posters/") and shown(item, "arts").startswith("upload://arts/")
    assert {"thumb", "art"} <= item.locks
    pair.forget_requests()
    pair.edit_scene(scene, title="Other title")
    pair.sync(scene)
    assert (item.title, pair.list_requests("POST")) == ("Other title", [])


def test_another_cover_is_uploaded_and_chosen(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(picture="cover")
    pair.sync(scene)
    pair.forget_requests()
    pair.edit_scene(scene, cover_image=data_url("second"))
    pair.sync(scene)
    assert shown(item) == f"upload://posters/{hashlib.sha1(picture('second')).hexdigest()}"
    assert len(pair.list_requests("POST", "posters")) == 1


def list_item_requests(pair: Pair) -> list[str]:
    """Return the requests about items as "method what", without the first one, which reads the whole batch."""
    requests = [each for each in pair.list_requests() if "/metadata/" in each.path or each.method == "PUT"]
    return [f"{each.method} {each.path.rpartition('/')[2]}" for each in requests[1:]]


def test_new_pictures_take_no_more_requests_than_they_must(pair: Pair) -> None:
    pair.sync(pair.add_scene_and_item(picture="first")[0])  # shows what this server does with an upload
    scene, item = pair.add_scene_and_item(path="/data/second.mp4", picture="cover")
    item.pictures["posters"] = [ItemPicture("media://frame", selected=True)]
    key = str(item.rating_key)
    pair.forget_requests()
    pair.sync(scene)
    assert list_item_requests(pair) == ["GET posters", "POST posters", "POST arts", "PUT all", f"GET {key}"]
    pair.edit_scene(scene, cover_image=data_url("next"))
    pair.forget_requests()
    pair.sync(scene)
    assert list_item_requests(pair) == ["POST posters", "POST arts", f"GET {key}"]
    pair.edit_scene(scene, details="Only a text")
    pair.forget_requests()
    pair.sync(scene)
    assert list_item_requests(pair) == ["PUT all", f"GET {key}"]
    assert shown(item).endswith(hashlib.sha1(picture("next")).hexdigest())


def test_an_earlier_cover_is_shown_again_although_plex_has_it_already(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item()
    for place, key in enumerate(("first", "second", "first")):
        pair.plex.state.options.selects_uploads = place < 2  # an upload that Plex has already may change nothing
        pair.edit_scene(scene, cover_image=data_url(key))
        pair.sync(scene)
        assert shown(item).endswith(hashlib.sha1(picture(key)).hexdigest())


def test_a_new_cover_is_chosen_when_plex_goes_on_showing_the_old_one(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(picture="first")
    pair.sync(scene)  # this server shows an upload at once
    pair.plex.state.options.selects_uploads = False
    pair.edit_scene(scene, cover_image=data_url("second"))
    pair.sync(scene)
    assert shown(item).endswith(hashlib.sha1(picture("second")).hexdigest())


def test_the_first_cover_can_be_undone_to_the_picture_plex_had_chosen(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(picture="cover")
    item.pictures["posters"] = [ItemPicture("media://1"), ItemPicture("media://2", selected=True)]
    pair.sync(scene)
    assert shown(item).startswith("upload://")
    (run,) = pair.plugin.operation("history_list")["runs"]
    undo = pair.plugin.operation("history_undo", run_id=run["id"])
    pair.plugin.operation("history_undo", plan_id=undo["plan_id"])
    assert shown(item) == "media://2"


def test_another_cover_saved_in_the_same_second_is_not_missed(pair: Pair) -> None:
    """Stash's address of a cover names the second of the save only."""
    second = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 60))
    scene, item = pair.add_scene_and_item(picture="cover", updated_at=second)
    pair.sync(scene)
    pair.edit_scene(scene, cover_image=data_url("second"))
    with pair.stock.library.write() as db:
        db.run("UPDATE scenes SET updated_at = ? WHERE id = ?", (second, scene))
    pair.sync(scene)
    assert shown(item).endswith(hashlib.sha1(picture("second")).hexdigest())


BAD = {
    "404": {"kind": "server_error", "status": 404},
    "a web page": {"kind": "html"},
    "nothing": {"kind": "answer", "content": "", "content_type": "image/jpeg"},
    "a video": {"kind": "answer", "content": "ftypmp42", "content_type": "video/mp4"},
    "no picture": {"kind": "answer", "content": "ftypmp42", "content_type": "image/jpeg"},
    "too large": {"kind": "answer", "content": "x" * 12_000_000, "content_type": "image/jpeg"},
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD.keys())
def test_a_cover_that_is_no_picture_is_not_uploaded_and_the_text_still_arrives(
    pair: Pair, answer: dict[str, Any]
) -> None:
    scene, item = pair.add_scene_and_item("New title", picture="cover")
    pair.plugin.stash.server.faults.add(answer.pop("kind"), path="/screenshot", **answer)
    result = pair.sync(scene)
    assert (item.title, result["done"], pair.list_requests("POST")) == ("New title", 1, [])
    notes = pair.plugin.operation("preview", scene_ids=[scene])["notes"]
    assert notes[0]["note"].startswith("poster not sent")


def test_a_poster_a_person_chose_stays(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(picture="cover")
    pair.sync(scene)
    store_upload(pair.plex.state, item, "posters", draw_picture("own", 10, 10))
    own = shown(item)
    pair.edit_scene(scene, title="Other title")
    pair.sync(scene)
    pair.edit_scene(scene, cover_image=data_url("second"))
    pair.sync(scene)
    assert shown(item) == own


def test_a_refused_upload_is_tried_again_without_holding_the_text_back(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New title", picture="cover")
    pair.plex.server.faults.add("server_error", method="POST", path="posters", times=1)
    pair.sync(scene)
    assert (item.title, shown(item)) == ("New title", "")
    pair.work_step()
    assert shown(item) != ""


SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_cover_that_is_an_svg_is_named_as_such_and_the_picture_in_plex_stays(pair: Pair) -> None:
    import base64

    scene, item = pair.add_scene_and_item(picture="cover")
    pair.sync(scene)
    before = shown(item)
    pair.edit_scene(scene, cover_image=f"data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}")
    notes = [each["note"] for each in pair.plugin.operation("preview", scene_ids=[scene])["notes"]]
    pair.sync(scene)
    assert [note.split(",")[0] for note in notes] == [
        "poster not sent: Stash sent an SVG drawing",
        "background not sent: Stash sent an SVG drawing",
    ]
    assert shown(item) == before
