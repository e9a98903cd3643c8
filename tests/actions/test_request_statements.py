"""How many statements each step of a request is, whatever the number of lines."""

from itertools import groupby

import pytest

from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.orders import Role, Status
from app.shop.rules.requests import RequestAction, RequestStatus
from app.shop.shop import Shop
from tests.actions.disputes import WAY, A, R, do
from tests.actions.steps import IDS, WHO, ask, order_in
from tests.conftest import Clock
from tests.people import stock

ITEMS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((IDS.cream, 1),),
    3: ((IDS.cream, 1), (IDS.navy, 1), (IDS.forest, 2)),
}
# BEGIN and COMMIT, reading order and request, writing request, order, event, notifications and key: nine.
# A cancel gives back what is held, reads what was paid and asks for it.
STEPS: list[tuple[RequestAction, RequestStatus | None, Role, int]] = [
    (A.ASK, None, Role.BUYER, 9),
    (A.ASK, R.ESCALATED, Role.BUYER, 10),
    (A.WITHDRAW, R.PENDING_SELLER, Role.BUYER, 9),
    (A.LIST_OPTION, R.PENDING_SELLER, Role.SELLER, 9),
    (A.CONFIRM, R.OPTION_LISTED, Role.BUYER, 13),
    (A.APPROVE, R.PENDING_SELLER, Role.SELLER, 13),
    (A.OFFER, R.PENDING_SELLER, Role.SELLER, 9),
    (A.ACCEPT, R.ALTERNATIVE_OFFERED, Role.BUYER, 9),
    (A.REFUSE, R.ALTERNATIVE_OFFERED, Role.BUYER, 9),
    (A.DECLINE, R.PENDING_SELLER, Role.SELLER, 9),
    (A.ESCALATE, R.REJECTED, Role.BUYER, 9),
    (A.OVERRULE, R.ESCALATED, Role.OPERATOR, 13),
    (A.UPHOLD, R.ESCALATED, Role.OPERATOR, 9),
    (A.REMIND, R.PENDING_SELLER, Role.SYSTEM, 9),
    (A.AUTO_APPROVE, R.PENDING_SELLER, Role.SYSTEM, 13),
    (A.PASS_ON, R.PENDING_SELLER, Role.SYSTEM, 9),
    (A.LAPSE, R.OPTION_LISTED, Role.SYSTEM, 9),
]


def brought(shop: Shop, clock: Clock, begin: RequestStatus | None, lines: int) -> int:
    """An order of so many lines with a request where it is to begin."""
    number = order_in(shop, Status.AWAITING_SHIPMENT, *ITEMS[lines], coins=10)
    if begin:
        ask(shop, number)
        for action, role in WAY[begin]:
            do(shop, action, WHO[role], number)
    return number


def statements(shop: Shop, action: RequestAction, role: Role, number: int, *given: Change) -> list[str]:
    """What is sent to SQLite."""
    sent: list[str] = []
    with shop.place.writing() as connection:
        connection.set_trace_callback(sent.append)
    do(shop, action, WHO[role], number, *given)
    connection.set_trace_callback(None)
    return [one for one, _ in groupby(sent)]  # each is told again for the triggers it sets off


@pytest.mark.parametrize(("action", "begin", "role", "count"), STEPS)
def test_a_step_is_so_many_statements_whatever_the_number_of_lines(
    sqlite_shop: Shop,
    clock: Clock,
    action: RequestAction,
    begin: RequestStatus | None,
    role: Role,
    count: int,
) -> None:
    stock(sqlite_shop)
    counts = []
    for lines in ITEMS:
        number = brought(sqlite_shop, clock, begin, lines)
        if role is Role.SYSTEM and action is not A.REMIND:
            clock.move(days=2, milliseconds=1)
        sent = statements(sqlite_shop, action, role, number)
        assert (sent[0], sent[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
        counts.append(len(sent))
    assert counts == [count, count]


def test_another_variant_prices_each_line_once(sqlite_shop: Shop, clock: Clock) -> None:
    stock(sqlite_shop)
    change = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.forest)
    counts = []
    for lines in ITEMS:
        number = brought(sqlite_shop, clock, R.PENDING_SELLER, lines)
        counts.append(
            (
                len(statements(sqlite_shop, A.OFFER, Role.SELLER, number, change)),
                len(statements(sqlite_shop, A.ACCEPT, Role.BUYER, number)),
            )
        )
    assert counts == [(14, 23), (14, 23 + 2)]
