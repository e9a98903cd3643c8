"""A backup is whole, of one moment, and never half there; the store goes on meanwhile."""

import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.backup import Backup, backup
from app.shop.backup.sums import LIST
from app.shop.check import check
from app.shop.demo import fill
from app.shop.folder import STORE
from app.shop.reads.orders import all_orders
from app.shop.reads.people import buyer_of
from app.shop.rules.errors import NotFound, Refused, StoreDamaged, StoreFull, StoreReadOnly
from app.shop.rules.orders import Tab
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.conftest import Clock
from tests.disk import no_file_longer_than


@pytest.fixture
def filled(sqlite_shop: Shop) -> Shop:
    """A SQLite shop with twenty orders."""
    fill(sqlite_shop, orders=20)
    return sqlite_shop


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """Where the backup goes: beside it nothing may be left."""
    folder = tmp_path / "backups"
    folder.mkdir()
    yield folder / "monday"
    assert {file.name for file in folder.iterdir()} <= {"monday"}


def orders_in(folder: Path) -> int:
    """How many orders a backup holds, read as plain SQLite."""
    with closing(sqlite3.connect(folder / STORE)) as store:
        return int(store.execute("SELECT count(*) FROM orders").fetchone()[0])


def test_a_backup_is_a_whole_store_in_one_folder(filled: Shop, out: Path, clock: Clock) -> None:
    told: list[tuple[int, int]] = []
    done = backup(filled, out, progress=lambda pages, of: told.append((pages, of)))
    assert done == Backup(out, sum(file.stat().st_size for file in out.iterdir()), 0, 0)
    assert done.as_json() == {"folder": str(out), "size": done.size, "photos": 0, "lost": 0}
    assert told[-1][0] == told[-1][1] > 0
    assert {file.name for file in out.iterdir()} == {STORE, LIST}
    with closing(open_shop(f"sqlite:///{out / STORE}", clock)) as copy:
        assert len(all_orders(copy, limit=1_000)) == 20
        assert check(copy).sound


def test_a_backup_says_what_every_file_of_it_is(filled: Shop, out: Path) -> None:
    backup(filled, out)
    fill(filled, orders=5, seed=2)
    backup(filled, out, overwrite=True)
    verify = ["sha256sum", "--check", "--strict", "--quiet", LIST]
    assert subprocess.run(verify, cwd=out, check=False).returncode == 0


def test_a_backup_is_made_of_a_file_that_no_shop_has_open(filled: Shop, out: Path, tmp_path: Path) -> None:
    filled.close()
    assert backup(tmp_path / "shop.db", out).size > 0
    assert orders_in(out) == 20


def test_a_backup_has_what_is_only_in_the_log_yet(filled: Shop, out: Path, tmp_path: Path) -> None:
    assert (tmp_path / "shop.db-wal").stat().st_size > 0
    backup(filled, out)
    assert orders_in(out) == 20


def test_a_backup_is_of_one_moment_while_others_write(
    filled: Shop, out: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.shop.backup.copying.PAGES", 4)
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
    with closing(sqlite3.connect(out / STORE)) as copy:
        ((unpaid,),) = copy.execute("SELECT count(*) FROM orders WHERE status = 'UNPAID'")
    assert unpaid == len(numbers)
    assert len(all_orders(filled, tab=Tab.PENDING_PAYMENT, limit=100)) == 0


def test_a_backup_is_not_written_over_unasked(filled: Shop, out: Path) -> None:
    backup(filled, out)
    fill(filled, orders=5, seed=2)
    with pytest.raises(Refused, match="backup_exists"):
        backup(filled, out)
    assert orders_in(out) == 20
    backup(filled, out, overwrite=True)
    assert orders_in(out) == 25


@pytest.mark.parametrize("beside", ["", "-wal", "-shm", "-writer"])
def test_a_backup_is_never_written_onto_its_store(filled: Shop, tmp_path: Path, beside: str) -> None:
    with pytest.raises(Refused, match="backup_onto_store"):
        backup(filled, tmp_path / "somewhere" / ".." / f"shop.db{beside}", overwrite=True)
    assert len(all_orders(filled, limit=1_000)) == 20


@pytest.mark.parametrize("where", [".", "photos", "photos/monday"])
def test_a_backup_is_never_written_into_its_stores_folder_or_photos(
    filled: Shop, tmp_path: Path, where: str
) -> None:
    with pytest.raises(Refused, match="backup_onto_store"):
        backup(filled, tmp_path / where, overwrite=True)


@pytest.mark.parametrize("there", ["a file", "an empty folder", "a folder of others", "a link to nowhere"])
def test_what_is_no_backup_is_not_replaced(filled: Shop, out: Path, there: str) -> None:
    if there == "a file":
        out.write_bytes(b"precious")
    elif there == "a link to nowhere":
        out.symlink_to(out.with_name("nowhere"))
    else:
        out.mkdir()
    if there == "a folder of others":
        (out / STORE).write_bytes(b"precious, and long enough to be taken for a database" * 20)
    with pytest.raises(Refused, match="backup_exists"):
        backup(filled, out, overwrite=True)
    assert not out.is_dir() or not list(out.glob("photos"))


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
    def stop(_pages: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(filled, out, progress=stop)
    assert not out.exists()
    backup(filled, out)
    fill(filled, orders=5, seed=2)
    with pytest.raises(KeyboardInterrupt):
        backup(filled, out, overwrite=True, progress=stop)
    assert orders_in(out) == 20


def test_a_folder_that_is_not_there_is_said_plainly(filled: Shop, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "monday"
    with pytest.raises(StoreReadOnly) as refused:
        backup(filled, out)
    assert refused.value.facts == {"store": str(out)}


def test_a_full_disk_is_said_plainly_and_leaves_nothing(filled: Shop, out: Path) -> None:
    with no_file_longer_than(200_000), pytest.raises(StoreFull) as refused:
        backup(filled, out)
    assert refused.value.facts == {"store": str(out)}
    assert not out.exists()


def test_a_store_on_a_server_is_left_to_the_servers_own_tool(
    postgres_url: str, clock: Clock, out: Path, tmp_path: Path
) -> None:
    with closing(open_shop(postgres_url, clock)) as shop, pytest.raises(Refused) as refused:
        backup(shop, out)
    assert (refused.value.code, refused.value.next_step) == ("backup_on_server", "use_pg_dump")
    with closing(open_shop(postgres_url, clock, photos=tmp_path)) as shop, pytest.raises(Refused) as refused:
        backup(shop, out)
    assert refused.value.next_step == "use_pg_dump_and_copy_photos"
    assert refused.value.facts == {"tool": "pg_dump", "photos": str(tmp_path)}
    assert not out.exists()
