"""A seller's queue: the most urgent first, in pages without gaps, narrowed, counted, own shops alone."""

import pytest

from app.shop import tables as t
from app.shop.actions.answer import cancel_and_refund, decline, list_option
from app.shop.actions.request import escalate, withdraw
from app.shop.reads.queue import Key, queue_counts, tasks_of, waiting
from app.shop.reads.tasks import SNIPPET, Ending
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Status
from app.shop.rules.policy import HOUR, Policy
from app.shop.rules.request_clocks import RequestStep
from app.shop.rules.requests import Queue
from app.shop.shop import Actor, Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    NOTE,
    SARI,
    TUAN,
    ask,
    asked,
    fresh,
    imported,
    order_in,
    plenty,
    run,
    settle,
)
from tests.conftest import Clock
from tests.people import Stocked, put


@pytest.fixture(autouse=True)
def many(stocked: Stocked, shop: Shop) -> None:
    """Enough of everything."""
    plenty(shop)


def numbers(shop: Shop, queue: Queue = Queue.TO_ANSWER, actor: Actor = SARI, **options: object) -> list[int]:
    """The orders of the requests on the first page."""
    return [task.number for task in tasks_of(shop, actor, queue, **options).tasks]  # type: ignore[arg-type]


def test_who_waits_longest_is_answered_first(shop: Shop, clock: Clock) -> None:
    first = asked(shop, clock)
    clock.move(hours=3)
    second = asked(shop, clock)
    run(shop, "UPDATE requests SET queue_at = queue_at - 1 WHERE order_number = :number", number=second)
    assert numbers(shop) == [first, second]
    run(shop, "UPDATE requests SET queue_at = 1 WHERE order_number = :number", number=second)
    assert numbers(shop) == [second, first]


def test_a_card_says_who_asks_for_what_and_what_happens_without_an_answer(shop: Shop, clock: Clock) -> None:
    number = asked(shop, clock)
    long = "It is the wrong colour, \n and  the cup is too small. " * 9
    run(shop, 'UPDATE requests SET text = :text, photos = \'["a","b"]\'', text=long)
    (task,) = tasks_of(shop, SARI, Queue.TO_ANSWER).tasks
    assert (task.number, task.buyer, task.shop, task.title) == (
        number,
        "mai",
        "kopi-house",
        "Enamel camp mug",
    )
    assert (task.variant, task.total_minor, task.currency) == ("Cream", 85_000, "IDR")
    assert (task.reason, task.status, task.photos) == ("BP_MISTAKE", "PENDING_SELLER", 2)
    assert task.text.startswith("It is the wrong colour, and the cup")
    assert len(task.text) <= SNIPPET
    assert task.text.endswith("…")
    assert (task.answer_by, task.ending) == (task.created_at + 48 * HOUR, Ending.APPROVES)


def test_a_card_says_where_silence_leads(shop: Shop, clock: Clock) -> None:
    settle(shop, Policy(silence_approves=False))
    number = asked(shop, clock)
    assert tasks_of(shop, SARI, Queue.TO_ANSWER).tasks[0].ending is Ending.PLATFORM
    list_option(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key=fresh())
    (listed,) = tasks_of(shop, SARI, Queue.WITH_BUYER).tasks
    assert (listed.answer_by, listed.ending) == (clock.at + 24 * HOUR, Ending.LAPSES)
    asked(shop, clock)
    run(shop, f"UPDATE requests SET due_step = '{RequestStep.BY_RULE}', due_at = {clock.at}")
    at_once = tasks_of(shop, SARI, Queue.TO_ANSWER).tasks[0]
    assert (at_once.answer_by, at_once.ending) == (clock.at, Ending.APPROVES)


def test_no_clock_runs_for_an_order_of_another_platform(shop: Shop) -> None:
    number = imported(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    ask(shop, number)
    (task,) = tasks_of(shop, SARI, Queue.TO_ANSWER).tasks
    assert (task.answer_by, task.ending, task.source) == (None, None, "tiktok")


def test_a_request_moves_from_queue_to_queue(shop: Shop, clock: Clock) -> None:
    listed, declined, done, taken_back = (asked(shop, clock) for _ in range(4))
    assert waiting(shop, SARI) == 4
    list_option(shop, SARI, listed, "SP_BUYER_REQUESTED", NOTE, key=fresh())
    decline(shop, SARI, declined, "SR_PACKED", NOTE, key=fresh())
    escalate(shop, MAI, declined, key=fresh())
    cancel_and_refund(shop, SARI, done, "SP_BUYER_REQUESTED", NOTE, key=fresh())
    clock.move(minutes=1)
    withdraw(shop, MAI, taken_back, key=fresh())
    assert numbers(shop, Queue.TO_ANSWER) == []
    assert numbers(shop, Queue.WITH_BUYER) == [listed]
    assert numbers(shop, Queue.WITH_PLATFORM) == [declined]
    assert numbers(shop, Queue.CLOSED) == [taken_back, done]  # the newest first
    counts = {Queue.TO_ANSWER: 0, Queue.WITH_BUYER: 1, Queue.WITH_PLATFORM: 1, Queue.CLOSED: 2}
    assert queue_counts(shop, SARI) == counts
    assert waiting(shop, SARI) == 0


@pytest.mark.parametrize("queue", [Queue.TO_ANSWER, Queue.CLOSED])
@pytest.mark.parametrize("narrowed", [{}, {"search": "mug"}, {"reason": "BP_MISTAKE"}])
def test_pages_have_no_gaps_over_all_shops_of_a_member(
    shop: Shop, clock: Clock, queue: Queue, narrowed: dict[str, str]
) -> None:
    with shop.change() as work:
        put(work, t.Member(shop_id=IDS.linen_lab, person_id=IDS.sari))
    all_asked = [asked(shop, clock) for _ in range(7)]
    for number in all_asked[::2]:
        run(shop, f"UPDATE requests SET shop_id = {IDS.linen_lab} WHERE order_number = {number}")
    run(shop, f"UPDATE requests SET queue = '{queue}'")
    wanted = all_asked[::-1] if queue is Queue.CLOSED else all_asked
    seen: list[int] = []
    after: Key | None = None
    for _ in range(9):
        page = tasks_of(shop, SARI, queue, after=after, limit=2, **narrowed)
        seen += [task.number for task in page.tasks]
        after = page.end
        if after is None:
            break
    assert seen == wanted
    assert after is None
    assert numbers(shop, queue, shop_handle="linen-lab") == [one for one in wanted if one in all_asked[::2]]


def test_a_queue_is_narrowed_by_reason_and_search(shop: Shop, clock: Clock) -> None:
    mistake, address = asked(shop, clock), asked(shop, clock, "BP_ADDRESS", item=IDS.navy)
    run(shop, "UPDATE orders SET outside_number = '5779 1234' WHERE number = :number", number=address)
    assert numbers(shop, reason="BP_ADDRESS") == [address]
    assert numbers(shop, search="navy") == [address]
    assert numbers(shop, search="57791234") == [address]
    assert numbers(shop, search=f"#{mistake}") == [mistake]
    assert numbers(shop, search="@MAI mug") == [mistake, address]
    assert numbers(shop, search="cream", reason="BP_ADDRESS") == []


def test_nobody_sees_the_queue_of_a_shop_that_is_not_theirs(shop: Shop, clock: Clock) -> None:
    asked(shop, clock)
    for who in (MAI, BUDI, TUAN):
        assert numbers(shop, actor=who) == []
        assert waiting(shop, who) == 0
        assert not any(queue_counts(shop, who).values())
        with pytest.raises(NotFound, match="no_such_shop"):
            tasks_of(shop, who, Queue.TO_ANSWER, shop_handle="kopi-house")
