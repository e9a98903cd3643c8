"""What is bought and what it costs: read before an order is priced, written when it is."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.basket import FREE_USES, TERMS, terms_of
from app.shop.reads.variants import Offer, offers_of
from app.shop.rules.basket import Basket
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.pricing import Sheet, VoucherTerms, combinable, why_not_voucher
from app.shop.sql import Statement, Work

_l, _e = t.Line, t.PriceEntry

_VOUCHER = Statement(select(*TERMS, FREE_USES).where(col(t.Voucher.code) == bindparam("voucher_code")))
_CLEAR = Statement(delete(_e).where(col(_e.order_number) == bindparam("number")))
_ENTRY = Statement(
    insert(_e).values(
        {name: bindparam(name) for name in ("order_number", "n", "kind", "amount_minor", "subject")}
    )
)
_PRICE_LINE = Statement(
    update(_l)
    .where(col(_l.order_number) == bindparam("of_order"), col(_l.n) == bindparam("of_line"))
    .values(
        unit_minor=bindparam("unit"), discount_minor=bindparam("discount"), total_minor=bindparam("total")
    )
)


def offer(work: Work, variant_id: int) -> Offer:
    """The variant with this id; raises NotFound."""
    return offers(work, (variant_id,))[0]


def offers(work: Work, variants: Sequence[int]) -> tuple[Offer, ...]:
    """The variants with these ids, in their order; raises NotFound for the first that is none."""
    found = offers_of(work, variants)
    for variant in variants:
        if variant not in found:
            raise NotFound("no_such_variant", {"variant": str(variant)})
    return tuple(found[variant] for variant in variants)


def vouchers(
    work: Work,
    codes: Sequence[str],
    items_minor: int,
    *,
    shop_id: int,
    currency: str,
    own: frozenset[int] = frozenset(),
) -> tuple[VoucherTerms, ...]:
    """The vouchers with these codes; raises NotFound, or Refused with why one of them does not apply.

    Those in `own` (ids) are held for the buyer already: neither their time nor their uses count.
    """
    found = tuple(_voucher(work, code, items_minor, shop_id, currency, own) for code in codes)
    if not combinable(found):
        raise Refused("voucher_not_combinable", {"voucher": codes[-1]})
    return found


def _voucher(
    work: Work, code: str, items_minor: int, shop_id: int, currency: str, own: frozenset[int]
) -> VoucherTerms:
    row = work.first(_VOUCHER, voucher_code=code.strip().upper())
    if row is None:
        raise NotFound("no_such_voucher", {"voucher": code})
    terms = terms_of(row)
    at, free = (terms.starts_at, 1) if terms.id in own else (work.now, row[9] or 0)
    if why := why_not_voucher(terms, items_minor, shop_id=shop_id, currency=currency, now=at, free=free):
        raise Refused(why, {"voucher": code, "least_minor": terms.least_minor, "currency": currency})
    return terms


def write_entries(work: Work, number: int, priced: Sheet) -> None:
    """Write the price sheet of order `number`, which has none yet."""
    work.many(
        _ENTRY,
        (
            {"order_number": number, "n": n, "kind": kind.value, "amount_minor": amount, "subject": subject}
            for n, (kind, amount, subject) in enumerate(priced.entries, 1)
        ),
    )


def write_prices(work: Work, number: int, basket: Basket, priced: Sheet) -> None:
    """Write what the basket costs: its lines, and its sheet in place of the one before."""
    work.run(_CLEAR, number=number)
    write_entries(work, number, priced)
    work.many(
        _PRICE_LINE,
        (
            {
                "of_order": number,
                "of_line": line.n,
                "unit": line.unit_minor,
                "discount": discount,
                "total": line.quantity * line.unit_minor - discount,
            }
            for line, discount in zip(basket.lines, priced.discounts, strict=True)
        ),
    )
