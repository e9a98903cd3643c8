"""What a member of a shop brings in where the store is served to many: orders of that shop alone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.shop.export.orders import Asked, Exported, Form, export_orders
from app.shop.files.take_in import take_in, take_in_as
from app.shop.rules.errors import NotFound, Refused
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.actions.steps import IDS, MAI, OPS, SARI, TUAN, everything, run
from tests.conftest import Clock
from tests.files.made import as_file, only, orders, tiktok_order
from tests.people import Stocked


@pytest.fixture
def served(shop: Shop, stocked: Stocked, url: str, clock: Clock) -> Iterator[Shop]:
    """The stocked store, as a server opens it."""
    with closing(open_shop(url, now=clock, served=True)) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An order of sari's shop, on its way."""
    return as_file(tmp_path, [tiktok_order(status="UNPAID", is_cod=False)])


@pytest.fixture
def cancelled(tmp_path: Path) -> Path:
    """The same order, as a file of tuan's says that it was cancelled."""
    later = tiktok_order(status="CANCELLED", update_time=1_900_000_000)
    return as_file(tmp_path, [later], "later.json")


def test_it_comes_into_their_shop(served: Shop, path: Path) -> None:
    assert only(take_in_as(served, SARI, [path])).new == 1
    assert [one.shop_id for one in orders(served)] == [IDS.kopi_house]
    assert only(take_in_as(served, SARI, [path], dry_run=True)).same == 1


def test_an_order_of_another_shop_is_neither_changed_nor_moved(
    shop: Shop, served: Shop, path: Path, cancelled: Path
) -> None:
    take_in(shop, [path], shop_handle="kopi-house")
    (before,) = orders(shop)
    # That kopi-house has one of this number is not told: tuan gets one of his own.
    assert only(take_in_as(served, TUAN, [cancelled])).new == 1
    assert {one.shop_id for one in orders(served)} == {IDS.kopi_house, IDS.linen_lab}
    assert before in orders(served)
    assert only(take_in_as(served, OPS, [cancelled], shop_handle="kopi-house")).changed == 1


def test_who_acts_for_several_shops_says_which(served: Shop, path: Path) -> None:
    run(served, "INSERT INTO members (shop_id, person_id) VALUES (:s, :p)", s=IDS.linen_lab, p=IDS.sari)
    before = everything(served)
    file = only(take_in_as(served, SARI, [path]))
    assert (file.new, [note.code for note in file.notes if note.code == "shop_not_yours"]) == (
        0,
        ["shop_not_yours"],
    )
    with pytest.raises(NotFound, match="no_such_shop"):
        take_in_as(served, TUAN, [path], shop_handle="kopi-house")
    with pytest.raises(Refused, match="import_not_yours"):
        take_in_as(served, MAI, [path])
    assert everything(served) == before
    assert only(take_in_as(served, SARI, [path], shop_handle="linen-lab")).new == 1
    assert [one.shop_id for one in orders(served)] == [IDS.linen_lab]


def test_what_tells_who_did_what_is_the_platforms_to_bring_in(
    shop: Shop, served: Shop, path: Path, tmp_path: Path
) -> None:
    take_in(shop, [path], shop_handle="kopi-house")
    lines = tmp_path / "orders.jsonl"
    lines.write_text("".join(export_orders(shop, Asked(Form.JSON), Exported("json"))), encoding="utf-8")
    file = only(take_in_as(served, SARI, [lines]))
    assert [problem.code for problem in file.problems] == ["platforms_alone"]
    assert not only(take_in_as(served, OPS, [lines])).problems
