"""The states that the demo's Whisparr is seeded with."""

from __future__ import annotations

from sandbox.demo.catalogue import Sizes, make_catalogue
from sandbox.whisparr.seeding import know_box, seed_states
from sandbox.whisparr.server import WhisparrDouble
from sandbox.whisparr.state import WhisparrState
from shared.http import Http
from shared.whisparr.client import Whisparr
from shared.whisparr.page_status import read_statuses
from shared.whisparr.wire import make_whisparr_service

CATALOGUE = make_catalogue(sizes=Sizes.for_scenes(60))


def test_only_the_boxs_scenes_exist_with_their_people() -> None:
    state = WhisparrState()
    know_box(state, CATALOGUE.scenes, CATALOGUE.studios)
    known = state.find_known(CATALOGUE.scenes[0].id)
    assert known is not None
    assert known.performer_ids == tuple(each.performer_id for each in CATALOGUE.scenes[0].performers)
    assert state.find_known("somebody else's") is None


def test_every_state_a_card_can_show_is_there() -> None:
    double = WhisparrDouble()
    know_box(double.state, CATALOGUE.scenes, CATALOGUE.studios)
    ids = [scene.id for scene in CATALOGUE.scenes[:10]]
    seed_states(double.state, ids)
    with double.server:
        http = Http(make_whisparr_service(double.url, double.state.api_key))
        statuses = read_statuses(Whisparr(http), ids, excluded={ids[8]}).statuses
        http.close()
    kinds = [status.kind for status in statuses.values()]
    assert kinds[:6] == ["downloaded", "downloaded", "downloading", "queued", "stalled", "stalled"]
    assert kinds[6:] == ["waiting", "waiting", "none", "none"]
    assert [statuses[each].can_add for each in ids[8:]] == [False, True]
