"""Compresses the files of a package, with the same bytes on every machine, as zlib's releases do not.

RFC 1951, in its simplest useful form: one block with the fixed codes, and the last place where four bytes stood before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

WINDOW, KEY, LONGEST = 32768, 4, 258
END_OF_BLOCK = 256
# The first length or distance of each code, and its extra bits; RFC 1951, 3.2.5.
LENGTH_CODES = [(3 + n, 0) for n in range(8)] + [(3 + ((4 + n % 4) << (n // 4 - 1)), n // 4 - 1) for n in range(8, 28)]
LENGTH_CODES.append((LONGEST, 0))
DISTANCE_CODES = [(1 + n, 0) for n in range(4)] + [
    (1 + ((2 + n % 2) << (n // 2 - 1)), n // 2 - 1) for n in range(4, 30)
]
Bits = tuple[int, int]


def reverse_bits(value: int, count: int) -> int:
    """Return the bits in the order in which a code of Huffman stands in the stream, for all codes."""
    return int(f"{value:0{count}b}"[::-1], 2)


def make_symbol(symbol: int) -> Bits:
    """Return the code of a literal, a length code or the end, and its number of bits, for `deflate` (RFC 1951)."""
    for first, code, count in ((280, 0xC0, 8), (256, 0, 7), (144, 0x190, 9), (0, 0x30, 8)):
        if symbol >= first:
            return reverse_bits(code + symbol - first, count), count
    raise ValueError(symbol)


def make_lengths() -> dict[int, Bits]:
    """Return code and extra bits of each length, and how many bits they have together.

    `find_tokens` reads the table.
    """
    found: dict[int, Bits] = {}
    for number, (first, extra) in enumerate(LENGTH_CODES):
        value, count = make_symbol(257 + number)
        for more in range(1 << extra):
            found[first + more] = value | more << count, count + extra
    return found


LITERALS = [make_symbol(byte) for byte in range(256)]
LENGTHS = make_lengths()


def encode_distance(distance: int) -> Bits:
    """Return code and extra bits of a distance, and how many bits they have together, for `find_tokens`."""
    number = next(n for n in range(len(DISTANCE_CODES) - 1, -1, -1) if DISTANCE_CODES[n][0] <= distance)
    first, extra = DISTANCE_CODES[number]
    return reverse_bits(number, 5) | (distance - first) << 5, 5 + extra


def find_tokens(data: bytes) -> Iterator[Bits]:
    """Yield the codes of the data for `deflate`: a byte as it is, or length and distance of the same bytes before."""
    places: dict[bytes, int] = {}
    distances: dict[int, Bits] = {}
    at, end = 0, len(data)
    while at < end:
        key = data[at : at + KEY]
        before = places.get(key, -WINDOW)
        places[key] = at
        distance = at - before
        if distance >= WINDOW or len(key) < KEY:
            yield LITERALS[data[at]]
            at += 1
            continue
        length, most = KEY, min(LONGEST, end - at)
        while length < most and data[before + length] == data[at + length]:
            length += 1
        yield LENGTHS[length]
        if distance not in distances:
            distances[distance] = encode_distance(distance)
        yield distances[distance]
        for place in range(at + 1, at + length):
            places[data[place : place + KEY]] = place
        at += length


@cache
def deflate(data: bytes) -> bytes:
    """Return the data compressed, for a zip; the build calls it once for a file that several plugins have."""
    out = bytearray()
    held, count = 0b011, 3  # the last block, with fixed codes
    for value, bits in find_tokens(data):
        held |= value << count
        count += bits
        if count >= 32:
            out += (held & 0xFFFFFFFF).to_bytes(4, "little")
            held >>= 32
            count -= 32
    value, bits = make_symbol(END_OF_BLOCK)
    held |= value << count
    out += held.to_bytes((count + bits + 7) // 8, "little")
    return bytes(out)
