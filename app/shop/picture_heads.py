"""The heads of picture files: what a photo is, how large it unfolds and whether it moves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from struct import error as CutOff  # noqa: N812  (what it means here)
from struct import unpack_from

from app.shop.rules.errors import Invalid

_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers of a JPEG that nothing belongs to."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Those that begin a picture, and tell its size."""
_SCAN = 0xDA
_MOVES = 0x02


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of its picture: its size in pixels, and whether it moves."""

    width: int
    height: int
    moves: bool = False


def head_of(sent: bytes) -> Head:
    """The head of a JPEG, PNG or WebP. Raises Invalid for anything else, and where a head is broken."""
    read = next((read for begins, read in _KINDS if begins(sent)), None)
    if read is None:
        raise Invalid("photo_kind")
    try:
        return read(sent)
    except CutOff as error:
        raise Invalid("photo_kind") from error


def _jpeg(sent: bytes) -> Head:
    at = 2
    while True:
        lead, marker = unpack_from(">BB", sent, at)
        if lead != 0xFF or marker == _SCAN:
            raise Invalid("photo_kind")
        if marker == 0xFF:  # filled up
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAMES:
            height, width = unpack_from(">HH", sent, at + 5)
            return Head(width, height)
        else:
            at += 2 + unpack_from(">H", sent, at + 2)[0]


def _png(sent: bytes) -> Head:
    width, height = unpack_from(">II", sent, 16)
    return Head(width, height, moves=b"acTL" in takewhile(b"IDAT".__ne__, _chunks(sent)))


def _chunks(sent: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(sent):
        length, name = unpack_from(">I4s", sent, at)
        yield name
        at += 12 + length


def _webp(sent: bytes) -> Head:
    (kind,) = unpack_from("4s", sent, 12)
    if kind == b"VP8X":
        flags, wide, high = unpack_from("<B3x3s3s", sent, 20)
        width, height = (int.from_bytes(one, "little") + 1 for one in (wide, high))
        return Head(width, height, moves=bool(flags & _MOVES))
    if kind == b"VP8L":
        (packed,) = unpack_from("<I", sent, 21)
        return Head((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
    width, height = unpack_from("<HH", sent, 26)
    return Head(width & 0x3FFF, height & 0x3FFF)


_KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Head]], ...] = (
    (lambda sent: sent.startswith(b"\xff\xd8\xff"), _jpeg),
    (lambda sent: sent.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    (lambda sent: sent.startswith(b"RIFF") and sent[8:12] == b"WEBP", _webp),
)
