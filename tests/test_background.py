"""The loop of a process: deadlines that are due, and what others did to the store."""

import asyncio
import time
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from app.background import Background
from app.shop.actions.accounts import give_password
from app.shop.actions.answer import decline, uphold
from app.shop.actions.cancel import cancel_order
from app.shop.actions.charge import charge
from app.shop.actions.request import escalate
from app.shop.actions.sign_in import sign_in, sign_out_elsewhere
from app.shop.actions.talk import send_message
from app.shop.gateway import SMOOTH, Bank, Payback, Reply
from app.shop.provider import SimulatedProvider
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Status
from app.shop.rules.policy import Policy
from app.shop.shop import SYSTEM, Shop
from app.shop.store import open_shop
from tests.actions.steps import BUDI, MAI, NOTE, OPS, SARI, ask, column, fresh, order_in, place, rows, settle
from tests.conftest import Clock
from tests.people import Stocked

PATIENCE = 2.0
"""Seconds in which what others do is heard of."""


class Told:
    """Who was told to look again."""

    def __init__(self) -> None:
        self.people: set[int] = set()
        self.shops: set[int | None] = set()
        self.staff = False

    def __call__(self, people: Collection[int], shop: int | None = None, *, staff: bool = False) -> None:
        """Note them."""
        self.people |= set(people)
        self.shops.add(shop)
        self.staff |= staff


def heard(background: Background, told: Told) -> set[int]:
    """Who was told, once somebody was: PostgreSQL passes on what was done in its own time."""
    end = time.monotonic() + PATIENCE
    while not told.people and time.monotonic() < end:
        background.step(0.01)
    return told.people


def test_a_deadline_is_applied_and_its_people_are_told(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number, told = place(shop), Told()
    background = Background(shop, told)
    background.step()
    told.people.clear()
    clock.move(days=2)
    background.step()
    assert column(shop, number, "status") == "CANCELLED"
    assert {stocked.mai, stocked.sari} <= told.people
    assert stocked.kopi_house in told.shops
    assert not told.staff


def test_what_a_slow_bank_says_is_told_to_both_sides(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number, told = place(shop), Told()
    charge(shop, MAI, number, Bank.SLOW, key=fresh())
    background = Background(shop, told)
    background.settle()
    assert not told.people
    clock.move(minutes=1)
    background.settle()
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    assert {stocked.mai, stocked.sari} <= told.people


def test_what_nobody_answered_is_told_to_the_platforms_staff(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    settle(shop, Policy(silence_approves=False))
    number, told = order_in(shop, Status.AWAITING_SHIPMENT), Told()
    ask(shop, number)
    background = Background(shop, told)
    background.step()
    assert not told.staff
    clock.move(days=2, milliseconds=1)
    background.step()
    assert told.staff
    assert stocked.kopi_house in told.shops


def test_what_others_do_is_told_once_to_those_concerned(shop: Shop, stocked: Stocked) -> None:
    number, told = place(shop), Told()
    background = Background(shop, told)
    background.step()
    assert told.people == {stocked.mai, stocked.sari}
    told.people.clear()
    background.step()
    assert not told.people
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    assert heard(background, told) == {stocked.mai, stocked.sari}


def test_nobody_is_told_of_what_is_long_past(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    told = Told()
    place(shop)
    clock.move(minutes=1)
    Background(shop, told).step()
    assert not told.people & {stocked.budi, stocked.tuan, *told.people}


def test_trouble_with_the_store_is_survived(
    sqlite_shop: Shop, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    background = Background(sqlite_shop, Told())
    sqlite_shop.close()
    Path(sqlite_url.removeprefix("sqlite:///")).write_bytes(b"no store" * 4096)
    background.step()
    assert "cannot be looked at" in caplog.text


def test_what_the_platform_has_to_decide_is_told_to_its_staff(shop: Shop, stocked: Stocked) -> None:
    number, told = order_in(shop, Status.AWAITING_SHIPMENT), Told()
    ask(shop, number)
    decline(shop, SARI, number, "SR_PACKED", NOTE, key=fresh())
    background = Background(shop, told)
    background.step()
    told.people.clear()
    escalate(shop, MAI, number, key=fresh())
    assert stocked.ops in heard(background, told)
    told.people.clear()
    uphold(shop, OPS, number, "SR_PACKED", NOTE, key=fresh())
    assert heard(background, told) == {stocked.mai, stocked.sari, stocked.ops}


def test_a_message_of_another_process_is_told_once_to_both_sides(shop: Shop, stocked: Stocked) -> None:
    number, told = place(shop), Told()
    background = Background(shop, told)
    background.step()
    for who in (MAI, SARI):
        told.people.clear()
        send_message(shop, who, number, "hello", key=fresh())
        assert heard(background, told) == {stocked.mai, stocked.sari}
    told.people.clear()
    background.step()
    assert not told.people


class Hanging(SimulatedProvider):
    """A provider that answers only once it is let."""

    def __init__(self, shop: Shop) -> None:
        super().__init__(shop, SMOOTH)
        self.asked, self.let = Event(), Event()

    def send(self, payback: Payback) -> Reply:
        """Wait, then pay."""
        self.asked.set()
        assert self.let.wait(20)
        return super().send(payback)


async def test_a_gateway_that_takes_its_time_keeps_nobody_from_being_told(
    shop: Shop, stocked: Stocked
) -> None:
    number, told = order_in(shop, Status.AWAITING_SHIPMENT, method=Method.WALLET), Told()
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", NOTE, key=fresh())
    shop.gateway = hanging = Hanging(shop)
    loops = asyncio.create_task(Background(shop, told).run())
    try:
        assert await asyncio.to_thread(hanging.asked.wait, 20)
        state = "SELECT state FROM refunds"
        assert rows(shop, state) == [("SENT",)]
        await until(lambda: stocked.mai in told.people)  # that it is sent is told before there is an answer
        told.people.clear()
        place(shop, (stocked.forest, 1), buyer=BUDI)
        await until(lambda: stocked.budi in told.people)
        assert rows(shop, state) == [("SENT",)]
        hanging.let.set()
        await until(lambda: rows(shop, state) == [("DONE",)])
    finally:
        hanging.let.set()
        loops.cancel()


async def until(so: Callable[[], bool]) -> None:
    """Return as soon as it is so; fail where it is not within ten seconds."""
    for _ in range(1000):
        if so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError


def test_what_another_process_does_is_heard_at_once(shop: Shop, stocked: Stocked) -> None:
    number, told = place(shop), Told()
    background = Background(shop, told)
    background.step()
    background.step()
    with closing(open_shop(shop.place.engine.url.render_as_string(hide_password=False), shop.now)) as other:
        done = Thread(target=lambda: cancel_order(other, MAI, number, "BU_MISTAKE", key=fresh()))
        done.start()
        background.step(PATIENCE)
        done.join()
    assert stocked.mai in told.people


def test_who_was_signed_out_elsewhere_is_told(shop: Shop, stocked: Stocked) -> None:
    given, told = give_password(shop, SYSTEM, MAI.id), Told()
    signed = sign_in(shop, "mai", given.password, address="-", device="")
    background = Background(shop, told, lambda: {signed.sign_in: MAI.id})
    background.step()
    background.step()
    told.people.clear()
    with closing(open_shop(shop.place.engine.url.render_as_string(hide_password=False), shop.now)) as other:
        sign_out_elsewhere(other, MAI)
    assert heard(background, told) == {MAI.id}
