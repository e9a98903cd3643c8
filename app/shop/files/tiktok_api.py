"""TikTok Shop Open API orders, version 202309: a list of orders, or an answer of the interface with one."""

from collections.abc import Iterator

from app.shop.files.outside import Format, OutsideAddress, OutsideOrder
from app.shop.files.record import Record
from app.shop.files.source import Source
from app.shop.files.tiktok import Version, read_each
from app.shop.files.tiktok_words import ORIGIN, PREFIX
from app.shop.rules.orders import Status

_FIELDS = {"status", "payment", "create_time", "update_time", "warehouse_id"}


def _address(record: Record) -> OutsideAddress:
    places = [place.text("address_name") for place in record.parts("district_info")]
    return OutsideAddress(
        recipient=record.text("name"),
        phone=record.text("phone_number"),
        lines=record.text("address_detail") or record.text("full_address"),
        city=", ".join(place for place in reversed(places[2:]) if place) or None,
        region=places[1] if places[1:] else None,
        postal_code=record.text("postal_code"),
        country=record.text("region_code"),
    )


VERSION = Version(
    number="id",
    status="status",
    statuses={str(status): status for status in Status} | {"PARTIALLY_SHIPPING": Status.PARTIALLY_SHIPPED},
    money="payment",
    method="payment_method_name",
    buyer="user_id",
    items="line_items",
    ship_by=("shipping_due_time", "rts_sla_time"),
    collect_by="collection_due_time",
    cancel_sla="cancel_order_sla_time",
    price="original_price",
    sale_price="sale_price",
    line_status="display_status",
    line_reason="cancel_reason",
    line_role="cancel_user",
    address=_address,
)


def _orders(source: Source) -> list[object] | None:
    found = source.json
    for name in ("data", "orders"):
        found = found.get(name) if isinstance(found, dict) else found
    return found if isinstance(found, list) else None


def recognises(source: Source) -> bool:
    """Whether the file is a list of such orders; a day without orders is an empty list."""
    orders = _orders(source)
    return orders == [] or any(
        isinstance(one, dict) and "id" in one and len(_FIELDS & one.keys()) > 1 for one in orders or ()
    )


def read(source: Source, _whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the file."""
    return read_each(source, _orders(source) or [], VERSION)


FORMAT = Format("tiktok-api", ORIGIN, PREFIX, recognises, read)
