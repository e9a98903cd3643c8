"""The XML of a workbook's parts, as it streams by, and the strings its cells share."""

import re
from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from app.shop.files.findings import Unusable
from app.shop.files.packed import BROKEN, Limited

_CHUNK, _ITEM = 1 << 16, 8
_TOKEN, _CELL, _STRINGS = 1 << 22, 1 << 20, 1 << 26
"""Bytes of a tag, characters of a cell and of all shared strings that no workbook of a shop has."""

_DAMAGED: tuple[type[Exception], ...] = (expat.ExpatError, *BROKEN)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _Part(Protocol):
    """What listens while a part is read."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def parsed(stream: Limited, part: _Part) -> Iterator[int]:
    """Read a part, a chunk per step, telling `part` of it.

    Raises Unusable where it is damaged, declares entities (which no workbook does and bombs are made of), or
    unpacks to too much.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: part.start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: part.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    try:
        while chunk := stream.read(_CHUNK):
            fed += len(chunk)
            parser.Parse(chunk, False)
            if fed - parser.CurrentByteIndex > _TOKEN:
                raise Unusable("unpacks_too_large")
            yield fed
        parser.Parse(b"", True)
    except _DAMAGED as error:
        raise Unusable("broken_workbook", None, str(error)) from error


def _refuse(*_: object) -> None:
    raise Unusable("xml_entities")


class Texts:
    """Gathers the text of `<t>` and `<v>`, without how it is read out (`<rPh>`)."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._length = 0
        self._takes = self._aloud = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "rPh":
            self._aloud = True
        self._takes = name in ("t", "v") and not self._aloud

    def end(self, name: str) -> None:
        """An element ends."""
        self._takes = False
        if name == "rPh":
            self._aloud = False

    def text(self, text: str) -> None:
        """Text within an element."""
        if self._takes:
            self._length += len(text)
            if self._length > _CELL:
                raise Unusable("unpacks_too_large")
            self._told.append(text)

    def taken(self) -> str:
        """The text gathered since it was last taken."""
        text, self._told, self._length = "".join(self._told), [], 0
        return _unescaped(text) if "_x" in text else text


def _unescaped(text: str) -> str:
    """Text with its `_x000D_` as the characters they are: halves of one put together, a lone half lost."""
    told = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Strings(Texts):
    """The shared strings of a workbook, read as far as they are asked for."""

    def __init__(self, stream: Limited | None) -> None:
        super().__init__()
        self._stream = stream
        self._steps = parsed(stream, self) if stream else iter(())
        self._found: list[str] = []
        self._size = 0

    def end(self, name: str) -> None:
        """An element ends: with `<si>` a string does."""
        super().end(name)
        if name == "si":
            self._found.append(self.taken())
            self._size += len(self._found[-1]) + _ITEM
            if self._size > _STRINGS:
                raise Unusable("unpacks_too_large")

    def at(self, n: int) -> str:
        """The string number `n`, counted from 0; raises Unusable where there is none."""
        while n >= len(self._found):
            if next(self._steps, None) is None:
                break
        if not 0 <= n < len(self._found):
            raise Unusable("broken_workbook", None, f"string {n}")
        return self._found[n]

    def close(self) -> None:
        """Leave the rest unread."""
        if self._stream:
            self._stream.close()
