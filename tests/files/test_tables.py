"""A table is the same table out of CSV of any dialect and out of a workbook of any make."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.shop.files.encoding import encoding_of
from app.shop.files.findings import Unusable
from app.shop.files.report import FileReport
from app.shop.files.table import Row, read_table
from tests.files.books import Cell, book, letters, sheet, strings

HEADER = ["Order ID", "Product  Name", "Amount"]
ROWS = [["583870900000000001", "Kaos, merah; L | x", "1.5"], ["583870900000000002", "two\nlines", ""]]
READ = [
    (2, {"order id": "583870900000000001", "product name": "Kaos, merah; L | x", "amount": "1.5"}),
    (3, {"order id": "583870900000000002", "product name": "two\nlines", "amount": ""}),
]


def read(path: Path) -> tuple[list[tuple[int, Row]], FileReport]:
    table = read_table(path)
    assert table
    report = FileReport(path.name)
    return list(table.rows(report, lambda _: None)), report


def quoted(cells: list[str], delimiter: str) -> str:
    return delimiter.join(f'"{cell}"' if set(cell) & set(",;|\t\n") else cell for cell in cells)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("told", [False, True])
def test_every_dialect_is_read_alike(
    tmp_path: Path, delimiter: str, end: str, encoding: str, told: bool
) -> None:
    lines = [quoted(cells, delimiter) for cells in [HEADER, *ROWS]]
    above = [f"sep={delimiter}"] if told else []
    path = tmp_path / "table"
    path.write_bytes((end.join([*above, *lines]) + end * 3).encode(encoding))
    rows, report = read(path)
    assert rows == [(number + told, row) for number, row in READ]
    assert report.problems == []


def test_cells_that_spreadsheets_are_to_keep_as_text_are_the_text(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text('Order ID\t,Zip,SKU\t\n583870900000000001\t,\'01310,="0042"\n\t,\t,\t\n')
    rows, report = read(path)
    assert rows == [(2, {"order id": "583870900000000001", "zip": "01310", "sku": "0042"})]
    assert report.skipped == 0


def table(cells: Callable[[list[list[Cell]]], str]) -> str:
    rows: list[list[Cell]] = [[*HEADER]]
    rows.extend([*row] for row in ROWS)
    return cells(rows)


def test_a_workbook_is_read_like_csv(tmp_path: Path) -> None:
    rows, report = read(book(tmp_path / "table", {"worksheets/sheet1.xml": table(sheet)}))
    assert (rows, report.problems) == (READ, [])


def test_shared_strings_are_put_together_of_their_runs(tmp_path: Path) -> None:
    shared: list[str] = []
    told = table(lambda rows: sheet(rows, shared=shared))
    path = book(tmp_path / "table", {"worksheets/sheet1.xml": told, "sharedStrings.xml": strings(shared)})
    assert read(path)[0] == READ


@pytest.mark.parametrize("broken", [False, True])
def test_a_row_is_what_its_cells_name(tmp_path: Path, broken: bool) -> None:
    told = table(lambda rows: sheet(rows, broken=broken))
    assert read(book(tmp_path / "table", {"worksheets/sheet1.xml": told}))[0] == READ


def test_rows_that_all_call_themselves_the_first_end_where_columns_begin_anew(tmp_path: Path) -> None:
    told = table(lambda rows: sheet(rows, broken=True))
    for n in (2, 3):
        for column in "ABC":
            told = told.replace(f'r="{column}{n}"', f'r="{column}1"')
    assert read(book(tmp_path / "table", {"worksheets/sheet1.xml": told}))[0] == READ


def test_the_sheet_is_the_one_whose_header_names_most(tmp_path: Path) -> None:
    parts = {
        "worksheets/sheet1.xml": sheet([["How to read this"], ["one", "two"]]),
        "worksheets/sheet2.xml": table(sheet),
        "worksheets/sheet10.xml": sheet([["a", "b"], ["1", "2"]]),
    }
    assert read(book(tmp_path / "table", parts))[0] == READ


def test_a_title_above_the_header_and_columns_before_it_are_left_out(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["", "Orders of June"], []]
    rows.extend(["", *cells] for cells in [HEADER, *ROWS])
    path = book(tmp_path / "table", {"worksheets/sheet1.xml": sheet(rows)})
    assert read(path)[0] == [(number + 2, row) for number, row in READ]


def test_a_cell_beside_the_table_is_told(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [list(HEADER), [*ROWS[0], "", "beside"], list(ROWS[1])]
    found, report = read(book(tmp_path / "table", {"worksheets/sheet1.xml": sheet(rows)}))
    assert (found, [problem.code for problem in report.problems]) == (READ[1:], ["cells_missing"])


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("169000", "169000"),
        ("169000.0", "169000"),
        ("123.30", "123.3"),
        ("35.909999999999997", "35.91"),
        ("0.10000000000000001", "0.1"),
        ("1.234", "1.2340"),
        ("1E-2", "0.01"),
        ("1.5E+3", "1500"),
        ("-7", "-7"),
        ("999999999999999", "999999999999999"),
        ("5.8387090000000000E+17", "5.838709E+17"),
        ("583870900000000001", "5.838709E+17"),
        ("1729000000000000", "1.729000E+15"),
    ],
)
def test_a_number_is_the_text_a_person_saw_and_never_a_rounded_id(
    tmp_path: Path, written: str, read_as: str
) -> None:
    told = sheet([["a", "b"], ["x", 4711]]).replace("4711", written)
    assert read(book(tmp_path / "table", {"worksheets/sheet1.xml": told}))[0][0][1]["b"] == read_as


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (46186.92063657407, "2026-06-13 22:05:43"),
        (46186, "2026-06-13 00:00:00"),
        (0.25, "0.25"),
        (1e300, "1e+300"),
    ],
)
@pytest.mark.parametrize("mac", [False, True])
def test_a_number_in_a_format_of_dates_is_a_date(
    tmp_path: Path, written: float, read_as: str, mac: bool
) -> None:
    days = written - 1462 if mac and 1 < written < 1e9 else written
    parts = {"worksheets/sheet1.xml": sheet([["a", "b"], ["x", days]], dates=frozenset({2}))}
    if mac:
        parts["workbook.xml"] = '<workbook><workbookPr date1904="1"/></workbook>'
    path = book(tmp_path / "table", parts)
    assert read(path)[0][0][1]["b"] == read_as


def test_characters_that_a_workbook_writes_by_their_numbers_are_put_together(tmp_path: Path) -> None:
    cells = ["a_x000A_b", "_xD83D__xDE00_", "_xD800_"]
    path = book(tmp_path / "table", {"worksheets/sheet1.xml": sheet([["a", "b", "c"], cells])})
    assert list(read(path)[0][0][1].values())[::-1] == ["a\nb", "😀", "\ufffd"]


WORKBOOKS: dict[str, tuple[dict[str, str], str]] = {
    "cut": ({"worksheets/sheet1.xml": table(sheet)[:-60]}, "broken_sheet"),
    "no xml": ({"worksheets/sheet1.xml": "a,b\n1,2"}, "broken_workbook"),
    "no string": (
        {"worksheets/sheet1.xml": '<worksheet><row><c t="s"><v>7</v></c></row></worksheet>'},
        "broken_workbook",
    ),
    "no column": (
        {"worksheets/sheet1.xml": '<worksheet><row><c r="ZZZ1"><v>7</v></c></row></worksheet>'},
        "broken_workbook",
    ),
    "no number": (
        {"worksheets/sheet1.xml": "<worksheet><row><c><v>seven</v></c></row></worksheet>"},
        "broken_workbook",
    ),
    "no styles": (
        {"worksheets/sheet1.xml": table(sheet), "styles.xml": "<styleSheet>"},
        "broken_workbook",
    ),
    "entities": (
        {
            "worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
            "<worksheet><row><c><v>&b;</v></c></row></worksheet>"
        },
        "xml_entities",
    ),
    "long cell": (
        {"worksheets/sheet1.xml": sheet([["a", "b"], ["x", "y" * (2 << 20)]])},
        "unpacks_too_large",
    ),
    "long row": (
        {"worksheets/sheet1.xml": sheet([["a", "b"], ["y" * (1 << 20)] * 5])},
        "unpacks_too_large",
    ),
    "strings": (
        {
            "worksheets/sheet1.xml": "<worksheet><row><c t='s'><v>99999999</v></c></row></worksheet>",
            "sharedStrings.xml": f"<sst>{'<si/>' * 9_000_000}</sst>",
        },
        "unpacks_too_large",
    ),
    "long tag": ({"worksheets/sheet1.xml": f"<worksheet a='{'x' * (6 << 20)}'/>"}, "unpacks_too_large"),
    "bomb": (
        {"worksheets/sheet1.xml": f"<worksheet>{' ' * (40 << 20)}</worksheet>"},
        "unpacks_too_large",
    ),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_is_damaged_or_a_bomb_is_told(tmp_path: Path, name: str) -> None:
    parts, code = WORKBOOKS[name]
    path = book(tmp_path / "table", parts)
    if code == "broken_sheet":
        rows, report = read(path)
        assert (rows, [problem.code for problem in report.problems]) == (READ[:1], [code])
        return
    with pytest.raises(Unusable) as raised:
        read(path)
    assert raised.value.finding.code == code


@pytest.mark.parametrize("row", [", " * (3 << 20), '"\n",' * (1 << 20), "x" * (5 << 20)])
def test_a_row_without_end_is_told(tmp_path: Path, row: str) -> None:
    path = tmp_path / "table"
    path.write_text(f"a,b\n1,2\n{row}\n3,4\n")
    rows, report = read(path)
    assert (rows, [problem.code for problem in report.problems]) == (
        [(2, {"a": "1", "b": "2"})],
        ["broken_csv"],
    )


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [letters(n) for n in (1, 26, 27, 65, 702, 703)] == ["A", "Z", "AA", "BM", "ZZ", "AAA"]


def test_an_encoding_is_told_by_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "late"
    path.write_bytes(b"a,b\n" + b"x,y\n" * 100_000 + "São,Café\n".encode("cp1252"))
    assert encoding_of(path) == ("cp1252", "replace")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("broken", [b"\xff", b"\xe0\xb8", b"\xed\xa0\x80"])
def test_a_damaged_byte_makes_no_other_encoding_of_a_file(
    tmp_path: Path, encoding: str, broken: bytes
) -> None:
    path = tmp_path / "table"
    rows = "".join(f"{n},ยกเลิกแล้ว\n" for n in range(1, 9))
    path.write_bytes(f"a,b\n{rows}".encode(encoding) + b"9," + broken + b"\n10,x\n")
    found, report = read(path)
    assert [row["b"] for _, row in found[:8]] == ["ยกเลิกแล้ว"] * 8
    assert (len(found), set(found[8][1]["b"]), found[9][1]["b"]) == (10, {"\ufffd"}, "x")
    assert [note.code for note in report.notes] == ["characters_lost"]


def test_a_file_cut_off_within_a_character_is_what_stands_before(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes("a,b\n1,ยกเลิกแล้ว\n2,ยกเลิก".encode()[:-1])
    found, report = read(path)
    assert found[0][1]["b"] == "ยกเลิกแล้ว"
    assert [note.code for note in report.notes] == ["characters_lost"]
