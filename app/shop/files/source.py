"""An outside file or folder, opened: its JSON, its tables, and what a person says of it."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from app.shop.files.encoding import opened, opening
from app.shop.files.findings import Finding, Unusable
from app.shop.files.report import Advance, FileReport
from app.shop.files.table import Table, read_table, table_of
from app.shop.files.workbook import is_workbook

LARGEST_JSON = 1 << 25
"""Bytes of a JSON file: read whole, it takes some six times as much memory."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of files that leave it open.

    Whether 1/2 is the second of January, the currency, the time zone of times that name none, and the handle
    of the shop whose orders they have. What is said of one file alone, by the name its report has, counts
    there instead.
    """

    month_first: bool | None = None
    currency: str | None = None
    zone: str | None = None
    shop: str | None = None
    alone: Mapping[str, "Choices"] = field(default_factory=dict)

    def of(self, file: str) -> "Choices":
        """What is said of the file whose report has this name."""
        return self.alone.get(file, self)


@dataclass
class Source:
    """A file, or a folder whose tables belong together; `report` is told what reading finds."""

    path: Path
    report: FileReport
    advance: Advance = field(default=lambda _: None)
    choices: Choices = field(default_factory=Choices)

    def clock(self, usual: str) -> str:
        """The time zone of times that name none, which is noted: the one a person says, else the `usual`."""
        zone = self.choices.zone or usual
        self.report.notes.append(Finding("no_time_zone", value=zone))
        return zone

    @cached_property
    def json(self) -> Any:
        """The file as JSON, None where it does not look like it; numbers stay exact.

        Raises Unusable where it begins like JSON and is broken or cut off, or too large to be read whole.
        """
        if self.path.is_dir() or is_workbook(self.path):
            return None
        head, encoding = opening(self.path)
        if not head.decode(encoding, "ignore").lstrip().startswith(("[", "{")):
            return None
        if (size := self.path.stat().st_size) > LARGEST_JSON:
            raise Unusable("json_too_large")
        twice: dict[str, None] = {}

        def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            found = dict(pairs)
            if len(found) < len(pairs):
                twice.update((name, None) for name, n in Counter(name for name, _ in pairs).items() if n > 1)
            return found

        try:
            with opened(self.path, self.report)[1] as text:
                found = json.loads(text.read(), parse_float=Decimal, object_pairs_hook=once)
        except json.JSONDecodeError as error:
            raise Unusable("broken_json", f"line {error.lineno}, character {error.colno}") from error
        except UnicodeError as error:
            raise Unusable("broken_encoding") from error
        except (ValueError, ArithmeticError, RecursionError) as error:
            raise Unusable("broken_json") from error
        if twice:
            self.report.notes.append(Finding("name_twice", value=", ".join(twice)))
        self.advance(size)
        return found

    @cached_property
    def table(self) -> Table | None:
        """The table of the file, None where it has none; raises Unusable for a workbook that is damaged."""
        return None if self.path.is_dir() else read_table(self.path)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the folder, by name; of a file, its own first, then those that lie beside it."""
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
