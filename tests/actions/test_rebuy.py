"""Cancel and rebuy in one act: nothing is lost on the way, and where it fails the old order stands."""

import json
from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.clock import run_due
from app.shop.actions.edit import change_variant
from app.shop.actions.pay import Outcome, pay
from app.shop.actions.rebuy import cancel_and_rebuy
from app.shop.check import check
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import HOUR, JOURNEY, MINUTE
from app.shop.rules.receipt import Kind
from app.shop.shop import GATEWAY, Actor, Done, Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    OPS,
    SARI,
    all_at_once,
    balance,
    column,
    everything,
    fresh,
    imported,
    order_in,
    place,
    rows,
    run,
    told,
)
from tests.conftest import Clock
from tests.people import COINS, NAVY_PRICE, PRICE, STOCK, VOUCHER_USES, Stocked, stock


def rebuy(shop: Shop, number: int, *items: tuple[int, int], **options: Any) -> Done:
    """Mai cancels an order and buys these items instead."""
    paid = column(shop, number, "paid_at") is not None
    reason = "BP_WRONG_VARIANT" if paid else "BU_WRONG_VARIANT"
    whole: dict[str, Any] = {"method": Method.CARD, "reason": reason, "key": fresh()} | options
    return cancel_and_rebuy(shop, MAI, number, items or ((IDS.forest, 2),), **whole)


def new_of(done: Done) -> int:
    """The number of the order that came in the place of the old one."""
    return int(done.answer["replaced_by"])


def fact(shop: Shop, number: int, n: int, name: str) -> str | None:
    """A fact of an event."""
    ((facts,),) = rows(shop, "SELECT facts FROM events WHERE order_number = :o AND n = :n", o=number, n=n)
    found = json.loads(facts).get(name)
    return None if found is None else str(found)


def test_the_new_order_stands_in_the_place_of_the_old_one(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.UNPAID, (stocked.cream, 2))
    clock.move(minutes=20)
    done = rebuy(shop, number, (stocked.navy, 1))
    new = new_of(done)
    total = NAVY_PRICE - NAVY_PRICE // 10 - 400
    assert done.answer == {
        "number": str(number),
        "status": "CANCELLED",
        "refund_minor": 0,
        "currency": "IDR",
        "released": done.answer["released"],
        "outside": None,
        "replaced_by": str(new),
        "total_minor": total,
        "pay_by": clock.at + JOURNEY.pay_card_ms,
        "event": 1,
    }
    assert (column(shop, number, "status"), column(shop, new, "status")) == ("CANCELLED", "UNPAID")
    assert column(shop, number, "cancel_reason") == "BU_WRONG_VARIANT"
    assert (column(shop, new, "total_minor"), column(shop, new, "address_id")) == (total, stocked.home)
    assert (fact(shop, number, 1, "replaced_by"), fact(shop, new, 0, "replaces")) == (str(new), str(number))
    assert told(shop, number)[1:] == [(stocked.mai, "order_replaced"), (stocked.sari, "order_replaced")]
    assert told(shop, new) == [(stocked.sari, "order_placed")]
    assert check(shop).violations == ()


def test_what_was_held_for_the_old_one_is_held_for_the_new_one(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID, (stocked.cream, 2))
    rebuy(shop, number, (stocked.cream, 1), (stocked.navy, 1))
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 1, 1, 0, 0)
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK - 1, 1, 0, 0)
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES - 1, 1, 0, 0)
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS - 400, 400, 0, 0)


def test_the_last_pieces_are_bought_again_by_who_holds_them(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.navy, STOCK))
    new = new_of(rebuy(shop, number, (stocked.navy, STOCK)))
    assert balance(shop, Kind.STOCK, stocked.navy) == (0, STOCK, 0, 0)
    assert rows(shop, "SELECT order_number FROM holds WHERE state = 'HELD'") == [(new,)]


def test_a_voucher_is_kept_though_it_has_run_out_and_is_used_up(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.UNPAID, (stocked.cream, 2), coins=0)
    for _ in range(VOUCHER_USES - 1):
        place(shop, (stocked.forest, 1), buyer=BUDI, voucher_codes=("KOPI10",))
    run(shop, "UPDATE vouchers SET ends_at = :at WHERE id = 51", at=clock.at + MINUTE)
    clock.move(minutes=2)
    new = new_of(rebuy(shop, number, (stocked.navy, 1)))
    assert column(shop, new, "total_minor") == NAVY_PRICE - NAVY_PRICE // 10
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (0, VOUCHER_USES, 0, 0)
    named = new_of(rebuy(shop, new, (stocked.navy, 1), voucher_codes=("KOPI10",)))
    assert column(shop, named, "total_minor") == NAVY_PRICE - NAVY_PRICE // 10
    with pytest.raises(Refused, match="voucher_expired"):
        rebuy(shop, place(shop), voucher_codes=("KOPI10",))


def test_a_voucher_whose_threshold_is_missed_falls_away_unless_it_was_asked_for(
    shop: Shop, stocked: Stocked
) -> None:
    number = order_in(shop, Status.UNPAID, (stocked.cream, 2), voucher_codes=("KOPI15K",), coins=0)
    with pytest.raises(Refused, match="voucher_below_threshold"):
        rebuy(shop, number, (stocked.cream, 1), voucher_codes=("KOPI15K",))
    assert column(shop, number, "status") == "UNPAID"
    new = new_of(rebuy(shop, number, (stocked.cream, 1)))
    assert column(shop, new, "total_minor") == PRICE
    assert balance(shop, Kind.VOUCHER, stocked.amount_off) == (VOUCHER_USES, 0, 0, 0)


def test_another_voucher_takes_the_place_of_the_old_one(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID, (stocked.cream, 2), coins=0)
    new = new_of(rebuy(shop, number, (stocked.cream, 2), voucher_codes=("KOPI15K", "KOPISHIP")))
    assert column(shop, new, "total_minor") == 2 * PRICE - 15_000
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES, 0, 0, 0)
    assert (
        column(shop, new_of(rebuy(shop, new, (stocked.cream, 2), voucher_codes=())), "total_minor")
        == 2 * PRICE
    )


@pytest.mark.parametrize(("now", "unit"), [(PRICE + 5_000, PRICE), (PRICE - 5_000, PRICE - 5_000)])
def test_what_is_bought_again_costs_the_lower_of_then_and_now(
    shop: Shop, stocked: Stocked, now: int, unit: int
) -> None:
    number = place(shop, (stocked.cream, 2))
    run(shop, "UPDATE variants SET price_minor = :now WHERE id = 41", now=now)
    new = new_of(rebuy(shop, number, (stocked.cream, 2)))
    assert column(shop, new, "total_minor") == 2 * unit


def test_more_pieces_than_before_cost_what_they_cost_now(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.cream, 2))
    run(shop, "UPDATE variants SET price_minor = 90000 WHERE id = 41")
    new = new_of(rebuy(shop, number, (stocked.cream, 3)))
    sql = "SELECT variant_id, quantity, unit_minor FROM lines WHERE order_number = :n ORDER BY n"
    assert rows(shop, sql, n=new) == [(41, 2, PRICE), (41, 1, 90_000)]
    assert column(shop, new, "line_count") == 2
    assert check(shop).violations == ()


def test_what_is_paid_goes_back_and_the_new_one_is_to_be_paid(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.ON_HOLD, (stocked.cream, 2))
    total = column(shop, number, "total_minor")
    done = rebuy(shop, number, (stocked.forest, 2))
    assert done.answer["refund_minor"] == total
    new = new_of(done)
    assert (column(shop, new, "status"), column(shop, new, "total_minor")) == ("UNPAID", total)
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS - 400, 400, 0, 0)
    assert check(shop).violations == ()


def test_paid_in_cash_it_is_on_its_way_at_once(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    new = new_of(rebuy(shop, number, method=Method.COD))
    assert (column(shop, new, "status"), column(shop, new, "pay_by")) == ("AWAITING_SHIPMENT", None)


def test_lines_that_were_taken_back_before_are_not_bought_again(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    cancel_lines(shop, MAI, number, [2], "BU_MISTAKE", key=fresh())
    rebuy(shop, number, (stocked.cream, 2))
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK, 0, 0, 0)


REFUSED: tuple[tuple[str, dict[str, Any], tuple[tuple[int, int], ...]], ...] = (
    ("out_of_stock", {}, ((IDS.navy, STOCK + 1),)),
    ("no_such_voucher", {"voucher_codes": ("NONE",)}, ((IDS.navy, 1),)),
    ("voucher_expired", {"voucher_codes": ("KOPIOLD",)}, ((IDS.navy, 1),)),
    ("variant_of_another_product", {}, ((IDS.white, 1),)),
    ("no_such_variant", {}, ((99, 1),)),
    ("items_make_no_order", {}, tuple((variant, 1) for variant in range(1_000, 1_101))),
    ("price_changed", {"expected_minor": NAVY_PRICE}, ((IDS.navy, 1),)),
    ("quantity_out_of_range", {}, ((IDS.navy, 0),)),
    ("reason_not_allowed", {"reason": "SP_OTHER"}, ((IDS.navy, 1),)),
)


@pytest.mark.parametrize(("code", "options", "items"), REFUSED, ids=[code for code, *_ in REFUSED])
def test_where_the_new_order_cannot_be_made_the_old_one_stands_untouched(
    shop: Shop, stocked: Stocked, code: str, options: dict[str, Any], items: tuple[tuple[int, int], ...]
) -> None:
    number = order_in(shop, Status.UNPAID)
    before = everything(shop)
    with pytest.raises((Refused, Invalid, NotFound)) as refused:
        rebuy(shop, number, *items, **options)
    assert refused.value.code == code
    assert everything(shop) == before


def test_only_what_can_be_taken_back_is_bought_again(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.UNPAID, (stocked.cream, 1))
    pay(shop, MAI, number, Outcome.ATTEMPTED, key=fresh())
    for status, code in ((None, "payment_in_progress"), (Status.AWAITING_SHIPMENT, "paid_ask_seller")):
        order = order_in(shop, status, (stocked.cream, 1), coins=0) if status else number
        with pytest.raises(Refused, match=code):
            rebuy(shop, order)
    other = imported(shop, place(shop))
    with pytest.raises(Refused, match="edit_on_its_platform"):
        rebuy(shop, other)
    done = place(shop)
    cancel_order(shop, MAI, done, "BU_MISTAKE", key=fresh())
    with pytest.raises(Refused, match="already_cancelled"):
        rebuy(shop, done)


@pytest.mark.parametrize(
    ("who", "code"), [(SARI, "role_may_not"), (OPS, "role_may_not"), (BUDI, "no_such_order")]
)
def test_only_its_buyer_buys_again(shop: Shop, stocked: Stocked, who: Actor, code: str) -> None:
    number = place(shop)
    with pytest.raises((Refused, NotFound), match=code):
        cancel_and_rebuy(
            shop, who, number, [(stocked.cream, 1)], method=Method.CARD, reason="BU_MISTAKE", key="k"
        )


def test_sent_twice_it_is_done_once(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    first = rebuy(shop, number, key="k")
    before = everything(shop)
    assert rebuy(shop, number, key="k").answer == first.answer
    assert everything(shop) == before


def test_of_two_at_one_instant_one_is_done(shop: Shop, stocked: Stocked) -> None:
    for _ in range(4):
        number = place(shop, (stocked.cream, 1))
        ends = all_at_once(*(partial(rebuy, shop, number, (stocked.forest, 1)) for _ in range(2)))
        assert sorted(ends) == ["CANCELLED", "already_cancelled"]
        (new,) = rows(shop, "SELECT number FROM orders WHERE status = 'UNPAID'")[0]
        cancel_order(shop, MAI, new, "BU_MISTAKE", key=fresh())
    assert check(shop).violations == ()


Race = Callable[[Shop, int], Any]


def _pays(shop: Shop, number: int) -> Done:
    return pay(shop, GATEWAY, number, key=fresh())


def _expires(shop: Shop, _number: int) -> list[str]:
    return [str(done.answer.get("status")) for done in run_due(shop)]


def _seller_cancels(shop: Shop, number: int) -> Done:
    return cancel_order(shop, OPS, number, "OP_RISK", key=fresh())


def _takes_a_line(shop: Shop, number: int) -> Done:
    return cancel_lines(shop, MAI, number, [1], "BU_MISTAKE", key=fresh())


def _swaps(shop: Shop, number: int) -> Done:
    return change_variant(shop, MAI, number, 1, IDS.navy, key=fresh())


@pytest.mark.parametrize("other", [_pays, _expires, _seller_cancels, _takes_a_line, _swaps])
@pytest.mark.parametrize("act", ["rebuy", "lines"])
def test_races_leave_one_winner_and_nothing_lost(
    shop: Shop, stocked: Stocked, clock: Clock, other: Race, act: str
) -> None:
    for _ in range(4):
        number = place(shop, (stocked.cream, 1), (stocked.forest, 1), voucher_codes=("KOPI10",))
        if other is _expires:
            clock.move(milliseconds=HOUR + JOURNEY.grace_ms + 1)
        mine = partial(rebuy, shop, number, (stocked.navy, 1))
        if act == "lines":
            mine = partial(cancel_lines, shop, MAI, number, [2], "BU_MISTAKE", key=fresh())
        ends = all_at_once(mine, partial(other, shop, number))
        assert "changed" not in ends
        assert check(shop).violations == ()
        for (left,) in rows(shop, "SELECT number FROM orders WHERE status NOT IN ('CANCELLED')"):
            cancel_order(shop, OPS, left, "OP_RISK", key=fresh())
        assert rows(shop, "SELECT count(*) FROM balances WHERE free <> taken_in") == [(0,)]


def test_the_last_piece_goes_to_one_of_a_rebuy_and_another_buyer(shop: Shop, stocked: Stocked) -> None:
    place(shop, (stocked.navy, STOCK - 1), buyer=BUDI)
    for _ in range(5):
        number = place(shop, (stocked.cream, 1))
        ends = all_at_once(
            partial(rebuy, shop, number, (stocked.navy, 1)),
            partial(place, shop, (stocked.navy, 1), buyer=BUDI),
        )
        assert balance(shop, Kind.STOCK, stocked.navy) == (0, STOCK, 0, 0)
        kept = column(shop, number, "status") == "UNPAID"
        assert (ends[0] == "out_of_stock") == kept
        assert (ends[1] == "out_of_stock") != kept
        last = rows(shop, "SELECT order_number FROM holds WHERE state = 'HELD' AND amount = 1")
        for (order,) in last:
            cancel_order(shop, OPS, order, "OP_RISK", key=fresh())
    assert check(shop).violations == ()


def test_pieces_that_change_hands_are_never_free_in_between(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.navy, STOCK))
    for _ in range(5):
        ends = all_at_once(
            partial(rebuy, shop, number, (stocked.navy, STOCK)),
            *(partial(place, shop, (stocked.navy, 1), buyer=BUDI) for _ in range(2)),
        )
        assert ends == ["CANCELLED", "out_of_stock", "out_of_stock"]
        ((number,),) = rows(shop, "SELECT number FROM orders WHERE status = 'UNPAID'")


@pytest.mark.parametrize("items", [((41, 1),), ((41, 1), (42, 1), (43, 2))], ids=["one", "three"])
def test_it_takes_as_many_statements_whatever_the_number_of_lines(
    sqlite_shop: Shop, items: tuple[tuple[int, int], ...]
) -> None:
    stock(sqlite_shop)
    number = place(sqlite_shop, *items, voucher_codes=("KOPI10",), coins=10)
    sent: list[str] = []
    with sqlite_shop.place.writing() as connection:
        connection.set_trace_callback(sent.append)
    rebuy(sqlite_shop, number, *items)
    connection.set_trace_callback(None)
    assert (sent[0], sent[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
    # A cancel and an order; what is kept, and since when it waits, read once; each line is written, and its
    # variant looked up.
    assert len([what for what, _ in groupby(sent, key=lambda sql: sql[:40])]) == 23
