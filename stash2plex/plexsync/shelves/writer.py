"""Writes one collection of a shelf. Each step is recorded before and after it, so that a killed process loses none."""

from __future__ import annotations

from shared.counted_words import count_things

import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plexsync.server.connection import ConnectedServer
from plexsync.shelves.plan import (
    BEGUN,
    FORCED,
    LABEL,
    PLACES,
    POSTER,
    SORT,
    TITLE,
    PresentShelf,
    ShelfRecord,
    find_own_members,
    tell_taken,
    tell_unlabelled,
)
from plexsync.shelves.reader import ShelfReader
from plexsync.shelves.store import OURS, PENDING, POSTER_SHA1, ShelfStore
from shared.errors import AuthRejected, Conflict, NotFound, Refused
from shared.journal import Blobs
from shared.plex.collections import (
    COLLECTION,
    MEMBERS_AT_ONCE,
    RELEASE,
    add_members,
    create_collection,
    delete_collection,
    list_members,
    promote_collection,
    remove_member,
    sort_collection,
)
from shared.plex.edits import ItemEdit, edit_tags
from shared.plex.images import POSTERS, hash_image
from shared.plex.model import PlexTag
from shared.plex.wire import NAME
from shared.stash.library import split

if TYPE_CHECKING:
    from collections.abc import Iterable

TOKEN = "Stash2Plex "  # noqa: S105 -- the beginning of the title with which a collection is made
FRESH: Mapping[str, Any] = {SORT: RELEASE, PLACES: [], POSTER: None}  # the values of a collection that was just made
FORBIDDEN = 403
TITLE_TAKEN = 409
NO_ROOM = 400  # also the answer of a collection that takes no more items


class CollectionWriter:
    """The writes to one collection, from its making to its deletion; `record` has what is known about it.

    With `is_undo` the values count as a person's from then on: else the next run would undo the undo.
    """

    def __init__(
        self,
        server: ConnectedServer,
        shelves: ShelfStore,
        record: ShelfRecord,
        reader: ShelfReader,
        *,
        is_undo: bool = False,
    ) -> None:
        self.record = record
        self._is_undo = is_undo
        self._server = server
        self._plex = server.plex
        self._wire = server.plex.wire
        self._shelves = shelves
        self._reader = reader

    @property
    def _key(self) -> str:
        if not self.record.rating_key:
            raise NotFound("The collection of the shelf is gone from Plex. Preview the shelf again.", service=NAME)
        return self.record.rating_key

    def make(self, title: str, members: Sequence[str], present: PresentShelf) -> None:
        """Make the collection with its first members, or take over one that has the label and the title.

        It is made with a title that no person chose, and gets its own one together with its label. So if the process
        dies in between, the next one knows whose it is.
        """
        owner = self._reader.find_owner(self.record, title)
        if owner and not owner.is_free:
            raise Conflict(tell_taken(owner))
        if present.exists and not present.is_own(self.record):
            raise Conflict(tell_unlabelled(present.title))
        if not present.exists:
            self._shelves.forget_record(self.record)  # of a collection that was deleted in Plex
            self.record = self.record._replace(rating_key="", written={}, members=frozenset(), foreign=frozenset())
        if owner:
            self._save(rating_key=owner.rating_key, token="", written={TITLE: owner.title})
            return
        first = [] if present.exists else list(members[:MEMBERS_AT_ONCE])
        self._save(token=self.record.token or f"{TOKEN}{secrets.token_hex(6)}", rating_key=present.rating_key)
        if not present.exists:
            self._shelves.put_members(self.record, first, PENDING)
            machine_id, section_id = self._server.machine_id, self.record.section_id
            key = create_collection(self._wire, machine_id, section_id, self.record.token, first)
            self._save(rating_key=key, written=FRESH)
            self._confirm(first)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Give the collection in Plex its title and its label, for the journal's target."""
        item = self._plex.read_item(self._key)
        label = edit_tags(item, "label", add=[PlexTag(LABEL)])
        self._begin({TITLE: title})
        try:
            self._plex.send_edit(item, ItemEdit({"title": title}, {"label": label}), COLLECTION)
        except Refused as error:
            owner = self._reader.find_owner(self.record, title)
            if error.status != TITLE_TAKEN or owner is None:
                raise
            raise Conflict(tell_taken(owner)) from error
        self._save(token="")
        self._note(TITLE, title)

    def set_sort(self, sort: str) -> None:
        """Set the order of the collection's members in Plex, for the journal's target."""
        self._begin({SORT: sort})
        sort_collection(self._wire, self._key, sort)
        self._note(SORT, sort)

    def set_places(self, places: Sequence[str]) -> None:
        """Let Plex show the collection in exactly these places, for the journal's target."""
        self._begin({PLACES: list(places)})
        promote_collection(self._wire, self.record.section_id, self._key, places)
        self._note(PLACES, list(places))

    def set_poster(self, poster: Any, blobs: Blobs) -> None:
        """Show a stored picture, or one that Plex has for the collection, for the journal's target.

        None lets Plex make one of the members.
        """
        if isinstance(poster, str):  # only an undo chooses a picture that was not the plugin's
            self._plex.choose_image(self._key, POSTERS, poster)
            return
        data = blobs.get(poster) if poster else b""
        self._begin({POSTER: poster, POSTER_SHA1: hash_image(data) if data else ""})
        if data:
            self._plex.show_image(self._key, POSTERS, data)
        else:
            self._plex.drop_image(self._key, POSTERS)
            item = self._plex.read_item(self._key)
            self._plex.send_edit(item, ItemEdit(locks={"thumb": False}), COLLECTION)
        if not self._is_undo:
            self._save(written={**self.record.written, POSTER_SHA1: hash_image(data) if data else ""})
            self._note(POSTER, poster)

    def add(self, members: Sequence[str]) -> None:
        """Add members to the collection in Plex, for the journal's target.

        Unless it undoes, they are saved as the plugin's own.
        """
        if self._is_undo:
            for piece in split(members, MEMBERS_AT_ONCE):
                self._add_piece(piece)
            return
        for piece in split((key for key in members if key not in self.record.members), MEMBERS_AT_ONCE):
            self._shelves.put_members(self.record, piece, PENDING)
            self._confirm(self._add_piece(piece))

    def _add_piece(self, piece: list[str]) -> list[str]:
        """Add some members and return them; Plex refuses all of them if it does not have one any more."""
        machine_id = self._server.machine_id
        try:
            add_members(self._wire, machine_id, self._key, piece)
        except Refused as error:
            there = self._plex.read_items(piece)
            left = [key for key in piece if key in there]
            if error.status != NO_ROOM or not left:
                raise
            if len(left) == len(piece):
                self._give_up_if_empty(error)
                raise
            self._shelves.drop_members(self.record, [key for key in piece if key not in there])
            add_members(self._wire, machine_id, self._key, left)
            return left
        return piece

    def _give_up_if_empty(self, error: Refused) -> None:
        """Delete a collection that was empty and takes no items any more, so that the next run makes it anew."""
        is_empty = not list_members(self._wire, self._key)
        if not (is_empty and self._server.allows_deletion):
            return
        delete_collection(self._wire, self._key)
        self._shelves.forget_record(self.record)
        message = "Plex took no items into the empty collection, so it was deleted. The next update makes it again."
        raise Refused(message, service=NAME, operation=error.operation, status=error.status) from error

    def take_out(self, members: Iterable[str]) -> None:
        """Take members out of the collection in Plex, for the journal's target.

        An undo keeps their records, so that no run adds them again.
        """
        for key in members:
            remove_member(self._wire, self._key, key)
            if not self._is_undo:
                self._shelves.drop_members(self.record, [key])

    def remove(self) -> str:
        """Take out the shelf's members and delete the collection; return "", or why it stays: it has other members.

        Raise Refused if Plex does not delete collections; then it is empty, and a later attempt can delete it.
        """
        present = list_members(self._wire, self._key)
        ours = find_own_members(self.record, present)
        others = len(present) - len(ours)
        if not others and self._server.allows_deletion:
            self._delete()
            return ""
        self.take_out(key for key in present if key in ours)
        if self.record.written.get(PLACES):
            self.set_places(())
        if not others:
            raise refuse_deletion(str(self.record.written.get(TITLE, "")))
        item = self._plex.read_item(self._key)
        self._plex.send_edit(item, ItemEdit(tags={"label": edit_tags(item, "label", remove=[LABEL])}), COLLECTION)
        self._shelves.forget_record(self.record)
        items = count_things(others, "item")
        return f"The collection stays, because somebody else put {items} into it. All that the shelf added is out."

    def _delete(self) -> None:
        try:
            delete_collection(self._wire, self._key)
        except AuthRejected as error:
            if error.status != FORBIDDEN:
                raise
            raise refuse_deletion(str(self.record.written.get(TITLE, ""))) from error
        self._shelves.forget_record(self.record)

    def _confirm(self, members: Sequence[str]) -> None:
        self._shelves.put_members(self.record, members, OURS)
        self.record = self.record._replace(members=self.record.members.union(members))

    def _begin(self, values: Mapping[str, Any]) -> None:
        """Record values that are about to be written. If the process dies, the next one knows them as the plugin's."""
        if not self._is_undo:
            self._save(written={**self.record.written, BEGUN: {**self.record.written.get(BEGUN, {}), **values}})

    def _note(self, field: str, value: Any) -> None:
        if not self._is_undo:
            forced = [name for name in self.record.written.get(FORCED, ()) if name != field]
            done = (POSTER, POSTER_SHA1) if field == POSTER else (field,)
            begun = {name: each for name, each in self.record.written.get(BEGUN, {}).items() if name not in done}
            self._save(written={**self.record.written, field: value, FORCED: forced, BEGUN: begun})

    def _save(self, **values: Any) -> None:
        self.record = self.record._replace(**values)
        self._shelves.save_record(self.record)


def refuse_deletion(title: str) -> Refused:
    """Return the error about a collection that Plex does not delete, with the next step."""
    message = (
        f'Plex does not delete the collection "{title}", because it does not allow the deletion of media. What the '
        "shelf put into it was taken out. Switch on Allow media deletion in Plex under Settings > Library and remove "
        "the shelf again, or delete the collection in Plex."
    )
    return Refused(message, service=NAME, operation="deleting a collection", status=FORBIDDEN)
