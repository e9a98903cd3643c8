"""What is wrong with a file is told in a line, nothing of it comes in by halves, and the rest does."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.shop.files.take_in import take_in
from app.shop.shop import Shop
from app.ui.texts.reports import report_lines
from tests.files.made import (
    Olist,
    as_file,
    brought,
    counts,
    lines,
    only,
    order,
    orders,
    tiktok_line,
    tiktok_order,
    v1_answer,
    v1_order,
)

WHOLE = json.dumps([tiktok_order(), tiktok_order(2)], ensure_ascii=False)
VND: dict[str, Any] = {"currency": "VND"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n\t", "file_empty"),
        (b"\0\0\0\0", "file_empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "not_text"),
        (b"PK\x03\x04\x14\0\0\0\x08\0xl/workbook.xml", "broken_archive"),
        (bytes(range(1, 256)) * 20, "unknown_kind"),
        (b"\xff\xd8\xff\xe1\xf3\xc2\x81" * 400, "unknown_kind"),
        ("Dear shop, please cancel my order", "unknown_kind"),
        ("a,b,c\n1,2,3\n", "unknown_kind"),
        ({"Shopping": {"Order History": {"OrderHistories": None}}}, "unknown_kind"),
        ({"data": None}, "unknown_kind"),
        ([{"id": 1, "line_items": [], "financial_status": "paid"}], "unknown_kind"),
        ([1, "two", None], "unknown_kind"),
        ("{}", "unknown_kind"),
        ("[" * 5_000, "broken_json"),
        (WHOLE[:-40], "broken_json"),
        (WHOLE[:40], "broken_json"),
        (WHOLE + "]", "broken_json"),
        ('[{"id": 1e9999999999999999999999}]', "broken_json"),
        ("[" + "9" * 5_000 + "]", "broken_json"),
        (WHOLE.encode("utf-16")[:-7], "broken_encoding"),
        (b"\xef\xbb\xbf[\xff\xff]", "broken_encoding"),
    ],
)
def test_a_file_that_is_none_is_told_in_one_line(
    sqlite_shop: Shop, tmp_path: Path, content: Any, code: str
) -> None:
    report = take_in(sqlite_shop, [as_file(tmp_path, content)])
    assert [problem.code for problem in only(report).problems] == [code]
    assert report.nothing_read
    assert orders(sqlite_shop) == []
    assert all("\n" not in line for line in report_lines(report))


def test_the_place_where_json_breaks_is_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    (problem,) = brought(sqlite_shop, as_file(tmp_path, "[\n  {]\n")).problems
    assert problem.column == "line 2, character 4"


def test_what_is_no_file_is_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / ".hidden").write_text("[]")
    paths = [tmp_path / "missing.json", tmp_path / "empty", tmp_path / "secret", Path("/dev/null")]
    report = take_in(sqlite_shop, [*paths, tmp_path / ("n" * 300)])
    assert [problem.code for problem in report.problems] == [
        "not_found",
        "folder_empty",
        "folder_empty",
        "not_a_file",
        "not_readable",
    ]
    assert report.nothing_read


def test_one_bad_file_does_not_stop_the_others(shop: Shop, tmp_path: Path) -> None:
    paths = [
        as_file(tmp_path, WHOLE[:-1], "cut.json"),
        as_file(tmp_path, [tiktok_order()], "good.json"),
        tmp_path / "missing.json",
    ]
    report = take_in(shop, paths)
    assert [counts(file) for file in report.files] == [(0, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0)]
    assert not report.nothing_read
    assert [file["kind"] for file in report.as_json()["files"]] == [None, "tiktok-api", None]


def test_each_file_of_a_folder_is_read(sqlite_shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    as_file(folder, [tiktok_order()], "1.json")
    as_file(folder, "notes", "2.txt")
    as_file(folder, v1_answer(v1_order()), "3.json")
    report = take_in(sqlite_shop, [folder])
    assert [file.kind for file in report.files] == ["tiktok-api", None, "tiktok-api-v1"]
    assert len(orders(sqlite_shop)) == 2


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]
)
def test_every_unicode_encoding_is_read(sqlite_shop: Shop, tmp_path: Path, encoding: str) -> None:
    path = as_file(tmp_path, WHOLE, encoding=encoding)
    file = brought(sqlite_shop, path)
    assert (counts(file), file.notes) == ((2, 0, 0, 0), [])
    assert lines(sqlite_shop)[0].title == "Áo thun mèo 🐈"


def test_an_old_encoding_is_read_and_said(sqlite_shop: Shop, tmp_path: Path) -> None:
    line = tiktok_line(product_name="Café São João", sku_name="Verde")
    made = tiktok_order(lines=[line], recipient_address=None)
    file = brought(sqlite_shop, as_file(tmp_path, [made], encoding="cp1252"))
    assert lines(sqlite_shop)[0].title == "Café São João"
    assert [note.code for note in file.notes] == ["read_as_cp1252"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_are_read_in_other_encodings(sqlite_shop: Shop, tmp_path: Path, encoding: str) -> None:
    olist = Olist(tmp_path / "olist")
    olist.simple(1)
    olist.rows["products"][0]["product_category_name"] = "móveis_decoração"
    file = brought(sqlite_shop, olist.write(encoding=encoding))
    assert counts(file) == (1, 0, 0, 0)
    assert lines(sqlite_shop)[0].title == "Móveis decoração bc0001"
    assert ("read_as_cp1252" in [note.code for note in file.notes]) == (encoding == "cp1252")


def test_a_table_that_breaks_off_brings_in_what_stands_before(sqlite_shop: Shop, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    for n in (1, 2):
        olist.simple(n)
    made = olist.write(encoding="utf-16") / "made_orders.csv"
    made.write_bytes(made.read_bytes()[:-1])
    file = brought(sqlite_shop, olist.folder)
    assert [problem.code for problem in file.problems if problem.file == made.name] == ["broken_encoding"]
    assert file.new + file.skipped >= 1


def test_a_cell_without_end_is_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    olist.simple(1)
    folder = olist.write()
    with (folder / "made_orders.csv").open("a", encoding="utf-8") as orders_file:
        orders_file.write('"' + "x" * 200_000)
    file = brought(sqlite_shop, folder)
    assert (file.new, [problem.code for problem in file.problems]) == (1, ["broken_csv"])


@pytest.mark.parametrize(
    ("fields", "code", "column"),
    [
        ({"id": None}, "id_missing", "id"),
        ({"id": 5.80000000000000012e17}, "id_not_exact", "id"),
        ({"id": "5.8E+17"}, "id_not_exact", "id"),
        ({"id": "58 00"}, "id_not_usable", "id"),
        ({"id": True}, "id_not_usable", "id"),
        ({"id": "5" * 65}, "id_not_usable", "id"),
        ({"id": {"is": "no id"}}, "id_not_usable", "id"),
        ({"user_id": 7.49e18}, "id_not_exact", "user_id"),
        ({"create_time": None}, "time_missing", "create_time"),
        ({"create_time": 0}, "time_missing", "create_time"),
        ({"create_time": "soon"}, "time_not_usable", "create_time"),
        ({"create_time": 10**17}, "time_not_usable", "create_time"),
        ({"create_time": -5}, "time_not_usable", "create_time"),
        ({"payment": "free"}, "not_an_object", "payment"),
        ({"payment": {"currency": "dong"}}, "currency_not_usable", "payment.currency"),
        ({"payment": VND | {"total_amount": "1e5"}}, "amount_not_usable", "payment.total_amount"),
        ({"payment": VND | {"total_amount": "-5"}}, "amount_not_usable", "payment.total_amount"),
        ({"payment": VND | {"total_amount": "9" * 17}}, "amount_too_large", "payment.total_amount"),
        ({"payment": VND | {"tax": [1]}}, "amount_not_usable", "payment.tax"),
        ({"line_items": {}}, "not_an_object", "line_items"),
        ({"line_items": [tiktok_line(), 5]}, "not_an_object", "line_items[2]"),
        ({"line_items": [tiktok_line(sale_price=None)]}, "amount_missing", "line_items[1].sale_price"),
        ({"line_items": [tiktok_line(product_id=None, sku_id=None)]}, "id_missing", "line_items[1].sku_id"),
        ({"line_items": [tiktok_line(quantity=0)]}, "quantity_not_usable", "line_items[1].quantity"),
        ({"line_items": [tiktok_line(quantity=1.5)]}, "quantity_not_usable", "line_items[1].quantity"),
    ],
)
def test_an_order_that_cannot_be_used_is_told_with_its_place_and_the_others_come_in(
    sqlite_shop: Shop, tmp_path: Path, fields: dict[str, Any], code: str, column: str
) -> None:
    content = [tiktok_order(), tiktok_order(2) | fields, tiktok_order(3)]
    made = [{name: value for name, value in one.items() if value is not None} for one in content]
    file = brought(sqlite_shop, as_file(tmp_path, made))
    (problem,) = file.problems
    assert (problem.code, problem.row, problem.column) == (code, 2, column)
    assert (file.read, counts(file)) == (3, (2, 0, 0, 1))


def test_sums_that_are_too_large_are_refused(sqlite_shop: Shop, tmp_path: Path) -> None:
    line = tiktok_line(sale_price="9" * 15, quantity=1_000_000)
    file = brought(sqlite_shop, as_file(tmp_path, [tiktok_order(lines=[line]), tiktok_order(2)]))
    assert [(problem.code, problem.row) for problem in file.problems] == [("amount_too_large", 1)]
    assert counts(file) == (1, 0, 0, 1)


def test_a_time_that_is_none_is_left_out_and_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, [tiktok_order(paid_time="never", delivery_time=0)]))
    assert counts(file) == (1, 0, 0, 0)
    assert [(problem.code, problem.column) for problem in file.problems] == [("time_not_usable", "paid_time")]
    assert order(sqlite_shop).flags == "time_not_usable: paid_time=never"


def test_control_characters_are_taken_out_of_texts_and_told(shop: Shop, tmp_path: Path) -> None:
    text = json.dumps([tiktok_order(lines=[tiktok_line(product_name="a\0b\x1b[31mc\ud800d")])])
    file = brought(shop, as_file(tmp_path, text))
    assert lines(shop)[0].title == "ab[31mcd"
    assert [problem.code for problem in file.problems] == ["control_characters"]


def test_emoji_and_right_to_left_are_kept(shop: Shop, tmp_path: Path) -> None:
    title = "👩‍👩‍👧 قميص \u202bABC\u202c 衬衫"
    brought(shop, as_file(tmp_path, [tiktok_order(lines=[tiktok_line(product_name=title)])]))
    assert lines(shop)[0].title == title


def test_an_order_of_ten_thousand_lines_comes_in(sqlite_shop: Shop, tmp_path: Path) -> None:
    many = [tiktok_line(id=f"577{n:016d}") for n in range(10_000)]
    assert counts(brought(sqlite_shop, as_file(tmp_path, [tiktok_order(lines=many)]))) == (1, 0, 0, 0)
    assert order(sqlite_shop).line_count == len(lines(sqlite_shop)) == 10_000
