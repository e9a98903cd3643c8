"""What goes out as lines of JSON comes in as the same orders, with all that happened to them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.cancel import cancel_order
from app.shop.check import check
from app.shop.demo import fill
from app.shop.files.take_in import take_in
from app.shop.shop import Actor, Shop
from tests.conftest import Clock
from tests.export.conftest import Written
from tests.export.content import content
from tests.files import made_retail
from tests.files.made import (
    Olist,
    as_file,
    brought,
    counts,
    handles,
    order,
    orders,
    stored,
    tiktok_order,
    v1_answer,
    v1_order,
)
from tests.files.seller import as_csv, sku_row
from tests.people import stock

Another = Callable[[], Shop]


def of_every_kind(shop: Shop, folder: Path, demo: int = 150) -> None:
    """Orders of our own in every state, and of every platform, some of them touched here."""
    fill(shop, orders=demo, seed=5)
    olist = Olist(folder / "olist")
    olist.simple(1, "canceled")
    both = olist.order(2)
    olist.item(both, 1)
    olist.item(both, 2, n=2)
    olist.payment(both, "220.00")
    take_in(shop, [olist.write()], personal=True)
    odd = tiktok_order(2, status="CANCELLED", cancel_reason="Bosan", cancellation_initiator="SYSTEM")
    unpaid = tiktok_order(3, status="UNPAID", is_cod=False, buyer_message="Ring twice 🔔")
    take_in(shop, [as_file(folder, [tiktok_order(), odd, unpaid])], personal=True)
    take_in(shop, [as_file(folder, v1_answer(v1_order()), "v1.json")])
    rows = [sku_row(1), sku_row(2, cells={"Creator Handle": "@kreator", "Variation": "=1+1"})]
    take_in(shop, [as_csv(folder / "seller.csv", rows)], personal=True)
    take_in(shop, [made_retail.write(folder, made_retail.invoices(6, each=4))])
    here = next(one for one in orders(shop) if one.source == "tiktok-api" and one.status == "UNPAID")
    cancel_order(shop, Actor(here.buyer_id), here.number, "BU_NOT_NEEDED", key="here")


def test_a_store_taken_into_an_empty_one_is_the_same_store(
    shop: Shop, another: Another, written: Written, tmp_path: Path
) -> None:
    of_every_kind(shop, tmp_path)
    path = written(shop, personal=True)
    there = another()
    file = brought(there, path, personal=True)
    assert (file.kind, counts(file)) == ("takeback-export", (len(orders(shop)), 0, 0, 0))
    assert content(there) == content(shop)
    assert check(there).violations == check(shop).violations == ()
    again = written(there, name="again", personal=True)
    assert again.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
    for store in (there, shop):
        assert counts(brought(store, path, personal=True)) == (0, 0, len(orders(shop)), 0)
    third = another()
    take_in(third, [again], personal=True)
    assert content(third) == content(shop)


def test_nobody_is_named_unless_that_is_asked_for(
    sqlite_shop: Shop, another: Another, written: Written, tmp_path: Path
) -> None:
    of_every_kind(sqlite_shop, tmp_path, 20)
    told = [json.loads(line) for line in written(sqlite_shop).read_text(encoding="utf-8").splitlines()]
    assert not any("address" in one or "name" in one["buyer"] for one in told)
    assert "Ring twice" not in written(sqlite_shop).read_text(encoding="utf-8")
    there = another()
    take_in(there, [written(sqlite_shop, personal=True)])
    bare = written(sqlite_shop).read_text(encoding="utf-8")
    for personal in (False, True):
        assert written(there, name="again", personal=personal).read_text(encoding="utf-8") == bare


def test_a_later_export_brings_up_to_date_and_an_earlier_one_changes_nothing(
    shop: Shop, another: Another, written: Written, clock: Clock, tmp_path: Path
) -> None:
    take_in(shop, [as_file(tmp_path, [tiktok_order(status="UNPAID", is_cod=False)])])
    early = written(shop, name="early")
    there = another()
    take_in(there, [early])
    clock.move(minutes=5)
    one = order(shop)
    cancel_order(shop, Actor(one.buyer_id), one.number, "BU_MISTAKE", key="k")
    assert counts(brought(there, written(shop))) == (0, 1, 0, 0)
    assert content(there) == content(shop)
    file = brought(there, early)
    assert (counts(file), [note.code for note in file.notes]) == ((0, 0, 1, 0), ["newer_here"])
    assert content(there) == content(shop)


def test_what_was_done_to_an_order_in_both_stores_is_left_to_people(
    shop: Shop, another: Another, written: Written, clock: Clock, tmp_path: Path
) -> None:
    take_in(shop, [as_file(tmp_path, [tiktok_order(status="UNPAID", is_cod=False)])])
    there = another()
    take_in(there, [written(shop)])
    one, other = order(shop), order(there)
    cancel_order(there, Actor(other.buyer_id), other.number, "BU_MISTAKE", key="k")
    before = content(there)
    clock.move(minutes=5)
    take_in(
        shop,
        [as_file(tmp_path, [tiktok_order(status="IN_TRANSIT", is_cod=False, update_time=1_750_000_900)])],
    )
    file = brought(there, written(shop))
    assert (counts(file), file.flags["changed_here"]) == ((0, 0, 1, 0), 1)
    assert content(there) == before
    assert one.number == other.number


def test_an_order_made_here_is_changed_by_no_file(shop: Shop, written: Written) -> None:
    fill(shop, orders=20, seed=2)
    lines = [json.loads(line) for line in written(shop).read_text(encoding="utf-8").splitlines()]
    told = next(one for one in lines if one["status"] == "UNPAID")
    told["events"].append(
        told["events"][-1]
        | {"n": len(told["events"]), "status_from": "UNPAID", "status_to": "CANCELLED", "action": "expire"}
    )
    told["status"] = "CANCELLED"
    path = written(shop)
    path.write_text(json.dumps(told), encoding="utf-8")
    before = content(shop)
    assert brought(shop, path).flags["changed_here"] == 1
    assert content(shop) == before


def test_a_number_and_a_handle_that_are_taken_give_way(
    another: Another, written: Written, tmp_path: Path
) -> None:
    here, there = another(), another()
    take_in(here, [as_file(tmp_path, [tiktok_order()])], shop_handle="mai")
    stock(there)  # where mai is a person
    path = written(here)
    assert counts(brought(there, path)) == (1, 0, 0, 0)
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(told | {"outside_number": "58000000000000009999"}), encoding="utf-8")
    for counted in ((1, 0, 0, 0), (0, 0, 1, 0)):
        assert counts(brought(there, path)) == counted
    first, second = orders(there)
    assert (first.number, second.number) == (order(here).number, order(here).number + 1)
    assert {handles(there, t.Shop)[one.shop_id] for one in (first, second)} == {"mai-2"}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("takeback", 2, "lines_newer"),
        ("number", "1.7e17", "id_not_exact"),
        ("number", "123", "id_not_usable"),
        ("status", "LOST", "word_not_known"),
        ("status", ["UNPAID"], "word_not_known"),
        ("status", "CANCELLED", "past_broken"),
        ("total_minor", 1, "money_disagrees"),
        ("total_minor", "1", "amount_not_usable"),
        ("total_minor", None, "value_missing"),
        ("created_at", "yesterday", "time_not_usable"),
        ("created_at", "2025-06-15T15:06:41", "time_not_usable"),
        ("events", [], "past_broken"),
        ("events", {}, "not_an_object"),
        ("events", [1], "not_an_object"),
        ("buyer", None, "id_missing"),
        ("buyer", {"handle": "not a handle"}, "id_not_usable"),
        ("currency", "dong", "currency_not_usable"),
        ("lines", [{"n": 1}], "value_missing"),
        ("refunds", [{"n": 1}], "value_missing"),
    ],
)
def test_a_line_that_cannot_be_is_told_of_and_the_others_come_in(
    another: Another, written: Written, tmp_path: Path, name: str, value: Any, why: str
) -> None:
    here, there = another(), another()
    take_in(here, [as_file(tmp_path, [tiktok_order(1), tiktok_order(2)])])
    path = written(here)
    first, second = path.read_text(encoding="utf-8").splitlines()
    broken = json.loads(first) | {name: value}
    path.write_text(f"{json.dumps(broken)}\n\n{second}\n", encoding="utf-8")
    file = brought(there, path)
    assert (counts(file), [(one.code, one.row) for one in file.problems]) == ((1, 0, 0, 1), [(why, 1)])


def test_an_order_told_twice_under_two_numbers_comes_in_once(
    another: Another, written: Written, tmp_path: Path
) -> None:
    here, there = another(), another()
    take_in(here, [as_file(tmp_path, [tiktok_order()])])
    path = written(here)
    told = json.loads(path.read_text(encoding="utf-8"))
    other = told | {"number": str(int(told["number"]) + 1)}
    path.write_text("\n".join(map(json.dumps, (told, other))), encoding="utf-8")
    for counted in ((1, 0, 1, 0), (0, 0, 2, 0)):
        file = brought(there, path)
        assert (counts(file), file.flags["changed_here"]) == (counted, 1)
    assert content(there) == content(here)


def test_a_clock_there_is_not_is_taken_for_the_worlds(
    another: Another, written: Written, tmp_path: Path
) -> None:
    here, there = another(), another()
    take_in(here, [as_file(tmp_path, [tiktok_order()])])
    path = written(here)
    told = json.loads(path.read_text(encoding="utf-8"))
    told["buyer"]["zone"], told["shop"]["zone"] = "Mars/Base", "../../etc"
    path.write_text(json.dumps(told), encoding="utf-8")
    take_in(there, [path])
    assert {one.time_zone for one in (*stored(there, t.Person), *stored(there, t.Shop))} == {"UTC"}


@pytest.mark.parametrize(
    "line", ["{", '{"takeback": NaN}', "[" * 100_000, '{"takeback":1,"number":"\\ud800"}', "nope"]
)
def test_a_line_that_is_no_order_is_told_of(
    another: Another, written: Written, tmp_path: Path, line: str
) -> None:
    here, there = another(), another()
    take_in(here, [as_file(tmp_path, [tiktok_order()])])
    path = written(here)
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    assert counts(brought(there, path)) == (1, 0, 0, 1)


@pytest.mark.parametrize(
    "facts",
    [
        [],
        {"note": "\ud800"},
        {"replaces": "x"},
        {"replaced_by": 5},
        {"fault": "mine"},
        {"released": 1},
        {"released": [{"kind": "STOCK"}]},
        {"released": [{"kind": "VOUCHER", "amount": 1, "voucher": 5}]},
        {"long": "x" * 30_000},
    ],
)
def test_facts_that_nothing_here_could_read_are_refused(
    another: Another, written: Written, tmp_path: Path, facts: Any
) -> None:
    here, there = another(), another()
    take_in(here, [as_file(tmp_path, [tiktok_order()])])
    path = written(here)
    told = json.loads(path.read_text(encoding="utf-8"))
    told["events"][0]["facts"] = facts
    path.write_text(json.dumps(told), encoding="utf-8")
    assert counts(brought(there, path)) == (0, 0, 0, 1)


def test_the_orders_of_a_file_go_to_the_shop_that_is_named(
    another: Another, written: Written, tmp_path: Path
) -> None:
    here, there = another(), another()
    take_in(here, [as_file(tmp_path, [tiktok_order()])])
    assert counts(brought(there, written(here), shop_handle="all.mine")) == (1, 0, 0, 0)
    assert [row[5] for row in content(there)["orders"]] == ["all.mine"]
    assert counts(brought(there, written(here), shop_handle="all.mine")) == (0, 0, 1, 0)
