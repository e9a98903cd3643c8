"""A store of every earlier version comes to this one with all it holds, whatever happens on the way."""

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy.engine.default import DefaultDialect

from app.shop.check import check
from app.shop.demo import fill
from app.shop.place import place_of
from app.shop.rules.errors import StoreFull
from app.shop.store import REVISIONS, open_shop, revision
from tests.conftest import Clock
from tests.disk import no_file_longer_than
from tests.killing import killed_after, killed_at
from tests.postgres import Postgres
from tests.store.earlier import EARLIER, make

KINDS = ("sqlite", "postgres")
STATEMENTS = 200
"""The begins and the ends of as many statements as a migration from the first version has at least."""


@contextmanager
def a_store(request: pytest.FixtureRequest, kind: str, at: str) -> Iterator[str]:
    """Where a store at revision `at` is, with orders in it."""
    if kind == "sqlite":
        folder: Path = request.getfixturevalue("tmp_path")
        yield _made(f"sqlite:///{folder / token_hex(4)}.db", at)
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database("earlier") as url:
        yield _made(url, at)


def _made(url: str, at: str) -> str:
    with closing(place_of(url)) as place:
        make(place, at)
    return url


def books(url: str) -> tuple[Any, ...]:
    """What a migration may not move: orders, what they cost, what was paid and held, and who there is."""
    with closing(place_of(url)) as place:
        cursor = place.connection().cursor()
        found: list[Any] = []
        for sql in (
            "SELECT number, buyer_id, shop_id, status, version, total_minor, cancel_reason FROM orders",
            "SELECT order_number, n, state, amount_minor, method FROM payments",
            "SELECT order_number, n, kind, subject, amount, state FROM holds",
            "SELECT kind, subject, taken_in, free, held, used, lost FROM balances",
            "SELECT order_number, n, at, action, status_to, note FROM events",
            "SELECT id, handle, name FROM people",
        ):
            cursor.execute(sql)
            found.append(sorted(cursor.fetchall(), key=repr))
        return (revision(place), *found)


@pytest.mark.parametrize("at", EARLIER)
def test_a_store_of_an_earlier_version_is_brought_up_to_date_with_all_it_holds(
    request: pytest.FixtureRequest, clock: Clock, at: str
) -> None:
    with a_store(request, "sqlite", at) as url:
        brought_up_to_date(url, at, clock)


def test_so_is_one_on_a_server(request: pytest.FixtureRequest, clock: Clock, full: bool) -> None:
    for at in EARLIER if full else (EARLIER[0], EARLIER[-1]):
        with a_store(request, "postgres", at) as url:
            brought_up_to_date(url, at, clock)


def brought_up_to_date(url: str, at: str, clock: Clock) -> None:
    """Open an earlier store: it holds all it held, keeps every rule, and is worked with."""
    was, *before = books(url)
    assert was == at
    assert all(before)
    with closing(open_shop(url, clock)) as shop:
        fill(shop, orders=2, seed=9)
        assert check(shop).sound
    now, *after = books(url)
    assert now == REVISIONS[-1]
    # New are two orders of new people and goods; nothing that was there is gone.
    assert all({*map(repr, rows)} <= {*map(repr, more)} for rows, more in zip(before, after, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_migration_leaves_the_store_as_it_was_and_the_next_start_finishes_it(
    request: pytest.FixtureRequest, clock: Clock, kind: str, full: bool
) -> None:
    moment, killed = random.Random(5), 0
    for n in range({"sqlite": 50, "postgres": 10}[kind] if full else 3):
        with a_store(request, kind, EARLIER[0]) as url:
            before = books(url)

            def start(_step: object = None, url: str = url) -> None:
                open_shop(url, clock).close()

            if n % 2:
                killed += killed_after(moment.uniform(0, 0.5), start)
            else:
                watched = (DefaultDialect, "do_execute")
                killed += killed_at(moment.randrange(2, STATEMENTS), start, watched)
            after = books(url)
            assert after == before or after[0] == REVISIONS[-1]
            with closing(open_shop(url, clock)) as shop:
                assert check(shop).sound
    assert killed


def test_a_full_disk_leaves_the_store_as_it_was(request: pytest.FixtureRequest, clock: Clock) -> None:
    with a_store(request, "sqlite", EARLIER[0]) as url:
        before = books(url)
        with no_file_longer_than(100_000), pytest.raises(StoreFull):
            open_shop(url, clock)
        assert books(url) == before
        with closing(open_shop(url, clock)) as shop:
            assert check(shop).sound
