"""What an import tells: in JSON for programs, a line at a time for people, and how far it is."""

import time
from pathlib import Path
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.files import report
from app.shop.files.findings import WHY, Finding
from app.shop.files.outside import Fact
from app.shop.files.report import Report
from app.shop.files.source import Choices
from app.shop.files.take_in import take_in
from app.shop.rules.orders import Action
from app.shop.shop import Shop
from app.ui.texts.reports import finding_line, report_lines
from tests.files.made import Olist, as_file, brought, orders, stored, tiktok_order
from tests.files.seller import as_csv, sku_row


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


def test_totals_and_what_kind_of_run_it_was_stand_in_the_json(sqlite_shop: Shop, paths: list[Path]) -> None:
    told = take_in(sqlite_shop, paths, dry_run=True).as_json()
    counted = {"read": 4, "new": 3, "changed": 0, "same": 0, "skipped": 2, "flagged": 2}
    assert (told["totals"], told["dry_run"], told["stopped"]) == (counted, True, False)
    assert {"code": "no_time_zone", "value": "America/Sao_Paulo"}.items() <= told["files"][0]["notes"][
        0
    ].items()


def test_words_that_are_none_of_ours_are_listed_with_how_many_orders_have_them(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    gone = {"Order Status": "Dibatalkan", "Cancelled Time": "15/06/2026 10:00:00", "Cancel By": "Pembeli"}
    words = ("Berubah pikiran", "Berubah pikiran", "Salah pilih warna")
    cells = [sku_row(n, cells=gone | {"Cancel Reason": word}) for n, word in enumerate(words, 1)]
    report = take_in(sqlite_shop, [as_csv(tmp_path / "seller.csv", cells)])
    told = report.as_json()["files"][0]["unmapped"]
    assert [(one["code"], one["column"], one["value"], one["orders"]) for one in told] == [
        ("unknown_reason", "cancel reason", "Berubah pikiran", 2),
        ("unknown_reason", "cancel reason", "Salah pilih warna", 1),
    ]
    assert any(line.startswith("  2 × cancel reason “Berubah pikiran”: ") for line in report_lines(report))


def test_people_get_a_line_for_each_file_and_each_problem(sqlite_shop: Shop, paths: list[Path]) -> None:
    lines = list(report_lines(take_in(sqlite_shop, paths)))
    counts = "3 orders read, 2 new, 0 updated, 0 already here, 2 left out, 1 with a remark"
    assert lines[0] == f"{paths[0]}: Olist tables: {counts}"
    assert any(line.startswith("  “America/Sao_Paulo”: The times in this file") for line in lines)
    assert "  made_payments.csv · row 4 · payment_value “1.234,50”: This is not an amount." in lines
    assert any(line.startswith("  1 with a remark: A payment") for line in lines)
    assert lines[-2].startswith("  This is no order file that can be read here.")
    assert lines[-1].startswith("All files: 4 orders read, 3 new")


@pytest.mark.parametrize(
    ("language", "dry"),
    [("id", "Hanya diperiksa: tidak ada yang disimpan."), ("vi", "Chỉ kiểm tra: không ghi gì cả.")],
)
def test_a_shell_speaks_the_language_of_the_person(
    sqlite_shop: Shop, paths: list[Path], monkeypatch: pytest.MonkeyPatch, language: str, dry: str
) -> None:
    monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
    report = take_in(sqlite_shop, paths, dry_run=True)
    lines = list(report_lines(report, in_shell=True))
    assert lines[-1] == dry
    assert not any("left out" in line or "This is" in line for line in lines)
    assert report.as_json()["files"][2]["problems"][0]["why"].startswith("no kind of file that is known")


def test_what_is_stopped_within_a_file_leaves_that_out_and_what_came_in_stays(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    paths = [as_file(tmp_path, [tiktok_order(n)], f"{n}.json") for n in (1, 2, 3)]
    far: list[int] = []

    def half_way() -> bool:
        return bool(far) and 2 * far[-2] >= far[-1]

    def stopped(**options: Any) -> Report:
        far.clear()
        return take_in(sqlite_shop, paths, progress=lambda *told: far.extend(told), stop=half_way, **options)

    checked = stopped(dry_run=True)
    assert (checked.stopped, [file.new for file in checked.files], orders(sqlite_shop)) == (True, [1, 0], [])
    report = stopped()
    assert (report.stopped, [file.new for file in report.files]) == (True, [1, 0])
    assert [[note.code for note in file.notes] for file in report.files] == [[], ["stopped"]]
    assert len(orders(sqlite_shop)) == 1
    whole = take_in(sqlite_shop, paths, stop=lambda: False)
    assert (whole.stopped, [file.new for file in whole.files]) == (False, [0, 1, 1])


def test_a_shop_is_chosen_only_for_files_that_name_none(sqlite_shop: Shop, tmp_path: Path) -> None:
    paths = [as_csv(tmp_path / "seller.csv", [sku_row()]), as_file(tmp_path, [tiktok_order()])]
    report = take_in(sqlite_shop, paths, choices=Choices(shop="toko.baju"))
    assert [file.new for file in report.files] == [1, 1]
    assert not any(note.code == "shop_not_told" for file in report.files for note in file.notes)
    handles = [one.handle for one in stored(sqlite_shop, t.Shop)]
    assert (len(handles), "toko.baju" in handles) == (2, True)


def test_values_stay_on_one_short_line() -> None:
    line = finding_line(Finding("id_not_usable", "id", "a\n\x1b[2J" + "b" * 200, 7))
    assert line.startswith("row 7 · id “a [2Jbbb")
    assert line.isprintable()
    assert len(line) < 130


def test_more_problems_than_anybody_reads_are_counted(
    sqlite_shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = as_file(tmp_path, [1, 2, 3, tiktok_order(status="?")])
    all_of_them = len(brought(sqlite_shop, path, dry_run=True).problems)
    monkeypatch.setattr(report, "MOST", 2)
    file = brought(sqlite_shop, path)
    assert (file.skipped, [one.row for one in file.problems]) == (3, [1, 2])
    assert [(note.code, note.value) for note in file.notes] == [("more_found", str(all_of_them - 2))]


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
    told = take_in(sqlite_shop, [folder])
    assert time.perf_counter() - start < 5
    assert told.files[0].new == told.as_json()["orders"] == len(olist.rows["orders"])
