"""What a buyer can put right instead of cancelling: at once while unpaid, by asking the seller once paid."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.addresses import Entry, entries_of
from app.shop.reads.basket import basket_of
from app.shop.reads.cards import OrderSummary, facts_of, summary
from app.shop.reads.checkout import METHODS
from app.shop.reads.order import read_order
from app.shop.reads.other_vouchers import VoucherOption, vouchers_of
from app.shop.reads.requests import asked_about
from app.shop.reads.swaps import LineChoice, lines_of
from app.shop.rules.clocks import pay_by_instead
from app.shop.rules.guards import Facts
from app.shop.rules.orders import Action, Role, Status
from app.shop.rules.policy import Policy
from app.shop.rules.refusals import next_step, why_not
from app.shop.rules.request_clocks import respond_by
from app.shop.rules.request_refusals import request_next_step, why_not_request
from app.shop.rules.requests import RequestAction
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work


@dataclass(frozen=True, slots=True)
class MethodOption:
    """Another way to pay, and until when (ms UTC); None where it is paid on delivery."""

    method: str
    pay_by: int | None


@dataclass(frozen=True, slots=True)
class FixChoice:
    """Everything that can be put right, or `why_not` and what can be done instead.

    `asks`: the seller is asked, and answers until `answer_by` (ms UTC); else it is done at once.
    """

    order: OrderSummary
    asks: bool
    answer_by: int | None
    why_not: str | None
    next_step: str | None
    lines: tuple[LineChoice, ...] = ()
    vouchers: tuple[VoucherOption, ...] = ()
    addresses: tuple[Entry, ...] = ()
    sent_to: Entry | None = None
    """Where it is sent to, as far as that is still in the book; `addresses` are the others."""
    methods: tuple[MethodOption, ...] = ()


_o = t.Order
_ADDRESS = Statement(select(col(_o.address_id)).where(col(_o.number) == bindparam("number")))


def fix_choice(shop: Shop, actor: Actor, number: int) -> FixChoice:
    """What the buyer of order `number` can put right now; raises NotFound where it is not theirs to see."""
    with shop.snapshot() as work:
        rows, role = read_order(work, actor, "fix_choice", number)
        order = summary(rows, role, work.now)
        asks = order.status != Status.UNPAID
        facts = facts_of(rows[0], work.now)
        code = _why_not_ask(work, rows, role) if asks else _why_not(order, role, facts)
        if code is not None:
            step = request_next_step(code) if asks else next_step(code)
            return FixChoice(order, asks, None, code, step)
        (address,) = work.first(_ADDRESS, number=number) or (None,)
        basket, book = basket_of(work, number), entries_of(work, actor)
        return FixChoice(
            order,
            asks,
            respond_by(work.now, facts.policy, facts.cancel_sla) if asks else None,
            None,
            None,
            lines=lines_of(work, number, basket),
            vouchers=vouchers_of(work, number, basket, asks=asks),
            addresses=tuple(one for one in book if one.id != address),
            sent_to=next((one for one in book if one.id == address), None),
            methods=() if asks else _methods(order, facts.policy),
        )


def _why_not(order: OrderSummary, role: Role, facts: Facts) -> str | None:
    if order.source != "takeback":
        return "edit_on_its_platform"
    return why_not(Action.CHANGE_VARIANT, Status.UNPAID, role, facts)


def _why_not_ask(work: Work, rows: list[Row], role: Role) -> str | None:
    asked = asked_about(work, rows, role)
    return why_not_request(RequestAction.ASK_CHANGE, asked.status, role, asked.facts)


def _methods(order: OrderSummary, policy: Policy) -> tuple[MethodOption, ...]:
    return tuple(
        MethodOption(one.value, pay_by_instead(one, order.pay_by, order.created_at, policy))
        for one in METHODS
        if one.value != order.payment_method
    )
