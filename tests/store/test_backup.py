"""A backup is whole, of one moment, and never half there; the store goes on meanwhile."""

import resource
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.backup import Backup, backup
from app.shop.check import check
from app.shop.demo import fill
from app.shop.reads.orders import all_orders
from app.shop.reads.people import buyer_of
from app.shop.rules.errors import NotFound, Refused, StoreDamaged, StoreFull, StoreReadOnly
from app.shop.rules.orders import Tab
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.conftest import Clock


@pytest.fixture
def filled(sqlite_shop: Shop) -> Shop:
    """A SQLite shop with a hundred orders."""
    fill(sqlite_shop, orders=100)
    return sqlite_shop


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """Where the backup goes: a folder in which nothing but it may be left."""
    folder = tmp_path / "backups"
    folder.mkdir()
    yield folder / "copy.db"
    assert {file.name for file in folder.iterdir()} <= {"copy.db"}


def orders_in(file: Path) -> int:
    """How many orders a file holds, read as plain SQLite."""
    with closing(sqlite3.connect(file)) as store:
        return int(store.execute("SELECT count(*) FROM orders").fetchone()[0])


def test_a_backup_is_a_whole_store_in_one_file(filled: Shop, out: Path, clock: Clock) -> None:
    told: list[tuple[int, int]] = []
    done = backup(filled, out, progress=lambda pages, of: told.append((pages, of)))
    assert done == Backup(out, out.stat().st_size)
    assert done.as_json() == {"file": str(out), "size": done.size}
    assert str(out) in done.line()
    assert told[-1][0] == told[-1][1] > 0
    with closing(open_shop(f"sqlite:///{out}", clock)) as copy:
        assert len(all_orders(copy, limit=1_000)) == 100
        assert check(copy).sound
        copy.place.connection().execute("PRAGMA journal_mode=DELETE")
    for beside in out.parent.glob("copy.db-*"):
        beside.unlink()


def test_a_backup_is_made_of_a_file_that_no_shop_has_open(filled: Shop, out: Path, tmp_path: Path) -> None:
    filled.close()
    assert backup(tmp_path / "shop.db", out).size > 0
    assert orders_in(out) == 100


def test_a_backup_has_what_is_only_in_the_log_yet(filled: Shop, out: Path, tmp_path: Path) -> None:
    assert (tmp_path / "shop.db-wal").stat().st_size > 0
    backup(filled, out)
    assert orders_in(out) == 100


def test_a_backup_is_of_one_moment_while_others_write(
    filled: Shop, out: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.shop.backup.PAGES", 4)
    numbers = [order.number for order in all_orders(filled, tab=Tab.PENDING_PAYMENT, limit=100)]
    began, written = threading.Event(), []

    def take_back() -> None:
        began.wait()
        for number in numbers:
            cancel_order(filled, buyer_of(filled, number), number, "BU_MISTAKE", key=str(number))
            written.append(number)

    def step(_pages: int, _of: int) -> None:
        began.set()
        if not written:
            writer.join(0.01)

    writer = threading.Thread(target=take_back)
    writer.start()
    backup(filled, out, progress=step)
    writer.join()
    assert written == numbers
    with closing(sqlite3.connect(out)) as copy:
        ((unpaid,),) = copy.execute("SELECT count(*) FROM orders WHERE status = 'UNPAID'")
    assert unpaid == len(numbers)
    assert len(all_orders(filled, tab=Tab.PENDING_PAYMENT, limit=100)) == 0


def test_a_backup_is_not_written_over_unasked(filled: Shop, out: Path) -> None:
    out.write_bytes(b"precious")
    with pytest.raises(Refused, match="backup_exists"):
        backup(filled, out)
    assert out.read_bytes() == b"precious"
    backup(filled, out, overwrite=True)
    assert orders_in(out) == 100


@pytest.mark.parametrize("beside", ["", "-wal", "-shm", "-writer"])
def test_a_backup_is_never_written_onto_its_store(filled: Shop, tmp_path: Path, beside: str) -> None:
    with pytest.raises(Refused, match="backup_onto_store"):
        backup(filled, tmp_path / "somewhere" / ".." / f"shop.db{beside}", overwrite=True)
    assert len(all_orders(filled, limit=1_000)) == 100


def test_a_backup_is_not_written_in_place_of_a_folder(filled: Shop, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="backup_exists"):
        backup(filled, tmp_path, overwrite=True)


def test_what_is_no_store_is_not_backed_up(out: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no_such_store"):
        backup(tmp_path / "none.db", out)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE things (id INTEGER)")
    with pytest.raises(StoreDamaged, match="store_foreign"):
        backup(tmp_path / "other.db", out)
    (tmp_path / "text.db").write_text("no database at all, but long enough to be taken for one " * 20)
    with pytest.raises(StoreDamaged, match="store_damaged"):
        backup(tmp_path / "text.db", out)
    assert not out.exists()


def test_a_damaged_store_gives_no_backup(filled: Shop, out: Path, tmp_path: Path) -> None:
    filled.place.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filled.close()
    store = tmp_path / "shop.db"
    whole = store.read_bytes()
    store.write_bytes(whole[: len(whole) // 2] + b"\xff" * 8192 + whole[len(whole) // 2 + 8192 :])
    with pytest.raises(StoreDamaged, match="store_damaged"):
        backup(store, out)
    assert not out.exists()


def test_a_backup_that_breaks_off_leaves_what_was_there(filled: Shop, out: Path) -> None:
    out.write_bytes(b"the backup of yesterday")

    def stop(_pages: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(filled, out, overwrite=True, progress=stop)
    assert out.read_bytes() == b"the backup of yesterday"


def test_a_folder_that_is_not_there_is_said_plainly(filled: Shop, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "copy.db"
    with pytest.raises(StoreReadOnly) as refused:
        backup(filled, out)
    assert refused.value.facts == {"store": str(out)}


def test_a_full_disk_is_said_plainly_and_leaves_nothing(filled: Shop, out: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (200_000, hard)
    )  # no file may be longer: as good as a full disk
    try:
        with pytest.raises(StoreFull) as refused:
            backup(filled, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refused.value.facts == {"store": str(out)}
    assert not out.exists()


def test_a_store_on_a_server_is_left_to_the_servers_own_tool(
    postgres_url: str, clock: Clock, out: Path
) -> None:
    with closing(open_shop(postgres_url, clock)) as shop, pytest.raises(Refused) as refused:
        backup(shop, out)
    assert refused.value.code == "backup_on_server"
    assert refused.value.facts == {"tool": "pg_dump"}
    assert not out.exists()
