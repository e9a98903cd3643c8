"""Steps of a request: it is brought to a state, looked at in its table, and every action by its name."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from app.shop import tables as t
from app.shop.actions import answer, change, confirm, request, silence
from app.shop.actions.clock import run_due
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Role, Status
from app.shop.rules.policy import DAY, HOUR, Policy
from app.shop.rules.reasons import LISTS, REASONS
from app.shop.rules.requests import RequestAction, RequestStatus
from app.shop.shop import SYSTEM, Actor, Done, Shop
from tests.actions.steps import IDS, NOTE, WHO, ask, fresh, order_in, place, rows
from tests.conftest import Clock

A, R = RequestAction, RequestStatus
CALLS: dict[RequestAction, Callable[..., Done]] = {
    A.ASK: request.ask_to_cancel,
    A.ASK_CHANGE: change.ask_to_change,
    A.ACCEPT_CHANGE: change.accept_change,
    A.WITHDRAW: request.withdraw,
    A.LIST_OPTION: answer.list_option,
    A.CONFIRM: confirm.confirm_cancel,
    A.APPROVE: answer.cancel_and_refund,
    A.OFFER: answer.offer_change,
    A.ACCEPT: confirm.accept_offer,
    A.REFUSE: confirm.refuse_offer,
    A.DECLINE: answer.decline,
    A.ESCALATE: request.escalate,
    A.OVERRULE: answer.overrule,
    A.UPHOLD: answer.uphold,
    A.REMIND: silence.remind_of_request,
    A.AUTO_APPROVE: silence.auto_approve,
    A.PASS_ON: silence.pass_on,
    A.LAPSE: silence.lapse,
}
REQUESTED = "SP_BUYER_REQUESTED"
FOREST = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.forest)
"""The first line in another colour, for the same price."""


def later_by(shop: Shop, days: int = 3) -> Change:
    """A later day of shipping."""
    return Change(ChangeKind.SHIP_DATE, ship_by=shop.now() + days * DAY)


def arguments(shop: Shop, action: RequestAction) -> tuple[Any, ...]:
    """What an action is given where nothing about it matters."""
    given: dict[RequestAction, tuple[Any, ...]] = {
        A.ASK: ("BP_MISTAKE",),
        A.ASK_CHANGE: (FOREST,),
        A.LIST_OPTION: (REQUESTED, NOTE),
        A.APPROVE: (REQUESTED, NOTE),
        A.OFFER: (later_by(shop),),
        A.DECLINE: ("SR_PACKED", NOTE),
        A.OVERRULE: ("OP_EXPERIENCE", NOTE),
        A.UPHOLD: ("SR_PACKED", NOTE),
    }
    return given.get(action, ())


def do(shop: Shop, action: RequestAction, who: Actor, number: int, *given: Any, key: str = "") -> Done:
    """Do `action`, with what it needs where nothing is given."""
    return CALLS[action](shop, who, number, *(given or arguments(shop, action)), key=key or fresh())


WAY: dict[RequestStatus, tuple[tuple[RequestAction, Role], ...]] = {
    R.PENDING_SELLER: (),
    R.OPTION_LISTED: ((A.LIST_OPTION, Role.SELLER),),
    R.ALTERNATIVE_OFFERED: ((A.OFFER, Role.SELLER),),
    R.ESCALATED: ((A.DECLINE, Role.SELLER), (A.ESCALATE, Role.BUYER)),
    R.APPROVED: ((A.APPROVE, Role.SELLER),),
    R.COMPLETE: ((A.APPROVE, Role.SELLER),),
    R.REJECTED: ((A.DECLINE, Role.SELLER),),
    R.WITHDRAWN: ((A.WITHDRAW, Role.BUYER),),
    R.EXPIRED: ((A.LIST_OPTION, Role.SELLER),),
    R.SUPERSEDED: ((A.OFFER, Role.SELLER), (A.ACCEPT, Role.BUYER)),
}


def request_in(shop: Shop, clock: Clock, status: RequestStatus, *, cash: bool = False, **options: Any) -> int:
    """An order of mai's whose newest request is in `status`; its number. `options` are those of `place`."""
    if cash or status is R.COMPLETE:
        number = place(shop, method=Method.COD)
    else:
        number = order_in(shop, Status.AWAITING_SHIPMENT, **options)
    ask(shop, number)
    for action, role in WAY[status]:
        do(shop, action, WHO[role], number)
    if status is R.EXPIRED:
        clock.move(milliseconds=Policy().confirm_ms + 1)
        do(shop, A.LAPSE, SYSTEM, number)
    assert newest(shop, number)["status"] == status
    return number


def near_its_end(shop: Shop, clock: Clock) -> tuple[int, int]:
    """An order of mai's an hour before it is cancelled unless it is shipped; its number, and when that is."""
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    (end,) = rows(shop, "SELECT cancel_sla FROM orders WHERE number = :number", number=number)[0]
    clock.at = end - HOUR
    return number, int(end)


def newest(shop: Shop, number: int) -> dict[str, Any]:
    """The newest request of an order, by column."""
    columns = tuple(t.Request.__table__.columns.keys())  # type: ignore[attr-defined]
    sql = "SELECT * FROM requests WHERE order_number = :number ORDER BY id DESC LIMIT 1"
    names = ", ".join(columns)
    (row,) = rows(shop, sql.replace("*", names), number=number)
    return dict(zip(columns, row, strict=True))


def stands(shop: Shop, number: int, *columns: str) -> tuple[Any, ...]:
    """These columns of the newest request."""
    row = newest(shop, number)
    return tuple(row[name] for name in columns)


def last_event(shop: Shop, number: int) -> tuple[Any, ...]:
    """Who did what, why, when it was due, and with which key, in the order's newest event."""
    sql = """SELECT action, role, status_from, status_to, reason, note, due_at FROM events
        WHERE order_number = :number AND action NOT LIKE 'refund%' ORDER BY n DESC LIMIT 1"""
    return rows(shop, sql, number=number)[0]


def told_last(shop: Shop, number: int) -> set[tuple[int, str]]:
    """Who was told what with the newest event."""
    sql = """SELECT person_id, code FROM notifications WHERE order_number = :number AND n =
        (SELECT max(n) FROM events WHERE order_number = :number AND action NOT LIKE 'refund%')"""
    return {(person, code) for person, code in rows(shop, sql, number=number)}


def ticked(shop: Shop, **options: Any) -> list[Done]:
    """What the clock did to orders and requests; money on its way back is a story of its own."""
    return [done for done in run_due(shop, **options) if "refund" not in done.answer]


def anything(shop: Shop, action: RequestAction, die: Random) -> tuple[Any, ...]:
    """What an action may be given: mostly what fits."""
    among: dict[RequestAction, tuple[Sequence[Any], ...]] = {
        A.ASK: (_reasons("BP", die), (NOTE, NOTE, ""), ((), (), ("a", "b", "c"))),
        A.ASK_CHANGE: (_changes(shop), (NOTE, "")),
        A.LIST_OPTION: (_reasons("SP", die), (NOTE, NOTE, "")),
        A.APPROVE: (_reasons("SP", die), (NOTE, NOTE, "")),
        A.OFFER: (_changes(shop),),
        A.DECLINE: (_reasons("SR", die), (NOTE, NOTE, ""), ("", "JX1")),
        A.ESCALATE: (("", NOTE),),
        A.OVERRULE: (_reasons("OP", die), (NOTE, "")),
        A.UPHOLD: (_reasons("SR", die), (NOTE, NOTE, "")),
    }
    return tuple(die.choice(one) for one in among.get(action, ()))


def _reasons(fitting: str, die: Random) -> tuple[str, ...]:
    return tuple(one.code for one in LISTS[fitting]) if die.random() < 0.9 else tuple(REASONS)


def _changes(shop: Shop) -> tuple[Change, ...]:
    variants = (IDS.cream, IDS.forest, IDS.navy)
    return (
        *(Change(ChangeKind.VARIANT, line=n, variant_id=one) for n in (1, 2) for one in variants),
        *(Change(ChangeKind.VOUCHER, voucher=code) for code in ("KOPI10", "KOPI15K", "KOPISHIP", "KOPIOLD")),
        *(Change(ChangeKind.ADDRESS, address_id=one) for one in (IDS.home, IDS.budis_home)),
        *(later_by(shop, days) for days in (0, 1, 10)),
    )
