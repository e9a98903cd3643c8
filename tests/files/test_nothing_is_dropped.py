"""No row of a file is left out in silence, whatever a spreadsheet or a person did to the file."""

import gzip
import json
from pathlib import Path
from time import monotonic

import pytest

from app.shop import tables as t
from app.shop.files import source
from app.shop.files.report import FileReport
from app.shop.files.rows_once import once
from app.shop.files.take_in import take_in
from app.shop.shop import Shop
from tests.files.books import book, sheet
from tests.files.made import Olist, as_file, brought, counts, handles, lines, order, orders, tiktok_order
from tests.files.made_tiktok_account import NUMBER, bought, export
from tests.files.seller import DESCRIPTIONS, ID_COLUMNS, as_csv, sku_row
from tests.files.test_tiktok_seller import KNOWN


def codes(file: FileReport) -> list[str]:
    return [problem.code for problem in file.problems]


def test_a_file_of_which_no_row_can_be_used_tells_each(sqlite_shop: Shop, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "all.csv", [sku_row(1), sku_row(2)])
    head, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([f"{head},Note", *rows]), "utf-8")
    file = brought(sqlite_shop, path)
    assert [(problem.code, problem.row) for problem in file.problems] == [
        ("cells_missing", 2),
        ("cells_missing", 3),
    ]


def test_a_first_row_with_a_damaged_id_is_no_description(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(
        sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, {"Order ID": "#REF!"}), sku_row(2)])
    )
    assert (counts(file), codes(file)) == ((1, 0, 0, 1), ["id_not_usable"])
    described = as_csv(tmp_path / "described.csv", [dict(DESCRIPTIONS), sku_row(3)])
    assert counts(brought(sqlite_shop, described)) == (1, 0, 0, 0)


def test_two_exports_in_one_file_are_one_row_in_its_latest_state(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [sku_row(1, 1, KNOWN), sku_row(1, 2), sku_row(1, 1)]
    file = brought(sqlite_shop, as_csv(tmp_path / "both.csv", rows))
    assert (counts(file), [line.status for line in lines(sqlite_shop)]) == ((1, 0, 0, 1), ["CANCELLED", None])
    assert [(problem.code, problem.row) for problem in file.problems] == [("row_twice", 4)]


def test_rows_of_one_sku_with_other_pieces_are_lines_of_their_own(sqlite_shop: Shop, tmp_path: Path) -> None:
    part = {"Quantity": "1", "SKU Subtotal After Discount": "50000"}
    brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(), sku_row(1, 1, part)]))
    assert [line.quantity for line in lines(sqlite_shop)] == [2, 1]


def test_very_many_rows_of_one_order_are_compared_in_time() -> None:
    rows = [(n, sku_row(1, n)) for n in range(20_000)]
    began, again = monotonic(), [(n + 20_000, row) for n, row in rows[:3]]
    kept, twice = once([*rows, *again], "SKU ID", ("SKU ID", "Quantity"), len)
    assert (len(kept), len(twice), monotonic() - began < 5) == (20_000, 3, True)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_quotation_mark_that_nothing_closes_does_not_hide_rows(
    sqlite_shop: Shop, tmp_path: Path, delimiter: str
) -> None:
    rows = [sku_row(n, 1, {"Variation": "Merah"}) for n in range(1, 6)]
    path = as_csv(tmp_path / "all.csv", rows, delimiter=delimiter)
    text = path.read_text("utf-8-sig")
    # Two titles begin with an inch mark: between them the rest of one row, two rows and a part of one.
    for n in (2, 4):
        at = text.index("Kaos", text.index(f"5838709000000000{n:02d}"))
        text = f'{text[:at]}"{text[at:]}'
    path.write_text(text, "utf-8", newline="")
    file = brought(sqlite_shop, path)
    assert [(problem.code, problem.row, problem.value) for problem in file.problems] == [
        ("rows_within", 3, "2")
    ]
    assert (counts(file), len(orders(sqlite_shop))) == ((2, 0, 0, 1), 2)


def test_a_quotation_mark_at_the_end_does_not_hide_rows(sqlite_shop: Shop, tmp_path: Path) -> None:
    columns = (*(name for name in ID_COLUMNS if name != "Buyer Message"), "Buyer Message")
    path = as_csv(
        tmp_path / "all.csv", [sku_row(n, 1, {"Variation": "Merah"}) for n in (1, 2, 3)], columns=columns
    )
    head, first, *others = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([head, f'{first}"', *others]), "utf-8")
    assert codes(brought(sqlite_shop, path)) == ["rows_within"]


def test_a_long_message_of_several_lines_is_kept(sqlite_shop: Shop, tmp_path: Path) -> None:
    message = "please, " * 30 + "\n" + "really, " * 30
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, {"Buyer Message": message})]))
    assert (counts(file), file.problems) == ((1, 0, 0, 0), [])


@pytest.mark.parametrize("beside", [("",), ("", ""), ("", "", "")])
def test_empty_columns_beside_a_table_are_no_columns(
    sqlite_shop: Shop, tmp_path: Path, beside: tuple[str, ...]
) -> None:
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row()], columns=(*ID_COLUMNS, *beside)))
    assert (file.kind, counts(file), file.problems) == ("tiktok-seller", (1, 0, 0, 0), [])


def test_a_column_that_stands_twice_is_told_and_the_first_read(sqlite_shop: Shop, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "all.csv", [sku_row()])
    head, row = path.read_text("utf-8-sig").splitlines()
    path.write_text(f"{head},Order Status\n{row},Selesai\n", "utf-8")
    file = brought(sqlite_shop, path)
    assert order(sqlite_shop).status == "AWAITING_SHIPMENT"
    assert ("column_twice", "order status") in [(note.code, note.value) for note in file.notes]


def test_an_order_that_stands_twice_in_a_json_object_is_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    told = json.dumps(export({NUMBER: bought()}))
    again = json.dumps(bought(order_status="Canceled"))
    file = brought(
        sqlite_shop, as_file(tmp_path, told.replace(f'"{NUMBER}":', f'"{NUMBER}": {again}, "{NUMBER}":'))
    )
    assert counts(file) == (1, 0, 0, 0)
    assert ("name_twice", NUMBER) in [(note.code, note.value) for note in file.notes]


@pytest.mark.parametrize("packed", [False, True])
def test_json_that_would_take_too_much_memory_is_refused(
    sqlite_shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(source, "LARGEST_JSON", 4_000)
    content = json.dumps([tiktok_order(n) for n in range(1, 9)]).encode()
    path = as_file(tmp_path, gzip.compress(content) if packed else content)
    assert codes(brought(sqlite_shop, path)) == ["json_too_large"]
    assert counts(brought(sqlite_shop, as_file(tmp_path, [tiktok_order()]))) == (1, 0, 0, 0)


@pytest.mark.parametrize("title", ["'Tis the season", "'90s Tee", "Kids' cap", "'s Morgens"])
def test_an_apostrophe_before_a_word_is_part_of_it(sqlite_shop: Shop, tmp_path: Path, title: str) -> None:
    brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, {"Product Name": title})]))
    assert lines(sqlite_shop)[0].title == title


@pytest.mark.parametrize(
    ("written", "title"),
    [("'=1+1", "=1+1"), ("'-5 %", "-5 %"), ("'@home", "@home"), ("'007", "007"), ("''x", "'x")],
)
def test_an_apostrophe_that_keeps_text_from_a_spreadsheet_is_not(
    sqlite_shop: Shop, tmp_path: Path, written: str, title: str
) -> None:
    brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, {"Product Name": written})]))
    assert lines(sqlite_shop)[0].title == title


def test_what_lies_beside_tables_that_belong_together_is_read_too(sqlite_shop: Shop, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "downloads")
    olist.simple(1)
    as_csv(olist.write() / "all.csv", [sku_row()])
    (olist.folder / "category_translation.csv").write_text(
        "product_category_name,product_category_name_english\ncama_mesa,bed_table\n"
    )
    (olist.folder / "notes.txt").write_text("Dear shop")
    report = take_in(sqlite_shop, [olist.folder])
    assert [(Path(file.file).name, file.kind, file.new) for file in report.files] == [
        ("all.csv", "tiktok-seller", 1),
        ("notes.txt", None, 0),
        ("downloads", "olist", 1),
    ]


def test_a_second_sheet_with_the_same_columns_is_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    months = [[list(ID_COLUMNS), [sku_row(n).get(name, "") for name in ID_COLUMNS]] for n in (1, 2)]
    parts = {f"worksheets/sheet{n}.xml": sheet(rows) for n, rows in enumerate(months, 1)}
    file = brought(sqlite_shop, book(tmp_path / "months.xlsx", parts))
    assert (counts(file), codes(file)) == ((1, 0, 0, 1), ["sheets_beside"])
    assert order(sqlite_shop).outside_number == "583870900000000001"


def test_buyers_whose_ids_end_alike_get_handles_in_time(sqlite_shop: Shop, tmp_path: Path) -> None:
    made = [tiktok_order(1, id=f"58{n:016d}", user_id=f"{n:03d}{'0' * 50}") for n in range(100)]
    assert counts(brought(sqlite_shop, as_file(tmp_path, made))) == (100, 0, 0, 0)
    found = list(handles(sqlite_shop, t.Person).values())
    assert len(set(found)) == 100
    assert sum(len(handle.rpartition("-")[2]) < 6 for handle in found) < 10
