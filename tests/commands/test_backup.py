"""A backup from a shell: made in one act, and started from by naming it."""

import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from app.clock import wall_clock
from app.languages import LANGUAGES
from app.shop.actions.photos import add_photo
from app.shop.actions.talk import send_message
from app.shop.folder import STORE
from app.shop.reads.orders import all_orders
from app.shop.reads.people import buyer_of
from app.shop.reads.talk import photo
from app.shop.store import open_shop
from tests import photographs
from tests.commands.conftest import Takeback


def send_a_photo(data: Path) -> bytes:
    """Send a photo along with an order of a demo; the photo as it is kept."""
    with closing(open_shop(f"sqlite:///{data / STORE}", wall_clock)) as shop:
        number = all_orders(shop, limit=1)[0].number
        buyer = buyer_of(shop, number)
        one = str(add_photo(shop, buyer, number, photographs.photo(), key="a").answer["photo"])
        send_message(shop, buyer, number, "", [one], key="m")
        return photo(shop, buyer, one)


def test_takeback_starts_from_a_backup_with_its_photos(
    demo: Takeback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = send_a_photo(tmp_path / "data")
    copy = tmp_path / "copy"
    assert demo("backup", copy).status == 0
    again = demo("backup", copy)
    assert again.complaint == f"takeback: {copy} is already there; nothing was written over it."
    told = demo("backup", copy, "--overwrite", "--json").json
    assert (told["folder"], told["photos"], told["lost"]) == (str(copy), 1, 0)
    orders = demo("orders", "--json").json
    shutil.rmtree(tmp_path / "data")
    for name, value in (("TAKEBACK_DATA", copy), ("TAKEBACK_DATABASE", f"sqlite:///{copy / STORE}")):
        with monkeypatch.context() as environment:
            environment.setenv(name, str(value))
            assert demo("check").status == 0
            assert demo("orders", "--json").json == orders
    assert [file.read_bytes() for file in copy.glob("photos/*/*") if "-small" not in file.name] == [kept]


def test_a_backup_in_one_file_is_restored_as_it_is(demo: Takeback, tmp_path: Path) -> None:
    send_a_photo(tmp_path / "data")
    file, orders = tmp_path / "moved.zip", demo("orders", "--json").json
    _, use = demo("backup", file).out.splitlines()
    assert "takeback restore" in use
    assert "is already there" in demo("backup", file).complaint
    shutil.rmtree(tmp_path / "data" / "photos")
    assert demo("restore", file, "--json").json["photos"] == 1
    assert demo("orders", "--json").json == orders


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_backup_says_what_it_holds_and_how_it_is_used(
    demo: Takeback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    send_a_photo(tmp_path / "data")
    monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
    whole, use = demo("backup", tmp_path / "copy").out.splitlines()
    assert whole.startswith(str(tmp_path / "copy"))
    assert re.search(r"\b1\b.*\b\d+ MB", whole)
    assert "TAKEBACK_DATA" in use
    for file in tmp_path.glob("data/photos/*/*"):
        file.unlink()
    kept = demo("backup", tmp_path / "copy", "--overwrite").out.splitlines()
    assert len(kept) == 2  # what the earlier one has of it is not lost
    _, lost, _ = demo("backup", tmp_path / "other").out.splitlines()
    assert "1" in lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_backup_is_restored_and_the_store_before_is_kept(
    demo: Takeback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
    orders = demo("orders", "--json").json
    assert demo("backup", tmp_path / "copy").status == 0
    assert demo("demo", "--orders", "3", "--seed", "2").status == 0
    assert demo("orders", "--json").json != orders
    store, kept = demo("restore", tmp_path / "copy").out.splitlines()
    assert str(tmp_path / "data" / STORE) in store
    assert f"{STORE}.before-" in kept
    assert demo("orders", "--json").json == orders
    told = demo("restore", tmp_path / "copy", "--json").json
    assert (told["store"], told["photos"]) == (str(tmp_path / "data" / STORE), 0)
    (tmp_path / "copy" / STORE).write_bytes(b"spoilt")
    refused = demo("restore", tmp_path / "copy")
    assert (refused.status, str(tmp_path / "copy" / STORE) in refused.complaint) == (1, True)
    assert demo("orders", "--json").json == orders
