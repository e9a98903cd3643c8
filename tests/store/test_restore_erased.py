"""A backup does not bring back who was erased since: they are erased in it before it takes its place."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.erase import erase_person
from app.shop.actions.photos import add_photo
from app.shop.actions.talk import send_message
from app.shop.backup import backup
from app.shop.backup.erased import NotErased
from app.shop.backup.restore import restore
from app.shop.check import check
from app.shop.folder import PHOTOS, STORE
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.shop import SYSTEM, Shop
from app.shop.store import open_shop
from tests.actions.steps import BUDI, IDS, MAI, SARI, fresh, place, rows, run
from tests.conftest import Clock
from tests.files.made import as_file, brought, counts, tiktok_order
from tests.people import stock
from tests.photographs import photo

NAME = "Zephyrine"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that is backed up to `saved`, and in which mai left her name and a photo."""
    return tmp_path / "data" / STORE


@pytest.fixture
def shop(store: Path, clock: Clock) -> Iterator[Shop]:
    """The store, open."""
    with closing(open_shop(f"sqlite:///{store}", clock)) as shop:
        stock(shop)
        run(shop, f"UPDATE people SET name = '{NAME} Oakes' WHERE id = {IDS.mai}")
        number = place(shop)
        sent = str(add_photo(shop, MAI, number, photo(), key=fresh()).answer["photo"])
        send_message(shop, MAI, number, f"I am {NAME}", [sent], key=fresh())
        cancel_order(shop, MAI, number, "BU_OTHER", f"{NAME} says so", key=fresh())
        yield shop


def files_with(word: str, folder: Path) -> list[Path]:
    """The files below `folder` that have a word in them."""
    return [file for file in folder.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]


def test_who_was_erased_since_the_backup_is_erased_in_it_too(
    shop: Shop, store: Path, tmp_path: Path, clock: Clock
) -> None:
    backup(shop, tmp_path / "saved")
    erase_person(shop, SYSTEM, IDS.mai, key=fresh())
    shop.close()
    assert files_with(NAME, tmp_path / "saved")
    done = restore(f"sqlite:///{store}", tmp_path / "saved", clock)
    assert (done.erased, done.back, done.unread) == (1, (), False)
    assert files_with(NAME, store.parent) == []
    assert not list((store.parent / PHOTOS).glob("*/*"))
    assert rows(shop, "SELECT handle FROM people WHERE id = 1") == [("erased-1",)]
    assert check(shop).sound
    shop.close()
    again = restore(f"sqlite:///{store}", tmp_path / "saved", clock)
    assert (again.erased, files_with(NAME, store.parent)) == (1, [])


def test_who_cannot_be_erased_in_it_is_told_with_what_is_in_the_way(
    shop: Shop, store: Path, tmp_path: Path, clock: Clock
) -> None:
    number = place(shop, method=Method.COD)
    backup(shop, tmp_path / "saved")
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", "the last one was broken", key=fresh())
    erase_person(shop, SYSTEM, IDS.mai, key=fresh())
    shop.close()
    done = restore(f"sqlite:///{store}", tmp_path / "saved", clock)
    facts: dict[str, str | int] = {"count": 1, "number": str(number)}
    why = Refused("erase_orders_open", facts, "finish_orders")
    assert (done.erased, done.back) == (0, (NotErased("mai", why),))
    assert done.as_json()["back"] == [
        {"handle": "mai", "why": {"code": why.code, "facts": facts, "next_step": "finish_orders"}}
    ]
    assert check(shop).sound
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", "the last one was broken", key=fresh())
    erase_person(shop, SYSTEM, IDS.mai, key=fresh())
    assert files_with(NAME, store.parent) == []


def test_who_came_after_the_backup_and_was_erased_is_not_brought_in_by_a_file(
    shop: Shop, store: Path, tmp_path: Path, clock: Clock
) -> None:
    backup(shop, tmp_path / "saved")
    path = as_file(tmp_path, [tiktok_order(1, buyer_nickname="Quillon", status="COMPLETED")])
    brought(shop, path, personal=True)
    ((person,),) = rows(shop, "SELECT id FROM people WHERE name = 'Quillon'")
    erase_person(shop, SYSTEM, person, key=fresh())
    shop.close()
    assert restore(f"sqlite:///{store}", tmp_path / "saved", clock).back == ()
    assert rows(shop, "SELECT count(*) FROM outside_ids WHERE kind = 'person'") == [(1,)]
    assert counts(brought(shop, path, personal=True)) == (1, 0, 0, 0)
    assert rows(shop, "SELECT buyer_id FROM orders WHERE source <> 'takeback'") == [(person,)]
    assert files_with("Quillon", store.parent) == []
    assert check(shop).sound


def test_others_of_the_same_number_are_let_be(shop: Shop, store: Path, tmp_path: Path, clock: Clock) -> None:
    run(shop, f"UPDATE people SET joined_at = joined_at + 1 WHERE id = {IDS.budi}")
    backup(shop, tmp_path / "saved")
    run(shop, f"UPDATE people SET joined_at = joined_at - 1 WHERE id = {IDS.budi}")
    erase_person(shop, BUDI, IDS.budi, key=fresh())
    shop.close()
    assert restore(f"sqlite:///{store}", tmp_path / "saved", clock).erased == 0
    assert rows(shop, f"SELECT handle FROM people WHERE id = {IDS.budi}") == [("budi",)]
