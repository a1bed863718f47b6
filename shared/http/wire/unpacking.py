"""The body of an answer, read and unpacked piece by piece, so that a small one cannot fill the memory at once."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shared.http.wire.faults import AnswerFault
from shared.http.wire.http_client import IncompleteRead

if TYPE_CHECKING:
    from http.client import HTTPResponse

PIECE = 64 * 1024
MOST_PACKINGS = 5
GZIP, ZLIB, RAW = 31, 15, -15  # the headers that zlib expects before packed data
MAGIC = b"\x1f\x8b"  # the first bytes of a member of gzip
PACKINGS = {"gzip": GZIP, "x-gzip": GZIP, "deflate": ZLIB}


def read_body(response: HTTPResponse, encodings: str) -> Iterator[bytes]:
    """Yield the body in pieces of at most `PIECE` bytes, unpacked, for `read_answer`.

    `encodings` is the header Content-Encoding.
    """
    names = [name.strip().lower() for name in encodings.split(",")]
    packings = [PACKINGS[name] for name in names if name in PACKINGS]
    if len(packings) > MOST_PACKINGS:
        raise AnswerFault("The answer is packed too often.")
    pieces = _read_pieces(response)
    for packing in reversed(packings):
        pieces = _unpack(pieces, packing)
    return pieces


def _read_pieces(response: HTTPResponse) -> Iterator[bytes]:
    while piece := response.read(PIECE):
        yield piece
    if response.length:  # http.client takes it for the end of the body if the connection is closed too early
        raise IncompleteRead(b"", response.length)


def _unpack(pieces: Iterator[bytes], packing: int) -> Iterator[bytes]:
    unpacker = Unpacker(packing)
    try:
        for piece in pieces:
            yield from unpacker.feed(piece)
        yield unpacker.finish()
    except zlib.error as error:
        raise AnswerFault("The answer cannot be unpacked.") from error


class Unpacker:
    """Unpacks gzip, also with several members, and deflate, also without the header that some programs leave out."""

    def __init__(self, packing: int) -> None:
        self._packing = packing
        self._zlib = zlib.decompressobj(packing)
        self._is_empty = True
        # What came before the first unpacked byte, if the header may be missing; None from then on, or if it got long.
        self._head: bytes | None = b"" if packing == ZLIB else None
        self._is_packed = True  # False while nothing shows that what follows a member of gzip is another one
        self._has_ended = False  # what comes after the end is no packed data, and ignored

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """Yield the unpacked bytes of the next packed ones; `read_body` calls it."""
        self._is_empty = self._is_empty and not packed
        while packed and not self._has_ended:
            if self._zlib.eof:
                self._begin_member()
            unpacked, packed = self._take(packed)
            if unpacked:
                self._head = None
                yield unpacked

    def finish(self) -> bytes:
        """Return the last unpacked bytes; raise AnswerFault if the packed data breaks off. `read_body` ends with it."""
        if self._is_empty or self._has_ended:
            return b""
        rest = self._zlib.flush()
        if not self._zlib.eof:
            raise AnswerFault("The packed answer breaks off.")
        return rest

    def _begin_member(self) -> None:
        self._is_packed = False
        self._has_ended = self._packing != GZIP
        self._zlib = zlib.decompressobj(self._packing)

    def _take(self, packed: bytes) -> tuple[bytes, bytes]:
        """Return at most `PIECE` unpacked bytes, and the packed ones that are left."""
        if self._has_ended:
            return b"", b""
        if self._head is not None:
            self._head = self._head + packed if len(self._head) < PIECE else None
        try:
            unpacked = self._zlib.decompress(packed, PIECE)
        except zlib.error:
            return self._take_again(packed)
        self._is_packed = self._is_packed or len(packed) > 1  # zlib has read the first bytes of a member
        return unpacked, self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail

    def _take_again(self, packed: bytes) -> tuple[bytes, bytes]:
        if not self._is_packed and not packed.startswith(MAGIC):
            self._has_ended = True
            return b"", b""
        if self._packing != ZLIB or self._head is None:
            raise AnswerFault("The answer cannot be unpacked.")
        self._packing, head, self._head = RAW, self._head, None
        self._zlib = zlib.decompressobj(RAW)
        return b"", head
