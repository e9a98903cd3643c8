"""Who is erased is gone from the store's files too, at once or when that disturbs nobody."""

import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import col, select

from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import run_due
from app.shop.actions.erase import erase_person, take_out
from app.shop.actions.forgetting import forget_erased
from app.shop.check import check
from app.shop.place import PATIENCE, sqlite
from app.shop.rules.errors import Changed
from app.shop.shop import SYSTEM, Shop
from app.shop.sql import Statement
from app.shop.store import open_shop
from app.shop.tables import Person
from tests.actions.steps import BUDI, IDS, OPS, all_at_once, everything, fresh, place, rows, run
from tests.actions.test_erase import NAME, PHONE, lived, tells
from tests.conftest import Clock
from tests.disk import no_file_longer_than

PEOPLE = Statement(select(col(Person.id)))


def files_of_her(folder: Path) -> list[Path]:
    """The files that have a word of hers in them, and her photos."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    words = (NAME.encode(), PHONE.encode())
    return [f for f in files if f.suffix == ".jpg" or any(word in f.read_bytes() for word in words)]


def test_her_file_holds_no_word_of_her(sqlite_shop: Shop, clock: Clock, tmp_path: Path) -> None:
    lived(sqlite_shop, clock)
    assert len(files_of_her(tmp_path)) > 2
    erase_person(sqlite_shop, OPS, IDS.mai, key=fresh())
    sqlite_shop.place.connection().execute("PRAGMA wal_checkpoint")
    for _ in ("open", "closed"):
        assert files_of_her(tmp_path) == []
        sqlite_shop.close()


def test_an_erasure_that_comes_to_nothing_keeps_her_photos(sqlite_shop: Shop, clock: Clock) -> None:
    life = lived(sqlite_shop, clock)
    before = everything(life.shop)
    stop = "BEGIN SELECT RAISE(ABORT, 'the last thing that is written'); END"
    run(sqlite_shop, f"CREATE TRIGGER never BEFORE INSERT ON idempotency_keys {stop}")
    with pytest.raises(Changed):
        erase_person(life.shop, SYSTEM, IDS.mai, key=fresh())
    assert everything(life.shop) == before
    for (sent,) in rows(life.shop, "SELECT id FROM photos"):
        assert life.shop.photos.whole(sent)


def test_what_a_killed_program_left_of_her_goes_with_the_clock(
    sqlite_shop: Shop, clock: Clock, tmp_path: Path
) -> None:
    lived(sqlite_shop, clock)
    take_out(sqlite_shop, SYSTEM, IDS.mai, key=fresh())
    assert files_of_her(tmp_path)
    run_due(sqlite_shop)
    assert files_of_her(tmp_path) == []
    assert check(sqlite_shop).sound


def test_who_reads_on_keeps_an_erasure_from_nothing_but_the_file(
    sqlite_shop: Shop, sqlite_url: str, clock: Clock, tmp_path: Path
) -> None:
    lived(sqlite_shop, clock)
    with closing(open_shop(sqlite_url, clock)) as other, other.snapshot() as reading:
        assert reading.rows(PEOPLE)
        begun = time.monotonic()
        assert erase_person(sqlite_shop, OPS, IDS.mai, key=fresh()).answer["photos"] == 3
        assert time.monotonic() - begun < PATIENCE / 2
        assert tells(sqlite_shop) == []
        assert not forget_erased(sqlite_shop)
        assert place(sqlite_shop, buyer=BUDI)
    assert forget_erased(sqlite_shop)
    assert files_of_her(tmp_path) == []


def test_a_full_disk_lets_an_erasure_be_done_and_the_file_wait(
    sqlite_shop: Shop, clock: Clock, tmp_path: Path
) -> None:
    lived(sqlite_shop, clock)
    take_out(sqlite_shop, OPS, IDS.mai, key=fresh())
    with no_file_longer_than(200_000):
        assert not forget_erased(sqlite_shop)
    assert tells(sqlite_shop) == []
    assert forget_erased(sqlite_shop)
    assert files_of_her(tmp_path) == []


def test_a_large_store_waits_until_nobody_else_has_it_open(
    sqlite_shop: Shop, sqlite_url: str, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SOON", 0)
    lived(sqlite_shop, clock)
    erase_person(sqlite_shop, OPS, IDS.mai, key=fresh())
    assert not forget_erased(sqlite_shop)
    with closing(open_shop(sqlite_url, clock)) as other:
        assert place(other, buyer=BUDI)
        assert not forget_erased(sqlite_shop, alone=True)
        assert place(other, buyer=BUDI)
    assert forget_erased(sqlite_shop, alone=True)
    assert files_of_her(tmp_path) == []
    assert place(sqlite_shop, buyer=BUDI)
    assert forget_erased(sqlite_shop)


def test_others_write_on_while_somebody_is_erased(sqlite_shop: Shop, clock: Clock, tmp_path: Path) -> None:
    lived(sqlite_shop, clock)
    waits = list[float]()

    def write() -> None:
        for _ in range(10):
            begun = time.monotonic()
            cancel_order(sqlite_shop, BUDI, place(sqlite_shop, buyer=BUDI), "BU_MISTAKE", key=fresh())
            waits.append(time.monotonic() - begun)

    def erase() -> None:
        erase_person(sqlite_shop, OPS, IDS.mai, key=fresh())

    all_at_once(write, write, erase)
    assert len(waits) == 20
    assert max(waits) < PATIENCE / 2
    assert files_of_her(tmp_path) == []
    assert check(sqlite_shop).sound
