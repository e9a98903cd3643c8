"""Made-up workbooks: the parts of an .xlsx, written as the programs that export them do, well or badly."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | int | float
"""Text stands in a cell as text; a number as a number."""

DATE = 1
"""The style of a cell that holds a date."""

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_STYLES = (
    f'<styleSheet {_MAIN}><numFmts><numFmt numFmtId="164" formatCode="dd\\/mm\\/yyyy\\ hh:mm:ss"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def letters(column: int) -> str:
    """The name of a column, counted from 1."""
    told = ""
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(65 + rest) + told
    return told


def sheet(
    rows: Sequence[Sequence[Cell]],
    *,
    shared: list[str] | None = None,
    dates: frozenset[int] = frozenset(),
    broken: bool = False,
    places: bool = True,
) -> str:
    """The XML of a sheet; with `broken` each cell stands in a `<row r="1">` of its own."""

    def cell(row: int, column: int, value: Cell) -> str:
        place = f' r="{letters(column)}{row}"' if places else ""
        if isinstance(value, str) and shared is not None:
            if value not in shared:
                shared.append(value)
            told = f'<c{place} t="s"><v>{shared.index(value)}</v></c>'
        elif isinstance(value, str):
            told = f'<c{place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        else:
            style = f' s="{DATE}"' if column in dates else ""
            told = f"<c{place}{style}><v>{value}</v></c>"
        return f'<row r="1">{told}</row>' if broken else told

    def line(row: int, cells: Sequence[Cell]) -> str:
        told = "".join(cell(row, n, value) for n, value in enumerate(cells, 1) if value != "" or not places)
        number = f' r="{row}"' if places else ""
        return told if broken else f"<row{number}>{told}</row>"

    told = "".join(line(n, cells) for n, cells in enumerate(rows, 1))
    data = f'<dimension ref="A1"/><sheetData>{told}</sheetData>'
    return f'<?xml version="1.0"?><worksheet {_MAIN}>{data}</worksheet>'


def strings(texts: Sequence[str]) -> str:
    """The XML of shared strings; each is made of two runs, and has a reading aloud that is no part of it."""
    told = "".join(
        f'<si><r><t xml:space="preserve">{escape(text[:2])}</t></r>'
        f'<r><t xml:space="preserve">{escape(text[2:])}</t></r><rPh><t>aloud</t></rPh></si>'
        for text in texts
    )
    return f"<sst {_MAIN}>{told}</sst>"


def book(path: Path, parts: Mapping[str, str]) -> Path:
    """A workbook of these sheets and other parts, by the end of their names; the usual ones beside them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        usual = {"workbook.xml": f"<workbook {_MAIN}><workbookPr/></workbook>", "styles.xml": _STYLES}
        ends = {name.rpartition("/")[2] for name in parts}
        for name, content in {one: told for one, told in usual.items() if one not in ends}.items():
            archive.writestr(f"xl/{name}", content)
        for name, content in parts.items():
            archive.writestr(f"xl/{name}", content)
    return path
