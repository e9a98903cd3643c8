"""Lists: pages without gaps or repeats, counts that stop, orders found by any number, and what each costs."""

import pytest

from app.shop import tables as t
from app.shop.reads import inbox, orders
from app.shop.reads.inbox import notices, unread
from app.shop.reads.order import cancel_choice, order_details
from app.shop.reads.orders import COUNTED, all_orders, find_number, orders_of, tab_counts
from app.shop.reads.people import accounts, buyer_of, default_account, person_by_handle, profile_of
from app.shop.rules.errors import Invalid, NotFound
from app.shop.rules.orders import Tab
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from tests.actions.steps import BUDI, MAI, OPS, SARI, TUAN, place, run
from tests.conftest import Clock
from tests.people import Stocked


def copied(shop: Shop, times: int) -> list[int]:
    """An order of Mai's, and so many more like it behind the shop's back; their numbers, newest first."""
    number = place(shop)
    others = ", ".join(name for name in t.Order.model_fields if name != "number")
    like_it = (
        f"INSERT INTO orders (number, {others}) SELECT number - :n, {others} FROM orders WHERE number = :of"
    )
    for n in range(1, times):
        run(shop, like_it, n=n, of=number)
    return [number - n for n in range(times)]


def test_pages_have_no_gap_and_no_repeat_while_orders_are_placed_between_them(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    numbers = copied(shop, 45)
    seen: list[int] = []
    while page := orders_of(shop, MAI, before=seen[-1] if seen else None):
        seen += [one.number for one in page]
        clock.move(seconds=1)
        place(shop)
    assert seen == numbers


def test_a_tab_holds_its_own_orders_only(shop: Shop, stocked: Stocked) -> None:
    copied(shop, 3)
    assert len(orders_of(shop, MAI, Tab.PENDING_PAYMENT)) == 3
    assert orders_of(shop, MAI, Tab.CANCELLED) == ()
    assert orders_of(shop, BUDI) == ()


def test_the_counts_of_the_tabs_stop_at_a_hundred(shop: Shop, stocked: Stocked) -> None:
    copied(shop, COUNTED + 5)
    assert tab_counts(shop, MAI) == dict.fromkeys(Tab, 0) | {Tab.PENDING_PAYMENT: COUNTED}
    assert profile_of(shop, MAI).orders == COUNTED


def test_an_order_is_found_by_its_own_number_and_by_the_one_outside(shop: Shop, stocked: Stocked) -> None:
    first, second = copied(shop, 2)
    told = (
        "INSERT INTO outside_numbers (source, shop_id, outside_number, order_number) VALUES (:s, :p, :o, :n)"
    )
    run(shop, told, s="olist", p=stocked.kopi_house, o="abc", n=first)
    assert find_number(shop, f" {second} ") == second
    assert find_number(shop, "abc") == first
    run(shop, told, s="olist", p=stocked.linen_lab, o="abc", n=second)
    with pytest.raises(Invalid, match="number_of_several"):
        find_number(shop, "abc")
    for nonsense in ("", "12", "9" * 30, "٣", "abc'--"):
        with pytest.raises(NotFound):
            find_number(shop, nonsense)


def test_an_order_is_shown_to_its_parties_and_to_nobody_else(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    for party, role in ((MAI, "BUYER"), (SARI, "SELLER"), (OPS, "OPERATOR")):
        assert order_details(shop, party, number).role == role
        assert cancel_choice(shop, party, number).order.number == number
    for stranger in (BUDI, TUAN, Actor(987_654)):
        with pytest.raises(NotFound):
            order_details(shop, stranger, number)
        with pytest.raises(NotFound):
            cancel_choice(shop, stranger, number)


def test_the_owner_of_the_store_lists_by_buyer_or_by_shop(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    assert [one.number for one in all_orders(shop, buyer="mai")] == [number]
    assert [one.number for one in all_orders(shop, seller="kopi-house", tab=Tab.PENDING_PAYMENT)] == [number]
    assert all_orders(shop, seller="linen-lab") == ()
    with pytest.raises(Invalid):
        all_orders(shop, buyer="mai", seller="kopi-house")
    with pytest.raises(NotFound):
        all_orders(shop, buyer="kopi-house")


def test_accounts_are_searched_by_what_was_typed_not_by_what_sql_makes_of_it(
    shop: Shop, stocked: Stocked
) -> None:
    assert [one.handle for one in accounts(shop, " MAI ")] == ["mai"]
    assert accounts(shop, "%") == accounts(shop, "_") == accounts(shop, "\\") == ()
    assert [one.handle for one in accounts(shop, limit=2)] == ["budi", "mai"]
    assert person_by_handle(shop, "sari") == SARI


def test_the_phone_is_whose_unpaid_order_is_the_newest(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    place(shop)
    clock.move(minutes=1)
    newest = place(shop, buyer=BUDI)
    assert default_account(shop) == BUDI.id
    run(shop, "UPDATE orders SET status = 'COMPLETED', tab = 'completed' WHERE number = :n", n=newest)
    assert default_account(shop) == MAI.id
    assert buyer_of(shop, newest) == BUDI


def test_the_inbox_goes_on_where_it_ended(shop: Shop, stocked: Stocked) -> None:
    for _ in range(3):
        place(shop)  # all of one moment: the number tells them apart
    first = notices(shop, SARI, limit=2)
    rest = notices(shop, SARI, before=(first[-1].at, first[-1].order_number), limit=2)
    assert len({one.order_number for one in (*first, *rest)}) == 3
    assert unread(shop, SARI) == 3


@pytest.mark.parametrize(
    "statement",
    [*(orders._PAGES[whose, tabbed] for whose in ("buyer", "shop") for tabbed in (False, True)),
     orders._COUNTS, orders._BY_OUTSIDE, inbox._PAGE, inbox._UNREAD],
)  # fmt: skip
def test_what_a_screen_reads_is_found_by_an_index(sqlite_shop: Shop, statement: Statement) -> None:
    dialect = sqlite_shop.place.dialect
    sql, values = statement.values(dialect, {"limit": 20, "shown": 1, "owner": 1, "before": 2**62})
    plan = sqlite_shop.place.connection().execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    steps = [step for *_, step in plan]
    assert not [step for step in steps if step.startswith("SCAN") and ("orders" in step or "notif" in step)]
