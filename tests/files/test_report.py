"""What an import tells: in JSON for programs, a line at a time for people, and how far it is."""

import time
from pathlib import Path

import pytest

from app.shop.files.findings import WHY, Finding
from app.shop.files.outside import Fact
from app.shop.files.take_in import take_in
from app.shop.rules.orders import Action
from app.shop.shop import Shop
from tests.files.made import Olist, as_file, tiktok_order


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """A folder of tables with two bad rows, a good file and one of no known kind."""
    olist = Olist(tmp_path / "olist")
    for n in (1, 2, 3):
        olist.simple(n)
    olist.rows["orders"][1]["order_purchase_timestamp"] = "soon"
    olist.rows["payments"][2]["payment_value"] = "1.234,50"
    return [olist.write(), as_file(tmp_path, [tiktok_order(status="?")]), as_file(tmp_path, "hello", "x.txt")]


def test_the_json_has_the_fields_programs_rely_on(sqlite_shop: Shop, paths: list[Path]) -> None:
    told = take_in(sqlite_shop, paths).as_json()
    assert (told["orders"], told["lines"]) == (3, 3)
    assert [file["file"] for file in told["files"]] == [str(path) for path in paths]
    assert [file["kind"] for file in told["files"]] == ["olist", "tiktok-api", None]
    words = ("read", "new", "changed", "same", "skipped", "flagged")
    counted = [[file[word] for word in words] for file in told["files"]]
    assert counted == [[3, 2, 0, 0, 2, 1], [1, 1, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]]
    first = told["files"][0]["problems"]
    assert [(one["file"], one["row"], one["column"], one["value"]) for one in first] == [
        ("made_orders.csv", 3, "order_purchase_timestamp", "soon"),
        ("made_payments.csv", 4, "payment_value", "1.234,50"),
    ]
    assert first[0]["why"] == "this is no time between 2000 and 2100"
    assert told["files"][2]["problems"][0].keys() == {"row", "column", "value", "why", "code"}


def test_people_get_a_line_for_each_file_and_each_problem(sqlite_shop: Shop, paths: list[Path]) -> None:
    lines = list(take_in(sqlite_shop, paths).lines())
    assert lines[0] == f"{paths[0]}: olist, 3 orders: 2 new, 0 changed, 0 same, 2 skipped, 1 flagged"
    assert any(line.endswith("read as local time of: America/Sao_Paulo") for line in lines)
    assert '  made_payments.csv, row 4, payment_value "1.234,50": this is no amount' in lines
    assert "  1 flagged: a payment of the order could not be used" in lines
    assert lines[-1].startswith("  no kind of file that is known; this reads TikTok Shop")


def test_values_stay_on_one_short_line() -> None:
    line = Finding("id_not_usable", "id", "a\n\x1b[2J" + "b" * 200, 7).line()
    assert line.startswith('row 7, id "a [2Jbbb')
    assert line.isprintable()
    assert len(line) < 130


def test_every_sentence_is_one(sqlite_shop: Shop) -> None:
    assert all(why.isprintable() and not why.endswith(".") for why in WHY.values())


def test_events_of_imports_are_told_from_those_of_people() -> None:
    assert not set(Fact) & {*Action, "place_order"}


def test_progress_goes_forward_to_the_end(sqlite_shop: Shop, paths: list[Path]) -> None:
    told: list[tuple[int, int]] = []
    take_in(sqlite_shop, paths, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0


def test_a_folder_of_thousands_comes_in_within_seconds(sqlite_shop: Shop, tmp_path: Path, full: bool) -> None:
    olist = Olist(tmp_path / "olist")
    for n in range(5_018 if full else 1_000):
        number = olist.simple(n, seller=n % 150)
        if n % 50 == 0:
            olist.item(number, seller=n % 150 + 1, n=2)
    folder = olist.write()
    start = time.perf_counter()
    report = take_in(sqlite_shop, [folder])
    assert time.perf_counter() - start < 5
    assert report.files[0].new == report.as_json()["orders"] == len(olist.rows["orders"])
