"""How the database goes about it: by an index wherever people wait, whatever the size of the store."""

import re
from typing import Any

import pytest

from app import background
from app.shop.actions import charge, clock, opening, photos, requested, settle, thread
from app.shop.actions import policy as setting
from app.shop.actions import talk as writing
from app.shop.demo import fill
from app.shop.reads import (
    addresses,
    audit,
    basket,
    checkout,
    escalations,
    feed,
    found,
    history,
    inbox,
    insights,
    market,
    offers,
    order,
    orders,
    other_vouchers,
    paying,
    people,
    policies,
    policy,
    product,
    queue,
    reasons,
    rebuy,
    requests,
    search,
    selling,
    swaps,
    talk,
    tasks,
    variants,
    vouchers,
)
from app.shop.shop import Shop
from app.shop.sql import Statement
from tests.conftest import Clock

HASTY: dict[str, Statement] = {
    "tab of a buyer": orders._PAGES["buyer", True],
    "all of a buyer": orders._PAGES["buyer", False],
    "tab of a shop": orders._PAGES["shop", True],
    "all of a shop": orders._PAGES["shop", False],
    "search of a buyer": search._CHUNKS[False],
    "search of a buyer in a tab": search._CHUNKS[True],
    "cards found": search._these(orders.PAGE),
    "accounts from a handle": people._FROM,
    "accounts after a handle": people._AFTER,
    "accounts found": people._these(30),
    "policy": policy._PLATFORM,
    "variants wanted": variants._offers(4),
    "vouchers to choose": vouchers._VOUCHERS,
    "who buys": checkout._BUYER,
    "who sells": selling._SELLING,
    "address book": addresses._BOOK,
    "counts": orders._COUNTS,
    "own number": orders._BY_NUMBER,
    "outside number": orders._BY_OUTSIDE,
    "due": clock._DUE,
    "refunds due": settle._DUE,
    "charges due": charge._DUE,
    "charges of an order": charge._OPEN,
    "one charge": charge._ONE,
    "newest payment": paying._NEWEST,
    "inbox": inbox._PAGE,
    "unread": inbox._UNREAD,
    "one order": order._ONE,
    "opened": opening._OPEN,
    "thread opened": thread._OPEN,
    "who takes part": writing._TAKING_PART,
    "thread marked read": writing._READ,
    "messages": talk._MESSAGES,
    "events of a thread": talk._EVENTS,
    "photos of a thread": talk._PHOTOS,
    "read in a thread": talk._READ,
    "threads unread": talk._UNREAD,
    "lately": background._RECENT,
    "queue": queue._PAGES[False],
    "queue of what is closed": queue._PAGES[True],
    "search of a queue": queue._CHUNKS[False],
    "search of what is closed": queue._CHUNKS[True],
    "cards of a queue": tasks.these_tasks(orders.PAGE),
    "counts of the queues": queue._COUNTS,
    "who waits": queue._WAITING,
    "what is to be decided": escalations._PAGE,
    "how much is to be decided": escalations._COUNT,
    "what happened to an order": history._EVENTS,
    "vouchers of an order": basket._CODES,
    "newest request": requested._NEWEST,
    "requests of an order": requests._OF_ORDER,
    "variants to offer": swaps._VARIANTS,
    "vouchers to change to": other_vouchers._VOUCHERS,
    "goods to buy again": rebuy._GOODS,
    "addresses to offer": offers._ADDRESSES,
    "requests of a buyer": offers._ASKED,
    "policy to set": setting._OPEN,
    "policy of a shop": policies._STANDING,
    "edits of a policy": policies._EDITS,
    "shops from a handle": policies._SHOPS,
    "audit trail": audit._NEWEST,
    "audit trail of an order": audit._OF_ORDER,
    "orders placed lately": reasons._PLACED,
    "orders placed at first": reasons._PLACED_AT_FIRST,
    "orders cancelled lately": reasons._CANCELLED,
    "orders cancelled at first": reasons._CANCELLED_AT_FIRST,
    "photos to sweep": photos._ANY_OLD,
    "photos too many": photos._DROP_TOO_MANY,
    "insights by day": insights._DAYS,
    "insights by subject": insights._SUBJECTS,
    "variants most cancelled": insights._VARIANTS,
    "creators most cancelled": insights._CREATORS,
    "newest products": found._newest(),
    "newest products of a category": found._newest("category"),
    "newest products of a shop": found._newest("shop_id"),
    "products with a word": found._HOW_MANY,
    "products found by a whole word": found._chunk("whole", 3),
    "products found by a word begun": found._chunk("begun", 3),
    "products found among all": found._chunk("all", 3),
    "products found in a category": found._chunk("all", 3, "category"),
    "products found by a word in a category": found._chunk("whole", 3, "category"),
    "newest products of a market": found._NEWEST_SOLD,
    "products of a market found among all": found._chunk("market", 3, sold=True),
    "products of a market in a category": found._chunk("all", 0, "category", sold=True),
    "products of a market found by a word": found._chunk("whole", 3, "category", sold=True),
    "currencies sold in": market._SOLD,
    "currency paid in last": market._SPENT,
    "cards of products": feed._these(orders.PAGE),
    "prices of products": feed._prices(orders.PAGE),
    "categories": feed._CATEGORIES,
    "one product": product._ONE,
    "variants of a product": product._VARIANTS,
    "vouchers for a product": product._VOUCHERS,
}
LARGE = {"orders", "lines", "notifications", "events", "idempotency_keys", "outside_numbers", "people"}
LARGE |= {"messages", "photos", "read_marks", "refunds", "requests", "tallies", "variants", "products"}
LARGE |= {"product_words", "balances", "vouchers"}

SORTED = {"refunds due", "inbox", "accounts from a handle", "accounts after a handle", "audit trail"}
SORTED |= {"what is to be decided", "queue", "queue of what is closed", "requests of an order"}
SORTED |= {"newest products", "newest products of a category", "newest products of a shop"}
SORTED |= {"newest products of a market", "currency paid in last"}
"""What needs no sorting at all."""


@pytest.mark.parametrize("what", HASTY)
def test_nothing_large_is_read_from_end_to_end(sqlite_shop: Shop, what: str) -> None:
    sql, values = HASTY[what].values(sqlite_shop.place.dialect, dict[str, Any]())
    plan = sqlite_shop.place.connection().execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    steps = [step[3] for step in plan]
    scanned = {found[1] for step in steps if (found := re.match(r"SCAN (\w+)", step))}
    assert not scanned & LARGE, steps
    # The pages come sorted out of their index; what is sorted after that is one page.
    if what in SORTED:
        assert not [step for step in steps if "TEMP B-TREE" in step], steps


@pytest.mark.parametrize("narrowed", [(), ("category",), ("shop_id",)])
@pytest.mark.parametrize(
    ("through", "way"),
    [
        ("whole", "SEARCH product_words USING PRIMARY KEY (word=? AND product_id<?)"),
        ("begun", "SEARCH product_words USING PRIMARY KEY (word>? AND word<?)"),
    ],
)
def test_a_search_for_products_goes_by_the_rarest_word(
    sqlite_shop: Shop, through: str, way: str, narrowed: tuple[str, ...]
) -> None:
    fill(sqlite_shop, orders=8)
    connection = sqlite_shop.place.connection()
    connection.execute("ANALYZE")  # what the database learns of the store must not lead it elsewhere
    statement = found._chunk(through, 2, *narrowed)
    sql, values = statement.values(sqlite_shop.place.dialect, dict[str, Any]())
    steps = [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()]
    assert way in steps
    probe = "SEARCH product_words USING COVERING INDEX words_of_product (product_id=? AND word>? AND word<?)"
    assert any(step.startswith(probe) for step in steps), steps


@pytest.mark.parametrize("what", ["vouchers to choose", "vouchers to change to", "vouchers for a product"])
def test_vouchers_that_are_over_are_not_read(sqlite_shop: Shop, what: str) -> None:
    sql, values = HASTY[what].values(sqlite_shop.place.dialect, dict[str, Any]())
    plan = sqlite_shop.place.connection().execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    steps = [step[3] for step in plan]
    way = "SEARCH vouchers USING INDEX vouchers_running (shop_id=? AND currency=? AND ends_at>?)"
    assert steps.count(way) == 2, steps  # the shop's, the platform's
    others = [step for step in steps if " vouchers " in step and step != way]
    assert set(others) <= {"SEARCH vouchers USING INTEGER PRIMARY KEY (rowid=?)"}


def test_what_is_due_comes_out_of_the_indexes_of_both_tables(sqlite_shop: Shop) -> None:
    sql, values = clock._DUE.values(sqlite_shop.place.dialect, dict[str, Any]())
    plan = sqlite_shop.place.connection().execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    steps = [step[3] for step in plan]
    for table in ("orders", "requests"):
        assert f"SEARCH {table} USING INDEX {table}_due (due_at>? AND due_at<?)" in steps
    # What is sorted is what was taken out of them, one batch at most.
    sorted_after = {steps[n - 1] for n, step in enumerate(steps) if "TEMP B-TREE" in step}
    assert sorted_after <= {"SCAN anon_1", "SCAN anon_2"}


def test_looking_for_what_is_due_costs_the_same_however_much_is_due(sqlite_shop: Shop, clock: Clock) -> None:
    fill(sqlite_shop, orders=400)
    few, done = due_work(sqlite_shop, clock)
    fill(sqlite_shop, orders=4_000)
    many, again = due_work(sqlite_shop, clock)
    assert again > 5 * done
    assert many < 1.2 * few


def due_work(shop: Shop, at: Clock) -> tuple[int, int]:
    """Steps of SQLite's machine to find the first of what is due, and how much that is: everything."""
    connection, steps, due = shop.place.connection(), 0, 0
    for table, step in (("orders", "complete"), ("requests", "silence")):
        due += connection.execute(f"UPDATE {table} SET due_at = created_at, due_step = ?", (step,)).rowcount
    limits = {"now": at.at, "after_at": 0, "after_kind": 0, "after_key": 0, "limit": 20}

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.set_progress_handler(count, 1)
    found = connection.execute(*clock._DUE.values(shop.place.dialect, limits)).fetchall()
    connection.set_progress_handler(None, 1)
    assert len(found) == 20
    return steps, due
