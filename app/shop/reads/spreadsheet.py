"""Rows as text for other programs, line by line: CSV as spreadsheets open it, or JSON."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from itertools import chain
from typing import Any

from app.shop.sql import as_json

_MARK = "'"
"""Has a spreadsheet take what follows for text."""
_MARKED = (_MARK, "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula; the wide forms where East Asian text is typed."""


def iso(at: int | None) -> str | None:
    """Milliseconds UTC as ISO 8601."""
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC).isoformat().replace("+00:00", "Z")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The header and a line for each row, each with its line end.

    What people wrote could be a formula to a spreadsheet: such a text gets a ' in front, and so does one
    that begins with it, so that whoever takes one away has the text again.
    """
    line = StringIO(newline="")
    writer = csv.writer(line)
    for row in chain((header,), rows):
        writer.writerow([_harmless(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def json_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A JSON object on a line of its own for each row."""
    for row in rows:
        yield as_json(dict(zip(header, row, strict=True))) + "\n"


def _harmless(value: Any) -> Any:
    return f"{_MARK}{value}" if isinstance(value, str) and value.startswith(_MARKED) else value
