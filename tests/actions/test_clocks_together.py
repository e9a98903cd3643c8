"""The clocks of several processes: they share what is due, and each deadline is applied once."""

import multiprocessing
import threading
from contextlib import closing
from typing import Any

from app.shop.actions.clock import apply_due
from app.shop.actions.forgetting import AT_ONCE, forget_ended
from app.shop.actions.sign_in import resume, sign_in
from app.shop.actions.tries import count_try
from app.shop.reads.sign_ins import sign_ins
from app.shop.rules.accounts import FORGOTTEN_MS, INVITED_MS, UNUSED_MS
from app.shop.rules.policy import DAY
from app.shop.shop import Done, Shop
from app.shop.store import open_shop
from tests.actions.steps import MAI, column, many, place, rows
from tests.conftest import MONDAY, Clock
from tests.people import Stocked, stock
from tests.rights import PASSWORD, tell

LAPSED = MONDAY + DAY


def _clock(url: str, together: Any, done: Any) -> None:
    time = Clock(MONDAY)
    told: list[Done] = []

    def tell(one: Done) -> None:
        told.append(one)
        if len(told) == 1:
            together.wait(timeout=60)  # nobody goes on before each has had one

    with closing(open_shop(url, now=time)) as shop:
        assert apply_due(shop) == ()  # so that each is as ready as the others
        time.at = LAPSED
        together.wait(timeout=60)
        for _ in range(2):
            apply_due(shop, tell=tell)
    done.put(len(told))


def test_several_processes_share_what_is_due(url: str, clock: Clock, full: bool) -> None:
    processes, orders = (6, 1_200) if full else (2, 60)
    spawn = multiprocessing.get_context("spawn")
    together, done = spawn.Barrier(processes), spawn.Queue()
    with closing(open_shop(url, now=clock)) as shop:
        stock(shop)
        many(shop, orders)
        clocks = [spawn.Process(target=_clock, args=(url, together, done)) for _ in range(processes)]
        for one in clocks:
            one.start()
        applied = [done.get(timeout=120) for _ in clocks]
        for one in clocks:
            one.join()
        assert sum(applied) == orders
        assert min(applied) > 0
        events = (
            "SELECT action, count(*), count(DISTINCT order_number) FROM events WHERE n > 0 GROUP BY action"
        )
        assert rows(shop, events) == [("expire", orders, orders)]


def test_a_clock_waits_for_nobody_and_leaves_to_others_what_they_have_in_hand(
    postgres_url: str, clock: Clock
) -> None:
    with closing(open_shop(postgres_url, now=clock)) as shop:
        stock(shop)
        held, free = place(shop), place(shop)
        clock.at = LAPSED
        holding, release = threading.Event(), threading.Event()

        def hold() -> None:
            with shop.change() as work:
                work._cursor.execute(f"SELECT 1 FROM orders WHERE number = {held} FOR UPDATE")
                holding.set()
                release.wait()

        somebody = threading.Thread(target=hold)
        somebody.start()
        holding.wait()
        try:
            assert [done.answer["number"] for done in apply_due(shop)] == [str(free)]
        finally:
            release.set()
            somebody.join()
        assert [done.answer["number"] for done in apply_due(shop)] == [str(held)]
        assert column(shop, held, "status") == column(shop, free, "status") == "CANCELLED"


def test_what_ended_is_forgotten_a_few_at_a_time(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    story = tell(shop)
    for n in range(3):
        count_try(shop, f"10.0.0.{n}")
    assert forget_ended(shop) == 0
    before = rows(shop, "SELECT count(*) FROM tries")[0][0]
    clock.at += FORGOTTEN_MS + 1
    assert forget_ended(shop) == before > 3
    clock.at += INVITED_MS
    assert forget_ended(shop) == 1
    assert rows(shop, "SELECT count(*) FROM invitations") == [(0,)]
    kept = sign_in(shop, "mai", PASSWORD, address="-", device="Tablet")
    clock.at += UNUSED_MS - INVITED_MS - FORGOTTEN_MS + 1
    assert forget_ended(shop) == 1 + 1  # and the tries of signing in
    assert [one.id for one in sign_ins(shop, MAI)] == [kept.sign_in] != [story.sign_in]
    assert resume(shop, str(kept.token)).actor == MAI


def test_a_great_many_tries_are_forgotten(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    with shop.change() as work:
        values = ", ".join(f"('address', 'a{n}', 1, {clock.at})" for n in range(AT_ONCE + 1))
        work._cursor.execute(f"INSERT INTO tries (kind, subject, n, at) VALUES {values}")
    clock.at += FORGOTTEN_MS + 1
    assert forget_ended(shop) == AT_ONCE + 1
