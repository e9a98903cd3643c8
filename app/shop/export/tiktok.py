"""Orders in the columns of TikTok's Seller Centre: a row per SKU, what is the order's on each of its rows."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.shop.export.fields import Values
from app.shop.export.reading import Told, outside_ids
from app.shop.export.tiktok_amounts import of_lines, of_order
from app.shop.export.tiktok_words import BARE, COLUMNS, HALVES, label_of, reason_of, role_of, states_of
from app.shop.files.market_words import ZONES
from app.shop.files.outside import Fact
from app.shop.files.tiktok_words import ORIGIN
from app.shop.rules.orders import LineStatus, Status
from app.shop.sql import Work

_SAID = {
    "Warehouse Name": "warehouse",
    "Shipping Provider Name": "shipping_provider",
    "Package ID": "package",
    "Purchase Channel": "purchase_channel",
    "Tokopedia Invoice Number": "tokopedia_invoice",
    "Order Channel": "order_channel",
}
"""What the platform said of an order in words of its own."""
_KEPT = "\t"
"""Ends ids and times, as in the platform's own files: a spreadsheet then leaves them as they are."""


@dataclass(frozen=True, slots=True)
class Market:
    """How a file writes times and amounts: as its market does, in UTC where it has several.

    With `halves` times have AM or PM, `bare` amounts go without their currency.
    """

    zone: ZoneInfo
    halves: bool
    bare: bool

    def time(self, at: int) -> str:
        """A time (ms UTC), to the second."""
        there = datetime.fromtimestamp(at // 1000, UTC).astimezone(self.zone)
        if self.halves:
            return f"{there:%m/%d/%Y} {there.hour % 12 or 12}:{there:%M:%S %p}"
        return f"{there:%d/%m/%Y %H:%M:%S}"


def market_of(currencies: Sequence[str]) -> Market:
    """The market of a file whose orders are in these currencies."""
    only = currencies[0] if len(currencies) == 1 else ""
    return Market(ZoneInfo(ZONES.get(only, "UTC")), only in HALVES, only == BARE)


def rows_of(
    work: Work, orders: Sequence[Told], market: Market, *, personal: bool
) -> Iterator[tuple[str, ...]]:
    """The cells of each row, by `COLUMNS`; names, addresses and messages only with `personal`."""
    came = [told for told in orders if told.order["source"] == ORIGIN]
    variants = {line["variant_id"]: ORIGIN for told in came for line in told.lines}
    skus = outside_ids(work, "variant", variants)
    for told in orders:
        for cells in _rows(told, skus, market, personal=personal):
            yield tuple(cells.get(name, "") for name in COLUMNS)


def _rows(told: Told, skus: dict[int, str], market: Market, *, personal: bool) -> Iterator[dict[str, str]]:
    of_sku: dict[tuple[int, bool], list[Values]] = {}
    for line in told.lines:
        sent = line["status"] in (LineStatus.SHIPPED, LineStatus.DELIVERED)
        of_sku.setdefault((line["variant_id"], sent), []).append(line)
    same = _of_order(told, market, personal=personal)
    groups = list(of_sku.values())
    for lines, amounts in zip(groups, of_lines(told, groups, bare=market.bare), strict=True):
        sku = skus.get(lines[0]["variant_id"], f"{lines[0]['variant_id']}").rpartition("/")[2]
        yield same | amounts | _of_sku(told.order, lines) | {"SKU ID": f"{sku}{_KEPT}"}
    if not groups:
        yield same


def _of_sku(order: Values, lines: Sequence[Values]) -> dict[str, str]:
    cancelled = [line for line in lines if line["status"] == LineStatus.CANCELLED]
    live = next((line["status"] for line in lines if line["status"] != LineStatus.CANCELLED), None)
    status, substatus = states_of(order["status"], live)
    cells = {
        "Order Status": status,
        "Order Substatus": substatus,
        "Product Name": lines[0]["title"],
        "Variation": lines[0]["variant"],
        "Quantity": str(_pieces(lines)),
        "Sku Quantity of return": "0",
    }
    if cancelled and order["status"] != Status.CANCELLED:
        cells |= {"Sku Quantity of return": str(_pieces(cancelled))} | _cancel(order, cancelled[0])
    return cells


def _pieces(lines: Iterable[Values]) -> int:
    return sum(line["quantity"] for line in lines)


def _cancel(order: Values, cancelled: Values) -> dict[str, str]:
    """Who cancelled an order, or a line of it, and why."""
    unpaid = order["paid_at"] is None and order["payment_method"] != "COD"
    return {
        "Cancelation/Return Type": "Cancel",
        "Cancel By": role_of(cancelled["cancelled_by"]),
        "Cancel Reason": reason_of(cancelled["cancel_reason"], cancelled["cancel_text"], unpaid=unpaid),
    }


def _of_order(told: Told, market: Market, *, personal: bool) -> dict[str, str]:
    order, label = told.order, next((one["label"] for one in told.payments if one["label"]), None)
    said = _said(told)
    times = {
        "Created Time": order["created_at"],
        "Paid Time": order["paid_at"],
        "Shipped Time": order["shipped_at"],
        "Delivered Time": order["delivered_at"],
        "Cancelled Time": order["cancelled_at"],
    }
    status, substatus = states_of(order["status"], None)
    number = order["outside_number"] if order["source"] == ORIGIN else order["number"]
    cells = {
        "Order ID": f"{number}{_KEPT}",
        "Order Status": status,
        "Order Substatus": substatus,
        "Normal or Pre-order": "Normal",
        "Tracking ID": order["tracking"] or "",
        "Payment Method": label_of(order["payment_method"], label),
        "Creator Handle": order["creator"] or "",
        **{name: f"{market.time(at)}{_KEPT}" for name, at in times.items() if at},
        **{name: str(said[word]) for name, word in _SAID.items() if word in said},
        **of_order(told, bare=market.bare),
    }
    if order["status"] == Status.CANCELLED:
        cells |= _cancel(order, order)
    return cells | (_personal(told) if personal else {})


def _said(told: Told) -> Values:
    """The platform's own words, as they were told last."""
    for event in reversed(told.events):
        if event["action"] in (Fact.IMPORTED, Fact.UPDATED) and event["facts"]:
            facts: Values = json.loads(event["facts"])
            return facts
    return {}


def _personal(told: Told) -> dict[str, str]:
    order = told.order
    from_files = (one["note"] for one in told.events if one["action"] in (Fact.IMPORTED, Fact.UPDATED))
    known_by = order["buyer_name"] if order["source"] == ORIGIN else order["buyer"]
    cells = {
        "Buyer Message": next((note for note in from_files if note), None),
        "Buyer Username": known_by or order["buyer"],
        "Recipient": order["to_recipient"],
        "Phone #": order["to_phone"],
        "Zipcode": order["to_postal_code"],
        "Country": order["to_country"],
        "Province": order["to_region"],
        "Regency and City": order["to_city"],
        "Detail Address": order["to_lines"],
    }
    return {name: text for name, text in cells.items() if text}
