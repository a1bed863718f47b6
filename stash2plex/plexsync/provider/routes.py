"""Answers one request of Plex: who the provider is, which scene a file is, what a scene shows, its pictures."""

from __future__ import annotations

from shared.counted_words import count_things

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from plexsync.provider import documents
from plexsync.provider.access import Access
from plexsync.provider.documents import Document
from plexsync.provider.ranking import RankedScene, choose_scene, rank_scenes
from plexsync.provider.stash_source import ProviderSettings, StashSource
from plexsync.write.content import SKIP_SENTENCES, ItemContent, find_reason_to_skip, make_content
from plexsync.write.pictures import DRAWING_TYPE
from plexsync.write.stash_scenes import StashScene
from shared.errors import BundleError, Busy, NotFound, ServiceError, UsageError
from shared.json_text import decode_json
from shared.reply_fields import int_of, is_true, text_of
from shared.runtime.redact import mask_secrets
from shared.settings import Settings
from shared.stash.pictures import find_route

ITEM = re.compile(rf"{documents.METADATA_PATH}/([A-Za-z0-9_-]+)(/images|/children|/grandchildren|/extras)?")
SAVE_TIME = re.compile(r"[?&]t=(\d+)")  # Stash puts it into addresses, so that a new cover has another address
HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")
RETRY_SECONDS = 30
PICTURE_SECONDS = 86_400  # a changed cover has another address
MOST_SHOWN = 20
LONGEST_TEXT = 4096
CERTAIN, SEARCHED = 100, 50  # scores; Plex's documents know none, one implementer saw results below 80 dropped


class ProviderRequest(NamedTuple):
    """One request; `path` begins with a slash and has no query, `host` is how Plex calls this machine."""

    method: str
    path: str
    host: str = ""
    body: bytes = b""


class ProviderAnswer(NamedTuple):
    """One answer; `note` is for the log and names no title and no secret."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    note: str = ""


Handler = Callable[[ProviderRequest, str], ProviderAnswer]
UNKNOWN = ProviderAnswer(404, note="unknown address or wrong token")


class AskedItem(NamedTuple):
    """The file or title for which Plex wants a match."""

    title: str
    guid: str
    path: str
    is_manual: bool


class FoundScene(NamedTuple):
    """A scene for a match request, how it was found, and the score that Plex gets."""

    scene: StashScene
    how: str
    score: int


class Provider:
    """The provider without its server: takes requests, returns answers."""

    def __init__(self, source: StashSource, access: Access, address: str = "") -> None:
        self._source = source
        self._access = access
        self._address = address

    def answer(self, request: ProviderRequest) -> ProviderAnswer:
        """Return the answer to a request, for the server; without a valid token or signature it is a bare 404."""
        key, slash, rest = request.path.lstrip("/").partition("/")
        if self._access.allows_picture(key, f"/{rest}"):
            return self._send(request, self._answer_picture, f"/{rest}")
        if not self._access.is_token(key):
            return UNKNOWN
        return self._send(request, self._answer_feature, (slash + rest).rstrip("/"))

    def _send(self, request: ProviderRequest, handler: Handler, path: str) -> ProviderAnswer:
        try:
            return handler(request, path)
        except BundleError as error:
            return make_failure(error)

    def _answer_feature(self, request: ProviderRequest, path: str) -> ProviderAnswer:
        if path == documents.MATCH_PATH:
            return self._answer_match(request) if request.method == "POST" else refuse_method("POST")
        found = ITEM.fullmatch(path)
        if path and not found:
            return UNKNOWN
        if request.method not in ("GET", "HEAD"):
            return refuse_method("GET, HEAD")
        if not found:
            return make_answer(documents.make_manifest(), "manifest")
        return self._answer_item(request, found[1], found[2] or "")

    def _answer_match(self, request: ProviderRequest) -> ProviderAnswer:
        asked = read_question(request.body)
        known = self._source.read_settings()
        rows = self._list_choices(asked, known) if asked.is_manual else self._match(asked, known)
        make_address = self._make_addresses(request)
        shown = [
            {**documents.describe_scene(each.scene, content, make_address), "score": each.score}
            for each in rows[:MOST_SHOWN]
            if (content := self._make_content(each.scene, known, request)) is not None
        ]
        return make_answer(documents.make_container(shown), describe_match(asked, rows, len(shown), known))

    def _match(self, asked: AskedItem, known: ProviderSettings) -> list[FoundScene]:
        """Return the one scene for a file: that of the item's guid, else that of its path."""
        number = documents.parse_guid(asked.guid)
        scene = self._source.read_scene(number) if number is not None else None
        if scene is not None:
            return [FoundScene(scene, "its id", CERTAIN)]
        best = choose_scene(self._rank(asked, known), strict=known.is_strict)
        return [FoundScene(best.scene, best.how, CERTAIN)] if best else []

    def _list_choices(self, asked: AskedItem, known: ProviderSettings) -> list[FoundScene]:
        """Return the scenes among which a person chooses in Fix Match, the likeliest first."""
        number = documents.parse_rating_key(asked.title)
        named = self._source.read_scene(number) if number is not None else None
        ranked = [each.scene for each in self._rank(asked, known)]
        found = {scene.id: scene for scene in ([named] if named else []) + ranked}
        rows = [FoundScene(scene, "its file", CERTAIN - place) for place, scene in enumerate(found.values())]
        searched = self._source.find_by_title(asked.title) if asked.title else []
        return rows[:MOST_SHOWN] + [
            FoundScene(each, "its title", SEARCHED) for each in searched if each.id not in found
        ]

    def _rank(self, asked: AskedItem, known: ProviderSettings) -> list[RankedScene]:
        return rank_scenes(asked.path, self._source.find_by_name(asked.path), known.rules) if asked.path else []

    def _answer_item(self, request: ProviderRequest, key: str, part: str) -> ProviderAnswer:
        number = documents.parse_rating_key(key)
        scene = self._source.read_scene(number) if number is not None else None
        if scene is None:
            return refuse(404, f"Stash has no scene for {key}. In Plex, choose Fix Match for the item.")
        if part in ("/children", "/grandchildren", "/extras"):
            return make_answer(documents.make_container([]), f"{part[1:]} of scene {scene.id}")
        known = self._source.read_settings()
        content = self._make_content(scene, known, request)
        if content is None:
            reason = SKIP_SENTENCES[find_reason_to_skip(scene, known.settings)]
            return refuse(404, f"Scene {scene.id} is not given to Plex. {reason}")
        make_address = self._make_addresses(request)
        if part == "/images":
            images = documents.describe_images(content, make_address)
            return make_answer(documents.make_container(images, "Image"), f"images of scene {scene.id}")
        shown = documents.describe_scene(scene, content, make_address)
        return make_answer(documents.make_container([shown]), f"metadata of scene {scene.id}")

    def _make_content(self, scene: StashScene, known: ProviderSettings, request: ProviderRequest) -> ItemContent | None:
        """Return the content that the push would write, with photos through this provider; None if it writes none."""
        if find_reason_to_skip(scene, known.settings):
            return None
        photos = f"{self._find_base(request)}/{self._access.photos_token}"
        values = {**known.settings.values, "photo_address": photos}
        return make_content(scene, Settings(values, known.settings.problems, known.settings.secrets))

    def _find_base(self, request: ProviderRequest) -> str:
        if self._address:
            return self._address
        if not HOST.fullmatch(request.host):
            raise UsageError("The request names no host. Start the provider with --address to set its address.")
        return f"http://{request.host}"

    def _make_addresses(self, request: ProviderRequest) -> documents.AddressMaker:
        base = self._find_base(request)

        def make_address(url: str) -> str:
            path, saved = find_route(url).partition("?")[0], SAVE_TIME.search(url)
            return f"{base}/{self._access.sign_picture(path)}{path}{f'?t={saved[1]}' if saved else ''}"

        return make_address

    def _answer_picture(self, request: ProviderRequest, path: str) -> ProviderAnswer:
        if request.method not in ("GET", "HEAD"):
            return refuse_method("GET, HEAD")
        try:
            picture = self._source.read_picture(path)
        except NotFound:
            return refuse(404, "Stash has no such picture.")
        if picture.content_type == DRAWING_TYPE:
            return refuse(404, "Stash has no picture there but a drawing, which Plex cannot show.")
        headers = (("Cache-Control", f"private, max-age={PICTURE_SECONDS}"), ("X-Content-Type-Options", "nosniff"))
        return ProviderAnswer(200, picture.data, picture.content_type, headers, "picture")


def read_question(body: bytes) -> AskedItem:
    """Return the file or title in the body of a match request; raise UsageError if the body is no such request."""
    try:
        asked = decode_json(body)
    except ValueError as error:
        raise UsageError(f"The question is no JSON in UTF-8: {error}.") from error
    if not isinstance(asked, dict):
        raise UsageError("The question must be a JSON object.")
    if int_of(asked, "type") != documents.MOVIE_NUMBER:
        raise UsageError(f"This provider knows movies only, which have type {documents.MOVIE_NUMBER}.")
    title, guid, path = (read_text(asked, name) for name in ("title", "guid", "filename"))
    if not (title or guid or path):
        raise UsageError("The question names no title, no guid and no filename.")
    return AskedItem(title, guid, path, is_true(asked.get("manual")))


def read_text(asked: Mapping[str, Any], name: str) -> str:
    """Return a text of a match request; raise UsageError if it is no text or too long."""
    value = asked.get(name)
    if value is not None and not isinstance(value, (str, int)):
        raise UsageError(f'"{name}" in the question must be a text.')
    text = text_of(asked, name).strip()
    if len(text) > LONGEST_TEXT:
        raise UsageError(f'"{name}" in the question is longer than {LONGEST_TEXT} characters.')
    return text


def describe_match(asked: AskedItem, rows: Sequence[FoundScene], shown: int, known: ProviderSettings) -> str:
    """Return the log's note about a match request: the scene, or why there is none; only then it names the file."""
    if shown:
        return (
            f"match: {count_things(shown, 'scene')} to choose from"
            if asked.is_manual
            else f"match: scene {rows[0].scene.id} by {rows[0].how}"
        )
    if rows:
        return f"match: scene {rows[0].scene.id} is not given to Plex, by the plugin's settings"
    is_named = asked.path and not known.settings.obfuscate_logs
    return f'match: no scene for "{asked.path}"' if is_named else "match: no scene"


def make_answer(document: Document, note: str) -> ProviderAnswer:
    """Return a successful answer with a document."""
    return ProviderAnswer(200, encode(document), note=note)


def make_failure(error: BundleError) -> ProviderAnswer:
    """Return the answer to a request that failed: never an empty list, so that Plex keeps what it shows.

    `_send`, which runs the handlers of requests, calls it.
    """
    if isinstance(error, UsageError):
        return refuse(400, str(error))
    if isinstance(error, (ServiceError, Busy)):
        seconds = math.ceil(getattr(error, "retry_after", None) or RETRY_SECONDS)
        return refuse(503, str(error), ("Retry-After", str(seconds)))
    return refuse(500, str(error))


def refuse_method(allowed: str) -> ProviderAnswer:
    """Return the answer 405 to a request with a method that its address does not take; `allowed` names the others."""
    return refuse(405, f"This address takes {allowed} only.", ("Allow", allowed))


def refuse(status: int, sentence: str, *headers: tuple[str, str]) -> ProviderAnswer:
    """Return an answer to Plex with an error status and this sentence, in which secrets are masked."""
    shown = mask_secrets(sentence)
    return ProviderAnswer(status, encode({"error": shown}), headers=headers, note=shown)


def encode(document: Document) -> bytes:
    """Return a document as the bytes of an answer."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
