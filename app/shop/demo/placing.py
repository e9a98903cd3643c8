"""How a demo order begins, written as `place_order` writes it."""

from collections.abc import Sequence

from app.shop import tables as t
from app.shop.demo.goods import Good, Variant
from app.shop.demo.money import pay_in
from app.shop.demo.record import Record, Wanted
from app.shop.rules.clocks import Method, after_payment, pay_by
from app.shop.rules.orders import Role, Status
from app.shop.rules.orders import after_payment as status_after_payment
from app.shop.rules.pricing import Item, Sheet, VoucherTerms, coins_used, sheet, why_not_voucher

Chosen = tuple[Good, Variant, int]
"""What is bought: a product, its variant, and how many pieces."""


def place(
    record: Record,
    number: int,
    at: int,
    chosen: Sequence[Chosen],
    method: Method,
    vouchers: Sequence[VoucherTerms] = (),
    coins: int = 0,
) -> None:
    """Place the order; a voucher that does not apply is left out."""
    good, seller = chosen[0][0], record.seller
    items = [Item(pieces, variant.price_minor) for _, variant, pieces in chosen]
    record.vouchers = tuple(one for one in vouchers if _why_not(record, one, items, at) is None)
    priced = sheet(items, seller.policy.shipping_minor, record.vouchers, coins)
    record.order |= {
        "number": number,
        "buyer_id": record.buyer.id,
        "shop_id": seller.id,
        "creator_id": good.creator_id,
        "version": 0,
        "currency": seller.market.currency,
        "total_minor": priced.total_minor,
        "line_count": len(chosen),
        "payment_method": method.value,
        "address_id": record.buyer.address_id,
        "created_at": at,
        "pay_by": pay_by(method, at, seller.policy),
        "source": "takeback",
    }
    record.rows.of[t.Order].append(record.order)
    record.begin(good.told)
    _write_lines(record, chosen)
    write_prices(record, priced)
    record.hold(_wanted(record, priced))
    _begin(record, at, method)


def _why_not(record: Record, voucher: VoucherTerms, items: Sequence[Item], at: int) -> str | None:
    """Why a voucher does not apply to these items of the order's shop."""
    amount, seller = sum(item.amount_minor for item in items), record.seller
    return why_not_voucher(voucher, amount, shop_id=seller.id, currency=seller.market.currency, now=at)


def _write_lines(record: Record, chosen: Sequence[Chosen]) -> None:
    for n, (good, variant, pieces) in enumerate(chosen, 1):
        record.rows.add(
            t.Line,
            order_number=record.order["number"],
            n=n,
            product_id=good.id,
            variant_id=variant.id,
            title=good.title,
            variant=variant.name,
            picture=variant.picture,
            quantity=pieces,
            unit_minor=variant.price_minor,
        )


def write_prices(record: Record, priced: Sheet) -> None:
    """Price the live lines and write the price sheet, in place of any there was."""
    for line, discount in zip(record.live, priced.discounts, strict=True):
        line["discount_minor"] = discount
        line["total_minor"] = line["quantity"] * line["unit_minor"] - discount
    number, entries = record.order["number"], record.rows.of[t.PriceEntry]
    entries[:] = [
        {"order_number": number, "n": n, "kind": kind.value, "amount_minor": amount, "subject": subject}
        for n, (kind, amount, subject) in enumerate(priced.entries, 1)
    ]


def _wanted(record: Record, priced: Sheet) -> list[Wanted]:
    wanted: list[Wanted] = [("STOCK", one["variant_id"], one["quantity"], one["n"]) for one in record.lines]
    if used := coins_used(priced):
        wanted.append(("COINS", record.buyer.id, used, None))
    wanted += [("VOUCHER", one.id, 1, None) for one in record.vouchers]
    return wanted


def _begin(record: Record, at: int, method: Method) -> None:
    status = Status.UNPAID
    if method is Method.COD:
        status = start_clocks(record, at)
        pay_in(record, at, "COD_DUE", record.order["total_minor"])
    record.stand(status, record.next_due(at, status))
    until = record.order["pay_by"]
    more = f'"pay_by":{"null" if until is None else until}'
    facts = record.facts(Role.BUYER, status, more)
    record.write(at, "place_order", Role.BUYER, facts)
    record.tell(at, facts, None, "order_placed")


def start_clocks(record: Record, at: int) -> Status:
    """Start the clocks of an order that is paid now, or need not be; answers its state."""
    clocks = after_payment(at, record.seller.policy, record.seller.market.zone)
    record.order |= {name: getattr(clocks, name) for name in clocks.__slots__}
    return status_after_payment(record.seller.policy)
