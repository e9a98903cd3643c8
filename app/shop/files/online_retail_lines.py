"""What an invoice of UCI's Online Retail adds up to: its goods, and the items that are postage or a fee."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from app.shop.files.findings import Unusable
from app.shop.files.outside import OutsideLine, Prices
from app.shop.files.record import PIECES, Record
from app.shop.files.report import FileReport
from app.shop.rules.money import to_units
from app.shop.rules.pricing import Entry, OutsideEntry

_DISCOUNT = "D"
_PARTS: dict[str, Entry | OutsideEntry] = {
    **dict.fromkeys(("POST", "DOT", "C2"), Entry.SHIPPING),
    **dict.fromkeys(("BANK CHARGES", "AMAZONFEE", "CRUK"), OutsideEntry.SERVICE_FEE),
    _DISCOUNT: OutsideEntry.SELLER_DISCOUNT,
}
"""Stock codes that are parts of the price; every other one is something to have, the manual ones (M) too."""

_SIGNED = re.compile(r"(-?\d{1,7})(?:\.0)?")


Numbered = tuple[int, Record]
"""A row with its number as a spreadsheet shows it."""


@dataclass(frozen=True, slots=True)
class Priced:
    """The lines of an invoice, its price sheet, and what it comes to in minor units."""

    lines: tuple[OutsideLine, ...]
    prices: Prices
    total_minor: int


def priced(rows: Iterable[Numbered], report: FileReport, currency: str, *, cancels: bool) -> Priced | None:
    """What the rows add up to, None where none can be used: then the report is told of each.

    A cancellation has its pieces below zero; here they are the pieces that it takes back.
    """
    lines: list[OutsideLine] = []
    parts: Counter[Entry | OutsideEntry] = Counter({Entry.ITEMS: 0})
    for n, record in rows:
        try:
            code, pieces = record.text("stockcode") or "", _pieces(record, cancels=cancels)
            amount = pieces * record.needed_amount("unitprice", currency)
            if code in _PARTS:
                parts[_kind(code, amount)] += amount
                record.flag("not_goods", "stockcode", code)
            else:
                lines.append(_line(record, pieces, amount))
        except Unusable as error:
            report.skip(replace(error.finding, row=n))
            record.flags.append(replace(error.finding, code="line_left_out"))
    parts[Entry.ITEMS] = sum(line.total_minor for line in lines)
    total = parts.total()
    if total < 0:
        raise Unusable("amount_not_usable", "unitprice", to_units(total, currency))
    found = Priced(tuple(lines), tuple((kind, amount) for kind, amount in parts.items() if amount), total)
    return found if lines or len(parts) > 1 else None


def _pieces(record: Record, *, cancels: bool) -> int:
    """So many pieces; below zero only for a discount, which is no piece of anything."""
    told = record.text("quantity")
    pieces = _signed(told or "") * (-1 if cancels else 1)
    if pieces < 0 and not cancels:
        if record.raw("stockcode") == _DISCOUNT:
            return pieces
        if not record.amount("unitprice", ""):
            raise Unusable("written_off", "quantity", told)
    if not 0 < pieces <= PIECES:
        raise Unusable("quantity_not_usable", "quantity", told)
    return pieces


@lru_cache(maxsize=1024)
def _signed(told: str) -> int:
    """A number of pieces, 0 for what is none."""
    found = _SIGNED.fullmatch(told)
    return int(found[1]) if found else 0


def _kind(code: str, amount: int) -> Entry | OutsideEntry:
    """The part of the price; a discount that a cancellation takes back is what its sheet does not name."""
    return OutsideEntry.DIFFERENCE if code == _DISCOUNT and amount > 0 else _PARTS[code]


def _line(record: Record, pieces: int, amount: int) -> OutsideLine:
    code = record.needed_id("stockcode")
    if not amount:
        record.flag("price_zero")
    return _one_line(code, record.text("description") or code, pieces, amount)


@lru_cache(maxsize=8192)  # the same items are bought again and again
def _one_line(code: str, title: str, pieces: int, amount: int) -> OutsideLine:
    return OutsideLine(code, code, title, "", pieces, amount // pieces, 0, amount)
