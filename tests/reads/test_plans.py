"""How the database goes about it: by an index wherever people wait, whatever the size of the store."""

import re
from typing import Any

import pytest

from app import background
from app.shop.actions import clock, opening, settle, thread
from app.shop.actions import talk as writing
from app.shop.reads import inbox, offers, order, orders, people, policy, queue, requests, search, talk
from app.shop.shop import Shop
from app.shop.sql import Statement

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
    "counts": orders._COUNTS,
    "own number": orders._BY_NUMBER,
    "outside number": orders._BY_OUTSIDE,
    "due": clock._DUE,
    "refunds due": settle._DUE,
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
    "cards of a queue": queue._these(orders.PAGE),
    "counts of the queues": queue._COUNTS,
    "who waits": queue._WAITING,
    "requests of an order": requests._OF_ORDER,
    "variants to offer": offers._VARIANTS,
    "addresses to offer": offers._ADDRESSES,
    "requests of a buyer": offers._ASKED,
}
LARGE = {"orders", "lines", "notifications", "events", "idempotency_keys", "outside_numbers", "people"}
LARGE |= {"messages", "photos", "read_marks", "refunds", "requests"}

SORTED = {"due", "refunds due", "inbox", "accounts from a handle", "accounts after a handle"}
SORTED |= {"queue", "queue of what is closed", "requests of an order"}
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
