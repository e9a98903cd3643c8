"""A store moves as one file: packed with its photos, put in another's place whole or not at all."""

import re
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from app.shop.backup import backup
from app.shop.backup.moving import look_into, packed, replace
from app.shop.backup.packed import pack
from app.shop.backup.restore import restore
from app.shop.backup.sums import LIST
from app.shop.check import check
from app.shop.demo import fill
from app.shop.folder import PHOTOS, STORE
from app.shop.pictures import Picture, Pillow
from app.shop.place.browser import BrowserFile
from app.shop.reads.orders import all_orders
from app.shop.rules.errors import NotFound, Refused, ShopError
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.conftest import Clock
from tests.disk import no_file_longer_than
from tests.store.test_restore import BEFORE, LATER, orders_in, send


@pytest.fixture
def shop(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A store with orders and a photo, of a place with one connection and without threads, as a page has."""
    monkeypatch.setattr("app.shop.store.place_of", lambda url, _: BrowserFile(Path(url[10:])))
    monkeypatch.setattr("app.shop.backup.restore.place_of", lambda url: BrowserFile(Path(url[10:])))
    (tmp_path / "data").mkdir()
    shop = open_shop(f"sqlite:///{tmp_path}/data/{STORE}", clock)
    monkeypatch.setattr(shop.place, "pictures", Pillow())
    fill(shop, orders=BEFORE)
    send(shop)
    return shop


@pytest.fixture
def file(shop: Shop, tmp_path: Path) -> Path:
    """The store as one file, after which it went on."""
    file = tmp_path / "moved.zip"
    file.write_bytes(packed(shop))
    fill(shop, orders=LATER - BEFORE, seed=2)
    return file


def count(shop: Shop) -> int:
    """How many orders there are."""
    return len(all_orders(shop, limit=99))


def test_a_packed_store_is_a_backup_in_one_file(file: Path, tmp_path: Path) -> None:
    with ZipFile(file) as found:
        names = found.namelist()
        found.extractall(tmp_path / "folder")
    assert {LIST, STORE} < set(names)
    assert sum(name.startswith(PHOTOS) for name in names) == 2
    assert orders_in(tmp_path / "folder" / STORE) == BEFORE


def test_what_is_in_it_is_told_before_and_nothing_is_replaced(shop: Shop, file: Path) -> None:
    holds = look_into(shop, file)
    assert (holds.orders, holds.photos) == (BEFORE, 1)
    assert count(shop) == LATER


def test_it_takes_the_place_of_the_store_that_is_open_with_its_photos(shop: Shop, file: Path) -> None:
    photos = shop.photos.folder
    assert photos is not None
    shutil.rmtree(photos)
    assert replace(shop, file).orders == BEFORE
    assert count(shop) == BEFORE
    assert check(shop).sound
    fill(shop, orders=1, seed=3)
    assert len(list(photos.rglob("*.jpg"))) == 2
    assert not list(photos.parent.glob("*before*"))


def test_photos_of_the_store_before_are_gone_with_it(shop: Shop, file: Path) -> None:
    other = shop.photos.new()
    shop.photos.keep(other, Picture(b"whole", b"small", 1, 1))
    replace(shop, file)
    assert shop.photos.whole(other) is None


def test_it_moves_to_and_from_a_shell(shop: Shop, file: Path, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "elsewhere").mkdir()
    with closing(shop):
        made = pack(shop, tmp_path / "out.zip")
    assert (made.folder, made.size) == (tmp_path / "out.zip", (tmp_path / "out.zip").stat().st_size)
    done = restore(f"sqlite:///{tmp_path}/elsewhere/{STORE}", file, clock)
    assert (done.orders, done.photos) == (BEFORE, 1)


def rezip(file: Path, **changed: bytes | None) -> None:
    """The file with parts that are others, or gone."""
    other = file.with_name("other.zip")
    with ZipFile(file) as found, ZipFile(other, "w") as made:
        for name in found.namelist():
            content = changed.get(re.sub(r"\W.*", "", name), found.read(name))
            if content is not None:
                made.writestr(name, content)


def cut_off(file: Path) -> None:
    """Half of the file."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


BAD: dict[str, tuple[Callable[[Path], Any], type[ShopError], str]] = {
    "cut off": (cut_off, NotFound, "no_such_backup"),
    "words": (lambda file: file.write_bytes(b"words"), NotFound, "no_such_backup"),
    "without a list": (lambda file: rezip(file, SHA256SUMS=None), Refused, "backup_unlisted"),
    "without a store": (lambda file: rezip(file, takeback=None), NotFound, "no_such_backup"),
    "another store": (lambda file: rezip(file, takeback=b"SQLite format 3"), Refused, "backup_damaged"),
    "another photo": (lambda file: rezip(file, photos=b"other"), Refused, "backup_damaged"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_whole_replaces_nothing_and_is_named_as_it_was_picked(
    shop: Shop, file: Path, what: str
) -> None:
    spoil, kind, code = BAD[what]
    spoil(file)
    other = file.with_name("other.zip")
    bad = other if other.exists() else file
    for attempt in (look_into, replace):
        with pytest.raises(kind, match=code) as refused:
            attempt(shop, bad)
        told = refused.value.facts
        assert str(told.get("file") or told["folder"]).startswith(str(bad))
        assert count(shop) == LATER
        assert check(shop).sound


def test_nothing_is_unpacked_to_anywhere_else(shop: Shop, file: Path, tmp_path: Path) -> None:
    with ZipFile(file, "a") as found:
        found.writestr("../../evil.txt", b"evil")
        found.writestr(f"{PHOTOS}/../evil.jpg", b"evil")
    assert look_into(shop, file).orders == BEFORE
    assert not list(tmp_path.parent.rglob("evil*"))


def test_a_full_disk_replaces_nothing(shop: Shop, file: Path) -> None:
    with no_file_longer_than(4096), pytest.raises(ShopError):
        replace(shop, file)
    assert count(shop) == LATER


def test_one_file_is_not_written_over_unasked(shop: Shop, file: Path) -> None:
    with pytest.raises(Refused, match="backup_exists"):
        pack(shop, file)
    pack(shop, file, overwrite=True)
    assert look_into(shop, file).orders == LATER


def test_a_folder_is_looked_into_as_well(shop: Shop, tmp_path: Path) -> None:
    backup(shop, tmp_path / "saved")
    assert look_into(shop, tmp_path / "saved").orders == BEFORE
