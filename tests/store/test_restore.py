"""A restored store is the backup, seen to be whole before anything is replaced; the one before is kept."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command

from app.shop.actions.photos import add_photo
from app.shop.actions.talk import send_message
from app.shop.backup import backup
from app.shop.backup.restore import Restored, restore
from app.shop.backup.sums import LIST, read_list, sum_of, write_list
from app.shop.check import check
from app.shop.demo import fill
from app.shop.folder import PHOTOS, STORE
from app.shop.migrations import config
from app.shop.place import place_of
from app.shop.reads.orders import all_orders
from app.shop.reads.people import buyer_of
from app.shop.reads.talk import photo
from app.shop.rules.errors import NotFound, Refused, StoreDamaged, StoreFull
from app.shop.shop import Shop
from app.shop.store import REVISIONS, open_shop, revision
from tests.conftest import Clock
from tests.disk import no_file_longer_than
from tests.killing import killed_at
from tests.photographs import photo as taken

BEFORE, LATER = 12, 17
"""Orders in the backup, and in the store that it takes the place of."""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that went on after it was backed up."""
    return tmp_path / "data" / STORE


@pytest.fixture
def url(store: Path) -> str:
    """Where the store is."""
    return f"sqlite:///{store}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store, `data`, and an earlier backup of it with a photo, `saved`."""
    folder = tmp_path_factory.mktemp("made")
    with closing(open_shop(f"sqlite:///{folder / 'data' / STORE}", Clock())) as shop:
        fill(shop, orders=BEFORE)
        send(shop)
        backup(shop, folder / "saved")
        fill(shop, orders=LATER - BEFORE, seed=2)
    return folder


@pytest.fixture
def saved(made: Path, tmp_path: Path, store: Path) -> Path:
    """The backup, with the store beside it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "saved"


def send(shop: Shop) -> None:
    """Send a photo about the newest order."""
    number = all_orders(shop, limit=1)[0].number
    buyer = buyer_of(shop, number)
    one = str(add_photo(shop, buyer, number, taken(), key="photo").answer["photo"])
    send_message(shop, buyer, number, "", [one], key="message")


def orders_in(store: Path) -> int:
    """How many orders a store holds, read as plain SQLite."""
    with closing(sqlite3.connect(store)) as read:
        assert read.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(read.execute("SELECT count(*) FROM orders").fetchone()[0])


@contextmanager
def left_alone(store: Path) -> Iterator[None]:
    """Nothing of the store is replaced, and nothing is left beside it."""
    lock = store.with_name(f"{STORE}-open")
    before = store.stat().st_ino, {lock, *store.parent.iterdir()}
    yield
    assert (store.stat().st_ino, {lock, *store.parent.iterdir()}) == before


def test_a_restored_store_is_the_backup_and_the_one_before_is_kept(
    saved: Path, store: Path, url: str, clock: Clock
) -> None:
    shutil.rmtree(store.parent / PHOTOS)
    told: list[tuple[int, int]] = []
    done = restore(url, saved, clock, progress=lambda done, of: told.append((done, of)))
    kept = store.with_name(f"{STORE}.before-20260302T090000Z")
    assert done == Restored(store, BEFORE, 1, kept)
    assert done.as_json() == {
        "store": str(store),
        "orders": BEFORE,
        "photos": 1,
        "kept": str(kept),
        "erased": 0,
        "back": [],
        "unread": False,
    }
    assert told[-1] == (1, 1)
    assert (orders_in(store), orders_in(kept)) == (BEFORE, LATER)
    with closing(open_shop(url, clock)) as shop:
        assert check(shop).sound
        number = next(o.number for o in all_orders(shop, limit=99) if asked_photo(shop, o.number))
        assert photo(shop, buyer_of(shop, number), asked_photo(shop, number))
        fill(shop, orders=5, seed=3)  # and on it goes


def asked_photo(shop: Shop, number: int) -> str:
    """The photo of an order; empty where it has none."""
    row = (
        shop.place.connection().execute("SELECT id FROM photos WHERE order_number = ?", (number,)).fetchone()
    )
    return str(row[0]) if row else ""


def test_a_backup_is_restored_where_there_is_no_store_yet(saved: Path, tmp_path: Path, clock: Clock) -> None:
    done = restore(f"sqlite:///{tmp_path / 'new' / STORE}", saved, clock)
    assert (done.orders, done.kept) == (BEFORE, None)
    assert sorted(file.name for file in (tmp_path / "new").iterdir()) == [PHOTOS, STORE, f"{STORE}-open"]


def test_each_store_before_is_kept_by_a_name_of_its_own(saved: Path, url: str, clock: Clock) -> None:
    kept = [restore(url, saved, clock).kept for _ in range(3)]
    assert len(set(kept)) == 3
    assert [orders_in(one) for one in kept if one] == [LATER, BEFORE, BEFORE]


def test_what_a_killed_program_wrote_last_is_in_the_store_that_is_kept(
    saved: Path, store: Path, url: str, clock: Clock
) -> None:
    script = """
import os, signal, sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("UPDATE people SET name = 'Written last'")
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", script, str(store)], check=False)
    kept = restore(url, saved, clock).kept
    with closing(sqlite3.connect(str(kept))) as before, closing(sqlite3.connect(store)) as after:
        assert before.execute("SELECT min(name), max(name) FROM people").fetchone() == ("Written last",) * 2
        assert after.execute("SELECT count(*) FROM people WHERE name = 'Written last'").fetchone() == (0,)


def test_a_broken_store_is_replaced_and_kept_as_it_is(
    saved: Path, store: Path, url: str, clock: Clock
) -> None:
    broken = b"no database at all, but long enough to be taken for one " * 50
    store.write_bytes(broken)
    done = restore(url, saved, clock)
    assert done.kept
    assert done.kept.read_bytes() == broken
    assert done.unread  # whom to erase again stood in it
    assert orders_in(store) == BEFORE


def test_another_programs_file_is_not_replaced(saved: Path, store: Path, url: str, clock: Clock) -> None:
    store.unlink()
    with closing(sqlite3.connect(store)) as other:
        other.execute("CREATE TABLE things (id INTEGER)")
    with left_alone(store), pytest.raises(StoreDamaged, match="store_foreign"):
        restore(url, saved, clock)


def test_a_backup_of_an_older_version_is_brought_up_to_date_before_it_is_put_in_place(
    saved: Path, store: Path, url: str, tmp_path: Path, clock: Clock
) -> None:
    older = tmp_path / "older"
    with closing(place_of(f"sqlite:///{older / STORE}")) as place:
        command.upgrade(config(place), "0006")
    write_list(older, {STORE: {sum_of(older / STORE)}})
    told = sum_of(older / STORE)
    assert restore(url, older, clock).orders == 0
    assert sum_of(older / STORE) == told
    with closing(place_of(url)) as place:
        assert revision(place) == REVISIONS[-1]


def relisted(folder: Path) -> None:
    """Have the list of a backup say what is there now."""
    write_list(folder, {name: {sum_of(folder / name)} for name in read_list(folder)})


def changed(folder: Path, sql: str) -> None:
    """Change a backup, and its list with it."""
    with closing(sqlite3.connect(folder / STORE, isolation_level=None)) as store:
        store.execute(sql)
        store.execute("PRAGMA journal_mode=DELETE")
    relisted(folder)


def one_bit(file: Path) -> None:
    """Turn one bit of a file over."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def without_a_page(folder: Path) -> None:
    """Break the store of a backup, and have its list agree."""
    file = folder / STORE
    content = file.read_bytes()
    file.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])
    relisted(folder)


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "a bit of the store": (lambda folder: one_bit(folder / STORE), "backup_damaged"),
    "a bit of a photo": (lambda folder: one_bit(next(folder.glob("photos/*/*-small.jpg"))), "backup_damaged"),
    "a photo is gone": (lambda folder: next(folder.glob("photos/*/*")).unlink(), "backup_damaged"),
    "the list is gone": (lambda folder: (folder / LIST).unlink(), "backup_unlisted"),
    "pages are broken": (without_a_page, "backup_damaged"),
    "no store of ours": (lambda folder: changed(folder, "DROP TABLE alembic_version"), "backup_damaged"),
    "a rule is broken": (lambda folder: changed(folder, "UPDATE orders SET tab = 'x'"), "backup_unsound"),
    "a newer version": (
        lambda folder: changed(folder, "UPDATE alembic_version SET version_num = '9999'"),
        "backup_newer",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_backup_that_is_not_whole_replaces_nothing(
    saved: Path, store: Path, url: str, clock: Clock, what: str
) -> None:
    spoil, code = SPOILT[what]
    spoil(saved)
    with left_alone(store), pytest.raises(Refused) as refused:
        restore(url, saved, clock)
    assert refused.value.code == code


def test_what_is_no_backup_is_not_restored(saved: Path, store: Path, url: str, clock: Clock) -> None:
    with left_alone(store), pytest.raises(NotFound, match="no_such_backup"):
        restore(url, saved / "nowhere", clock)
    with left_alone(store), pytest.raises(Refused, match="restore_from_store"):
        restore(url, store.parent, clock)


def test_a_full_disk_replaces_nothing(saved: Path, store: Path, url: str, clock: Clock) -> None:
    with left_alone(store), no_file_longer_than(100_000), pytest.raises(StoreFull):
        restore(url, saved, clock)


def test_a_store_that_is_open_is_not_replaced(saved: Path, store: Path, url: str, clock: Clock) -> None:
    with closing(open_shop(url, clock)), pytest.raises(Refused, match="restore_in_use"):
        restore(url, saved, clock)
    with closing(sqlite3.connect(store)) as other:  # another program
        other.execute("SELECT count(*) FROM orders").fetchone()
        with pytest.raises(Refused, match="restore_in_use"):
            restore(url, saved, clock)
    assert orders_in(store) == LATER


def test_nobody_opens_the_store_while_it_is_replaced(saved: Path, url: str, clock: Clock) -> None:
    refused = []

    def step(_done: int, _of: int) -> None:
        with pytest.raises(Exception, match="store_busy"):
            open_shop(url, clock, patience=0)
        refused.append(1)

    restore(url, saved, clock, progress=step)
    assert refused


def test_a_store_on_a_server_is_left_to_the_servers_own_tool(saved: Path, clock: Clock) -> None:
    with pytest.raises(Refused) as refused:
        restore("postgresql://nobody@/nowhere", saved, clock)
    assert (refused.value.code, refused.value.next_step) == ("restore_on_server", "use_pg_restore")


WATCHED = ((Path, "replace"), (Path, "hardlink_to"), (os, "fsync"))


def test_who_is_killed_at_any_moment_leaves_the_old_store_or_the_new_one(
    made: Path, saved: Path, store: Path, url: str, clock: Clock, full: bool
) -> None:
    steps: list[int] = []
    restore(url, saved, clock, progress=lambda *_: steps.append(1))
    every = len(steps) + 2 * 12  # what is watched is called some ten times
    shutil.rmtree(store.parent)
    outcomes = set()
    for moment in range(1, every) if full else range(every - 28, every, 3):
        shutil.copytree(made / "data", store.parent)
        killed = killed_at(moment, lambda step: restore(url, saved, clock, progress=step), *WATCHED)
        outcomes.add((killed, orders_in(store)))
        assert restore(url, saved, clock).orders == BEFORE  # nobody is in the way
        assert not list(store.parent.glob("*.new*"))
        shutil.rmtree(store.parent)
    assert outcomes == {(True, LATER), (True, BEFORE), (False, BEFORE)}
