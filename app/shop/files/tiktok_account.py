"""TikTok's "Download your data": the orders of the one account whose file it is, as JSON or as text.

What it tells of an order is when, what, how many, its status and one total: neither shop nor prices of lines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from zoneinfo import ZoneInfo

from app.shop.files.amounts import currency_in, plain
from app.shop.files.dates import DayMonth, LocalTimes, has_offset
from app.shop.files.findings import Unusable
from app.shop.files.market_words import ZONES
from app.shop.files.outside import UNKNOWN, Format, OutsideLine, OutsideOrder, Personal, Times
from app.shop.files.record import Record
from app.shop.files.report import FileReport
from app.shop.files.source import Source
from app.shop.files.tiktok_account_text import is_order_history, orders_in
from app.shop.files.tiktok_seller_words import status_of
from app.shop.pseudonym import digest
from app.shop.rules.clocks import Method
from app.shop.rules.pricing import OutsideEntry

ORIGIN, PREFIX, ZONE = "tiktok-account", "tiktok", "UTC"

_SHOP = ("Tiktok Shopping", "TikTok Shopping", "TikTok Shop")
_OTHERS = frozenset(
    {
        *("Activity", "Direct Messages", "Video", "Ads and data", "App Settings", "Comment", "Comments"),
        *("Direct Message", "Income Plus Wallet Transactions", "Location Review", "Post", "Profile"),
        *("Profile And Settings", "Tiktok Live", "Your Activity", "Likes and Favorites"),
    }
)
"""Sections beside that of the shop; an account that never bought may have no such section."""
_ENOUGH = 3


def _section(value: object, *names: str) -> object:
    """The first of `names` that `value` has, None where it has none."""
    there = (value[name] for name in names if name in value) if isinstance(value, Mapping) else iter(())
    return next(there, None)


def recognises(source: Source) -> bool:
    """Whether the file is such an export, with orders or without."""
    if source.path.is_dir():
        return False
    told = source.json
    if isinstance(told, dict):
        return any(name in told for name in _SHOP) or len(_OTHERS & told.keys()) >= _ENOUGH
    return told is None and is_order_history(source.path)


def read(source: Source, _whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the file."""
    report, told = source.report, source.json
    found = list(orders_in(source) if told is None else _listed(told))
    times, name = _times(found, source), _user_name(told)
    for row, number, one in found:
        report.read += 1
        try:
            numbered = Record({"order_number": number}).needed_id("order_number")
            yield _order(numbered, one, row, times, name, report)
        except Unusable as error:
            report.skip(replace(error.finding, row=row))


def _listed(told: object) -> Iterator[tuple[int, object, object]]:
    """Each order with its row and number: they lie by number, `null` where there are none."""
    history = _section(_section(told, *_SHOP), "Order History")
    found = history
    if isinstance(history, Mapping) and (not history or "OrderHistories" in history):
        found = history.get("OrderHistories")
    if isinstance(found, Mapping):
        yield from ((row, number, one) for row, (number, one) in enumerate(found.items(), 1))
    elif isinstance(found, list):
        yield from ((row, _section(one, "order_id", "order_number"), one) for row, one in enumerate(found, 1))
    elif found is not None:
        raise Unusable("not_an_object", "OrderHistories", found)


def _times(found: list[tuple[int, object, object]], source: Source) -> LocalTimes:
    """How the times are read: where the export tells its clock, it is UTC."""
    texts = [text for _, _, one in found if isinstance(text := _section(one, "order_date"), str)]
    written = DayMonth()
    for text in texts:
        written.add(text)
    zone = ZONE if all(map(has_offset, texts)) else source.clock(ZONE)
    return written.local_times(ZoneInfo(zone), source.choices.month_first)


def _user_name(told: object) -> str | None:
    """The account's name, wherever this version keeps its profile."""
    sections = told.values() if isinstance(told, Mapping) else ()
    inner = chain.from_iterable(one.values() for one in sections if isinstance(one, Mapping))
    found = next((name for one in inner if (name := _section(_section(one, "ProfileMap"), "userName"))), None)
    return Record({"userName": found}).text("userName") if isinstance(found, str) else None


def _order(
    number: str, told: object, row: int, times: LocalTimes, name: str | None, report: FileReport
) -> OutsideOrder:
    record = Record(told)
    total, currency = _total(record)
    word = record.text("order_status") or ""
    status = status_of(word.replace("_", " "), "")
    lines = tuple(_lines(record, row, report))
    for code, odd in (
        ("no_items", not lines),
        ("line_prices_missing", lines and total),
        ("buyer_unknown", not name),
    ):
        if odd:
            record.flag(code)
    if status is None:
        record.flag("unknown_status", "order_status", word)
    return OutsideOrder(
        number=number,
        row=row,
        buyer=digest(ORIGIN, name) if name else UNKNOWN,
        shop=None,
        zone=ZONES.get(currency, ZONE),
        status=status or Times().status,
        created_at=record.needed_time("order_date", times.ms),
        currency=currency,
        method=Method.OTHER,
        times=Times(),
        total_minor=total,
        lines=lines,
        prices=((OutsideEntry.DIFFERENCE, total),) if total else (),
        said=(("status", word),),
        flags=tuple(record.flags),
        personal=Personal(name),
    )


def _total(record: Record) -> tuple[int, str]:
    """The total in minor units and its currency, which stands with it: `10.68 USD`."""
    text = record.text("total_price")
    if text is None:
        raise Unusable("amount_missing", "total_price")
    currency = currency_in(text)
    if currency is None:
        raise Unusable("currency_not_usable", "total_price", text)
    amount = Record({"total_price": plain(text, None)}, record.flags)
    return amount.needed_amount("total_price", currency), currency


def _lines(record: Record, row: int, report: FileReport) -> Iterator[OutsideLine]:
    """What was bought, at no price: how much of the total was for what, nobody knows."""
    found = record.raw("Products")
    for n, one in enumerate(found if isinstance(found, list) else [found] if found else [], 1):
        try:
            yield _line(Record(one, record.flags, f"Products[{n}]"))
        except Unusable as error:
            record.flags.append(replace(error.finding, code="line_left_out"))
            report.skip(replace(error.finding, row=row))


def _line(item: Record) -> OutsideLine:
    title, variant = item.text("product_name"), item.text("variation_name") or ""
    if title is None:
        raise Unusable("id_missing", "product_name")
    return OutsideLine(
        product=title,
        variant=f"{title} - {variant}",
        title=title,
        variant_name="" if variant == "Default" else variant,
        quantity=item.pieces("quantity"),
        unit_minor=0,
        discount_minor=0,
        total_minor=0,
    )


FORMAT = Format("tiktok-account", ORIGIN, PREFIX, recognises, read)
