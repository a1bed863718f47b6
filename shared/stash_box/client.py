"""Everything the plugins ask of a box, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from shared.errors import BadReply, UsageError
from shared.http import Limiter, RetryPolicy, Timeouts
from shared.http.retry import DEFAULT_RETRIES
from shared.http.values import DEFAULT_TIMEOUTS
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.stash_box import fingerprints
from shared.stash_box.batches import BatchSize
from shared.stash_box.box import TPDB, Box
from shared.stash_box.capabilities import BoxCapabilities, NotOffered, SmallValues
from shared.stash_box.channel import Channel
from shared.stash_box.images import LARGEST, BoxPicture, fetch_picture, resize_url
from shared.stash_box.queries import lists, searches
from shared.stash_box.queries.filters import SceneFilter
from shared.stash_box.queries.kinds import PERFORMER, SCENE, SCENE_TAGS, STUDIO, TAG, RecordKind
from shared.stash_box.queries.lists import PER_PAGE, SceneList
from shared.stash_box.queries.lookups import RecordLookup
from shared.stash_box.records.parse import read_category
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
from shared.stash_box.tpdb.favorites import RestFavorites
from shared.stash_box.tpdb.scenes import RestSceneList

ME = "query Me { me { name } }"
CATEGORIES = "query Categories { found: queryTagCategories { tag_categories { id name group description } } }"
FAVORITE = "mutation Favorite($id: ID!, $liked: Boolean!) {{ done: favorite{type}(id: $id, favorite: $liked) }}"

Outcomes = Iterator["dict[str, Outcome[RecordT]]"]


class TagList(NamedTuple):
    """All tags and categories of a box, as they were at one time."""

    tags: tuple[Tag, ...]
    categories: tuple[Category, ...]


class StashBoxClient:
    """One box. Errors are those of shared/errors.py; nothing that failed looks like nothing found."""

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
    ) -> None:
        self.box = box
        self.channel = Channel(
            box, memory=memory, limiter=limiter, clock=clock, deadline=deadline, timeouts=timeouts, retry=retry
        )

    def __repr__(self) -> str:
        return f"StashBoxClient({self.box!r})"

    def close(self) -> None:
        """Let the connections go."""
        self.channel.close()

    @property
    def capabilities(self) -> BoxCapabilities:
        """The features of the box; requested or recalled when first read."""
        return self.channel.capabilities

    def refuses_many_at_once(self) -> bool:
        """True if the box was found to take the tags of one scene per request only."""
        size = BatchSize(self.channel.memory, self.box.endpoint, SCENE_TAGS.batch, self.channel.clock.now())
        return size.current == 1

    def check(self) -> str:
        """The name of the key's user; raises what is wrong with address, key or box."""
        user = self.channel.ask(ME, operation="checking the connection").get("me") or {}
        self.channel.probe()
        return str(user.get("name") or "")

    # One or many records by id

    def look_up_scenes(self, ids: Iterable[str], *, follow: bool = True) -> Outcomes[Scene]:
        """Scenes by id; see `Lookup.look_up`."""
        return self._look_up(SCENE, ids, follow)

    def look_up_scene_tags(
        self, ids: Iterable[str], *, follow: bool = False, ahead: bool = False
    ) -> Outcomes[TaggedScene]:
        """The tags of scenes by id; deleted ones are not followed unless asked for. `ahead`: see `Lookup.look_up`."""
        return self._look_up(SCENE_TAGS, ids, follow, ahead=ahead)

    def look_up_performers(self, ids: Iterable[str], *, follow: bool = True) -> Outcomes[Performer]:
        """Performers by id."""
        return self._look_up(PERFORMER, ids, follow)

    def look_up_studios(self, ids: Iterable[str], *, follow: bool = True) -> Outcomes[Studio]:
        """Studios by id."""
        return self._look_up(STUDIO, ids, follow)

    def look_up_tags(self, ids: Iterable[str], *, follow: bool = True) -> Outcomes[Tag]:
        """Tags by id."""
        return self._look_up(TAG, ids, follow)

    def find_scene(self, scene_id: str) -> Outcome[Scene]:
        """Return the outcome of looking up one scene; a failed lookup is raised."""
        return _take_only(self.look_up_scenes([scene_id]))

    def find_performer(self, performer_id: str) -> Outcome[Performer]:
        """Return the outcome of looking up one performer; a failed lookup is raised."""
        return _take_only(self.look_up_performers([performer_id]))

    def find_studio(self, studio_id: str) -> Outcome[Studio]:
        """Return the outcome of looking up one studio; a failed lookup is raised."""
        return _take_only(self.look_up_studios([studio_id]))

    def find_tag(self, tag_id: str) -> Outcome[Tag]:
        """Return the outcome of looking up one tag; a failed lookup is raised."""
        return _take_only(self.look_up_tags([tag_id]))

    # Scenes

    def list_scenes(
        self, wanted: SceneFilter, *, sort: str = "DATE", direction: str = "DESC", per_page: int = PER_PAGE
    ) -> SceneList | RestSceneList:
        """The scenes that fit, to be read page by page; look the entity up first, a stale id has no scenes."""
        make: Any = RestSceneList if self.box.kind == TPDB else SceneList
        if self.box.kind != TPDB:
            self._require_filters(wanted)
        scenes: SceneList | RestSceneList = make(
            self.channel, wanted, sort=sort, direction=direction, per_page=per_page
        )
        return scenes

    def find_scene_tags_by_fingerprints(
        self, scenes: Sequence[Iterable[fingerprints.Fingerprint]]
    ) -> Iterator[list[tuple[TaggedScene, ...]]]:
        """Yield for each of our scenes the candidates at the box, with their tags only."""
        return fingerprints.find_by_fingerprints(self.channel, SCENE_TAGS, scenes)

    # Searching

    def search_scenes(self, term: str, limit: int = searches.LIMIT) -> list[Scene]:
        """Return the scenes that a text search finds, best first."""
        return searches.search_scenes(self.channel, term, limit)

    def search_performers(self, term: str, limit: int = searches.LIMIT) -> list[Performer]:
        """Return the performers whose name or alias a text search finds."""
        return searches.search_performers(self.channel, term, limit)

    def search_many_performers(self, terms: Iterable[str]) -> Iterator[dict[str, searches.Hits[Performer]]]:
        """Candidates for many names or addresses, several in one request."""
        return searches.search_many_performers(self.channel, terms)

    def search_many_studios(self, terms: Iterable[str]) -> Iterator[dict[str, searches.Hits[Studio]]]:
        """The same for studios; where the box does not search them, the one of exactly that name."""
        return searches.search_many_studios(self.channel, terms)

    def search_studios(self, term: str, limit: int = searches.LIMIT) -> list[Studio]:
        """Studios by name, network or alias."""
        return searches.search_studios(self.channel, term, limit)

    def search_tags(self, term: str, limit: int = searches.LIMIT) -> list[Tag]:
        """Tags by name or alias."""
        return searches.search_tags(self.channel, term, limit)

    def find_studio_named(self, name: str) -> Studio | None:
        """The studio with exactly this name."""
        return searches.find_studio_named(self.channel, name)

    def find_tag_named(self, name: str) -> Tag | None:
        """The tag with exactly this name or alias."""
        return searches.find_tag_named(self.channel, name)

    # Lists

    def read_tag_list(self) -> TagList:
        """All tags and categories, complete or an error."""
        self._require_lists("queryTags", "a list of its tags")
        rows: list[Any] = []
        if "queryTagCategories" in self.capabilities.queries:
            rows = self.channel.ask(CATEGORIES, operation="listing tag categories")["found"]["tag_categories"]
        return TagList(tuple(lists.read_tags(self.channel)), tuple(read_category(row) for row in rows))

    def read_favorite_performers(self) -> list[Performer]:
        """The performers the key's user likes; complete or an error."""
        self._require_lists("queryPerformers", "a list of favourites")
        return lists.read_performers(self.channel, is_favorite=True)

    def read_favorite_studios(self) -> list[Studio]:
        """The studios the key's user likes; complete or an error."""
        self._require_lists("queryStudios", "a list of favourites")
        return lists.read_studios(self.channel, is_favorite=True)

    # Favorites

    @property
    def rest_favorites(self) -> RestFavorites:
        """The favorites of TPDB, which has them in REST and under other ids."""
        if self.box.kind != TPDB:
            raise UsageError(f"{self.box.name} has its favourites where all stash-boxes have them.")
        return RestFavorites(self.channel)

    def set_favorite_performer(self, performer_id: str, liked: bool) -> None:
        """Like a performer, or no longer."""
        self._set_favorite(PERFORMER, performer_id, liked)

    def set_favorite_studio(self, studio_id: str, liked: bool) -> None:
        """Like a studio, or no longer."""
        self._set_favorite(STUDIO, studio_id, liked)

    # Pictures

    def fetch_picture(self, url: str, largest: int = LARGEST) -> BoxPicture:
        """The bytes of a picture; the key is never sent along."""
        return fetch_picture(self.channel.open_line(self.box.origin, {}), url, largest)

    def resize_url(self, url: str, longest: int) -> str:
        """The address of a smaller version (300, 600 or 1280), where the box makes such."""
        return resize_url(self.box, url, longest)

    def _look_up(
        self, kind: RecordKind[RecordT], ids: Iterable[str], follow: bool, *, ahead: bool = False
    ) -> Outcomes[RecordT]:
        return RecordLookup(self.channel, kind).look_up(ids, follow=follow, ahead=ahead)

    def _set_favorite(self, kind: RecordKind[Any], entity_id: str, liked: bool) -> None:
        self._require_lists(f"favorite{kind.type}", f"favourite {kind.word}s")
        operation = f"{'marking' if liked else 'unmarking'} a favourite {kind.word}"
        # Saying it twice changes nothing, so it may be repeated.
        query = FAVORITE.format(type=kind.type)
        data = self.channel.ask(query, {"id": entity_id, "liked": liked}, operation, repeatable=True)
        if data.get("done") is not True:
            name = self.box.name
            raise BadReply(f"{name} did not confirm {operation}.", service=name, operation=operation, status=200)

    def _require_lists(self, query: str, what: str) -> None:
        """TPDB has queries of these names that ignore what they are asked."""
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
