"""An outside file or folder, opened: its encoding, its JSON, its tables of CSV."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from app.shop.files.findings import Finding, Unusable
from app.shop.files.report import FileReport

_CHUNK = 1 << 16
_EVERY = 500
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACK = "cp1252"

Row = dict[str, str]
Advance = Callable[[int], None]
"""Is told how many bytes were read since it was last told."""


def _opening(path: Path) -> tuple[bytes, str]:
    """How a text file begins, and its encoding as far as that tells; raises Unusable where it is no text."""
    try:
        with path.open("rb") as file:
            head = file.read(_CHUNK)
    except OSError as error:
        raise Unusable("not_readable", value=error.strerror) from error
    if not head.strip(b" \t\r\n\0"):
        raise Unusable("file_empty")
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), None)
    encoding = marked or json.detect_encoding(head)
    if "\0" in head.decode(encoding, "ignore"):
        raise Unusable("not_text")
    return head, encoding


def encoding_of(path: Path) -> str:
    """The encoding of the whole of a text file; raises Unusable where it is none."""
    _, encoding = _opening(path)
    if encoding != "utf-8":
        return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _FALLBACK
    return encoding


def opened(path: Path, report: FileReport) -> tuple[BinaryIO, io.TextIOWrapper]:
    """A file's bytes, and over them its text, decoded; the report is told of an encoding that was guessed."""
    encoding = encoding_of(path)
    if encoding == _FALLBACK:
        report.notes.append(Finding("read_as_cp1252", file=path.name))
    errors = "replace" if encoding == _FALLBACK else "strict"
    binary = path.open("rb")
    return binary, io.TextIOWrapper(binary, encoding, errors, newline="")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file with a header; its columns are found by name, whatever their order, case or number."""

    path: Path
    delimiter: str
    columns: tuple[str, ...]

    def rows(self, report: FileReport, advance: Advance) -> Iterator[tuple[int, Row]]:
        """Each row with its number as a spreadsheet shows it.

        Rows of another width are told to the report, and so is the place where the file breaks.
        """
        number, told = 0, 0
        binary, text = opened(self.path, report)
        with text:
            try:
                for number, cells in enumerate(csv.reader(text, delimiter=self.delimiter), 1):
                    if number == 1 or not any(cells):
                        continue
                    if len(cells) == len(self.columns):
                        yield number, dict(zip(self.columns, map(_cell, cells), strict=True))
                    else:
                        report.skip(Finding("cells_missing", None, str(len(cells)), number, self.path.name))
                    if number % _EVERY == 0:
                        advance(binary.tell() - told)
                        told = binary.tell()
            except csv.Error as error:
                report.skip(Finding("broken_csv", None, str(error), number + 1, self.path.name))
            except UnicodeError:
                report.skip(Finding("broken_encoding", None, None, number + 1, self.path.name))
            advance(binary.tell() - told)


def _cell(text: str) -> str:
    # Exports end ids with a TAB, or begin them with an apostrophe, so that spreadsheets keep them as text.
    return text.strip().removeprefix("'")


def table_of(path: Path) -> Table | None:
    """The table of a CSV file by its header, None for what has no header of several columns."""
    try:
        head, encoding = _opening(path)
    except Unusable:
        return None
    line = next(iter(head.decode(encoding, "replace").splitlines()), "")
    delimiter = max(",;\t|", key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return None
    columns = tuple(_cell(cell).lower() for cell in cells)
    return Table(path, delimiter, columns) if len(set(columns)) == len(columns) > 1 else None


@dataclass
class Source:
    """A file, or a folder whose tables belong together; `report` is told what reading finds."""

    path: Path
    report: FileReport
    advance: Advance = field(default=lambda _: None)

    @cached_property
    def json(self) -> Any:
        """The file as JSON, None where it does not look like it; numbers stay exact.

        Raises Unusable where it begins like JSON and is broken or cut off.
        """
        if self.path.is_dir():
            return None
        head, encoding = _opening(self.path)
        if not head.decode(encoding, "ignore").lstrip().startswith(("[", "{")):
            return None
        try:
            with opened(self.path, self.report)[1] as text:
                found = json.loads(text.read(), parse_float=Decimal)
                self.advance(self.path.stat().st_size)
                return found
        except json.JSONDecodeError as error:
            raise Unusable("broken_json", f"line {error.lineno}, character {error.colno}") from error
        except UnicodeError as error:
            raise Unusable("broken_encoding") from error
        except (ValueError, ArithmeticError, RecursionError) as error:
            raise Unusable("broken_json") from error

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The CSV tables of the folder, by name; of a file, its own first, then those that lie beside it."""
        folder = self.path if self.path.is_dir() else self.path.parent
        paths = sorted(files_in(folder), key=lambda path: (path != self.path, path.name))
        return tuple(table for path in paths if (table := table_of(path)))


def files_in(folder: Path) -> tuple[Path, ...]:
    """The files directly in a folder, by name, hidden ones left out; raises Unusable where it is closed."""
    try:
        found = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    except OSError as error:
        raise Unusable("not_readable", value=error.strerror) from error
    return tuple(sorted(found))
