"""The client for one stash-box; plugins get it from shared/stash_box/configured.py (`open_client`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import AuthRejected, BadReply, UsageError
from shared.http import Limiter, RetryPolicy, Timeouts
from shared.http.model import DEFAULT_TIMEOUTS
from shared.http.retry import DEFAULT_RETRIES
from shared.reply_shape import TEXT
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.stash_box import fingerprints
from shared.stash_box.batches import BatchSize
from shared.stash_box.box import TPDB, Box
from shared.stash_box.capabilities import BoxCapabilities, NotOffered, SmallValues
from shared.stash_box.channel import Channel
from shared.stash_box.images import LARGEST, BoxPicture, fetch_picture
from shared.stash_box.queries import lists, searches, submissions
from shared.stash_box.queries.filters import SceneFilter
from shared.stash_box.queries.kinds import (
    OWN_PRINTS,
    PERFORMER,
    SCENE,
    SCENE_FIELDS,
    SCENE_PRINTS,
    SCENE_TAGS,
    SCENE_TAGS_AND_FIELDS,
    SCENE_TAGS_PRINTS,
    STUDIO,
    TAG,
    RecordKind,
)
from shared.stash_box.queries.lists import PER_PAGE, SceneList
from shared.stash_box.queries.lookups import RecordLookup
from shared.stash_box.queries.network import find_network
from shared.stash_box.queries.notices import MoveNotices, SceneNotice, read_move_notices, read_scene_notices
from shared.stash_box.queries.shared_rows import choose_scene_tags, keep_rows, take_kept
from shared.stash_box.records.parse import read_category
from shared.stash_box.records.shapes import CATEGORY_LIST
from shared.stash_box.records.types import (
    Category,
    LookupFailed,
    Outcome,
    Performer,
    RecordT,
    Scene,
    Studio,
    Tag,
    TaggedScene,
)
from shared.stash_box.scene_answers import SceneAnswers
from shared.stash_box.tpdb.favorites import RestFavorites
from shared.stash_box.tpdb.scenes import RestSceneList

if TYPE_CHECKING:
    from shared.runtime.log import Log

ME = "query Me { me { name } }"
NOTHING_CHANGED: Mapping[str, str] = {}
NO_SCENE = "00000000-0000-4000-8000-000000000000"
MAY_READ = f'query MayRead {{ findScene(id: "{NO_SCENE}") {{ id }} }}'
CATEGORIES = "query Categories { found: queryTagCategories { tag_categories { id name group description } } }"
FAVORITE = "mutation Favorite($id: ID!, $liked: Boolean!) {{ done: favorite{type}(id: $id, favorite: $liked) }}"

Outcomes = Iterator["dict[str, Outcome[RecordT]]"]


class TagList(NamedTuple):
    """All tags and tag categories of a box."""

    tags: tuple[Tag, ...]
    categories: tuple[Category, ...]


class StashBoxClient:
    """One box. A failure raises an error of shared/errors.py and never looks like an empty result."""

    def __init__(
        self,
        box: Box,
        *,
        memory: SmallValues | None = None,
        limiter: Limiter | None = None,
        clock: Clock = SYSTEM_CLOCK,
        deadline: float | None = None,
        timeouts: Timeouts = DEFAULT_TIMEOUTS,
        retry: RetryPolicy = DEFAULT_RETRIES,
        local_pictures: bool = False,
        log: Log | None = None,
        answers: SceneAnswers | None = None,
    ) -> None:
        self.box = box
        self.answers = answers
        self.channel = Channel(
            box,
            memory=memory,
            limiter=limiter,
            clock=clock,
            deadline=deadline,
            timeouts=timeouts,
            retry=retry,
            local_pictures=local_pictures,
            log=log,
        )

    def __repr__(self) -> str:
        return f"StashBoxClient({self.box!r})"

    def close(self) -> None:
        """Close the HTTP connections, and save what was kept for other plugins; whoever opened the client calls it."""
        if self.answers is not None:
            self.answers.flush()
        self.channel.close()

    @property
    def capabilities(self) -> BoxCapabilities:
        """Return the features of the box, for choices that depend on them; the first access may send a request."""
        return self.channel.capabilities

    @property
    def unreadable(self) -> list[str]:
        """Return the records of lists and searches that were left out so far, in words; tasks report them."""
        return self.channel.unreadable

    def refuses_many_at_once(self) -> bool:
        """Return True if the box, as found by trying, gives one scene's tags per request; the scene refresh asks."""
        batch = self._kind_of_scene_tags.batch
        size = BatchSize(self.channel.memory, self.box.endpoint, batch, self.channel.clock.now())
        return size.current == 1

    def check(self) -> str:
        """Return the name of the key's user, and request the box's features again; set-up tests call it.

        A box tells its name to any user, so a second request finds out whether the user may read.
        """
        user = self.channel.ask(ME, operation="checking the connection").get("me")
        user = self.channel.require_shape(user, {"name": TEXT}, "checking the connection") or {}
        name = str(user.get("name") or "")
        self.channel.probe()
        if self.box.kind != TPDB:
            try:
                self.channel.ask(MAY_READ, operation="checking the connection")
            except AuthRejected as error:
                message = (
                    f"{self.box.name} accepts the API key, but its user {name} may not read. Ask for the role READ."
                )
                raise AuthRejected(message, service=self.box.name, operation=error.operation, status=200) from error
        return name

    # One or many records by id

    def look_up_scenes(self, ids: Iterable[str], *, follow: bool = True) -> Outcomes[Scene]:
        """Yield the outcomes of looking up scenes by id, piece by piece; `find_scene` calls it. See
        `RecordLookup.look_up`."""
        return self._look_up(SCENE, ids, follow)

    def look_up_scene_tags(
        self, ids: Iterable[str], *, follow: bool = False, ahead: bool = False
    ) -> Outcomes[TaggedScene]:
        """Yield the outcomes of looking up scenes by id, with tags and fingerprints, for the sync of scene tags.

        While another plugin needs all fields, they are asked for in place of fingerprints. See `RecordLookup.look_up`.
        """
        kind = SCENE_TAGS_PRINTS if self._kind_of_scene_tags is SCENE_TAGS else self._kind_of_scene_tags
        return self._look_up(kind, ids, follow, ahead=ahead)

    def look_up_scene_prints(self, ids: Iterable[str]) -> Outcomes[Scene]:
        """Yield the outcomes of looking up scenes by id, with fingerprints and card fields, for the link doctor."""
        return self._look_up(SCENE_PRINTS, ids, follow=False)

    def look_up_scene_fields(self, ids: Iterable[str], *, follow: bool = True, ahead: bool = False) -> Outcomes[Scene]:
        """Yield the outcomes of looking up scenes by id, with all fields but fingerprints, for the sync of scenes.

        See `RecordLookup.look_up`.
        """
        return self._look_up(keep_rows(self.channel, SCENE_FIELDS, self.answers), ids, follow, ahead=ahead)

    def take_kept_scene_fields(
        self, ids: Collection[str], since: float, changed: Mapping[str, str] = NOTHING_CHANGED
    ) -> dict[str, Outcome[Scene]]:
        """Return by id the outcomes that another plugin got from the box after `since`; a sync asks only for the rest.

        An answer about a scene in `changed`, with the time of its change, counts only if it is from after the change.
        """
        return take_kept(self.channel, SCENE_FIELDS, self.answers, ids, since, changed)

    def take_kept_scene_tags(
        self, ids: Collection[str], since: float, changed: Mapping[str, str] = NOTHING_CHANGED
    ) -> dict[str, Outcome[TaggedScene]]:
        """Return for Tag Manager the outcomes with tags that others got after `since`; see `take_kept_scene_fields`."""
        return take_kept(self.channel, SCENE_TAGS_AND_FIELDS, self.answers, ids, since, changed)

    def look_up_performers(self, ids: Iterable[str], *, follow: bool = True) -> Outcomes[Performer]:
        """Yield the outcomes of looking up performers by id, for syncs and counts; see `RecordLookup.look_up`."""
        return self._look_up(PERFORMER, ids, follow)

    def look_up_studios(self, ids: Iterable[str], *, follow: bool = True) -> Outcomes[Studio]:
        """Yield the outcomes of looking up studios by id, for syncs and counts; see `RecordLookup.look_up`."""
        return self._look_up(STUDIO, ids, follow)

    def look_up_tags(self, ids: Iterable[str], *, follow: bool = True) -> Outcomes[Tag]:
        """Yield the outcomes of looking up tags by id, for the refresh of tag lists; see `RecordLookup.look_up`."""
        return self._look_up(TAG, ids, follow)

    def find_scene(self, scene_id: str) -> Outcome[Scene]:
        """Return the outcome of looking up one scene (found, merged, deleted or missing); a failed lookup is raised.

        `scene_details` of Missing Scenes calls it.
        """
        return _take_only(self.look_up_scenes([scene_id]))

    def find_performer(self, performer_id: str) -> Outcome[Performer]:
        """Return the outcome of looking up one performer, whose list is empty or who is followed; a failed lookup
        is raised."""
        return _take_only(self.look_up_performers([performer_id]))

    def find_studio(self, studio_id: str) -> Outcome[Studio]:
        """Return the outcome of looking up one studio, whose list is empty or which is followed; a failed lookup is
        raised."""
        return _take_only(self.look_up_studios([studio_id]))

    def find_network(self, studio_id: str) -> list[str]:
        """Return the ids of a studio and of all studios below it; empty if the box does not tell its sub-studios.

        The list of a studio's missing scenes and the follows of studios ask.
        """
        if self.box.kind == TPDB or "child_studios" not in self.capabilities.studio:
            return []
        return find_network(self.channel, studio_id)

    def find_tag(self, tag_id: str) -> Outcome[Tag]:
        """Return the outcome of looking up one tag whose list in Missing Scenes is empty; a failed lookup is raised."""
        return _take_only(self.look_up_tags([tag_id]))

    # Scenes

    def list_scenes(
        self, wanted: SceneFilter, *, sort: str = "DATE", direction: str = "DESC", per_page: int = PER_PAGE
    ) -> SceneList | RestSceneList:
        """Return the list of scenes that fit a filter, for lists, follows and counts. The caller reads its pages,
        each of which is a request. A stale id fits no scenes: look the entity up before believing an empty list."""
        make: Any = RestSceneList if self.box.kind == TPDB else SceneList
        if self.box.kind != TPDB:
            self._require_filters(wanted)
        scenes: SceneList | RestSceneList = make(
            self.channel, wanted, sort=sort, direction=direction, per_page=per_page
        )
        return scenes

    def find_scene_tags_by_fingerprints(
        self, scenes: Sequence[Iterable[fingerprints.Fingerprint]], *, ahead: bool = False
    ) -> Iterator[list[tuple[TaggedScene, ...]]]:
        """Yield the box's candidates, with their tags, for scenes given as fingerprints; for the scene sync."""
        return fingerprints.find_by_fingerprints(self.channel, self._kind_of_scene_tags, scenes, ahead=ahead)

    def find_scenes_by_fingerprints(
        self, scenes: Sequence[Iterable[fingerprints.Fingerprint]]
    ) -> Iterator[list[tuple[Scene, ...]]]:
        """Yield the box's candidates, with their fingerprints, for files of Stash; for the comparison of files."""
        return fingerprints.find_by_fingerprints(self.channel, SCENE_PRINTS, scenes)

    # Fingerprints of the library's files

    def look_up_own_prints(self, ids: Iterable[str]) -> Outcomes[Scene]:
        """Yield scenes with the fingerprints that the key's user voted on; with all if the box does not say whose.

        `BoxFingerprint.own` tells which it is. Giving back asks for these.
        """
        return self._look_up(OWN_PRINTS, ids, follow=False)

    def submit_prints(self, prints: Sequence[submissions.PrintSubmission]) -> submissions.Outcomes:
        """Submit fingerprints; yield each with None if the box took it, else with the reason. Giving back calls it."""
        return submissions.submit_prints(self.channel, prints)

    def withdraw_prints(self, prints: Sequence[submissions.PrintSubmission]) -> submissions.Outcomes:
        """Take back fingerprints that were submitted; yield each with None if the vote is removed, else the reason.
        The undo of giving back calls it."""
        return submissions.withdraw_prints(self.channel, prints)

    def read_move_notices(self) -> MoveNotices | None:
        """Return the notices that fingerprints of the key's user were moved; None if the box has none for this key.
        The link doctor asks."""
        return read_move_notices(self.channel)

    # Notices about favorites

    def read_scene_notices(self, since: str = "") -> list[SceneNotice] | None:
        """Return the unread notices about new scenes of favorites at the box; None if it has none for this key.
        Look for New Scenes asks."""
        return read_scene_notices(self.channel, since)

    # Searching

    def search_many_performers(self, terms: Iterable[str]) -> Iterator[dict[str, searches.Hits[Performer]]]:
        """Yield the performers found for each name or URL, several terms per request; matching calls it."""
        return searches.search_many_performers(self.channel, terms)

    def search_many_studios(self, terms: Iterable[str]) -> Iterator[dict[str, searches.Hits[Studio]]]:
        """Yield the studios found for each name or URL, for matching. A box without a search for studios finds
        exact names only."""
        return searches.search_many_studios(self.channel, terms)

    def search_tags(self, term: str, limit: int = searches.LIMIT) -> list[Tag]:
        """Return the tags whose name or alias fits a text, for a picker on a page."""
        return searches.search_tags(self.channel, term, limit)

    # Lists

    def read_tag_list(self) -> TagList:
        """Return all tags and tag categories; raise if the list is not complete. The refresh of tag lists calls it."""
        self._require_lists("queryTags", "a list of its tags")
        rows: list[Any] = []
        if "queryTagCategories" in self.capabilities.queries:
            operation = "listing tag categories"
            found = self.channel.ask(CATEGORIES, operation=operation).get("found")
            rows = (self.channel.require_shape(found, CATEGORY_LIST, operation) or {}).get("tag_categories") or []
        return TagList(tuple(lists.read_tags(self.channel)), tuple(read_category(row) for row in rows))

    def read_favorite_performers(self) -> list[Performer]:
        """Return the favorite performers of the key's user, for the favorites sync; raise if the list is not
        complete."""
        self._require_lists("queryPerformers", "a list of favorites")
        return lists.read_performers(self.channel, is_favorite=True)

    def read_favorite_studios(self) -> list[Studio]:
        """Return the favorite studios of the key's user, for the favorites sync; raise if the list is not complete."""
        self._require_lists("queryStudios", "a list of favorites")
        return lists.read_studios(self.channel, is_favorite=True)

    # Favorites

    @property
    def rest_favorites(self) -> RestFavorites:
        """Return the favorites at ThePornDB, which offers them only by REST, for the favorites sync. Raise
        UsageError for other boxes."""
        if self.box.kind != TPDB:
            raise UsageError(f"{self.box.name} has its favorites where all stash-boxes have them.")
        return RestFavorites(self.channel)

    def set_favorite_performer(self, performer_id: str, liked: bool) -> None:
        """Add a performer to the favorites of the key's user, or remove it; the target of favorites calls it."""
        self._set_favorite(PERFORMER, performer_id, liked)

    def set_favorite_studio(self, studio_id: str, liked: bool) -> None:
        """Add a studio to the favorites of the key's user, or remove it; the target of favorites calls it."""
        self._set_favorite(STUDIO, studio_id, liked)

    # Pictures

    def fetch_picture(self, url: str, largest: int = LARGEST) -> BoxPicture:
        """Return the picture at a URL, for syncs; the request carries no API key and stays out of private networks.
        Only the box's own address may be private, unless the client was made with `local_pictures`."""
        return fetch_picture(self.channel.open_http(self.box.origin, {}), url, largest)

    @property
    def _kind_of_scene_tags(self) -> RecordKind[TaggedScene]:
        return choose_scene_tags(self.channel, self.answers)

    def _look_up(
        self, kind: RecordKind[RecordT], ids: Iterable[str], follow: bool, *, ahead: bool = False
    ) -> Outcomes[RecordT]:
        return RecordLookup(self.channel, kind).look_up(ids, follow=follow, ahead=ahead)

    def _set_favorite(self, kind: RecordKind[Any], entity_id: str, liked: bool) -> None:
        self._require_lists(f"favorite{kind.type}", f"favorite {kind.word}s")
        operation = f"{'marking' if liked else 'unmarking'} a favorite {kind.word}"
        # Setting the same value twice changes nothing, so the request may be repeated.
        query = FAVORITE.format(type=kind.type)
        data = self.channel.ask(query, {"id": entity_id, "liked": liked}, operation, repeatable=True)
        if data.get("done") is not True:
            name = self.box.name
            raise BadReply(f"{name} did not confirm {operation}.", service=name, operation=operation, status=200)

    def _require_lists(self, query: str, what: str) -> None:
        """Raise NotOffered without the query; ThePornDB has queries of these names, but they ignore their arguments."""
        if self.box.kind == TPDB:
            raise NotOffered(f"{self.box.name} does not offer {what}.", service=self.box.name, operation=what)
        self.channel.require(query, what)

    def _require_filters(self, wanted: SceneFilter) -> None:
        if wanted.code and "code" not in self.capabilities.scene_filters:
            message = f"{self.box.name} cannot look for scene codes."
            raise NotOffered(message, service=self.box.name, operation="listing scenes")


def _take_only(outcomes: Outcomes[RecordT]) -> Outcome[RecordT]:
    ((outcome,),) = (found.values() for found in outcomes)
    if isinstance(outcome, LookupFailed):
        raise outcome.error
    return outcome
