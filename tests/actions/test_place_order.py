"""Placing an order (T1): what is held, what it costs, when it must be paid, and what is refused."""

from functools import partial
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.cancel import cancel_order
from app.shop.actions.place import place_order
from app.shop.rules.clocks import Method, pay_by
from app.shop.rules.errors import Invalid, KeyReused, NotFound, Refused
from app.shop.rules.items import MOST_LINES, MOST_PIECES
from app.shop.rules.policy import DAY, JOURNEY, TIKTOK, Policy
from app.shop.rules.pricing import VoucherKind
from app.shop.rules.receipt import Kind
from app.shop.shop import Actor, Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    SARI,
    all_at_once,
    balance,
    column,
    everything,
    fresh,
    place,
    rows,
    settle,
    told,
)
from tests.bench.raw import rehearsed
from tests.conftest import Clock
from tests.people import COINS, NAVY_PRICE, PRICE, STOCK, VOUCHER_USES, Stocked, put, stock


def sheet_of(shop: Shop, number: int) -> dict[str, int]:
    """The price sheet of an order as stored."""
    sql = "SELECT kind, amount_minor FROM price_entries WHERE order_number = :number ORDER BY n"
    return dict(rows(shop, sql, number=number))


def test_an_order_waits_to_be_paid(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop, (stocked.cream, 2), address_id=stocked.home)
    sql = "SELECT status, tab, version, total_minor, pay_by, line_count, address_id, due_step FROM orders"
    until = clock.at + JOURNEY.pay_card_ms
    kept = ("UNPAID", "pending-payment", 0, 2 * PRICE, until, 1, stocked.home, "remind_half")
    assert rows(shop, sql) == [kept]
    assert 10**17 <= number < 10**18


@pytest.mark.parametrize("method", [Method.CARD, Method.WALLET, Method.TRANSFER, Method.OTHER])
def test_each_way_to_pay_has_its_time(shop: Shop, stocked: Stocked, clock: Clock, method: Method) -> None:
    number = place(shop, method=method)
    assert column(shop, number, "pay_by") == pay_by(method, clock.at, JOURNEY)


def test_what_is_ordered_is_held(shop: Shop, stocked: Stocked) -> None:
    place(shop, (stocked.cream, 2), (stocked.navy, 1), voucher_codes=("KOPI10",), coins=300)
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 2, 2, 0, 0)
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK - 1, 1, 0, 0)
    assert balance(shop, Kind.STOCK, stocked.forest) == (STOCK, 0, 0, 0)
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES - 1, 1, 0, 0)
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS - 300, 300, 0, 0)


def test_the_price_sheet_sums_to_the_total_and_the_lines_to_what_is_paid_for_them(
    shop: Shop, stocked: Stocked
) -> None:
    settle(shop, JOURNEY.with_settings({"shipping_minor": 12_000}))
    number = place(shop, (stocked.cream, 2), (stocked.navy, 1), voucher_codes=("kopi10 ",), coins=333)
    items = 2 * PRICE + NAVY_PRICE
    assert sheet_of(shop, number) == {"ITEMS": items, "SHIPPING": 12_000, "VOUCHER": -20_000, "COINS": -333}
    assert column(shop, number, "total_minor") == items + 12_000 - 20_333
    lines = rows(shop, "SELECT quantity * unit_minor, discount_minor, total_minor FROM lines")
    assert all(whole - discount == total >= 0 for whole, discount, total in lines)
    assert sum(total for _, _, total in lines) == items - 20_333


def test_free_shipping_takes_off_the_shipping_and_no_more(shop: Shop, stocked: Stocked) -> None:
    settle(shop, JOURNEY.with_settings({"shipping_minor": 12_000}))
    number = place(shop, voucher_codes=("KOPISHIP",))
    assert sheet_of(shop, number) == {"ITEMS": 2 * PRICE, "SHIPPING": 12_000, "FREE_SHIPPING": -12_000}
    assert column(shop, number, "total_minor") == 2 * PRICE


def test_coins_beyond_the_price_stay_with_the_buyer(shop: Shop, stocked: Stocked) -> None:
    with shop.change() as work:
        cheap = t.Variant(id=91, product_id=stocked.mug, name="Spoon", currency="IDR", price_minor=700)
        put(work, cheap, t.Balance(kind=Kind.STOCK, subject=91, taken_in=1, free=1))
    number = place(shop, (91, 1), coins=1_000)
    assert column(shop, number, "total_minor") == 0
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS - 700, 700, 0, 0)


def test_the_seller_is_told_once_and_nobody_else(shop: Shop, stocked: Stocked) -> None:
    done = place_order(shop, MAI, [(stocked.cream, 1)], Method.CARD, key="k")
    assert told(shop, int(done.answer["number"])) == [(stocked.sari, "order_placed")]
    assert done.people == {stocked.mai, stocked.sari}


def test_the_first_event_tells_how_it_began(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    place_order(shop, MAI, [(stocked.cream, 1)], Method.CARD, key="k")
    sql = "SELECT n, at, actor_id, role, action, status_from, status_to, key FROM events"
    assert rows(shop, sql) == [(0, clock.at, MAI.id, "BUYER", "place_order", None, "UNPAID", "k")]


def test_cash_on_delivery_is_on_its_way_at_once(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, method=Method.COD)
    sql = "SELECT status, tab, pay_by, paid_at, due_step, ship_by, collect_by, cancel_sla FROM orders"
    ((*first, ship_by, collect_by, cancel_sla),) = rows(shop, sql)
    assert first == ["AWAITING_SHIPMENT", "to-ship", None, None, "ship_timeout"]
    assert ship_by < collect_by < cancel_sla
    assert rows(shop, "SELECT method, state, amount_minor FROM payments") == [("COD", "COD_DUE", 2 * PRICE)]
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 2, 2, 0, 0)
    assert column(shop, number, "total_minor") == 2 * PRICE


def test_cash_on_delivery_waits_where_the_policy_leaves_time_to_think(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    settle(shop, TIKTOK)
    number = place(shop, method=Method.COD)
    assert column(shop, number, "status") == "ON_HOLD"
    assert column(shop, number, "remorse_until") == clock.at + TIKTOK.remorse_ms
    assert column(shop, number, "due_step") == "release"


NOT_TO_BE_HAD: list[tuple[dict[str, Any], str]] = [
    ({"voucher_codes": ("KOPIOLD",)}, "voucher_expired"),
    ({"voucher_codes": ("SOON",)}, "voucher_not_started"),
    ({"voucher_codes": ("GONE",)}, "voucher_used_up"),
    ({"voucher_codes": ("LINEN",)}, "voucher_other_shop"),
    ({"voucher_codes": ("DONG",)}, "voucher_other_currency"),
    ({"voucher_codes": ("KOPI15K",)}, "voucher_below_threshold"),
    ({"voucher_codes": ("KOPI10", "KOPI10")}, "voucher_not_combinable"),
    ({"coins": COINS + 1}, "not_enough_coins"),
    ({"items": [(IDS.cream, STOCK + 1)]}, "out_of_stock"),
    ({"items": [(IDS.navy, 1), (IDS.cream, STOCK + 1)]}, "out_of_stock"),
]
NO_ORDER: list[tuple[dict[str, Any], str]] = [
    ({"items": []}, "items_make_no_order"),
    ({"items": [(IDS.cream, 1), (IDS.cream, 1)]}, "items_make_no_order"),
    ({"items": [(n, 1) for n in range(MOST_LINES + 1)]}, "items_make_no_order"),
    ({"items": [(IDS.cream, 0)]}, "quantity_out_of_range"),
    ({"items": [(IDS.cream, -1)]}, "quantity_out_of_range"),
    ({"items": [(IDS.cream, MOST_PIECES + 1)]}, "quantity_out_of_range"),
    ({"items": [(IDS.cream, 1), (IDS.white, 1)]}, "items_of_several_shops"),
    ({"items": [(99, 1)]}, "no_such_variant"),
    ({"coins": -1}, "coins_out_of_range"),
    ({"address_id": 99}, "no_such_address"),
    ({"address_id": 0}, "no_such_address"),
    ({"address_id": IDS.budis_home}, "no_such_address"),
    ({"voucher_codes": ("NONE",)}, "no_such_voucher"),
    ({"key": ""}, "key_length"),
    ({"key": "k" * 201}, "key_length"),
]
NOT_STORABLE: list[dict[str, Any]] = [
    {"items": [(2**70, 1)]},
    {"address_id": 2**70},
    {"voucher_codes": ("KOPI10\0",)},
    {"voucher_codes": ("KOPI10\ud83d",)},
    {"key": "\ud83d"},
]
ASKED: dict[str, Any] = {"items": [(IDS.cream, 1)], "method": Method.CARD, "key": "k"}


def test_what_is_not_to_be_had_is_refused_with_why(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    _more_vouchers(shop, clock.at)
    before = everything(shop)
    for options, code in NOT_TO_BE_HAD:
        with pytest.raises(Refused, match=f"^{code} "):
            place_order(shop, MAI, **ASKED | options)
    assert everything(shop) == before


def test_what_makes_no_order_is_said_and_nothing_is_written(shop: Shop, stocked: Stocked) -> None:
    before = everything(shop)
    for options, code in NO_ORDER:
        with pytest.raises((Invalid, NotFound), match=f"^{code}"):
            place_order(shop, MAI, **ASKED | options)
    assert everything(shop) == before


def test_what_no_database_can_hold_is_refused_plainly(shop: Shop, stocked: Stocked) -> None:
    before = everything(shop)
    for options in NOT_STORABLE:
        with pytest.raises((Invalid, NotFound)):
            place_order(shop, MAI, **ASKED | options)
    assert everything(shop) == before


def _more_vouchers(shop: Shop, now: int) -> None:
    def voucher(id_: int, code: str, **terms: Any) -> t.Voucher:
        usual: dict[str, Any] = {"shop_id": IDS.kopi_house, "currency": "IDR", "starts_at": now - DAY}
        usual |= {"ends_at": now + DAY} | terms
        return t.Voucher(id=id_, code=code, kind=VoucherKind.AMOUNT, value=1_000, **usual)

    made = (
        voucher(81, "SOON", starts_at=now + 1),
        voucher(82, "GONE"),
        voucher(83, "LINEN", shop_id=IDS.linen_lab),
        voucher(84, "DONG", shop_id=None, currency="VND"),
    )
    with shop.change() as work:
        put(work, *made)
        for one in made:
            uses = 0 if one.code == "GONE" else 1
            put(work, t.Balance(kind=Kind.VOUCHER, subject=one.id, taken_in=uses, free=uses))


def test_a_second_tap_gets_the_first_answer_and_orders_nothing(shop: Shop, stocked: Stocked) -> None:
    first = place_order(shop, MAI, [(stocked.cream, 1)], Method.CARD, key="k")
    before = everything(shop)
    assert place_order(shop, MAI, [(stocked.cream, 1)], Method.CARD, key="k") == first
    assert everything(shop) == before


def test_the_same_key_for_something_else_is_refused(shop: Shop, stocked: Stocked) -> None:
    place_order(shop, MAI, **ASKED)
    before = everything(shop)
    others: list[dict[str, Any]] = [
        {"items": [(IDS.cream, 2)]},
        {"items": [(IDS.forest, 1)]},
        {"method": Method.WALLET},
        {"voucher_codes": ("KOPI10",)},
        {"coins": 1},
        {"address_id": IDS.home},
    ]
    for other in others:
        with pytest.raises(KeyReused, match="key_reused"):
            place_order(shop, MAI, **ASKED | other)
    assert everything(shop) == before


def test_a_key_that_cancelled_orders_nothing(shop: Shop, stocked: Stocked) -> None:
    cancel_order(shop, MAI, place(shop), "BU_MISTAKE", key="k")
    with pytest.raises(KeyReused):
        place_order(shop, MAI, [(stocked.cream, 1)], Method.CARD, key="k")


def test_a_key_is_its_persons_own(shop: Shop, stocked: Stocked) -> None:
    mine = place_order(shop, MAI, [(stocked.cream, 1)], Method.CARD, key="k")
    yours = place_order(shop, BUDI, [(stocked.cream, 1)], Method.CARD, key="k")
    assert mine.answer["number"] != yours.answer["number"]


def test_a_seller_may_buy_in_their_own_shop(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, buyer=SARI)
    assert told(shop, number) == []


def test_the_last_piece_goes_to_one_and_the_other_is_told(shop: Shop, stocked: Stocked, full: bool) -> None:
    last = [(stocked.cream, STOCK)]
    for _ in range(100 if full else 10):
        ends = all_at_once(
            *[partial(place_order, shop, who, last, Method.CARD, key=fresh()) for who in (MAI, BUDI, SARI)]
        )
        assert sorted(ends) == ["UNPAID", "out_of_stock", "out_of_stock"]
        ((number, buyer),) = rows(shop, "SELECT number, buyer_id FROM orders WHERE status = 'UNPAID'")
        cancel_order(shop, Actor(buyer), number, "BU_MISTAKE", key=fresh())
        assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)


def test_the_last_use_of_a_voucher_and_the_last_coins_go_to_one(shop: Shop, stocked: Stocked) -> None:
    for _ in range(VOUCHER_USES - 1):
        place(shop, (stocked.forest, 1), voucher_codes=("KOPI10",))
    order = partial(place_order, shop, items=[(stocked.cream, 1)], method=Method.CARD)
    uses = [partial(order, who, voucher_codes=("KOPI10",), key=fresh()) for who in (MAI, BUDI, SARI)]
    assert sorted(all_at_once(*uses)) == ["UNPAID", "voucher_used_up", "voucher_used_up"]
    coins = [partial(order, MAI, coins=COINS, key=fresh()) for _ in range(3)]
    assert sorted(all_at_once(*coins)) == ["UNPAID", "not_enough_coins", "not_enough_coins"]


def test_one_key_sent_often_at_one_instant_makes_one_order(shop: Shop, stocked: Stocked) -> None:
    for n in range(10):
        tries = [partial(place, shop, (stocked.navy, 1), key=f"k{n}")] * 4
        assert len(set(all_at_once(*tries))) == 1
    assert balance(shop, Kind.STOCK, stocked.navy) == (0, STOCK, 0, 0)


def test_two_baskets_of_the_same_things_in_other_orders_do_not_block_each_other(
    shop: Shop, stocked: Stocked
) -> None:
    there = [(stocked.cream, 1), (stocked.forest, 1), (stocked.navy, 1)]
    for _ in range(3):
        ends = all_at_once(partial(place, shop, *there), partial(place, shop, *reversed(there), buyer=BUDI))
        assert all(isinstance(number, int) for number in ends)
    assert rows(shop, "SELECT DISTINCT free FROM balances WHERE kind = 'STOCK' ORDER BY free") == [
        (4,),
        (10,),
    ]


def test_the_policy_of_the_shop_comes_before_the_platforms(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    settle(shop, Policy(pay_card_ms=60_000))
    with shop.change() as work:
        put(
            work,
            t.PolicyRow(shop_id=IDS.kopi_house, n=1, at=0, actor_id=1, settings='{"pay_card_ms": 120000}'),
            t.PolicyRow(shop_id=IDS.kopi_house, n=2, at=0, actor_id=1, settings='{"pay_card_ms": 180000}'),
        )
    assert column(shop, place(shop), "pay_by") == clock.at + 180_000


@pytest.mark.parametrize("size", [1, 3, 9])
def test_an_order_is_as_many_statements_however_many_lines_it_has(sqlite_shop: Shop, size: int) -> None:
    stock(sqlite_shop)
    with sqlite_shop.change() as work:
        more = [
            t.Variant(id=100 + n, product_id=IDS.mug, name=str(n), currency="IDR", price_minor=1)
            for n in range(9)
        ]
        put(work, *more, *(t.Balance(kind=Kind.STOCK, subject=one.id, taken_in=1, free=1) for one in more))
    items = [(100 + n, 1) for n in range(size)]
    how: dict[str, Any] = {"address_id": IDS.home, "key": fresh()}

    def whole(shop: Shop) -> object:
        return place_order(shop, MAI, items, Method.CARD, **how)

    # BEGIN and COMMIT; person and key, address, variants, shop; order, lines, prices, holds, event, who sells
    # there, what they are told, and the key.
    assert len(rehearsed(sqlite_shop, whole)) + 2 == 13
