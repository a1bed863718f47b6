"""The Plex double asks a metadata provider as Plex's documents and a real server's log say, and takes no bad answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.messages import HttpRequest, Response, json_response
from sandbox.plex.agents.asking import ProviderFailed, ask_for_match, read_manifest
from sandbox.plex.agents.routes import refresh
from sandbox.plex.model import PlexMovie
from sandbox.plex.state import PlexState
from sandbox.serving import HttpServer

IDENTIFIER = "tv.plex.agents.custom.example"
MANIFEST: dict[str, Any] = {
    "identifier": IDENTIFIER,
    "title": "Example",
    "Types": [{"type": 1, "Scheme": [{"scheme": IDENTIFIER}]}],
    "Feature": [{"type": "metadata", "key": "/m"}, {"type": "match", "key": "/m/matches"}],
}
MOVIE: dict[str, Any] = {
    "ratingKey": "a-1",
    "key": "/m/a-1",
    "guid": f"{IDENTIFIER}://movie/a-1",
    "type": "movie",
    "title": "Example movie",
    "originallyAvailableAt": "1985-07-03",
}


def contain(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"MediaContainer": {"offset": 0, "totalSize": len(rows), "size": len(rows), "Metadata": list(rows)}}


class Provider:
    """A provider whose answers a test sets."""

    def __init__(self) -> None:
        self.manifest: dict[str, Any] = {"MediaProvider": MANIFEST}
        self.match: dict[str, Any] = contain(MOVIE)
        self.metadata: dict[str, Any] = contain({**MOVIE, "summary": "S", "Genre": [{"tag": "Comedy"}]})
        self.status = 200
        self.server = HttpServer("provider", self.answer)

    def answer(self, request: HttpRequest) -> Response:
        path = request.path.removeprefix("/secret")
        documents = {"": self.manifest, "/m/matches": self.match, "/m/a-1": self.metadata}
        return json_response(documents.get(path, {}), self.status if path in documents else 404)

    @property
    def url(self) -> str:
        return f"{self.server.url}/secret"


@pytest.fixture
def provider() -> Iterator[Provider]:
    running = Provider()
    with running.server:
        yield running


@pytest.fixture
def state(provider: Provider) -> PlexState:
    state = PlexState()
    state.add_section("Videos", "/data", agent=IDENTIFIER)
    state.providers[1] = read_manifest(provider.url)
    return state


@pytest.fixture
def item(state: PlexState) -> PlexMovie:
    added = state.add_item(1, "/data/x/file.mp4")
    added.fields["summary"] = "before"
    return added


def test_requests_have_the_form_of_the_documents(provider: Provider, state: PlexState, item: PlexMovie) -> None:
    refresh(state, item)
    manifest, match, metadata = provider.server.traffic.requests()
    assert (manifest.method, manifest.target) == ("GET", "/secret?includePreferences=1")
    assert (match.method, match.path, match.header("content-type")) == ("POST", "/secret/m/matches", "application/json")
    asked = json.loads(match.body)
    assert {name: asked[name] for name in ("type", "title", "filename")} == {
        "type": 1, "title": "file", "filename": "/data/x/file.mp4",
    }  # fmt: skip
    assert (metadata.method, metadata.path) == ("GET", "/secret/m/a-1")
    assert (item.title, item.fields["summary"], item.tag_names("genre")) == ("Example movie", "S", ["Comedy"])


@pytest.mark.parametrize(
    "broken",
    [
        {**MANIFEST, "identifier": "tv.plex.agents.example"},
        {**MANIFEST, "identifier": "tv.plex.agents.custom.ex_ample"},
        {**MANIFEST, "Types": []},
        {**MANIFEST, "Types": [{"type": 1, "Scheme": [{"scheme": "other"}]}]},
        {**MANIFEST, "Feature": MANIFEST["Feature"][:1]},
    ],
)
def test_a_manifest_against_the_documents_is_refused(provider: Provider, broken: dict[str, Any]) -> None:
    provider.manifest = {"MediaProvider": broken}
    with pytest.raises(ProviderFailed):
        read_manifest(provider.url)


@pytest.mark.parametrize(
    "match",
    [
        {},
        {"MediaContainer": {"size": 2, "Metadata": [MOVIE]}},
        contain({**MOVIE, "originallyAvailableAt": ""}),
        contain({**MOVIE, "ratingKey": "a/1"}),
        contain({**MOVIE, "guid": f"{IDENTIFIER}://a-1"}),
        contain({**MOVIE, "guid": "plex://movie/a-1"}),
        contain(MOVIE, {**MOVIE, "ratingKey": "a-2"}),
    ],
)
def test_a_bad_answer_leaves_the_item_as_it_was(
    provider: Provider, state: PlexState, item: PlexMovie, match: dict[str, Any]
) -> None:
    provider.match = match
    refresh(state, item)
    assert (item.title, item.fields["summary"], len(state.provider_errors)) == ("file", "before", 1)


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_failing_provider_leaves_the_item_as_it_was(
    provider: Provider, state: PlexState, item: PlexMovie, status: int
) -> None:
    provider.status = status
    refresh(state, item)
    assert (item.title, item.fields["summary"]) == ("file", "before")
    assert state.provider_errors[0].startswith(f"status {status}")


def test_no_match_is_no_error(provider: Provider, state: PlexState, item: PlexMovie) -> None:
    provider.match = contain()
    refresh(state, item)
    assert (state.provider_errors, item.guid) == ([], "local://1")


def test_only_a_person_may_choose_among_several(provider: Provider, state: PlexState, item: PlexMovie) -> None:
    provider.match = contain(MOVIE, {**MOVIE, "ratingKey": "a-2"})
    found = ask_for_match(state, state.providers[1], item, manual=True, title="typed")
    assert [row["ratingKey"] for row in found] == ["a-1", "a-2"]
    assert json.loads(provider.server.traffic.requests()[-1].body)["title"] == "typed"


def test_locked_fields_stay_and_what_the_answer_leaves_out_becomes_empty(state: PlexState, item: PlexMovie) -> None:
    item.locks.add("title")
    item.fields["tagline"] = "before"
    refresh(state, item)
    assert (item.title, item.fields["tagline"]) == ("file", "")
