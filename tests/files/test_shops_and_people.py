"""Whose the orders of a file are: shops that are chosen, shops of the file, and what is kept of people."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import col

from app.shop import tables as t
from app.shop.check import check
from app.shop.files.take_in import take_in
from app.shop.pseudonym import digest
from app.shop.reads.feed import feed
from app.shop.rules.errors import Invalid
from app.shop.shop import SYSTEM, Shop
from app.shop.store import open_shop
from tests.conftest import Clock
from tests.files import made_shopify
from tests.files.made import (
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
    stored,
    tiktok_order,
    v1_answer,
    v1_order,
)
from tests.people import Stocked


def shops_of_orders(shop: Shop) -> list[str]:
    """The handle of each order's shop."""
    return [handles(shop, t.Shop)[found.shop_id] for found in orders(shop)]


def three_sellers(folder: Path) -> Path:
    """An Olist folder with one order from three sellers."""
    olist = Olist(folder)
    number = olist.order(1)
    for seller in (1, 2, 3):
        olist.item(number, seller, price="5.00", freight="1.00", n=seller)
    olist.payment(number, "18.00")
    return olist.write()


def test_all_orders_of_the_files_go_to_the_shop_that_was_chosen(shop: Shop, tmp_path: Path) -> None:
    paths = [as_file(tmp_path, [tiktok_order()]), three_sellers(tmp_path / "olist")]
    report = take_in(shop, paths, shop_handle="linen-lab")
    assert (report.as_json()["orders"], report.as_json()["lines"]) == (2, 4)
    assert shops_of_orders(shop) == ["linen-lab", "linen-lab"]
    assert handles(shop, t.Shop).keys() == {line_shop(shop, line) for line in lines(shop)}
    assert [paid.amount_minor for paid in payments(shop)] == [1_800, 105_000]


def line_shop(shop: Shop, line: t.Line) -> int:
    """The shop of a line's product."""
    products = {product.id: product.shop_id for product in stored(shop, t.Product)}
    found: int = products[line.product_id]
    return found


def test_the_products_of_a_file_are_found_by_their_words(shop: Shop, tmp_path: Path) -> None:
    for _ in range(2):
        take_in(shop, [as_file(tmp_path, [tiktok_order()]), three_sellers(tmp_path / "olist")])
    for product in stored(shop, t.Product):
        (found,) = (one for one in feed(shop, SYSTEM, product.title).products if one.id == product.id)
        assert (found.title, found.sold_out) == (product.title, True)
    assert check(shop).sound


def test_the_chosen_shop_may_be_one_that_is_here(stocked: Stocked, shop: Shop, tmp_path: Path) -> None:
    handle = handles(shop, t.Shop)[stocked.kopi_house]
    brought(shop, as_file(tmp_path, [tiktok_order()]), shop_handle=handle)
    assert order(shop).shop_id == stocked.kopi_house


def test_a_person_is_no_shop(stocked: Stocked, shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="handle_of_a_person"):
        brought(shop, as_file(tmp_path, [tiktok_order()]), shop_handle=handles(shop, t.Person)[stocked.mai])
    assert orders(shop) == []


@pytest.mark.parametrize("handle", ["", "a b", "a/b", "x" * 41, "-a", "tab\t", "né"])
def test_a_handle_is_plain(sqlite_shop: Shop, tmp_path: Path, handle: str) -> None:
    with pytest.raises(Invalid, match="handle_not_usable"):
        brought(sqlite_shop, as_file(tmp_path, [tiktok_order()]), shop_handle=handle)


def test_choosing_a_shop_later_moves_the_order_with_its_goods(shop: Shop, tmp_path: Path) -> None:
    path = as_file(tmp_path, v1_answer(v1_order()))
    brought(shop, path)
    number = order(shop).number
    assert counts(brought(shop, path, shop_handle="kopi")) == (0, 1, 0, 0)
    assert (order(shop).number, shops_of_orders(shop)) == (number, ["kopi"])
    assert {line_shop(shop, line) for line in lines(shop)} == {order(shop).shop_id}
    assert [one.shop_id for one in stored(shop, t.OutsideNumber)] == [order(shop).shop_id]
    assert counts(brought(shop, path, shop_handle="kopi")) == (0, 0, 1, 0)


def test_an_order_stays_in_its_chosen_shop_when_none_is_chosen_later(shop: Shop, tmp_path: Path) -> None:
    paths = [as_file(tmp_path, [tiktok_order()]), three_sellers(tmp_path / "olist")]
    take_in(shop, paths, shop_handle="kopi")
    report = take_in(shop, paths)
    assert [counts(file) for file in report.files] == [(0, 0, 1, 0), (0, 0, 1, 0)]
    assert shops_of_orders(shop) == ["kopi", "kopi"]
    assert len(lines(shop)) == 4


def test_news_reach_an_order_that_was_kept_whole(shop: Shop, tmp_path: Path) -> None:
    first = Olist(tmp_path / "first")
    number = first.order(1, "invoiced")
    for seller in (1, 2):
        first.item(number, seller, n=seller)
    brought(shop, first.write(), shop_handle="kopi")
    first.rows["orders"][0]["order_status"] = "delivered"
    assert counts(brought(shop, first.write())) == (0, 1, 0, 0)
    assert (order(shop).status, order(shop).line_count, shops_of_orders(shop)) == ("COMPLETED", 2, ["kopi"])
    assert len(stored(shop, t.Shop)) == 1


def test_an_order_of_several_shops_is_not_put_together_again(shop: Shop, tmp_path: Path) -> None:
    folder = three_sellers(tmp_path / "olist")
    brought(shop, folder)
    file = brought(shop, folder, shop_handle="kopi")
    assert counts(file) == (0, 0, 1, 0)
    assert "in_other_shop" in [note.code for note in file.notes]
    assert len(orders(shop)) == len(lines(shop)) == 3


def test_nothing_personal_is_kept_unless_asked_for(shop: Shop, tmp_path: Path) -> None:
    made = tiktok_order(buyer_nickname="mèo mướp", buyer_message="Giao buổi tối")
    brought(shop, as_file(tmp_path, [made, v1_order()]))
    brought(shop, three_sellers(tmp_path / "olist"))
    assert stored(shop, t.Address) == []
    assert {person.name for person in stored(shop, t.Person)} == {None}
    assert {event.note for event in events(shop)} == {None}


def test_personal_data_is_kept_where_asked_for(shop: Shop, tmp_path: Path) -> None:
    made = tiktok_order(buyer_nickname="mèo mướp", buyer_message="Giao buổi tối")
    brought(shop, as_file(tmp_path, [made, tiktok_order(2)]), personal=True)
    (person,), (address,) = stored(shop, t.Person), stored(shop, t.Address)
    assert (person.name, person.time_zone) == ("mèo mướp", "Asia/Ho_Chi_Minh")
    assert (address.person_id, address.recipient, address.phone) == (person.id, "L*** A**", "(+84)90*****12")
    assert (address.lines, address.region, address.country) == ("12 Ph**", "Tỉnh Mẫu", "VN")
    assert address.city == "Phường Mẫu, Quận Mẫu"
    assert {found.address_id for found in orders(shop)} == {address.id}
    assert "Giao buổi tối" in [event.note for event in events(shop)]


def test_personal_data_can_be_added_later(shop: Shop, tmp_path: Path) -> None:
    path = as_file(tmp_path, [tiktok_order()])
    brought(shop, path)
    assert counts(brought(shop, path, personal=True)) == (0, 1, 0, 0)
    assert stored(shop, t.Person)[0].name == "L*** A**"
    assert order(shop).address_id is not None
    assert counts(brought(shop, path, personal=True)) == (0, 0, 1, 0)


def test_a_buyer_named_by_what_is_personal_is_not_found_by_trying(
    url: str, clock: Clock, tmp_path: Path
) -> None:
    paths = [
        made_shopify.write(tmp_path, made_shopify.order(n, Email="mai@example.com"), name=f"{n}.csv")
        for n in (1, 2)
    ]
    tried = digest("shopify", "mai@example.com").text
    kept = []
    for store in (url, f"sqlite:///{tmp_path / 'other.db'}"):
        with closing(open_shop(store, clock)) as opened:
            for path in paths:
                brought(opened, path)
            assert len(orders(opened)) == len(paths)
            (person,) = stored(opened, t.Person)
            kept += [one.outside_id for one in stored(opened, t.OutsideId) if one.kind == "person"]
            assert person.handle == f"shopify-{kept[-1][-6:]}"
            assert check(opened).sound
    assert tried not in kept
    assert len(set(kept)) == len(kept) == 2


def test_people_keep_the_name_they_have(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order(buyer_nickname="first")]), personal=True)
    brought(shop, as_file(tmp_path, [tiktok_order(2, buyer_nickname="second")]), personal=True)
    assert [person.name for person in stored(shop, t.Person)] == ["first"]


def test_people_and_shops_live_on_the_clock_of_their_market(sqlite_shop: Shop, tmp_path: Path) -> None:
    brought(sqlite_shop, as_file(tmp_path, v1_answer(v1_order())))
    zones = [one.time_zone for table in (t.Person, t.Shop) for one in stored(sqlite_shop, table)]
    assert zones == ["Asia/Jakarta", "Asia/Jakarta"]


def test_a_taken_handle_gets_a_longer_tail(shop: Shop, tmp_path: Path) -> None:
    same_end = [f"74900000000{n}0445566" for n in (1, 2)]
    brought(shop, as_file(tmp_path, [tiktok_order(1, user_id=same_end[0])]))
    brought(shop, as_file(tmp_path, [tiktok_order(2, user_id=same_end[1], warehouse_id="445566")]))
    found = [*handles(shop, t.Person).values(), *handles(shop, t.Shop).values()]
    assert sorted(found) == ["tiktok-0445566", "tiktok-445566", "tiktok-445566-2", "tiktok-778899"]
    assert sorted(one.handle for one in stored(shop, t.Handle, col(t.Handle.handle))) == sorted(found)


def test_two_orders_of_one_moment_get_numbers_of_their_own(shop: Shop, tmp_path: Path) -> None:
    made = [tiktok_order(n % 100, id=f"58{n:016d}", create_time=1_750_000_000) for n in range(900)]
    assert counts(brought(shop, as_file(tmp_path, made))) == (900, 0, 0, 0)
    numbers = [found.number for found in orders(shop)]
    assert len(set(numbers)) == 900
    again = [found.number for found in orders(shop)]
    assert counts(brought(shop, as_file(tmp_path, made))) == (0, 0, 900, 0)
    assert numbers == again
