"""The vouchers that an order could use instead, what it would cost then, or why one is not to be had."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, func, select, union_all
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.basket import FREE_USES, TERMS, terms_of
from app.shop.reads.running import running
from app.shop.rules.basket import Basket
from app.shop.rules.pricing import Entry, VoucherTerms, combinable, why_not_voucher
from app.shop.rules.repricing import repriced
from app.shop.rules.vouchers import why_not_asked
from app.shop.sql import Statement, Work, one_of

MOST = 50
"""Vouchers of the shop that are looked at, and as many of the platform: those that end first."""


@dataclass(frozen=True, slots=True)
class VoucherOption:
    """A voucher, and what the order costs more (less: negative) with it, in minor units.

    `used`: the order has it, and while it is unpaid choosing it takes it off. `codes` are the vouchers the
    order would have then. `missing_minor` is what the items lack for it, where that is what speaks against it
    (`why_not`).
    """

    code: str
    terms: VoucherTerms
    used: bool
    codes: tuple[str, ...]
    difference_minor: int
    why_not: str | None
    missing_minor: int


_o, _v = t.Order, t.Voucher
_ORDER = Statement(
    select(col(_o.shop_id), col(_o.currency), col(_o.total_minor), col(_o.paid_at)).where(
        col(_o.number) == bindparam("number")
    )
)
_ENTRY = t.PriceEntry
_READ = (*TERMS, col(_v.code), func.coalesce(FREE_USES, 0).label("free"))
_used = (
    select(col(_ENTRY.subject))
    .where(
        col(_ENTRY.order_number) == bindparam("number"),
        one_of(col(_ENTRY.kind), Entry.VOUCHER, Entry.FREE_SHIPPING),
        col(_ENTRY.subject).is_not(None),
    )
    .scalar_subquery()
)
_OWN = select(*_READ).where(col(_v.id).in_(_used))
_VOUCHERS = Statement(
    union_all(_OWN, *running(_READ, col(_v.id).not_in(_used), after="now", most=MOST).selects).order_by(
        "least_minor", "id"
    )
)


@dataclass(frozen=True, slots=True)
class _Voucher:
    terms: VoucherTerms
    code: str
    free: int


def vouchers_of(work: Work, number: int, basket: Basket, *, asks: bool) -> tuple[VoucherOption, ...]:
    """The vouchers for order `number`, made of `basket`: those it has first, then those it can have.

    `asks`: buyer and seller would have to agree on one.
    """
    shop_id, currency, total, paid_at = work.first(_ORDER, number=number) or (0, "", 0, None)
    rows = work.rows(_VOUCHERS, number=number, shop=shop_id, currency=currency, now=work.now)
    found = [_Voucher(terms_of(row), row[9], row[10]) for row in rows]
    has = [one for one in found if one.terms in basket.vouchers]

    def why_not(one: _Voucher) -> str | None:
        # One that the order has it keeps: neither its time nor its uses count.
        at, free = (one.terms.starts_at, 1) if one.terms in basket.vouchers else (work.now, one.free)
        items = basket.items_minor
        code = why_not_voucher(one.terms, items, shop_id=shop_id, currency=currency, now=at, free=free)
        return code or (why_not_asked(basket, one.terms) if asks else None)

    def option(one: _Voucher) -> VoucherOption:
        used = one.terms in basket.vouchers
        beside = [other for other in has if combinable((other.terms, one.terms))]
        then = beside if used else [*beside, one]
        after = replace(basket, vouchers=tuple(other.terms for other in then))
        anew = repriced(basket, after, total_minor=total, paid=paid_at is not None)
        code = why_not(one) if asks else _first(why_not(other) for other in reversed(then))
        lacks = one.terms.least_minor - basket.items_minor if code == "voucher_below_threshold" else 0
        return VoucherOption(
            *(one.code, one.terms, used),
            codes=tuple(other.code for other in then),
            difference_minor=anew.difference_minor,
            why_not=code,
            missing_minor=max(lacks, 0),
        )

    options = (option(one) for one in found)
    return tuple(
        sorted(options, key=lambda one: (not one.used, one.why_not is not None, one.difference_minor))
    )


def _first(codes: Iterable[str | None]) -> str | None:
    return next((code for code in codes if code is not None), None)
