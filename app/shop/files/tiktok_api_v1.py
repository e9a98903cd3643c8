"""TikTok Shop Open API orders, version 1 (until 2023): numbers for statuses, lines with a quantity."""

from collections import defaultdict, deque
from collections.abc import Iterator

from app.shop.files.outside import Format, OutsideAddress, OutsideOrder
from app.shop.files.record import Record
from app.shop.files.source import Source
from app.shop.files.tiktok import Version, read_each
from app.shop.files.tiktok_words import ORIGIN, PREFIX
from app.shop.rules.orders import Status

_FIELDS = {"order_status", "payment_info", "create_time", "item_list"}


def _address(record: Record) -> OutsideAddress:
    return OutsideAddress(
        recipient=record.text("name"),
        phone=record.text("phone"),
        lines=record.text("address_detail") or record.text("full_address"),
        city=record.text("city"),
        region=record.text("state"),
        postal_code=record.text("zipcode"),
        country=record.text("region"),
    )


VERSION = Version(
    number="order_id",
    status="order_status",
    statuses={
        "100": Status.UNPAID,
        "105": Status.ON_HOLD,
        "111": Status.AWAITING_SHIPMENT,
        "112": Status.AWAITING_COLLECTION,
        "114": Status.PARTIALLY_SHIPPED,
        "121": Status.IN_TRANSIT,
        "122": Status.DELIVERED,
        "130": Status.COMPLETED,
        "140": Status.CANCELLED,
    },
    money="payment_info",
    method="payment_method",
    buyer="buyer_uid",
    items="item_list",
    ship_by=("rts_sla",),
    collect_by="tts_sla",
    cancel_sla="cancel_order_sla",
    price="sku_original_price",
    sale_price="sku_sale_price",
    line_status="sku_display_status",
    line_reason="sku_cancel_reason",
    line_role="sku_cancel_user",
    address=_address,
)


def _orders(source: Source) -> list[object]:
    found = source.json
    for name in ("data", "order_list"):
        found = found.get(name) if isinstance(found, dict) else found
    return found if isinstance(found, list) else []


def recognises(source: Source) -> bool:
    """Whether the file holds details of such orders."""
    return any(
        isinstance(one, dict) and "order_id" in one and len(_FIELDS & one.keys()) > 1
        for one in _orders(source)
    )


def read(source: Source, _whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the file."""
    return read_each(source, [_with_line_ids(one) for one in _orders(source)], VERSION)


def _with_line_ids(order: object) -> object:
    """The ids of lines stand in a list of their own, by the variant bought; each line takes its first."""
    if not isinstance(order, dict):
        return order
    lines, items = order.get("order_line_list"), order.get("item_list")
    if not isinstance(lines, list) or not isinstance(items, list):
        return order
    ids: dict[object, deque[object]] = defaultdict(deque)
    for line in lines:
        if isinstance(line, dict) and isinstance(sku := line.get("sku_id"), str | int):
            ids[sku].append(line.get("order_line_id"))
    return order | {"item_list": [_with_id(item, ids) for item in items]}


def _with_id(item: object, ids: dict[object, deque[object]]) -> object:
    if not isinstance(item, dict) or not isinstance(sku := item.get("sku_id"), str | int):
        return item
    return item | {"id": ids[sku].popleft()} if ids.get(sku) else item


FORMAT = Format("tiktok-api-v1", ORIGIN, PREFIX, recognises, read)
