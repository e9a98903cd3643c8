"""The inbox: newest first, paged without gaps, read by its owner."""

from app.shop.actions.cancel import cancel_order
from app.shop.actions.inbox import mark_read
from app.shop.actions.late import late_payment
from app.shop.actions.pay import pay
from app.shop.reads.inbox import notices, unread
from app.shop.reads.orders import COUNTED
from app.shop.shop import GATEWAY, Shop
from tests.actions.steps import BUDI, MAI, SARI, fresh, place, run
from tests.conftest import Clock
from tests.people import Stocked, stock


def test_the_newest_comes_first_with_what_its_text_needs(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    clock.move(minutes=1)
    pay(shop, MAI, number, key="k")
    first, second = notices(shop, SARI)
    assert [first.code, second.code] == ["order_paid", "order_placed"]
    assert (first.at - second.at, first.n, first.read) == (60_000, 1, False)
    assert first.facts["number"] == str(number)
    assert first.facts["title"] == "Enamel camp mug"
    assert [notice.code for notice in notices(shop, MAI)] == ["order_paid"]
    assert notices(shop, BUDI) == ()


def test_pages_have_no_gaps_and_nothing_twice(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    for n in range(4):
        number = place(shop, (stocked.cream, 1))
        cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
        for _ in range(3):  # several entries about one order at one moment
            late_payment(shop, GATEWAY, number, 1_000, key=fresh())
        clock.move(milliseconds=n % 2)
    whole = notices(shop, MAI, limit=100)
    assert len(whole) == 16
    for limit in (1, 2, 3, 5):
        paged: list[object] = []
        before = None
        while page := notices(shop, MAI, before=before, limit=limit):
            paged += page
            before = page[-1].key
        assert tuple(paged) == whole


def test_what_is_read_is_no_longer_counted(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    first, second = place(shop), place(shop)
    assert (unread(shop, SARI), unread(shop, MAI)) == (2, 0)
    clock.move(minutes=1)
    done = mark_read(shop, SARI, first)
    assert done.answer == {"read": 1}
    assert done.people == {SARI.id}
    assert unread(shop, SARI) == 1
    read = {notice.order_number: notice.read for notice in notices(shop, SARI)}
    assert read == {first: True, second: False}
    assert mark_read(shop, SARI).answer == {"read": 1}
    assert mark_read(shop, SARI).answer == {"read": 0}
    assert unread(shop, SARI) == 0


def test_nobody_reads_for_another(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    mark_read(shop, MAI, number)
    mark_read(shop, BUDI)
    assert unread(shop, SARI) == 1


def test_unread_counts_to_a_hundred(sqlite_shop: Shop) -> None:
    ids = stock(sqlite_shop)
    run(sqlite_shop, "UPDATE balances SET free = 100000, taken_in = 100000 WHERE kind = 'STOCK'")
    for _ in range(COUNTED + 2):
        place(sqlite_shop, (ids.cream, 1))
    assert unread(sqlite_shop, SARI) == COUNTED
