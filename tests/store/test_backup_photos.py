"""The photos of a backup: all that its store knows, and the store can be started from where it lies."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from app.shop.actions.photos import add_photo, drop_photo
from app.shop.actions.request import ask_to_cancel
from app.shop.actions.talk import send_message
from app.shop.backup import backup
from app.shop.backup.sums import read_list
from app.shop.check import check
from app.shop.folder import PHOTOS, STORE
from app.shop.reads.talk import photo
from app.shop.rules.errors import NotFound, Refused, StoreFull, StoreReadOnly
from app.shop.rules.orders import Status
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.actions.steps import MAI, SARI, fresh, order_in, place, rows
from tests.conftest import Clock
from tests.disk import no_file_longer_than
from tests.people import stock
from tests.photographs import photo as taken
from tests.photographs import written


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """A stocked shop."""
    stock(sqlite_shop)
    return sqlite_shop


@pytest.fixture
def number(shop: Shop) -> int:
    """An order of mai's in sari's shop."""
    return place(shop)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the backup goes."""
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups" / "monday"


def add(shop: Shop, number: int, content: bytes | None = None) -> str:
    """The id of a photo that was added, and not sent."""
    return str(add_photo(shop, MAI, number, content or taken(), key=fresh()).answer["photo"])


def send(shop: Shop, number: int, content: bytes | None = None) -> str:
    """The id of a photo that was sent."""
    one = add(shop, number, content)
    send_message(shop, MAI, number, "", [one], key=fresh())
    return one


def known(folder: Path) -> set[str]:
    """The photos a backup's store knows."""
    with closing(sqlite3.connect(folder / STORE)) as store:
        return {one for (one,) in store.execute("SELECT id FROM photos")}


def kept(folder: Path) -> dict[str, bytes]:
    """Each file of the photos beside a store, by its name."""
    return {file.name: file.read_bytes() for file in folder.glob(f"{PHOTOS}/*/*")}


def files_of(*photos: str) -> set[str]:
    """What the files of these photos are called."""
    return {f"{one}{kind}" for one in photos for kind in (".jpg", "-small.jpg")}


def test_a_backup_has_every_photo_and_is_started_from_where_it_lies(
    shop: Shop, number: int, out: Path, tmp_path: Path, clock: Clock
) -> None:
    sent, waiting = send(shop, number), add(shop, number)
    paid = order_in(shop, Status.AWAITING_SHIPMENT)
    asked_with = add(shop, paid)
    ask_to_cancel(shop, MAI, paid, "BP_MISTAKE", photos=[asked_with], key=fresh())
    done = backup(shop, out)
    assert (done.photos, done.lost) == (3, 0)
    assert set(read_list(out)) == {str(file.relative_to(out)) for file in out.rglob("*.*")}
    assert done.size == sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    assert kept(out) == kept(tmp_path)
    assert known(out) == {sent, waiting, asked_with}
    seen = photo(shop, SARI, sent)
    shop.close()
    shutil.rmtree(tmp_path / PHOTOS)
    elsewhere = shutil.move(out, tmp_path / "another place")
    with closing(open_shop(f"sqlite:///{elsewhere}/{STORE}", clock)) as copy:
        assert check(copy).sound
        assert photo(copy, SARI, sent) == seen
        assert photo(copy, MAI, waiting, small=True)
        send_message(copy, MAI, number, "and on it goes", [waiting, add(copy, number)], key=fresh())


def test_a_photo_that_is_sent_or_dropped_meanwhile_spoils_nothing(
    shop: Shop, number: int, out: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.shop.backup.copying.PAGES", 4)
    sent, sent_meanwhile, dropped = send(shop, number), add(shop, number), add(shop, number)
    new: list[str] = []

    def live() -> None:
        drop_photo(shop, MAI, number, dropped, key=fresh())
        send_message(shop, MAI, number, "", [sent_meanwhile], key=fresh())
        new.append(send(shop, number))

    def step(_done: int, _of: int) -> None:
        if not new:
            other = threading.Thread(target=live)
            other.start()
            other.join()

    backup(shop, out, progress=step)
    assert known(out) == {sent, sent_meanwhile}
    assert set(kept(out)) == files_of(sent, sent_meanwhile)
    with closing(open_shop(f"sqlite:///{out / STORE}", clock)) as copy:
        assert check(copy).sound
        assert rows(copy, "SELECT id FROM photos WHERE message_n IS NULL") == [(sent_meanwhile,)]
        with pytest.raises(NotFound):
            photo(copy, SARI, new[0])


def test_a_photo_that_was_noted_and_not_written_yet_is_not_in_the_backup(
    shop: Shop, number: int, out: Path, tmp_path: Path
) -> None:
    sent, half, asked_with = send(shop, number), add(shop, number), add(shop, number)
    (tmp_path / PHOTOS / half[:2] / f"{half}.jpg").unlink()
    assert backup(shop, out).lost == 0
    assert known(out) == {sent, asked_with}
    assert set(kept(out)) == files_of(sent, asked_with)


def test_a_sent_photo_that_the_store_has_lost_is_told_and_stays_known(
    shop: Shop, number: int, out: Path, tmp_path: Path
) -> None:
    lost, sent = send(shop, number), send(shop, number)
    (tmp_path / PHOTOS / lost[:2] / f"{lost}.jpg").unlink()
    done = backup(shop, out)
    assert (done.photos, done.lost) == (1, 1)
    assert known(out) == {lost, sent}


def test_a_replaced_backup_has_the_photos_of_its_store_and_no_others(
    shop: Shop, number: int, out: Path
) -> None:
    sent, dropped = send(shop, number), add(shop, number)
    backup(shop, out)
    (out / PHOTOS / "mine.txt").write_text("no photo of ours")
    drop_photo(shop, MAI, number, dropped, key=fresh())
    newer = send(shop, number)
    backup(shop, out, overwrite=True)
    assert known(out) == {sent, newer}
    assert set(kept(out)) == files_of(sent, newer)
    assert (out / PHOTOS / "mine.txt").exists()


def test_a_full_disk_leaves_the_backup_that_was_there_and_nothing_else(
    shop: Shop, number: int, out: Path
) -> None:
    sent = send(shop, number)
    backup(shop, out)
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    most = 1 << 20
    assert max(map(len, before.values())) < most  # the store fits: the photo is what does not
    noise = Image.frombytes("RGB", (1600, 1600), os.urandom(1600 * 1600 * 3))
    large = send(shop, number, written(noise, "JPEG", quality=90))
    for target, overwrite in ((out, True), (out.with_name("tuesday"), False)):
        with no_file_longer_than(most), pytest.raises(StoreFull):
            backup(shop, target, overwrite=overwrite)
    assert [file.name for file in out.parent.iterdir()] == ["monday"]
    left = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    left.pop(out / f"{STORE}-open")
    assert left == before
    backup(shop, out, overwrite=True)
    assert known(out) == {sent, large}


def test_a_backup_that_is_open_is_not_replaced(shop: Shop, number: int, out: Path, clock: Clock) -> None:
    sent = send(shop, number)
    backup(shop, out)
    with closing(open_shop(f"sqlite:///{out / STORE}", clock)) as copy:
        late = send(copy, number)
        with pytest.raises(Refused, match="backup_in_use"):
            backup(shop, out, overwrite=True)
        with copy.place.writing(), pytest.raises(Refused, match="backup_in_use"):
            backup(shop, out, overwrite=True)
        assert photo(copy, SARI, late)
    backup(shop, out, overwrite=True)
    assert known(out) == {sent}


# Ends without closing: what it wrote stands in the log.
WRITTEN = """
import os, signal, sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("PRAGMA journal_mode=WAL")
store.execute("UPDATE people SET name = 'Nobody'")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_written_into_a_backup_and_not_closed_does_not_come_back(
    shop: Shop, number: int, out: Path
) -> None:
    backup(shop, out)
    subprocess.run([sys.executable, "-c", WRITTEN, str(out / STORE)], check=False)
    assert (out / f"{STORE}-wal").stat().st_size > 0
    backup(shop, out, overwrite=True)
    assert not (out / f"{STORE}-wal").exists()
    with closing(sqlite3.connect(out / STORE)) as store:
        assert store.execute("SELECT count(*) FROM people WHERE name = 'Nobody'").fetchone() == (0,)


# Kills itself at the given report of progress: pages first, then photos.
KILLED = """
import os, signal, sys
from pathlib import Path
from app.shop.backup import backup, copying
copying.PAGES = 64
left = int(sys.argv[3])
def step(done, of):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
backup(Path(sys.argv[1]), Path(sys.argv[2]), overwrite=True, progress=step)
"""


@pytest.mark.parametrize("replaced", [False, True], ids=["new", "replaced"])
def test_a_killed_backup_leaves_nothing_that_looks_like_one(
    shop: Shop, number: int, out: Path, tmp_path: Path, replaced: bool
) -> None:
    first = send(shop, number)
    if replaced:
        backup(shop, out)
    second, third = send(shop, number), send(shop, number)
    pages = -(-int(rows(shop, "PRAGMA page_count")[0][0]) // 64)
    for moment in (1, pages, pages + 1, pages + 3):
        command = [sys.executable, "-c", KILLED, str(tmp_path / "shop.db"), str(out), str(moment)]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        whole = [file.parent for file in out.parent.rglob(STORE)]
        assert whole == ([out] if replaced else [])
        if replaced:
            assert known(out) == {first}
            assert files_of(first) <= set(kept(out))
    backup(shop, out, overwrite=replaced)
    assert known(out) == {first, second, third}
    assert set(kept(out)) == files_of(first, second, third)


def test_a_backup_that_cannot_be_written_is_said_plainly(shop: Shop, number: int, out: Path) -> None:
    send(shop, number)
    backup(shop, out)
    shutil.rmtree(out / PHOTOS)
    (out / PHOTOS).write_text("a file where the folder should be")
    with pytest.raises(StoreReadOnly) as refused:
        backup(shop, out, overwrite=True)
    assert refused.value.facts == {"store": str(out)}
