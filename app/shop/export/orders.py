"""Orders as the lines of a file, all of one moment, read piece by piece: many fit in little."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.shop.access import for_owner
from app.shop.export.cancelled_here import cancelled_here
from app.shop.export.lines import json_lines
from app.shop.export.reading import Told, Wanted, currencies, how_many, pages, shop_named
from app.shop.export.tiktok import market_of, rows_of
from app.shop.export.tiktok_words import COLUMNS
from app.shop.reads.spreadsheet import csv_lines
from app.shop.shop import Shop
from app.shop.sql import Work

Progress = Callable[[int, int], None]


class Form(StrEnum):
    """The kinds of files."""

    TIKTOK = "tiktok"
    JSON = "json"


@dataclass(slots=True)
class Exported:
    """What a file has: orders, and its rows or lines without the header."""

    format: str
    orders: int = 0
    rows: int = 0

    def as_json(self) -> dict[str, Any]:
        """What `export --json` prints, beside the file."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported; `shop` is a handle, `since` and `until` are ms UTC, `until` does not count.

    With `here_only` only orders of a platform whose cancellation was made here and that the platform has not
    told of yet; names, addresses and messages only with `personal`.
    """

    form: Form = Form.TIKTOK
    shop: str | None = None
    since: int | None = None
    until: int | None = None
    personal: bool = False
    here_only: bool = False


@for_owner
def export_orders(
    shop: Shop, asked: Asked, exported: Exported, progress: Progress | None = None
) -> Iterator[str]:
    """The lines of the file, each with its line end; `exported` counts along with them.

    Raises NotFound for a shop there is not, with the first line.
    """
    with shop.snapshot() as work:
        of = shop_named(work, asked.shop) if asked.shop is not None else None
        wanted = Wanted(of, asked.since, asked.until)
        some = cancelled_here(work, wanted) if asked.here_only else pages(work, wanted)
        counted = _counted(some, exported, 0 if asked.here_only else how_many(work, wanted), progress)
        if asked.form is Form.JSON:
            for page in counted:
                for line in json_lines(work, page, personal=asked.personal):
                    exported.rows += 1
                    yield line
        else:
            yield from csv_lines(COLUMNS, _rows(work, counted, wanted, exported, personal=asked.personal))


def _rows(
    work: Work, orders: Iterator[list[Told]], wanted: Wanted, exported: Exported, *, personal: bool
) -> Iterator[tuple[str, ...]]:
    market = market_of(currencies(work, wanted))
    for page in orders:
        for row in rows_of(work, page, market, personal=personal):
            exported.rows += 1
            yield row


def _counted(
    some: Iterator[list[Told]], exported: Exported, total: int, progress: Progress | None
) -> Iterator[list[Told]]:
    for page in some:
        yield page
        exported.orders += len(page)
        if progress:
            progress(exported.orders, total)
