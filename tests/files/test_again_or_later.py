"""The same file again changes nothing; a later one brings up to date; what people did here stays."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.cancel import cancel_order
from app.shop.files import plan
from app.shop.files.take_in import take_in
from app.shop.retry import ATTEMPTS
from app.shop.rules.errors import Changed
from app.shop.shop import Actor, Shop
from app.shop.store import open_shop
from tests.conftest import Clock
from tests.files.made import (
    CREATED,
    Olist,
    as_file,
    brought,
    counts,
    events,
    handles,
    lines,
    order,
    orders,
    payments,
    prices,
    stored,
    tiktok_line,
    tiktok_order,
    v1_answer,
    v1_order,
)

TABLES = (t.Order, t.Line, t.PriceEntry, t.Payment, t.OrderEvent, t.Person, t.Shop, t.Product, t.Variant)


def everything(shop: Shop) -> list[list[Any]]:
    """Every row that an import writes."""
    return [[one.model_dump() for one in stored(shop, table)] for table in (*TABLES, t.OutsideId, t.Handle)]


def later(**fields: Any) -> dict[str, Any]:
    """A later state of the order that `tiktok_order()` is."""
    return tiktok_order(update_time=CREATED + 5_000, **fields)


def test_the_same_file_again_is_the_same(shop: Shop, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    for n, status in enumerate(("created", "shipped", "delivered", "canceled", "unavailable"), 1):
        olist.simple(n, status, seller=n % 2)
    olist.order(6, "canceled")
    old = as_file(tmp_path, v1_answer(v1_order()), "old.json")
    paths = [olist.write(), as_file(tmp_path, [tiktok_order()]), old]
    take_in(shop, paths)
    before = everything(shop)
    report = take_in(shop, paths)
    assert [counts(file) for file in report.files] == [(0, 0, 6, 0), (0, 0, 1, 0), (0, 0, 1, 0)]
    assert (report.as_json()["orders"], report.as_json()["lines"]) == (8, 8)
    assert everything(shop) == before


def test_a_later_state_changes_the_order_and_keeps_its_number(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order()]))
    number = order(shop).number
    shipped = later(status="IN_TRANSIT", collection_time=CREATED + 4_000, tracking_number="JX1")
    shipped["payment"] |= {"shipping_fee": "6000", "original_shipping_fee": "31000", "total_amount": "106000"}
    assert counts(brought(shop, as_file(tmp_path, [shipped]))) == (0, 1, 0, 0)
    found = order(shop)
    assert (found.number, found.status, found.tab) == (number, "IN_TRANSIT", "to-receive")
    assert (found.tracking, found.total_minor, len(prices(shop))) == ("JX1", 106_000, 4)
    told = [(one.n, one.action, one.status_from, one.status_to) for one in events(shop)]
    assert told == [
        (0, "imported", None, "AWAITING_SHIPMENT"),
        (1, "updated", "AWAITING_SHIPMENT", "IN_TRANSIT"),
        (2, "shipped", "IN_TRANSIT", "IN_TRANSIT"),
    ]
    assert found.version == 2
    assert len(lines(shop)) == len(payments(shop)) == 1


def test_an_older_state_never_takes_an_order_back_in_time(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [later(status="IN_TRANSIT")]))
    file = brought(shop, as_file(tmp_path, [tiktok_order()]))
    assert counts(file) == (0, 0, 1, 0)
    assert [(note.code, note.value) for note in file.notes] == [("newer_here", "1")]
    assert (order(shop).status, len(events(shop))) == ("IN_TRANSIT", 1)


def test_without_a_time_of_the_state_only_forward_counts(sqlite_shop: Shop, tmp_path: Path) -> None:
    states = ("UNPAID", "AWAITING_SHIPMENT", "UNPAID", "AWAITING_SHIPMENT", "CANCELLED")
    told = [
        counts(brought(sqlite_shop, as_file(tmp_path, [tiktok_order(status=status, update_time=None)])))
        for status in states
    ]
    assert told == [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 1, 0), (0, 1, 0, 0)]


def test_olist_moves_forward_and_not_back(shop: Shop, tmp_path: Path) -> None:
    told = []
    for status in ("created", "invoiced", "delivered", "shipped"):
        olist = Olist(tmp_path / status)
        olist.simple(1, status)
        told.append(counts(brought(shop, olist.write())))
    assert told == [(1, 0, 0, 0), (0, 1, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)]
    assert [one.state for one in payments(shop)] == ["CAPTURED"]
    assert order(shop).status == "COMPLETED"


def test_orders_that_came_without_items_find_their_shops_later(shop: Shop, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    olist.item(olist.simple(1, seller=1), seller=3, n=2)
    olist.simple(2, seller=2)
    brought(shop, olist.write("orders"))
    first = {one.outside_number: one.number for one in orders(shop)}
    assert set(handles(shop, t.Shop).values()) == {"olist-unknown"}
    assert counts(brought(shop, olist.write())) == (0, 2, 0, 0)
    found = orders(shop)
    assert len(found) == 3
    assert {one.number for one in found} > set(first.values())
    assert sorted(handles(shop, t.Shop)[one.shop_id] for one in found) == [
        "olist-5e0001",
        "olist-5e0002",
        "olist-5e0003",
    ]
    assert counts(brought(shop, olist.write())) == (0, 0, 2, 0)


def test_fewer_tables_later_take_nothing_away(shop: Shop, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    olist.simple(1, "invoiced")
    brought(shop, olist.write())
    bare = Olist(tmp_path / "bare")
    bare.simple(1, "delivered")
    assert counts(brought(shop, bare.write("orders"))) == (0, 1, 0, 0)
    found = order(shop)
    assert (found.status, found.total_minor, found.line_count) == ("COMPLETED", 11_000, 1)
    assert handles(shop, t.Shop)[found.shop_id] == "olist-5e0001"
    assert len(stored(shop, t.Person)) == len(lines(shop)) == len(payments(shop)) == 1


def test_fewer_tables_later_take_no_payment_away_either(shop: Shop, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    olist.payment(olist.order(1, "invoiced"), "42.00")
    brought(shop, olist.write())
    buyer = order(shop).buyer_id
    bare = Olist(tmp_path / "bare")
    bare.order(1, "canceled")
    file = brought(shop, bare.write("orders"), shop_handle="kopi")
    assert counts(file) == (0, 1, 0, 0)
    found = order(shop)
    assert (found.status, found.total_minor, found.buyer_id) == ("CANCELLED", 4_200, buyer)
    assert handles(shop, t.Shop)[found.shop_id] == "olist-unknown"
    assert [paid.amount_minor for paid in payments(shop)] == [4_200]


def test_the_latest_state_of_an_order_that_stands_twice_is_taken(sqlite_shop: Shop, tmp_path: Path) -> None:
    made = [later(status="DELIVERED"), tiktok_order(), tiktok_order(2)]
    file = brought(sqlite_shop, as_file(tmp_path, made))
    assert (file.read, counts(file)) == (3, (2, 0, 0, 1))
    assert [(problem.code, problem.row) for problem in file.problems] == [("order_twice", 2)]
    assert orders(sqlite_shop)[0].status == "DELIVERED"


def cancel(shop: Shop) -> None:
    """The buyer takes their order back, here."""
    found = order(shop)
    cancel_order(shop, Actor(found.buyer_id), found.number, "BU_MISTAKE", key="cancel")


def test_what_was_done_here_stays_and_the_conflict_is_told(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order(status="UNPAID", is_cod=False)]))
    cancel(shop)
    before = everything(shop)
    file = brought(shop, as_file(tmp_path, [later(status="AWAITING_SHIPMENT", is_cod=False)]))
    assert (counts(file), file.flagged) == ((0, 0, 1, 0), 1)
    (problem,) = file.problems
    assert (problem.code, problem.row, problem.value) == ("changed_here", 1, "AWAITING_SHIPMENT")
    assert everything(shop) == before


def test_there_is_no_conflict_where_the_file_says_nothing_new(shop: Shop, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    olist.simple(1, "created")
    folder = olist.write()
    brought(shop, folder)
    cancel(shop)
    file = brought(shop, folder)
    assert (counts(file), file.problems) == ((0, 0, 1, 0), [])
    assert order(shop).status == "CANCELLED"


def test_there_is_no_conflict_where_the_platform_followed(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order(status="UNPAID", is_cod=False)]))
    cancel(shop)
    file = brought(shop, as_file(tmp_path, [later(status="CANCELLED")]))
    assert (counts(file), file.problems) == ((0, 0, 1, 0), [])
    assert order(shop).cancel_reason == "BU_MISTAKE"


def test_a_dry_run_tells_the_same_and_writes_nothing(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order()]))
    before = everything(shop)
    paths = [
        as_file(tmp_path, [later(status="DELIVERED"), tiktok_order(2)], "later.json"),
        as_file(tmp_path, [tiktok_order(2), "nothing"], "again.json"),
    ]
    tried = take_in(shop, paths, dry_run=True).as_json()
    assert everything(shop) == before
    assert tried == take_in(shop, paths).as_json() | {"dry_run": True}
    assert [(file["new"], file["changed"], file["same"]) for file in tried["files"]] == [(1, 1, 0), (0, 0, 1)]


def test_a_line_that_vanished_is_gone_and_a_new_one_is_there(sqlite_shop: Shop, tmp_path: Path) -> None:
    brought(sqlite_shop, as_file(tmp_path, [tiktok_order(lines=[tiktok_line(1), tiktok_line(2)])]))
    other = tiktok_line(3, sku_id="1729000000000000999", sku_name="Xanh")
    brought(sqlite_shop, as_file(tmp_path, [later(lines=[tiktok_line(2), other])]))
    assert [line.variant for line in lines(sqlite_shop)] == ["Đỏ, L", "Xanh"]
    assert order(sqlite_shop).line_count == 2


@pytest.fixture
def beside(postgres_url: str, clock: Clock) -> Iterator[tuple[Shop, Shop]]:
    """Two programs on one server."""
    with closing(open_shop(postgres_url, clock)) as one, closing(open_shop(postgres_url, clock)) as other:
        yield one, other


def meanwhile(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Let `do` happen between an import's look at the orders and its writing of them."""
    look = plan.known_orders

    def looked(*arguments: Any) -> Any:
        known = look(*arguments)
        do()
        return known

    monkeypatch.setattr("app.shop.files.bring_in.known_orders", looked)


def test_a_file_is_written_anew_where_somebody_was_faster(
    beside: tuple[Shop, Shop], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, other = beside
    brought(shop, as_file(tmp_path, [tiktok_order(status="UNPAID", is_cod=False)]))
    meanwhile(monkeypatch, lambda: cancel(other))
    file = brought(shop, as_file(tmp_path, [later(status="DELIVERED"), tiktok_order(2)]))
    assert (counts(file), [problem.code for problem in file.problems]) == ((1, 0, 1, 0), ["changed_here"])
    assert [one.status for one in orders(shop)] == ["CANCELLED", "AWAITING_SHIPMENT"]


def test_a_file_that_never_gets_its_turn_is_given_up_whole(
    beside: tuple[Shop, Shop], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, other = beside
    brought(shop, as_file(tmp_path, [tiktok_order()]))
    each = ("AWAITING_COLLECTION", "PARTIALLY_SHIPPING", "IN_TRANSIT", "DELIVERED", "COMPLETED")
    assert len(each) == ATTEMPTS
    states = iter(enumerate(each, CREATED + 200))

    def move_on() -> None:
        monkeypatch.undo()
        at, state = next(states)
        brought(other, as_file(tmp_path, [tiktok_order(status=state, update_time=at)], "other"))
        meanwhile(monkeypatch, move_on)

    meanwhile(monkeypatch, move_on)
    made = as_file(tmp_path, [tiktok_order(2), later(status="CANCELLED")])
    with pytest.raises(Changed):
        take_in(shop, [made])
    assert [one.status for one in orders(shop)] == ["COMPLETED"]
