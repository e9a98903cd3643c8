"""A demo store is believable, whole, and as the actions would have written it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from app.home import ASSETS
from app.shop import tables as t
from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import run_due
from app.shop.actions.pay import Outcome
from app.shop.check import check
from app.shop.demo import fill
from app.shop.demo.cast import gather
from app.shop.demo.featured import FEATURED
from app.shop.demo.making import Batch, Maker, make_all
from app.shop.demo.orders import Orders
from app.shop.demo.rows import Ids
from app.shop.demo.times import times
from app.shop.reads.inbox import notices
from app.shop.reads.orders import orders_of, tab_counts
from app.shop.reads.people import default_account, person_by_handle, profile_of
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid
from app.shop.rules.orders import Role, Status, Tab
from app.shop.rules.policy import DAY, HOUR
from app.shop.shop import Shop
from app.shop.sql import Statement
from app.shop.store import open_shop
from tests.conftest import Clock
from tests.people import put
from tests.store.twins import TABLES, Twins, twins

NOTE = "We counted the shelf again: the last pieces are gone."


def ask(shop: Shop, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the store, by plain SQL."""
    with shop.look() as work:
        return [tuple(row) for row in work.rows(Statement(text(sql)))]


def completed(both: Twins) -> None:
    both.place(Method.CARD, vouchers=[0], coins=500)
    both.try_to_pay(3, Outcome.FAILED)
    both.pay(2)
    both.arrange(60)
    both.hand_over(60)
    both.deliver(2 * 1440)
    both.complete(8 * 1440, Role.SYSTEM)


def completed_cash(both: Twins) -> None:
    both.place(Method.COD, lines=2, vouchers=[2], coins=90)
    both.arrange(60)
    both.hand_over(60)
    both.deliver(1440)
    both.complete(60)


def lapsed(both: Twins) -> None:
    both.place(Method.WALLET, lines=2, pieces=2, coins=100)
    both.remind(30)
    both.try_to_pay(5, Outcome.ATTEMPTED)
    both.remind(19.5)
    both.expire(10)
    both.pay_late(90)


def lines_taken_back(both: Twins) -> None:
    both.place(Method.TRANSFER, lines=3, pieces=2, vouchers=[0], coins=700)
    both.cancel_lines(10, Role.BUYER, {3}, "BU_NOT_NEEDED")
    both.pay(30, Role.GATEWAY)
    both.cancel_lines(60, Role.SELLER, {2}, "SP_OUT_OF_STOCK", NOTE)
    both.cancel(60, Role.SELLER, "SP_UNDELIVERABLE", NOTE)


def voucher_falls_away(both: Twins) -> None:
    both.place(Method.TRANSFER, lines=4, pieces=2, vouchers=[1], coins=10**9)
    both.cancel_lines(10, Role.BUYER, {2, 3, 4}, "BU_OTHER", "no")


def sent_in_parts(both: Twins) -> None:
    both.place(Method.WALLET, lines=3)
    both.pay(1)
    both.arrange(100)
    both.hand_over(100, 2)
    both.hand_over(1440)
    both.deliver(1440)


def lost(both: Twins) -> None:
    both.place(Method.CARD, vouchers=[2], coins=30)
    both.pay(1)
    both.arrange(100)
    both.hand_over(100)
    both.lose(1440, "SY_LOST")


def brought_back(both: Twins) -> None:
    both.place(Method.CARD, coins=30)
    both.pay(1)
    both.arrange(100)
    both.hand_over(100)
    both.lose(1440, "SY_REFUSED")


def not_shipped(both: Twins) -> None:
    both.place(Method.WALLET)
    both.pay(1)
    both.ask(90)
    both.time_out(5 * 1440)


def asked_but_sent(both: Twins) -> None:
    both.place(Method.WALLET)
    both.pay(1)
    both.ask(90)
    both.arrange(60)


def asked(both: Twins, method: Method = Method.WALLET) -> None:
    both.place(method, lines=2, vouchers=[0], coins=40)
    if method is not Method.COD:
        both.pay(1)
    both.ask(90)


def approved(both: Twins) -> None:
    asked(both)
    both.approve(30)


def approved_cash(both: Twins) -> None:
    asked(both, Method.COD)
    both.approve(30)


def listed_and_confirmed(both: Twins) -> None:
    asked(both)
    both.list_option(30)
    both.confirm(200)


def listed_in_vain(both: Twins) -> None:
    asked(both)
    both.list_option(30)
    both.lapse(1440.001)


def offered_and_withdrawn(both: Twins) -> None:
    asked(both)
    both.offer(30)
    both.withdraw(60)


def withdrawn_at_once(both: Twins) -> None:
    asked(both)
    both.withdraw(4)


def offered_in_vain(both: Twins) -> None:
    asked(both)
    both.offer(30)
    both.lapse(3000)


def declined(both: Twins) -> None:
    asked(both)
    both.decline(30)
    both.arrange(60)


def escalated(both: Twins) -> None:
    asked(both)
    both.decline(30)
    both.escalate(60)


def escalated_and_upheld(both: Twins) -> None:
    escalated(both)
    both.uphold(1440)
    both.arrange(60)


def escalated_and_overruled(both: Twins) -> None:
    escalated(both)
    both.overrule(1440)


def approved_by_silence(both: Twins) -> None:
    asked(both)
    both.auto_approve(2 * 1440.001)


def changed(both: Twins) -> None:
    both.place(Method.WALLET, lines=2, vouchers=[0], coins=40)
    both.pay(1)
    both.ask_for_change(90)
    both.accept_change(30)


def changed_cash(both: Twins) -> None:
    both.place(Method.COD)
    both.ask_for_change(90)
    both.accept_change(30)
    both.arrange(60)
    both.hand_over(60)


def vouched(both: Twins) -> None:
    both.place(Method.WALLET, lines=2)
    both.pay(1)
    both.ask_for_voucher(90)
    both.accept_voucher(30)
    both.cancel(60, Role.SELLER, "SP_PRICING_ERROR", "it cost something else")


def vouched_cash(both: Twins) -> None:
    both.place(Method.COD)
    both.ask_for_voucher(90)
    both.accept_voucher(30)
    both.arrange(60)
    both.hand_over(60)


def change_declined(both: Twins) -> None:
    both.place(Method.WALLET)
    both.pay(1)
    both.ask_for_change(90)
    both.decline(30)


def change_unanswered(both: Twins) -> None:
    both.place(Method.WALLET)
    both.pay(1)
    both.ask_for_change(90)
    both.lapse(2 * 1440.001)


def change_withdrawn(both: Twins) -> None:
    both.place(Method.WALLET)
    both.pay(1)
    both.ask_for_change(90)
    both.withdraw(4)


def overruled_while_asked(both: Twins) -> None:
    asked(both)
    both.cancel(30, Role.OPERATOR, "OP_RISK")


def overruled(both: Twins) -> None:
    both.place(Method.WALLET)
    both.pay(1)
    both.cancel(5, Role.OPERATOR, "OP_FRAUD")


def overruled_half_way(both: Twins) -> None:
    both.place(Method.WALLET, lines=2)
    both.pay(1)
    both.arrange(100)
    both.hand_over(100, 2)
    both.cancel(5, Role.OPERATOR, "OP_RISK")


def taken_back_unpaid(both: Twins) -> None:
    both.place(Method.CARD, lines=2, vouchers=[0], coins=15)
    both.cancel(5, Role.BUYER, "BU_OTHER", "wrong one 🙏")


STORIES = (
    completed,
    completed_cash,
    lapsed,
    lines_taken_back,
    voucher_falls_away,
    sent_in_parts,
    lost,
    brought_back,
    not_shipped,
    asked_but_sent,
    approved,
    approved_cash,
    listed_and_confirmed,
    listed_in_vain,
    offered_and_withdrawn,
    withdrawn_at_once,
    changed,
    changed_cash,
    vouched,
    vouched_cash,
    change_declined,
    change_unanswered,
    change_withdrawn,
    offered_in_vain,
    declined,
    escalated,
    escalated_and_upheld,
    escalated_and_overruled,
    approved_by_silence,
    overruled_while_asked,
    overruled,
    overruled_half_way,
    taken_back_unpaid,
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_demo_order_is_as_the_actions_write_it(
    sqlite_shop: Shop, clock: Clock, story: Callable[[Twins], None]
) -> None:
    both = twins(sqlite_shop, clock)
    story(both)
    for table in TABLES:
        assert both.stored(table) == both.written(table), table.__tablename__
    assert check(sqlite_shop).violations == ()


@pytest.mark.parametrize("released", [True, False])
def test_a_demo_order_with_time_to_think_is_as_the_actions_write_it(
    sqlite_shop: Shop, clock: Clock, released: bool
) -> None:
    both = twins(sqlite_shop, clock, seller_at=4)
    both.place(Method.CARD)
    both.pay(1)
    both.release(60) if released else both.cancel(30, Role.BUYER, "BP_MISTAKE")
    for table in TABLES:
        assert both.stored(table) == both.written(table), table.__tablename__


@pytest.fixture
def filled(shop: Shop) -> Shop:
    """The demo one gets without saying anything, on each database."""
    fill(shop)
    return shop


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The same on SQLite, to be looked at only."""
    with closing(open_shop(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'shop.db'}", Clock())) as shop:
        fill(shop)
        yield shop


def test_a_demo_is_sound(filled: Shop) -> None:
    assert check(filled).violations == ()


def test_a_demo_is_sound_after_all_its_deadlines(filled: Shop, clock: Clock) -> None:
    clock.move(days=60)
    assert run_due(filled)
    assert check(filled).violations == ()


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("status FROM orders", set(Status)),
        (
            "status FROM requests",
            "PENDING_SELLER OPTION_LISTED ALTERNATIVE_OFFERED ESCALATED APPROVED COMPLETE REJECTED "
            "WITHDRAWN EXPIRED SUPERSEDED",
        ),
        ("kind FROM requests", "cancel change"),
        ("state FROM refunds", "REQUESTED SENT DONE RETRYING GIVEN_UP"),
        ("state FROM payments", "ATTEMPTED CAPTURED FAILED COD_DUE LATE"),
        ("state FROM holds", "HELD USED RELEASED LOST"),
        ("kind FROM holds", "STOCK VOUCHER COINS"),
        ("kind FROM price_entries", "ITEMS SHIPPING VOUCHER FREE_SHIPPING COINS"),
        ("currency FROM orders", "IDR VND PHP USD KWD"),
        ("language FROM people", "en id vi"),
        ("payment_method FROM orders", "CARD WALLET TRANSFER COD"),
        ("coalesce(status, '') FROM lines", ("", "CANCELLED", "SHIPPED")),
    ],
)
def test_a_demo_has_everything_there_can_be(demo: Shop, column: str, words: str | set[str]) -> None:
    wanted = set(words.split() if isinstance(words, str) else words)
    assert {word for (word,) in ask(demo, f"SELECT DISTINCT {column}")} == wanted


def test_the_main_buyer_has_orders_in_every_tab_and_time_to_pay(demo: Shop) -> None:
    mai = person_by_handle(demo, "mai")
    assert default_account(demo) == mai.id
    assert all(count >= 3 for count in tab_counts(demo, mai).values())
    unpaid = orders_of(demo, mai, Tab.PENDING_PAYMENT)
    assert sum(order.pay_by is not None and order.pay_by > demo.now() for order in unpaid) >= 3
    assert all(order.why_not_cancel is None for order in unpaid)
    assert notices(demo, mai)


def test_another_variant_of_what_the_main_buyer_has_not_paid_is_there(demo: Shop) -> None:
    mai = person_by_handle(demo, "mai")
    lines = [line for order in orders_of(demo, mai, Tab.PENDING_PAYMENT) for line in order.lines]
    for line in lines:
        others = f"v.product_id = {line.product_id} AND v.id <> {line.variant_id}"
        free = ask(
            demo,
            "SELECT b.free FROM balances b JOIN variants v ON b.kind = 'STOCK' AND b.subject = v.id "
            f"WHERE {others}",
        )
        assert any(pieces >= line.quantity for (pieces,) in free)


def test_a_demo_has_a_seller_and_a_platform_to_switch_to(demo: Shop) -> None:
    sari = profile_of(demo, person_by_handle(demo, "sari"))
    assert len(sari.shops) == 1
    assert profile_of(demo, person_by_handle(demo, "ops")).staff
    ((waiting,),) = ask(
        demo,
        "SELECT count(*) FROM requests q JOIN orders o ON o.number = q.order_number "
        "JOIN members m ON m.shop_id = o.shop_id JOIN people p ON p.id = m.person_id "
        "WHERE p.handle = 'sari' AND o.open_request = q.id",
    )
    assert waiting >= 4


def test_most_unpaid_orders_of_a_large_demo_can_still_be_paid(sqlite_shop: Shop, clock: Clock) -> None:
    fill(sqlite_shop, orders=3_000)
    ((unpaid, payable),) = ask(
        sqlite_shop,
        f"SELECT count(*), sum(pay_by > {clock.at}) FROM orders WHERE status = 'UNPAID'",
    )
    assert payable > unpaid * 0.8


def test_orders_of_a_demo_are_spread_over_a_year_and_reach_up_to_now(demo: Shop) -> None:
    ((first, last),) = ask(demo, "SELECT min(created_at), max(created_at) FROM orders")
    assert first < demo.now() - 300 * DAY
    assert demo.now() - HOUR < last <= demo.now()
    assert ask(demo, f"SELECT count(*) FROM events WHERE at > {demo.now()}") == [(0,)]


def test_nothing_in_a_demo_happens_before_what_came_before_it(sqlite_shop: Shop) -> None:
    fill(sqlite_shop, orders=2_000)
    backwards = """SELECT e.order_number FROM events e JOIN events b
        ON b.order_number = e.order_number AND b.n = e.n - 1 WHERE e.at < b.at"""
    assert ask(sqlite_shop, backwards) == []


def test_orders_of_a_demo_do_not_look_alike(sqlite_shop: Shop) -> None:
    fill(sqlite_shop, orders=2_000)
    ((titles,),) = ask(sqlite_shop, "SELECT count(DISTINCT title) FROM products")
    ((orders,),) = ask(
        sqlite_shop,
        "SELECT count(*) FROM (SELECT DISTINCT buyer_id, total_minor, shop_id, line_count FROM orders) AS o",
    )
    assert titles > 60
    assert orders > 1_900


def test_every_product_of_a_demo_has_a_picture_and_a_line_shows_that_of_its_variant(demo: Shop) -> None:
    pictures = ask(demo, "SELECT picture FROM variants UNION SELECT picture FROM products")
    assert len(pictures) > 60
    assert all((ASSETS / picture).is_file() for (picture,) in pictures)
    others = """SELECT l.n FROM lines l JOIN variants v ON v.id = l.variant_id
        WHERE v.picture <> coalesce(l.picture, '')"""
    assert ask(demo, others) == []


def test_a_product_of_a_demo_looks_like_one_of_its_variants_whose_sizes_look_alike(demo: Shop) -> None:
    looks = """SELECT p.id FROM products p JOIN variants v ON v.product_id = p.id GROUP BY p.id, p.picture
        HAVING count(DISTINCT v.picture) > 3 OR sum(v.picture = p.picture) = 0"""
    assert ask(demo, looks) == []


def everything(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    """The whole store, but for what it made itself that no other has."""
    names = [table.name for table in SQLModel.metadata.sorted_tables if table.name != "secrets"]
    return {name: sorted(ask(shop, f"SELECT * FROM {name}"), key=str) for name in names}


def test_the_same_seed_makes_the_same_demo_and_another_one_another(tmp_path: Path, clock: Clock) -> None:
    made = []
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        with closing(open_shop(f"sqlite:///{tmp_path / name}", clock)) as shop:
            fill(shop, orders=120, seed=seed)
            made.append(everything(shop))
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_a_second_demo_adds_to_the_first(filled: Shop) -> None:
    before = ask(filled, "SELECT number, total_minor FROM orders")
    again = fill(filled, orders=150, buyers=10, sellers=3)
    assert again.handle == "mai_2"
    after = ask(filled, "SELECT number, total_minor FROM orders")
    assert set(before) < set(after)
    assert len(after) == 350
    assert check(filled).violations == ()


def test_a_demo_stands_under_the_policy_of_its_platform(sqlite_shop: Shop) -> None:
    with sqlite_shop.change() as work:
        settings = '{"pay_card_ms": 120000, "ship_working_days": 9}'
        put(work, t.PolicyRow(shop_id=0, n=1, at=1, actor_id=-1, settings=settings))
    fill(sqlite_shop, orders=300)
    cards = ask(sqlite_shop, "SELECT DISTINCT pay_by - created_at FROM orders WHERE payment_method = 'CARD'")
    assert cards == [(120_000,)]


def test_orders_made_beside_are_those_made_here(sqlite_shop: Shop, clock: Clock) -> None:
    with sqlite_shop.change() as work:
        cast = gather(work, Ids(work), Random(1), buyers=20, sellers=5)
    maker = Maker(cast, "seed", clock.at)
    moments = tuple(times(500, clock.at, Random(1)))
    batches = [Batch(0, featured=10), *(Batch(n, moments=moments[n::7]) for n in range(1, 7))]
    here = [made.rows.of for made in make_all(maker, batches, many=False)]
    beside = [made.rows.of for made in make_all(maker, batches, many=True)]
    assert here == beside


def test_numbers_that_are_taken_are_left_alone(sqlite_shop: Shop, clock: Clock) -> None:
    with sqlite_shop.change() as work:
        cast = gather(work, Ids(work), Random(1), buyers=20, sellers=5)
    maker = Maker(cast, "seed", clock.at)
    alone = maker.make(Batch(1, moments=(clock.at - DAY,))).rows.of[t.Order][0][0]
    batch = Batch(1, moments=(clock.at - DAY,), taken=frozenset({alone, alone + 1}))
    assert maker.make(batch).rows.of[t.Order][0][0] == alone + 2


@pytest.mark.parametrize("seed", range(5))
def test_what_every_demo_shows_is_soon_found(sqlite_shop: Shop, clock: Clock, seed: int) -> None:
    with sqlite_shop.change() as work:
        cast = gather(work, Ids(work), Random(1), buyers=25, sellers=6)
    orders = Orders(cast, Random(seed), clock.at)
    made = list(orders.featured(len(FEATURED)))
    assert all(wanted.stands(record) for wanted, record in zip(FEATURED, made, strict=True))
    assert orders.placed < 10 * len(made)


@pytest.mark.parametrize("counts", [{"orders": -1}, {"buyers": 0}, {"sellers": 0}, {"orders": 10**9}])
def test_counts_that_make_no_demo_are_refused_and_nothing_is_written(
    sqlite_shop: Shop, counts: dict[str, Any]
) -> None:
    with pytest.raises(Invalid, match="demo_count"):
        fill(sqlite_shop, **counts)
    assert ask(sqlite_shop, "SELECT count(*) FROM people") == [(0,)]


@pytest.mark.parametrize("orders", [0, 1, 7, 60])
def test_a_small_demo_has_exactly_so_many_orders(sqlite_shop: Shop, orders: int) -> None:
    told: list[tuple[int, int]] = []
    filled = fill(
        sqlite_shop, orders=orders, buyers=1, sellers=1, progress=lambda *so_far: told.append(so_far)
    )
    assert ask(sqlite_shop, "SELECT count(*) FROM orders") == [(orders,)]
    assert told[-1] == (orders, orders)
    assert filled.as_json() == {"orders": orders, "buyers": 1, "sellers": 1, "handle": "mai"}
    assert filled.line().endswith("Look at it as mai.")
    assert check(sqlite_shop).violations == ()


def test_an_order_of_a_demo_can_be_taken_back(filled: Shop) -> None:
    mai = person_by_handle(filled, "mai")
    order = orders_of(filled, mai, Tab.PENDING_PAYMENT)[0]
    cancel_order(filled, mai, order.number, "BU_MISTAKE", key="k")
    assert order.number in {one.number for one in orders_of(filled, mai, Tab.CANCELLED)}
    assert check(filled).violations == ()
