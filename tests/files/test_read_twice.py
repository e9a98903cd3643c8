"""Files of which no single row tells how they are written are read twice, by and by both times."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from app.shop.files.gathered import gathered
from app.shop.files.recognise import recognise
from app.shop.files.report import FileReport
from app.shop.files.source import Source
from tests.files import made_shopee, made_shopify
from tests.files.made import Olist
from tests.files.seller import as_book, as_csv, sku_row

MANY = 1_200
"""Rows of which reading tells more than once."""


def seller_rows() -> list[dict[str, str]]:
    return [sku_row(n, cells={"Created Time": "13/06/2026 22:05:43"}) for n in range(MANY)]


def seller_csv(folder: Path) -> Path:
    return as_csv(folder / "seller.csv", seller_rows())


def seller_book(folder: Path) -> Path:
    return as_book(folder / "seller.xlsx", seller_rows())


def shopee(folder: Path) -> Path:
    rows = [made_shopee.row(n, cells={"Order Creation Date": "2024-12-12 00:01"}) for n in range(MANY)]
    return made_shopee.in_english(folder / "shopee.csv", rows)


def shopify(folder: Path) -> Path:
    orders = [made_shopify.order(n, Created_at="2024-03-05 10:00:00 -0500") for n in range(MANY)]
    return made_shopify.write(folder, [row for rows in orders for row in rows])


def olist(folder: Path) -> Path:
    made = Olist(folder / "olist")
    for n in range(MANY):
        made.order(n)
    return made.write("orders")


@pytest.mark.parametrize("file", [seller_csv, seller_book, shopee, shopify, olist])
def test_both_readings_tell_how_far_they_are_and_orders_come_while_the_second_goes_on(
    tmp_path: Path, file: Callable[[Path], Path]
) -> None:
    path = file(tmp_path)
    told: list[int] = []
    source = Source(path, FileReport(path.name), told.append)
    kind = recognise(source)
    assert kind is not None
    size = sum(one.stat().st_size for one in (path.iterdir() if path.is_dir() else [path]))
    found = kind.read(source, True)
    next(found)
    assert (len(told) > 1, size * 0.4 < sum(told) < size * 0.9) == (True, True)
    assert (1 + sum(1 for _ in found), sum(told)) == (MANY, size)


@pytest.mark.parametrize("file", [seller_csv, seller_book, shopee, shopify, olist])
def test_the_first_reading_can_be_stopped(tmp_path: Path, file: Callable[[Path], Path]) -> None:
    class Stopped(Exception):
        pass

    def stop(_: int) -> None:
        raise Stopped

    path = file(tmp_path)
    source = Source(path, FileReport(path.name), stop)
    kind = recognise(source)
    assert kind is not None
    with pytest.raises(Stopped):
        next(kind.read(source, True))
    assert source.report.read == 0


def test_rows_of_a_file_that_changed_between_the_readings_are_not_lost() -> None:
    rows = [(n, {"order": key}) for n, key in enumerate("abab", 2)]
    found = gathered(rows, lambda one: one[1]["order"], Counter("aab" + "bb"))
    assert [[n for n, _ in several] for several in found] == [[2, 4], [3, 5]]
