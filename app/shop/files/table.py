"""A table with a header, out of CSV in whatever dialect or out of a workbook: columns are found by name."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.shop.files.encoding import opened, opening
from app.shop.files.findings import Finding, Unusable
from app.shop.files.report import Advance, FileReport
from app.shop.files.workbook import Sheet, Workbook, is_workbook

_EVERY = 500
_LONGEST = 1 << 22
"""Characters of a row that no export has, but what unpacks to far more than it seems."""
_DELIMITERS = ",;\t|"
_WIDE = 5
"""Columns of which a text that somebody wrote has no delimiters by chance."""
_KEPT = re.compile(r"'(?=['=+\-@＝＋－＠]|[\W\d_]*$)")
_END = re.compile(r"\r\n|\r|\n")
_SEP_LINE = re.compile(r'"?sep=(.)"?[ \t]*(\r\n|\r|\n)', re.IGNORECASE)

Row = dict[str, str]
Numbered = tuple[int, Row]
"""A row with its number as a spreadsheet shows it."""
Lines = Callable[[FileReport, Advance], Iterator[tuple[int, list[str]]]]
"""Every line as cells with its number as a spreadsheet shows it, the header and those above it too."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the header in row `header`; columns are found by name, whatever order, case or number."""

    path: Path
    names: tuple[str, ...]
    header: int
    lines: Lines

    @property
    def columns(self) -> frozenset[str]:
        """What the columns are called; a name that stands twice is that of the first, one may have none."""
        return frozenset(self.names)

    def rows(self, report: FileReport, advance: Advance) -> Iterator[Numbered]:
        """Each row with its number as a spreadsheet shows it.

        Rows of another width are told to the report, and so is the place where the file breaks.
        """
        # Backwards, so that of two columns of one name the first counts.
        width, names = len(self.names), self.names[::-1]
        twice = [name for name, n in Counter(names).items() if name and n > 1]
        report.notes += [Finding("column_twice", file=self.path.name, value=name) for name in twice]
        for number, cells in self.lines(report, advance):
            if number <= self.header or not any(told := _cells(cells)):
                continue
            if any(told[width:]) or len(told) < width:
                report.skip(Finding("cells_missing", None, str(len(cells)), number, self.path.name))
            else:
                yield number, dict(zip(names, told[width - 1 :: -1], strict=True))


def _cells(cells: Iterable[str]) -> list[str]:
    # Exports end ids with a TAB, write ="…" or begin with an apostrophe what would be a number or a formula:
    # spreadsheets then keep them. Before a word it is one, as in 'Tis.
    return [_bare(text) if text[:1] in _MARKED else text for text in map(str.strip, cells)]


_MARKED = frozenset("='")


def _bare(text: str) -> str:
    if text[:2] == '="':
        return text[2:].removesuffix('"')
    return text[1:] if _KEPT.match(text) else text


def _columns(cells: list[str]) -> tuple[str, ...] | None:
    """The names of a header, without empty ones at its end; None where it does not name several things."""
    names = [" ".join(cell.lower().split()) for cell in _cells(cells)]
    while names and not names[-1]:
        names.pop()
    return tuple(names) if len(set(names) - {""}) > 1 else None


def read_table(path: Path) -> Table | None:
    """The table of a file by its header, None for what has no header of several columns.

    Raises Unusable where the file is neither text nor a workbook, or a workbook that is damaged.
    """
    return _of_workbook(path) if is_workbook(path) else _of_csv(path)


def table_of(path: Path) -> Table | None:
    """The table of a file; None too where it cannot be read."""
    try:
        return read_table(path)
    except Unusable:
        return None


def _of_workbook(path: Path) -> Table | None:
    sheet = Workbook(path).sheet()
    columns = _columns(sheet.names) if sheet else None
    return Table(path, columns, sheet.header, partial(_sheet_lines, sheet)) if sheet and columns else None


def _sheet_lines(sheet: Sheet, report: FileReport, advance: Advance) -> Iterator[tuple[int, list[str]]]:
    number = 0
    if sheet.twins:
        report.skip(Finding("sheets_beside", None, str(sheet.twins), file=sheet.workbook.path.name))
    try:
        for number, cells in sheet.lines(advance):
            yield number, cells
    except Unusable as error:
        if error.finding.code != "broken_workbook":
            raise
        report.skip(Finding("broken_sheet", None, error.finding.value, number + 1, sheet.workbook.path.name))


def _of_csv(path: Path) -> Table | None:
    head, encoding = opening(path)
    text = head.decode(encoding, "replace")
    told = _SEP_LINE.match(text)
    text = text[told.end() :] if told else text
    found = [(each, _first(text, each)) for each in (told[1] if told else _DELIMITERS)]
    delimiter, cells = max(found, key=lambda one: sum(map(bool, _cells(one[1]))))
    columns = _columns(cells)
    header = 2 if told else 1
    return (
        Table(path, columns, header, partial(_csv_lines, path, delimiter, len(columns))) if columns else None
    )


def _first(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except (csv.Error, TypeError, ValueError):
        return []


def _rows_within(cells: list[str], delimiter: str, width: int) -> int:
    """Rows that a quotation mark which nothing closes made part of a cell: it has as many delimiters."""
    ends = {cell: len(_END.findall(cell)) for cell in cells} if width >= _WIDE else {}
    return max((n for cell, n in ends.items() if n and cell.count(delimiter) >= (width - 1) * n), default=0)


def _csv_lines(
    path: Path, delimiter: str, width: int, report: FileReport, advance: Advance
) -> Iterator[tuple[int, list[str]]]:
    number = told = size = line = 0
    binary, text = opened(path, report)

    def lines() -> Iterator[str]:
        nonlocal size
        while read := text.readline(_LONGEST):
            size += len(read)
            if size >= _LONGEST:
                raise csv.Error("a row of more than four million characters")
            yield read

    rows = csv.reader(lines(), delimiter=delimiter)
    with text:
        try:
            for number, cells in enumerate(rows, 1):
                size, several, line = 0, rows.line_num > line + 1, rows.line_num
                if several and (swallowed := _rows_within(cells, delimiter, width)):
                    report.skip(Finding("rows_within", None, str(swallowed), number, path.name))
                else:
                    yield number, cells
                if number % _EVERY == 0:
                    advance(binary.tell() - told)
                    told = binary.tell()
        except csv.Error as error:
            report.skip(Finding("broken_csv", None, str(error), number + 1, path.name))
        except UnicodeError:
            report.skip(Finding("broken_encoding", None, None, number + 1, path.name))
        advance(binary.tell() - told)
