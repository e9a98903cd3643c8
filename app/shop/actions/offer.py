"""A change of a paid order, offered or asked for: what it is, what it costs, and how it is carried out.

Nothing is held for it until it is agreed on: promised are the price and the difference, not the stock or the
voucher. A variant that is sold out by then, or a voucher that ended, is refused, and the request stands as
it did.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.shop.actions.cancel_lines import CASH_DUE, drop_vouchers
from app.shop.actions.charge import write_charge
from app.shop.actions.opened import Opened
from app.shop.actions.place import ADDRESS_OF
from app.shop.actions.repricing import Swap, hold_instead, hold_vouchers, swap_of, voucher_of, write_repriced
from app.shop.gateway import Bank
from app.shop.reads.basket import basket_of, codes_of
from app.shop.reads.payments import paid_for
from app.shop.rules.basket import Basket
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Due, Method, Step, add_working_days
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.policy import DAY
from app.shop.rules.pricing import VoucherTerms
from app.shop.rules.receipt import Receipt, receipt
from app.shop.rules.repricing import Repriced, repriced, swapped

LATEST_MS = 60 * DAY
"""How far the day of shipping may be put off."""


@dataclass(frozen=True, slots=True)
class Priced:
    """A change that can be had, and what the order costs more (less: negative) with it, in minor units."""

    change: Change
    difference_minor: int


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What a change brought: columns of the order, its new deadline, and what goes back to the buyer."""

    changes: dict[str, Any]
    due: Due | None
    back: Receipt | None


def priced(order: Opened, change: Change) -> Priced:
    """What `change` would cost now.

    Raises Refused where it is not to be had, Invalid where it is no change, NotFound for no such thing.
    """
    return _WAYS[change.kind].priced(order, change)


def carry_out(order: Opened, change: Change) -> CarriedOut:
    """Change a paid order as it was offered, for the price that was promised.

    What it costs more is charged the way the order was paid, what it costs less goes back. Raises Refused
    where it is no longer to be had.
    """
    return _WAYS[change.kind].carried_out(order, change)


def _variant_priced(order: Opened, change: Change) -> Priced:
    basket = basket_of(order.work, order.number)
    swap = swap_of(order, basket, change.line or 0, change.variant_id or 0)
    new = swap.new
    label = f"{new.title}: {new.variant}"
    difference = _with(order, basket, swap, new.price_minor).difference_minor
    told = replace(change, label=label, instead_of=swap.was, unit_minor=new.price_minor)
    return Priced(told, difference)


def _variant_swapped(order: Opened, change: Change) -> CarriedOut:
    before = basket_of(order.work, order.number)
    swap = swap_of(order, before, change.line or 0, change.variant_id or 0)
    hold_instead(order, swap)
    unit = swap.new.price_minor if change.unit_minor is None else change.unit_minor
    return _repriced(order, before, _with(order, before, swap, unit))


def _with(order: Opened, basket: Basket, swap: Swap, unit_minor: int) -> Repriced:
    paid, total = order.paid_at is not None, order.total_minor
    return swapped(basket, swap.old.n, swap.new.variant_id, unit_minor, total_minor=total, paid=paid)


def _voucher_priced(order: Opened, change: Change) -> Priced:
    before = basket_of(order.work, order.number)
    new = voucher_of(order, before, change.voucher or "")
    anew = _with_voucher(order, before, new)
    kept = {one.id for one in anew.after.vouchers}
    gone = (code for voucher, code in codes_of(order.work, order.number) if voucher not in kept)
    code = (change.voucher or "").strip().upper()
    told = replace(change, voucher=code, label=code, instead_of=next(gone, ""))
    return Priced(told, anew.difference_minor)


def _voucher_used(order: Opened, change: Change) -> CarriedOut:
    before = basket_of(order.work, order.number)
    new = voucher_of(order, before, change.voucher or "")
    hold_vouchers(order, (new,))
    return _repriced(order, before, _with_voucher(order, before, new))


def _with_voucher(order: Opened, basket: Basket, new: VoucherTerms) -> Repriced:
    after, paid = basket.with_voucher(new), order.paid_at is not None
    return repriced(basket, after, total_minor=order.total_minor, paid=paid)


def _address_priced(order: Opened, change: Change) -> Priced:
    row = order.work.first(ADDRESS_OF, address=change.address_id, person=order.buyer_id)
    if row is None:
        raise NotFound("no_such_address", {"address": str(change.address_id)})
    if change.address_id == order.address_id:
        raise Invalid("address_as_it_is")
    # Where to, by its city: what the buyer calls it is theirs alone.
    return Priced(replace(change, label=row[0] or ""), 0)


def _address_set(order: Opened, change: Change) -> CarriedOut:
    if not order.work.first(ADDRESS_OF, address=change.address_id, person=order.buyer_id):
        raise Refused("address_removed", {"number": str(order.number)})
    return CarriedOut({"address_id": change.address_id}, None, None)


def _later_priced(order: Opened, change: Change) -> Priced:
    if change.ship_by is None or not order.work.now < change.ship_by <= order.work.now + LATEST_MS:
        raise Invalid("ship_date_out_of_range", {"most_days": LATEST_MS // DAY})
    if order.ship_by is not None and change.ship_by <= order.ship_by:
        raise Invalid("ship_date_not_later")
    return Priced(change, 0)


def _put_off(order: Opened, change: Change) -> CarriedOut:
    policy, ship_by = order.policy, change.ship_by or order.work.now
    collect_by = add_working_days(ship_by, policy.collect_working_days - policy.ship_working_days, order.zone)
    sla = add_working_days(collect_by, policy.cancel_sla_working_days, order.zone)
    sla = max(sla, order.cancel_sla or 0)  # what was promised before stays promised
    changes = {"ship_by": ship_by, "collect_by": collect_by, "cancel_sla": sla}
    return CarriedOut(changes, Due(sla + 1, Step.SHIP_TIMEOUT), None)


def _repriced(order: Opened, before: Basket, anew: Repriced) -> CarriedOut:
    drop_vouchers(order, before, anew.after)
    total = write_repriced(order, before, anew.after, anew.priced)
    return CarriedOut({"total_minor": total}, None, _settled(order, total))


def _settled(order: Opened, total: int) -> Receipt | None:
    work, number, difference = order.work, order.number, total - order.total_minor
    if order.method is Method.COD:
        work.run(CASH_DUE, number=number, amount=total)
    elif difference > 0:
        until = max(order.cancel_sla or 0, work.now + DAY)
        write_charge(order, difference, Bank.APPROVES, until=until, asked_at=work.now, cause=order.event_n)
    elif difference < 0:
        paid = paid_for(work, number)
        return receipt(order.currency, paid, (), at=work.now, zone=order.zone, amount_minor=-difference)
    return None


@dataclass(frozen=True, slots=True)
class _Way:
    """How a kind of change is priced, and how it is carried out."""

    priced: Callable[[Opened, Change], Priced]
    carried_out: Callable[[Opened, Change], CarriedOut]


_WAYS = {
    ChangeKind.VARIANT: _Way(_variant_priced, _variant_swapped),
    ChangeKind.VOUCHER: _Way(_voucher_priced, _voucher_used),
    ChangeKind.ADDRESS: _Way(_address_priced, _address_set),
    ChangeKind.SHIP_DATE: _Way(_later_priced, _put_off),
}
