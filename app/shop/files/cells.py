"""The cells of a sheet, put together into rows."""

import re

from app.shop.files.cell_formats import Formats
from app.shop.files.findings import Unusable
from app.shop.files.workbook_xml import Strings, Texts

_ROWS, _COLUMNS, _LONGEST, _BESIDE = 1_048_576, 16_384, 1 << 22, 1 << 18
"""What Excel allows of a sheet, and characters of a row and elements beside the cells that no export has."""
_OF_CELLS = frozenset({"row", "c", "v", "is", "t", "r", "rPr", "f"})

_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


class Cells(Texts):
    """Puts the cells of a sheet together into rows.

    By the place each cell names and not by the `<row>` it stands in: TikTok's exports put each cell of a row
    into a `<row>` of its own. Where cells name no place, or all the same row, a row ends where columns begin
    anew.
    """

    def __init__(self, strings: Strings, formats: Formats) -> None:
        super().__init__()
        self._strings, self._formats = strings, formats
        self._ready: list[tuple[int, dict[int, str]]] = []
        self._row: dict[int, str] = {}
        self._number = self._claimed = self._in_row = 0
        self._column = self._next = self._size = 0
        self._beside = 0
        self._kind = self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(name, attributes)
        if name == "row":
            told = attributes.get("r", "")
            self._in_row = int(told) if told.isdecimal() else self._in_row + 1
            self._next = 1 if self._in_row != self._claimed else self._column + 1
        elif name == "c":
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._place(attributes.get("r", ""))
        elif name not in _OF_CELLS:
            self._beside += 1
            if self._beside > _BESIDE:
                raise Unusable("unpacks_too_large")

    def _place(self, told: str) -> None:
        row, column = self._in_row, self._next
        if found := _PLACE.fullmatch(told):
            row, column = int(found[2]), 0
            for letter in found[1].upper():
                column = column * 26 + ord(letter) - 64
        if not 0 < column <= _COLUMNS:
            raise Unusable("broken_workbook", None, told)
        if row != self._claimed or column <= self._column:
            self._end_row()
            self._number, self._claimed = max(row, self._number + 1), row
            if self._number > _ROWS:
                raise Unusable("unpacks_too_large")
        self._column, self._next = column, column + 1

    def end(self, name: str) -> None:
        """An element ends: with `<c>` a cell does."""
        super().end(name)
        if name == "c" and (text := self.taken()):
            self._row[self._column] = self._value(text)
            self._size += len(text)
            if self._size > _LONGEST:
                raise Unusable("unpacks_too_large")

    def _value(self, text: str) -> str:
        try:
            if self._kind == "s":
                return self._strings.at(int(text))
            return self._formats.number(text, self._style) if self._kind == "n" else text
        except (ValueError, OverflowError) as error:
            raise Unusable("broken_workbook", None, text) from error

    def _end_row(self) -> None:
        self._size = 0
        if self._row:
            self._ready.append((self._number, self._row))
            self._row = {}

    def take(self) -> list[tuple[int, dict[int, str]]]:
        """The rows that have ended since they were last taken."""
        ready, self._ready = self._ready, []
        return ready

    def rest(self) -> list[tuple[int, dict[int, str]]]:
        """The last rows."""
        self._end_row()
        return self.take()
