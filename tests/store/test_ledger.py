"""Holds and balances: the database keeps them together, and each hold ends once."""

from typing import Any

import pytest

from app.shop import ledger
from app.shop.check import check
from app.shop.rules.errors import Changed
from app.shop.rules.receipt import Held, Kind
from app.shop.shop import Shop
from tests.actions.steps import IDS, balance, place, rows, run
from tests.people import COINS, STOCK, Stocked

CREAM = Held(Kind.STOCK, IDS.cream, 2)
NAVY = Held(Kind.STOCK, IDS.navy, 1)
USE = Held(Kind.VOUCHER, IDS.ten_percent, 1)
SOME_COINS = Held(Kind.COINS, IDS.mai, 300)


@pytest.fixture
def number(shop: Shop, stocked: Stocked) -> int:
    """An order that holds one piece of something else, so that the ledger can be worked by hand."""
    number = place(shop, (stocked.forest, 1))
    with shop.change() as work:
        held = [(NAVY, 2), (CREAM, 3), (USE, None), (SOME_COINS, None)]
        ledger.hold(work, number, held, first=ledger.next_hold(work, number))
    return number


def cream(shop: Shop) -> tuple[int, ...]:
    """The balance of cream mugs."""
    return balance(shop, Kind.STOCK, IDS.cream)


def states(shop: Shop) -> list[tuple[Any, ...]]:
    """Every hold: its n, kind, state and the event that ended it."""
    return rows(shop, "SELECT n, kind, state, ended_by FROM holds ORDER BY n")


def test_what_is_held_is_no_longer_free(shop: Shop, number: int) -> None:
    assert cream(shop) == (STOCK - 2, 2, 0, 0)
    assert balance(shop, Kind.COINS, IDS.mai) == (COINS - 300, 300, 0, 0)
    with shop.look() as work:
        assert set(ledger.held_for(work, number)) == {CREAM, NAVY, USE, SOME_COINS, Held(Kind.STOCK, 42, 1)}


def test_holds_are_taken_in_one_order_whatever_the_basket(shop: Shop, number: int) -> None:
    taken = rows(shop, "SELECT kind, subject FROM holds WHERE n > 1 ORDER BY n")
    assert taken == sorted(taken)


def test_nothing_is_held_that_is_not_there(shop: Shop, number: int) -> None:
    for one in (Held(Kind.STOCK, IDS.cream, STOCK - 1), Held(Kind.STOCK, 99, 1), Held(Kind.VOUCHER, 99, 1)):
        with pytest.raises(Changed), shop.change() as work:
            ledger.hold(work, number, [(one, None)], first=9)
    assert cream(shop) == (STOCK - 2, 2, 0, 0)


def test_what_is_given_back_is_given_back_once(shop: Shop, number: int) -> None:
    with shop.change() as work:
        first = ledger.give_back(work, number, by_event=1)
        assert ledger.give_back(work, number, by_event=2) == ()
    assert set(first) == {CREAM, NAVY, USE, SOME_COINS, Held(Kind.STOCK, IDS.forest, 1)}
    assert {(state, event) for _, _, state, event in states(shop)} == {("RELEASED", 1)}
    assert rows(shop, "SELECT count(*) FROM balances WHERE free <> taken_in") == [(0,)]


def test_what_is_lost_is_not_free_again(shop: Shop, number: int) -> None:
    with shop.change() as work:
        back = ledger.give_back(work, number, by_event=1, lost=True)
    assert set(back) == {USE, SOME_COINS}
    assert cream(shop) == (STOCK - 2, 0, 0, 2)


@pytest.mark.parametrize(("returns", "after"), [(False, (STOCK - 2, 0, 0, 2)), (True, (STOCK, 0, 0, 0))])
def test_what_was_handed_over_is_free_again_only_if_it_returns(
    shop: Shop, number: int, returns: bool, after: tuple[int, ...]
) -> None:
    with shop.change() as work:
        ledger.use_all_but(work, number, None, by_event=1)
    assert cream(shop) == (STOCK - 2, 0, 2, 0)
    with shop.change() as work:
        ledger.give_back(work, number, by_event=2, returns=returns)
    assert cream(shop) == after
    assert balance(shop, Kind.COINS, IDS.mai) == (COINS, 0, 0, 0)


def test_one_line_and_one_voucher_end_alone(shop: Shop, number: int) -> None:
    with shop.change() as work:
        assert ledger.end_line(work, number, 3, by_event=1, to="USED") == (CREAM,)
        assert ledger.end_line(work, number, 3, by_event=2) == ()
        assert ledger.give_back_one(work, number, Kind.VOUCHER, USE.subject, by_event=2) == (USE,)
        assert ledger.give_back_one(work, number, Kind.VOUCHER, USE.subject, by_event=3) == ()
    assert cream(shop) == (STOCK - 2, 0, 2, 0)
    assert balance(shop, Kind.STOCK, IDS.navy) == (STOCK - 1, 1, 0, 0)


def test_paying_uses_all_but_the_stock(shop: Shop, number: int) -> None:
    with shop.change() as work:
        assert set(ledger.use_all_but(work, number, Kind.STOCK, by_event=1)) == {USE, SOME_COINS}
        assert ledger.use_all_but(work, number, Kind.STOCK, by_event=2) == ()
    assert cream(shop) == (STOCK - 2, 2, 0, 0)


def test_an_empty_shelf_is_written_off(shop: Shop, number: int) -> None:
    with shop.change() as work:
        ledger.empty_shelves(work, [CREAM, USE, SOME_COINS])
    assert cream(shop) == (0, 2, 0, STOCK - 2)
    assert balance(shop, Kind.VOUCHER, IDS.ten_percent)[3] == 0
    assert balance(shop, Kind.COINS, IDS.mai)[3] == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE balances SET free = -1, held = held + free + 1 WHERE kind = 'STOCK'",
        "UPDATE balances SET taken_in = taken_in + 1",
        "UPDATE holds SET amount = 0",
        "UPDATE holds SET state = 'RELEASED'",
        "UPDATE holds SET ended_by = 1",
        "INSERT INTO holds (order_number, n, kind, subject, amount, state) SELECT order_number, n, kind, "
        "subject, amount, state FROM holds",
    ],
)
def test_the_database_itself_refuses_what_cannot_be(shop: Shop, number: int, sql: str) -> None:
    with pytest.raises(Changed):
        run(shop, sql)
    assert [rule for rule in check(shop).violations if "balance" in rule.rule] == []
