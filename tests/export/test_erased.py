"""Somebody erased here stays so, whatever another store's lines still tell of them."""

import json
from pathlib import Path

from app.shop.actions.cancel import cancel_order
from app.shop.actions.erase import erase_person
from app.shop.check import check
from app.shop.files.take_in import take_in
from app.shop.rules.clocks import Method
from app.shop.shop import SYSTEM, Actor, Shop
from tests.actions.steps import BUDI, MAI, SARI, place, run
from tests.conftest import Clock
from tests.export.conftest import Written
from tests.export.test_round_trip import Another
from tests.files.made import as_file, brought, counts, order, tiktok_order
from tests.files.test_killed_import import everything
from tests.people import stock

NAME = "Zephyrine"


def tells(shop: Shop) -> list[str]:
    """The tables that have the name."""
    return [name for name, rows in everything(shop).items() if NAME in json.dumps(rows, default=str)]


def erased(shop: Shop, handle: str) -> None:
    """Erase who has this handle."""
    ((person,),) = (row[:1] for row in everything(shop)["people"] if handle in row)
    erase_person(shop, SYSTEM, person, key="erase")


def test_what_a_later_export_tells_of_a_buyer_erased_here_stays_out(
    sqlite_shop: Shop, another: Another, written: Written, clock: Clock
) -> None:
    stock(sqlite_shop)
    run(sqlite_shop, f"INSERT INTO handles VALUES ('{NAME}')")
    run(sqlite_shop, f"UPDATE people SET handle = '{NAME}', name = '{NAME} Oakes' WHERE id = 1")
    number = place(sqlite_shop)
    there = another()
    take_in(there, [written(sqlite_shop, name="early", personal=True)], personal=True)
    assert "people" in tells(there)
    people = len(everything(there)["people"])
    erased(there, NAME)
    assert tells(there) == []
    clock.move(minutes=5)
    cancel_order(sqlite_shop, MAI, number, "BU_OTHER", f"{NAME} says so", key="k")
    late = written(sqlite_shop, personal=True)
    assert late.read_text(encoding="utf-8").count(NAME) > 3
    assert counts(brought(there, late, personal=True)) == (0, 1, 0, 0)
    assert order(there).status == "CANCELLED"
    assert (tells(there), len(everything(there)["people"])) == ([], people)
    assert check(there).sound
    assert counts(brought(another(), written(there, name="again"))) == (1, 0, 0, 0)


def test_a_buyer_of_a_platform_erased_here_is_not_brought_back_by_another_store(
    sqlite_shop: Shop, another: Another, written: Written, clock: Clock, tmp_path: Path
) -> None:
    told = tiktok_order(status="UNPAID", is_cod=False, buyer_nickname=NAME)
    brought(sqlite_shop, as_file(tmp_path, [told]), personal=True)
    there = another()
    take_in(there, [written(sqlite_shop, name="early", personal=True)], personal=True)
    people = len(everything(there)["people"])
    erased(there, order_buyer(there))
    clock.move(minutes=5)
    here = order(sqlite_shop)
    cancel_order(sqlite_shop, Actor(here.buyer_id), here.number, "BU_MISTAKE", key="k")
    late = written(sqlite_shop, personal=True)
    assert counts(brought(there, late, personal=True)) == (0, 1, 0, 0)
    assert (tells(there), len(everything(there)["people"])) == ([], people)
    assert check(there).sound
    assert counts(brought(another(), written(there, name="again"))) == (1, 0, 0, 0)


def order_buyer(shop: Shop) -> str:
    """The handle of who bought the one order."""
    buyer = order(shop).buyer_id
    return next(row for row in everything(shop)["people"] if row[0] == buyer)[1]  # type: ignore[no-any-return]


def test_what_a_seller_wrote_who_is_erased_here_stays_out_too(
    sqlite_shop: Shop, another: Another, written: Written, clock: Clock
) -> None:
    stock(sqlite_shop)
    first, second = (place(sqlite_shop, buyer=BUDI, method=Method.COD) for _ in range(2))
    cancel_order(sqlite_shop, SARI, first, "SP_OTHER", f"{NAME} ends this order, at some length", key="first")
    there = another()
    take_in(there, [written(sqlite_shop, name="early")])
    erased(there, "sari")
    assert tells(there) == []
    clock.move(minutes=5)
    cancel_order(
        sqlite_shop, SARI, second, "SP_OTHER", f"{NAME} ends that one, at some length too", key="second"
    )
    people = len(everything(there)["people"])
    assert counts(brought(there, written(sqlite_shop))) == (0, 1, 1, 0)
    assert (tells(there), len(everything(there)["people"])) == ([], people)
    assert check(there).sound
