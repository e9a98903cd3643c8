"""Lists of orders: pages without gaps, counts, and finding one by any of its numbers."""

import pytest

from app.shop import tables as t
from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.reads.orders import CARD_LINES, COUNTED, all_orders, find_number, orders_of, tab_counts
from app.shop.reads.people import profile_of
from app.shop.rules.errors import Invalid, NotFound
from app.shop.rules.orders import TABS, Status, Tab
from app.shop.rules.policy import TIKTOK
from app.shop.shop import Shop
from tests.actions.steps import BUDI, MAI, SARI, order_in, place, run, settle
from tests.conftest import Clock
from tests.people import PRICE, Stocked, put, stock


@pytest.fixture
def plenty(shop: Shop, stocked: Stocked) -> Stocked:
    """A shop that does not run out."""
    run(shop, "UPDATE balances SET free = 100000, taken_in = 100000 WHERE kind = 'STOCK'")
    return stocked


def test_pages_have_no_gaps_and_nothing_twice_while_orders_are_placed(
    shop: Shop, plenty: Stocked, clock: Clock
) -> None:
    there = []
    for _ in range(23):
        there.append(place(shop, (plenty.cream, 1)))
        clock.move(milliseconds=1)
    seen: list[int] = []
    before = None
    while page := orders_of(shop, MAI, before=before, limit=5):
        seen += [order.number for order in page]
        before = page[-1].number
        clock.move(milliseconds=1)
        place(shop, (plenty.cream, 1))
        cancel_order(shop, MAI, seen[0], "BU_MISTAKE", key=f"{before}") if len(seen) == 5 else None
    assert seen == there[::-1]


def test_orders_of_one_moment_are_paged_too(shop: Shop, plenty: Stocked) -> None:
    there = sorted((place(shop, (plenty.cream, 1)) for _ in range(9)), reverse=True)
    seen: list[int] = []
    while page := orders_of(shop, MAI, before=seen[-1] if seen else None, limit=2):
        seen += [order.number for order in page]
    assert seen == there


def test_each_order_is_in_the_tab_of_its_state_and_in_all(shop: Shop, plenty: Stocked, clock: Clock) -> None:
    numbers = {}
    for state in Status:
        if state not in (Status.CANCELLED, Status.ON_HOLD):
            numbers[order_in(shop, state, voucher_codes=(), coins=0)] = TABS[state]
            clock.move(milliseconds=1)
    gone = place(shop)
    cancel_order(shop, MAI, gone, "BU_MISTAKE", key="k")
    numbers[gone] = Tab.CANCELLED
    settle(shop, TIKTOK)
    for tab in Tab:
        found = {order.number for order in orders_of(shop, MAI, tab)}
        assert found == {number for number, there in numbers.items() if there == tab}
        assert tab_counts(shop, MAI)[tab] == len(found)
    assert {order.number for order in orders_of(shop, MAI)} == set(numbers)
    assert {order.number: order.tab for order in orders_of(shop, MAI)} == numbers


def test_badges_count_to_a_hundred(sqlite_shop: Shop, clock: Clock) -> None:
    ids = stock(sqlite_shop)
    run(sqlite_shop, "UPDATE balances SET free = 100000, taken_in = 100000 WHERE kind = 'STOCK'")
    for n in range(COUNTED + 2):
        assert tab_counts(sqlite_shop, MAI)[Tab.PENDING_PAYMENT] == min(n, COUNTED)
        place(sqlite_shop, (ids.cream, 1))
    assert profile_of(sqlite_shop, MAI).orders == COUNTED
    assert set(tab_counts(sqlite_shop, BUDI).values()) == {0}


def test_a_card_shows_the_first_lines_and_how_many_there_are(shop: Shop, plenty: Stocked) -> None:
    with shop.change() as work:
        for n in range(70, 70 + CARD_LINES + 2):
            put(
                work,
                t.Variant(id=n, product_id=plenty.mug, name=f"No {n}", currency="IDR", price_minor=PRICE),
                t.Balance(kind="STOCK", subject=n, taken_in=9, free=9),
            )
    number = place(shop, *((n, 1) for n in range(70, 70 + CARD_LINES + 2)))
    cancel_lines(shop, MAI, number, [1], "BU_MISTAKE", key="k")
    (card,) = orders_of(shop, MAI)
    assert [line.n for line in card.lines] == [*range(1, CARD_LINES + 1)]
    assert card.lines[0].status == "CANCELLED"
    assert card.line_count == CARD_LINES + 2
    (whole,) = all_orders(shop)
    assert len(whole.lines) == CARD_LINES + 2


def test_a_card_says_whether_its_buyer_may_cancel(shop: Shop, plenty: Stocked) -> None:
    order_in(shop, Status.UNPAID)
    assert [(card.why_not_cancel, card.next_step) for card in orders_of(shop, MAI)] == [(None, None)]
    order_in(shop, Status.AWAITING_SHIPMENT)
    card = orders_of(shop, MAI, Tab.TO_SHIP)[0]
    assert (card.why_not_cancel, card.next_step) == ("paid_ask_seller", "contact_seller")


def test_whoever_owns_the_store_sees_the_orders_of_all(shop: Shop, plenty: Stocked) -> None:
    mine, yours = place(shop), place(shop, buyer=BUDI)
    assert {card.number for card in all_orders(shop)} == {mine, yours}
    assert [card.number for card in all_orders(shop, buyer="budi")] == [yours]
    assert {card.number for card in all_orders(shop, seller="kopi-house", tab=Tab.PENDING_PAYMENT)} == {
        mine,
        yours,
    }
    assert all_orders(shop, seller="linen-lab") == ()
    for nobody in ("nobody", "kopi-house", "' OR 1=1 --"):
        with pytest.raises(NotFound, match="no_such_buyer"):
            all_orders(shop, buyer=nobody)
    with pytest.raises(NotFound, match="no_such_shop"):
        all_orders(shop, seller="mai")
    with pytest.raises(Invalid, match="buyer_or_shop"):
        all_orders(shop, buyer="mai", seller="kopi-house")


def outside(shop: Shop, number: int, text: str, shop_id: int, source: str = "tiktok") -> None:
    """Order `number` has the number `text` on the platform it came from."""
    with shop.change() as work:
        row = t.OutsideNumber(source=source, shop_id=shop_id, outside_number=text, order_number=number)
        put(work, row)


def test_an_order_is_found_by_each_of_its_numbers(shop: Shop, plenty: Stocked) -> None:
    number = place(shop)
    outside(shop, number, "576 461-ABC/ü", plenty.kopi_house)
    for text in (str(number), f" {number}\n", "576 461-ABC/ü", "  576 461-ABC/ü "):
        assert find_number(shop, text) == number


def test_a_number_that_several_orders_have_is_said_with_all_of_them(shop: Shop, plenty: Stocked) -> None:
    first, second = sorted((place(shop), place(shop)))
    outside(shop, first, "e481f51cbdc54678b7cc49136f2d6af7", plenty.kopi_house, "olist")
    outside(shop, second, "e481f51cbdc54678b7cc49136f2d6af7", plenty.linen_lab, "olist")
    with pytest.raises(Invalid, match="number_of_several") as refused:
        find_number(shop, "e481f51cbdc54678b7cc49136f2d6af7")
    assert refused.value.facts["numbers"] == f"{first} {second}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "-1",
        "9" * 18,
        "9" * 30,
        "9" * 5_000,
        "²",
        "٣",
        "1e5",
        "nine",
        "%",
        "' OR '1'='1",
        "x" * 9_999,
    ],
)
def test_a_number_nobody_has_is_not_found(sqlite_shop: Shop, text: str) -> None:
    with pytest.raises(NotFound, match="no_such_order"):
        find_number(sqlite_shop, text)


def test_what_no_number_can_be_is_not_found_on_a_server_either(shop: Shop) -> None:
    for text in ("9" * 19, "9" * 5_000, "a\0b", "half \ud83d"):
        with pytest.raises((NotFound, Invalid)):
            find_number(shop, text)


def test_sellers_have_orders_of_their_own_too(shop: Shop, plenty: Stocked) -> None:
    place(shop)
    assert orders_of(shop, SARI) == ()
