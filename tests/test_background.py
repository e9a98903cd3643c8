"""The loop of a process: deadlines that are due, and what others did to the store."""

from collections.abc import Collection
from pathlib import Path

import pytest

from app.background import Background
from app.shop.actions.answer import decline, uphold
from app.shop.actions.cancel import cancel_order
from app.shop.actions.request import escalate
from app.shop.actions.talk import send_message
from app.shop.rules.orders import Status
from app.shop.shop import Shop
from tests.actions.steps import MAI, NOTE, OPS, SARI, ask, column, fresh, order_in, place
from tests.conftest import Clock
from tests.people import Stocked


class Told:
    """Who was told to look again."""

    def __init__(self) -> None:
        self.people: set[int] = set()

    def __call__(self, people: Collection[int]) -> None:
        """Note them."""
        self.people |= set(people)


def test_a_deadline_is_applied_and_its_people_are_told(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number, told = place(shop), Told()
    background = Background(shop, told)
    background.step()
    told.people.clear()
    clock.move(days=2)
    background.step()
    assert column(shop, number, "status") == "CANCELLED"
    assert {stocked.mai, stocked.sari} <= told.people


def test_what_others_do_is_told_once_to_those_concerned(shop: Shop, stocked: Stocked) -> None:
    number, told = place(shop), Told()
    background = Background(shop, told)
    background.step()
    assert told.people == {stocked.mai, stocked.sari}
    told.people.clear()
    background.step()
    assert not told.people
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    background.step()
    assert told.people == {stocked.mai, stocked.sari}


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
    background.step()
    assert stocked.ops in told.people
    told.people.clear()
    uphold(shop, OPS, number, "SR_PACKED", NOTE, key=fresh())
    background.step()
    assert told.people == {stocked.mai, stocked.sari, stocked.ops}


def test_a_message_of_another_process_is_told_once_to_both_sides(shop: Shop, stocked: Stocked) -> None:
    number, told = place(shop), Told()
    background = Background(shop, told)
    background.step()
    for who in (MAI, SARI):
        told.people.clear()
        send_message(shop, who, number, "hello", key=fresh())
        background.step()
        assert told.people == {stocked.mai, stocked.sari}
    told.people.clear()
    background.step()
    assert not told.people
