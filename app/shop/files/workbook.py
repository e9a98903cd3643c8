"""An Excel workbook (.xlsx), read as a stream: cells as the text that stands in it, never as floats."""

import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from app.shop.files.cell_formats import Formats
from app.shop.files.cells import Cells
from app.shop.files.findings import Unusable
from app.shop.files.packed import BROKEN, Limited, sheets_of
from app.shop.files.report import Advance
from app.shop.files.workbook_xml import Strings, parsed

_LOOKED_AT = 20
"""Rows of a sheet in which its header is looked for."""
_SHEETS = 100
"""Sheets that no export has."""


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, by what is in it."""
    return bool(sheets_of(path))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that holds the table of a workbook: the names in its row `header`, from a column on."""

    workbook: "Workbook"
    part: str
    header: int
    first: int
    names: list[str]
    twins: int = 0
    """Sheets beside it with the same names, which are not read."""

    def lines(self, advance: Advance) -> Iterator[tuple[int, list[str]]]:
        """Every row that has a cell, as wide as the header, wider where something stands beside it."""
        columns = range(self.first, self.first + len(self.names))
        for number, row in self.workbook.rows(self.part, advance):
            beside = [text for column, text in row.items() if column not in columns and text.strip()]
            yield number, [row.get(column, "") for column in columns] + beside


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook; raises Unusable, at whatever is asked of it, where it is damaged or a bomb."""

    path: Path

    def sheet(self) -> Sheet | None:
        """The sheet whose header names most, whatever it is called and wherever it stands."""
        parts = sorted(sheets_of(self.path), key=lambda it: (len(it), it))
        if len(parts) > _SHEETS:
            raise Unusable("unpacks_too_large")
        found = [self._looked_at(part) for part in parts]
        sheets = [sheet for sheet in found if sheet]
        most = max(sheets, key=lambda sheet: len(sheet.names), default=None)
        return most and replace(most, twins=sum(sheet.names == most.names for sheet in sheets) - 1)

    def _looked_at(self, part: str) -> Sheet | None:
        """A sheet with its header: the first row that is about as full as rows of it are."""
        top: list[tuple[int, dict[int, str]]] = []
        with closing(self.rows(part, lambda _: None)) as rows:
            try:
                for number, row in islice(rows, _LOOKED_AT):
                    top.append(
                        (number, {column: text.strip() for column, text in row.items() if text.strip()})
                    )
            except Unusable as error:
                if error.finding.code != "broken_workbook" or not top:
                    raise
        most = max((len(row) for _, row in top), default=0)
        number, names = next((line for line in top if 2 * len(line[1]) > most), (0, {}))
        if not names:
            return None
        columns = range(min(names), max(names) + 1)
        return Sheet(self, part, number, columns[0], [names.get(column, "") for column in columns])

    def rows(self, part: str, advance: Advance) -> Generator[tuple[int, dict[int, str]], None, None]:
        """The rows of a sheet that have cells, with their numbers; cells by column, counted from 1."""
        told, size = 0, self.path.stat().st_size
        try:
            with zipfile.ZipFile(self.path) as archive:
                formats = self._formats(archive)
                whole = archive.getinfo(part).file_size or 1
                with closing(self._strings(archive)) as strings, archive.open(part) as stream:
                    cells, limited = Cells(strings, formats), Limited(stream, size)
                    try:
                        for _ in parsed(limited, cells):
                            yield from cells.take()
                            read = min(size, limited.total * size // whole)
                            advance(read - told)
                            told = read
                        yield from cells.rest()
                    except Unusable:
                        yield from cells.take()
                        raise
        except BROKEN as error:
            raise Unusable("broken_workbook", None, str(error)) from error

    def _part(self, archive: zipfile.ZipFile, name: str) -> str | None:
        return next((one for one in archive.namelist() if one.rpartition("/")[2].lower() == name), None)

    def _strings(self, archive: zipfile.ZipFile) -> Strings:
        part = self._part(archive, "sharedstrings.xml")
        size = self.path.stat().st_size
        return Strings(Limited(archive.open(part), size) if part else None)

    def _formats(self, archive: zipfile.ZipFile) -> Formats:
        formats = Formats()
        for name in ("workbook.xml", "styles.xml"):
            if part := self._part(archive, name):
                with archive.open(part) as stream:
                    for _ in parsed(Limited(stream, self.path.stat().st_size), formats):
                        pass
        return formats
