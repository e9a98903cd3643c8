"""The vouchers of a shop and of the platform: what each takes off a basket, or why it cannot be used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.reads.basket import FREE_USES, TERMS, terms_of
from app.shop.reads.running import running
from app.shop.rules.basket import Basket
from app.shop.rules.policy import DAY
from app.shop.rules.pricing import VoucherKind, VoucherTerms, combinable, why_not_voucher
from app.shop.rules.vouchers import best_combination, off_basket
from app.shop.sql import Row, Statement, Work
from app.shop.tables import Voucher

MOST = 40
"""Vouchers that are looked at, those that end soonest."""
NAMED = 4
"""So many of those that are named are looked for beyond them."""
OVER = 7 * DAY
"""For so long after its end a voucher is still shown, with that as why."""

_v = Voucher
_READ = (*TERMS, col(_v.code), FREE_USES.label("free"))
_VOUCHERS = Statement(running(_READ, after="since", most=MOST).order_by("ends_at", "id").limit(MOST))
_BY_CODE = Statement(select(*_READ).where(col(_v.code) == bindparam("code")))


@dataclass(frozen=True, slots=True)
class VoucherChoice:
    """A voucher of the picker: `off_minor` is what it takes off, where it can be used at all.

    `why_not` is why it is not: `voucher_not_combinable` beside what is chosen (in place of that it could be),
    `voucher_below_threshold` by `missing_minor`, or that it has not begun, has ended or is used up, or is for
    another shop or currency, where it was named.
    """

    code: str
    kind: VoucherKind
    value: int
    least_minor: int
    most_minor: int | None
    starts_at: int
    ends_at: int
    of_platform: bool
    chosen: bool
    off_minor: int
    why_not: str | None
    missing_minor: int


@dataclass(frozen=True, slots=True)
class _Found:
    terms: VoucherTerms
    code: str
    why_not: str | None
    off_minor: int


def voucher_choices(
    work: Work, basket: Basket, codes: Sequence[str] | None, *, shop_id: int, currency: str
) -> tuple[tuple[VoucherChoice, ...], tuple[VoucherTerms, ...]]:
    """Every voucher to choose from or named, the chosen ones first, and the terms of those.

    Chosen are those of `codes` that apply and combine, the earlier first; without `codes` the best.
    """
    named = dict.fromkeys(code.strip().upper() for code in codes or ())
    since = work.now - OVER
    rows = work.rows(_VOUCHERS, shop=shop_id, currency=currency, since=since)
    rows += _named(work, list(named)[:NAMED], {row[9] for row in rows})
    found = [_found(row, basket, shop_id, currency, work.now) for row in rows]
    can = {one.code: one.terms for one in found if one.why_not is None}
    used = best_combination(basket, can.values()) if codes is None else _combined(can, named)
    choices = [_choice(one, basket, used) for one in found]
    choices.sort(key=lambda one: (not one.chosen, one.off_minor == 0, -one.off_minor, one.missing_minor))
    return tuple(choices), used


def _named(work: Work, codes: Sequence[str], listed: set[str]) -> list[Row]:
    return [row for code in codes if code not in listed for row in work.rows(_BY_CODE, code=code)]


def _found(row: Row, basket: Basket, shop_id: int, currency: str, now: int) -> _Found:
    terms, items = terms_of(row), basket.items_minor
    why = why_not_voucher(terms, items, shop_id=shop_id, currency=currency, now=now, free=row[10] or 0)
    return _Found(terms, row[9], why, off_basket(basket, terms) if why is None else 0)


def _combined(can: dict[str, VoucherTerms], codes: Iterable[str]) -> tuple[VoucherTerms, ...]:
    used: tuple[VoucherTerms, ...] = ()
    for code in codes:
        one = can.get(code)
        if one is not None and combinable((*used, one)):
            used = (*used, one)
    return used


def _choice(one: _Found, basket: Basket, used: tuple[VoucherTerms, ...]) -> VoucherChoice:
    terms, why, chosen = one.terms, one.why_not, one.terms in used
    if why is None and not chosen and not combinable((*used, terms)):
        why = "voucher_not_combinable"
    missing = terms.least_minor - basket.items_minor if why == "voucher_below_threshold" else 0
    return VoucherChoice(
        code=one.code,
        kind=terms.kind,
        value=terms.value,
        least_minor=terms.least_minor,
        most_minor=terms.most_minor,
        starts_at=terms.starts_at,
        ends_at=terms.ends_at,
        of_platform=terms.shop_id is None,
        chosen=chosen,
        off_minor=one.off_minor,
        why_not=why,
        missing_minor=missing,
    )
