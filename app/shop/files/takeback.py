"""The lines of JSON that `takeback export` writes: an order on each, as another store has it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from app.shop.export.fields import ELSEWHERE, MARK
from app.shop.files.encoding import opened, opening
from app.shop.files.findings import Finding, Unusable
from app.shop.files.outside import Format, OutsideOrder
from app.shop.files.source import Source
from app.shop.files.takeback_bring_in import bring_in
from app.shop.files.takeback_record import order_of
from app.shop.files.workbook import is_workbook

_FIRST = re.compile(rf'\s*\{{\s*"{MARK}"\s*:\s*\d')
_LONGEST = 1 << 22
"""Characters of a line that no order has."""


def recognises(source: Source) -> bool:
    """Whether the file has such lines, by how the first begins."""
    if source.path.is_dir() or is_workbook(source.path):
        return False
    head, encoding = opening(source.path)
    return _FIRST.match(head.decode(encoding, "ignore").lstrip("\ufeff")) is not None


def read(source: Source, _whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the file, line by line; what a line has that cannot be used is told with its number."""
    binary, text = opened(source.path, source.report)
    told = 0
    with text:
        try:
            for number, line in enumerate(iter(lambda: text.readline(_LONGEST), ""), 1):
                if line.strip():
                    yield from _usable(source, number, line)
                source.advance(binary.tell() - told)
                told = binary.tell()
        except UnicodeError:
            source.report.skip(Finding("broken_encoding", file=source.path.name))


def _usable(source: Source, number: int, line: str) -> Iterator[OutsideOrder]:
    source.report.read += 1
    try:
        yield order_of(json.loads(line, parse_constant=_no_number), number)
    except Unusable as error:
        source.report.skip(replace(error.finding, row=number))
    except (ValueError, RecursionError):
        source.report.skip(Finding("broken_line", row=number))


def _no_number(_: str) -> None:
    raise ValueError


FORMAT = Format("takeback-export", ELSEWHERE, "takeback", recognises, read, bring_in=bring_in)
