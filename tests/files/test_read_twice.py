"""Files of which no single row tells how they are written are read twice, by and by both times."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.shop.files.aside import Places
from app.shop.files.gathered import gathered
from app.shop.files.outside import OutsideOrder
from app.shop.files.recognise import recognise
from app.shop.files.report import FileReport
from app.shop.files.source import Choices, Source
from tests.files import made_shopee, made_shopify
from tests.files.made import Olist
from tests.files.seller import as_book, as_csv, sku_row

MANY = 1_200
"""Rows of which reading tells more than once."""


@dataclass(frozen=True)
class Size:
    """So many orders of a row each, or of two, of which the second stands behind the first ones of all."""

    orders: int
    apart: bool = False

    def rows(self, each: Callable[[int, int], list[dict[str, str]]]) -> list[dict[str, str]]:
        """Rows, made by the number of an order and of an item."""
        items = (1, 2) if self.apart else (1,)
        return [row for item in items for n in range(self.orders) for row in each(n, item)]


def seller_rows(size: Size) -> list[dict[str, str]]:
    at = {"Created Time": "13/06/2026 22:05:43"}
    return size.rows(lambda n, item: [sku_row(n, item, at)])


def seller_csv(folder: Path, size: Size) -> Path:
    return as_csv(folder / "seller.csv", seller_rows(size))


def seller_book(folder: Path, size: Size) -> Path:
    return as_book(folder / "seller.xlsx", seller_rows(size))


def shopee(folder: Path, size: Size) -> Path:
    def each(n: int, item: int) -> list[dict[str, str]]:
        return [
            made_shopee.row(n, cells={"Order Creation Date": "2024-12-12 00:01", "Product Name": f"{item}"})
        ]

    return made_shopee.in_english(folder / "shopee.csv", size.rows(each))


def shopify(folder: Path, size: Size) -> Path:
    def each(n: int, item: int) -> list[dict[str, str]]:
        made = made_shopify.order(n, [made_shopify.item()] * 2, Created_at="2024-03-05 10:00:00 -0500")
        return made[item - 1 : item]

    return made_shopify.write(folder, size.rows(each))


def olist(folder: Path, size: Size) -> Path:
    made = Olist(folder / "olist")
    for n in range(size.orders):
        made.order(n)
    return made.write("orders")


Make = Callable[[Path, Size], Path]
ROWS: tuple[Make, ...] = (seller_csv, seller_book, shopee, shopify)


@pytest.mark.parametrize("file", [*ROWS, olist])
def test_both_readings_tell_how_far_they_are_and_orders_come_while_the_second_goes_on(
    tmp_path: Path, file: Make
) -> None:
    path = file(tmp_path, Size(MANY))
    told: list[int] = []
    source = Source(path, FileReport(path.name), told.append)
    kind = recognise(source)
    assert kind is not None
    size = sum(one.stat().st_size for one in (path.iterdir() if path.is_dir() else [path]))
    found = kind.read(source, True)
    next(found)
    assert (len(told) > 1, size * 0.4 < sum(told) < size * 0.9) == (True, True)
    assert (1 + sum(1 for _ in found), sum(told)) == (MANY, size)


@pytest.mark.parametrize("file", [*ROWS, olist])
def test_the_first_reading_can_be_stopped(tmp_path: Path, file: Make) -> None:
    class Stopped(Exception):
        pass

    def stop(_: int) -> None:
        raise Stopped

    path = file(tmp_path, Size(MANY))
    source = Source(path, FileReport(path.name), stop)
    kind = recognise(source)
    assert kind is not None
    with pytest.raises(Stopped):
        next(kind.read(source, True))
    assert source.report.read == 0


def orders_of(path: Path) -> Iterator[OutsideOrder]:
    source = Source(path, FileReport(path.name), choices=Choices(currency="IDR"))
    kind = recognise(source)
    assert kind is not None
    return kind.read(source, True)


@pytest.mark.parametrize("file", ROWS)
def test_rows_that_stand_apart_are_of_one_order(tmp_path: Path, file: Make) -> None:
    found = [len(order.lines) for order in orders_of(file(tmp_path, Size(50, apart=True)))]
    assert found == [2] * 50


@pytest.mark.parametrize("file", ROWS)
def test_reading_takes_the_same_memory_whatever_the_size(tmp_path: Path, file: Make, full: bool) -> None:
    most = []
    for orders in (150, 6_000 if full else 450):
        path = file(tmp_path, Size(orders, apart=True))
        tracemalloc.start()
        assert sum(1 for _ in orders_of(path)) == orders
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert most[1] < most[0] * 1.25


def test_rows_of_a_file_that_changed_between_the_readings_are_not_lost() -> None:
    rows = [(n, {"order": key}) for n, key in enumerate("abab", 2)]
    with Places("aab") as places:
        found = gathered(rows, lambda one: one[1]["order"], places, lambda _: None)
        assert [[n for n, _ in several] for several in found] == [[2], [3], [4], [5]]
