"""What the platform has to decide: for its staff alone, the longest waiting first, page by page."""

import pytest

from app.shop.reads.escalations import escalations, to_decide
from app.shop.rules.errors import NotFound
from app.shop.rules.requests import RequestStatus
from app.shop.shop import Actor, Shop
from tests.actions.disputes import A, do, request_in
from tests.actions.steps import BUDI, MAI, OPS, SARI, plenty
from tests.conftest import Clock
from tests.people import Stocked


def test_the_longest_waiting_comes_first_and_goes_when_it_is_decided(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    plenty(shop)
    numbers = []
    for _ in range(3):
        numbers.append(request_in(shop, clock, RequestStatus.ESCALATED, coins=0))
        clock.move(minutes=5)
    found = escalations(shop, OPS, limit=2)
    assert [task.number for task in found.tasks] == numbers[:2]
    rest = escalations(shop, OPS, after=found.end, limit=2)
    assert ([task.number for task in rest.tasks], rest.end) == (numbers[2:], None)
    assert to_decide(shop, OPS) == 3
    do(shop, A.UPHOLD, OPS, numbers[0])
    do(shop, A.OVERRULE, OPS, numbers[1])
    assert [task.number for task in escalations(shop, OPS).tasks] == numbers[2:]
    assert to_decide(shop, OPS) == 1


@pytest.mark.parametrize("who", [MAI, BUDI, SARI])
def test_nobody_else_learns_that_there_is_such_a_list(shop: Shop, stocked: Stocked, who: Actor) -> None:
    for read in (escalations, to_decide):
        with pytest.raises(NotFound, match="missing"):
            read(shop, who)
