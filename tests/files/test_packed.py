"""A packed file is what is in it, whatever it is called; what would unpack to too much is refused."""

import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest

from app.shop.files.take_in import take_in
from app.shop.shop import Shop
from tests.files.books import book, sheet
from tests.files.made import Olist, as_file, brought, counts, only, orders, tiktok_order, v1_answer, v1_order
from tests.files.odd import zipped
from tests.files.seller import as_book, as_csv, sku_row


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    path.write_bytes(zipped(parts))
    return path


def one(folder: Path, n: int = 1) -> bytes:
    return as_csv(folder / "one", [sku_row(n)]).read_bytes()


JSON = json.dumps([tiktok_order()]).encode()


@pytest.mark.parametrize("name", ["orders.csv.gz", "orders.csv", "orders"])
def test_a_packed_file_is_read_whatever_it_is_called(sqlite_shop: Shop, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(one(tmp_path)))
    file = brought(sqlite_shop, path)
    assert (file.file, file.kind, counts(file)) == (str(path), "tiktok-seller", (1, 0, 0, 0))


def test_a_packed_workbook_is_read(sqlite_shop: Shop, tmp_path: Path) -> None:
    content = as_book(tmp_path / "book", [sku_row()]).read_bytes()
    (tmp_path / "book.gz").write_bytes(gzip.compress(content))
    packed(tmp_path / "book.zip", {"deep/within/orders.xlsx": content})
    assert counts(brought(sqlite_shop, tmp_path / "book.gz")) == (1, 0, 0, 0)
    file = brought(sqlite_shop, tmp_path / "book.zip")
    assert (file.file, counts(file)) == (str(tmp_path / "book.zip"), (0, 0, 1, 0))


def test_each_file_of_a_packed_folder_is_an_input(sqlite_shop: Shop, tmp_path: Path) -> None:
    path = packed(
        tmp_path / "downloads",
        {
            "june/orders.csv": one(tmp_path),
            "july/orders.csv": one(tmp_path, 2),
            "july/": b"",
            "api.json": JSON,
            "v1.json": json.dumps(v1_answer(v1_order())).encode(),
            "notes.txt": b"Dear shop",
            "__MACOSX/._orders.csv": b"\0\1",
        },
    )
    report = take_in(sqlite_shop, [path])
    assert [(file.file.removeprefix(f"{path}/"), file.kind) for file in report.files] == [
        ("2 orders.csv", "tiktok-seller"),
        ("api.json", "tiktok-api"),
        ("notes.txt", None),
        ("orders.csv", "tiktok-seller"),
        ("v1.json", "tiktok-api-v1"),
    ]
    assert len(orders(sqlite_shop)) == 4


def test_tables_that_belong_together_do_so_packed_too(sqlite_shop: Shop, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    olist.simple(1)
    parts = {file.name: file.read_bytes() for file in olist.write().iterdir()}
    file = brought(sqlite_shop, packed(tmp_path / "archive.zip", parts))
    assert (file.kind, counts(file)) == ("olist", (1, 0, 0, 0))


@pytest.mark.parametrize(
    "name",
    [
        "../../out.csv",
        "/out.csv",
        "C:\\out.csv",
        "a/../../out.csv",
        "..",
        "n" * 300,
        "คำสั่งซื้อ" * 20,
        "😀" * 90,
    ],
)
def test_no_name_leads_out_of_the_folder(
    sqlite_shop: Shop, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "x.zip", {name: one(tmp_path)})
    unpacked = tmp_path / "some" / "where"
    unpacked.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(unpacked))
    assert counts(brought(sqlite_shop, path)) == (1, 0, 0, 0)
    assert not [*tmp_path.glob("**/out.csv"), *Path("/").glob("out.csv")]
    assert list(unpacked.iterdir()) == []  # what was unpacked stood there, and is gone


def test_a_dry_run_reads_packed_files_too(sqlite_shop: Shop, tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"a.csv": one(tmp_path), "b.csv": one(tmp_path, 2)})
    told: list[tuple[int, int]] = []
    report = take_in(sqlite_shop, [path], dry_run=True, progress=lambda *how_far: told.append(how_far))
    assert [counts(file) for file in report.files] == [(1, 0, 0, 0), (1, 0, 0, 0)]
    assert orders(sqlite_shop) == []
    assert told[-1][0] == told[-1][1]


def locked() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.csv", b"secret")
    content = bytearray(file.getvalue())
    for at in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[at] |= 1
    return bytes(content)


def by_method(method: int, *, spoilt: int | None = None, stored_as: int | None = None) -> bytes:
    """A .zip by some compression method, with a byte of its data spoilt, or said to be by another method."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo("a.csv"), JSON * 20, method)
    content = bytearray(file.getvalue())
    if spoilt is not None:
        content[30 + len("a.csv") + spoilt] ^= 0xFF
    if stored_as is not None:
        for at in (content.index(b"PK\x03\x04") + 8, content.index(b"PK\x01\x02") + 10):
            content[at] = stored_as
    return bytes(content)


_DEFLATE64, _LZMA_DATA = 9, 12

BAD: dict[str, tuple[bytes, str]] = {
    "cut gzip": (gzip.compress(JSON)[:-12], "broken_archive"),
    "spoilt gzip": (gzip.compress(JSON)[:-8] + b"spoilt!!", "broken_archive"),
    "no gzip": (b"\x1f\x8b or so", "broken_archive"),
    "cut zip": (zipped({"a.csv": JSON})[:-30], "broken_archive"),
    "spoilt zip": (
        zipped({"a.csv": JSON}).replace(zipped({"a.csv": JSON})[40:60], b"?" * 20),
        "broken_archive",
    ),
    "spoilt lzma": (by_method(zipfile.ZIP_LZMA, spoilt=_LZMA_DATA), "broken_archive"),
    "spoilt lzma head": (by_method(zipfile.ZIP_LZMA, spoilt=4), "broken_archive"),
    "spoilt bzip2": (by_method(zipfile.ZIP_BZIP2, spoilt=20), "broken_archive"),
    "by another method": (
        by_method(zipfile.ZIP_DEFLATED, stored_as=_DEFLATE64),
        "compression_unsupported",
    ),
    "locked": (locked(), "locked"),
    "zip in zip": (zipped({"a.csv": zipped({"a.csv": JSON})}), "packed_twice"),
    "gzip in gzip": (gzip.compress(gzip.compress(JSON)), "packed_twice"),
    "gzip bomb": (gzip.compress(b"\n" * (40 << 20)), "unpacks_too_large"),
    "zip bomb": (zipped({"a.csv": b"\n" * (40 << 20)}), "unpacks_too_large"),
    "empty zip": (b"PK\x05\x06" + b"\0" * 18, "folder_empty"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_unpacked_is_told_in_one_line(sqlite_shop: Shop, tmp_path: Path, name: str) -> None:
    content, code = BAD[name]
    report = take_in(sqlite_shop, [as_file(tmp_path, content, "orders.csv")])
    assert [problem.code for problem in only(report).problems] == [code]
    assert report.nothing_read
    assert orders(sqlite_shop) == []


def test_many_small_files_are_a_bomb_too(sqlite_shop: Shop, tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"{n}.csv": b"a" for n in range(1001)})
    assert [problem.code for problem in brought(sqlite_shop, path).problems] == ["unpacks_too_large"]


def test_parts_that_are_small_alone_are_counted_together(sqlite_shop: Shop, tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"{n}.csv": b"\n" * (4 << 20) for n in range(8)})
    assert [problem.code for problem in brought(sqlite_shop, path).problems] == ["unpacks_too_large"]


def test_a_damaged_workbook_is_told_and_the_files_beside_it_come_in(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    book(folder / "1", {"worksheets/sheet1.xml": "<worksheet><row>"})
    book(folder / "2", {"worksheets/sheet1.xml": sheet([["no", "orders"], ["1", "2"]])})
    as_csv(folder / "3", [sku_row()])
    report = take_in(sqlite_shop, [folder])
    assert [problem.code for problem in report.problems] == ["broken_workbook", "unknown_kind"]
    assert len(orders(sqlite_shop)) == 1
