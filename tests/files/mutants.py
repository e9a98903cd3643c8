"""Files made wrong: each number is one mutation of a made-up file, the same whenever it is made."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Literal

from tests.files import made_shopify
from tests.files.books import book, sheet, strings
from tests.files.made import COLUMNS, Olist, tiktok_line, tiktok_order, v1_answer, v1_order
from tests.files.made_tiktok_account import NUMBER, PROFILE, TEXT, bought
from tests.files.made_tiktok_account import export as account_export
from tests.files.odd import BOMBS, PACKED, XML, odd_json, odd_text, spoilt
from tests.files.seller import DESCRIPTIONS, ID_COLUMNS, MY_COLUMNS, VN_COLUMNS, sku_row

Grid = list[list[str]]


@dataclass(slots=True)
class Mutant:
    """A file or folder; `rows` are the data rows that must be accounted for: number, and ids it may go by.

    `orders` is how many orders its JSON lists, where that is known.
    """

    path: Path
    what: list[str]
    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)
    orders: int | None = None


def mutant(n: int, folder: Path) -> Mutant:
    """Mutation number `n`, written into a folder."""
    random = Random(n)
    kind = random.choice(
        (_seller, _seller, _seller_book, _shopify, _shopify, _olist, _json, _json, _text, _bomb)
    )
    return kind(random, folder)


def _bomb(random: Random, folder: Path) -> Mutant:
    if random.random() < 0.9:
        return random.choice((_seller_book, _json, _text))(random, folder)
    name = random.choice(sorted(BOMBS))
    path = folder / "bomb"
    path.write_bytes(BOMBS[name]())
    return Mutant(path, [name])


def _json(random: Random, folder: Path) -> Mutant:
    kind = random.choice(("202309", "1", "account"))
    two = [tiktok_line(), tiktok_line(2, display_status="CANCELLED")]
    made: Any = [tiktok_order(lines=two), tiktok_order(2), tiktok_order(3, status="CANCELLED")]
    if kind == "1":
        made = v1_answer(v1_order(), v1_order(2))
    elif kind == "account":
        version = random.choice(("2024-12", "2025-06", "2026"))
        made = account_export({NUMBER: bought(), f"{NUMBER}2": bought()}, version, **PROFILE)
    text, what = odd_json(random, made)
    content = text.encode(
        random.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32")), "replace"
    )
    return _finished(random, folder, Mutant(folder / "orders.json", [kind, *what]), content)


def _text(random: Random, folder: Path) -> Mutant:
    lines = TEXT.splitlines()
    what = []
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(lines))
        match random.choice(("odd", "value", "drop", "double", "swap")):
            case "odd":
                lines[at] = odd_text(random)
            case "value":
                lines[at] = f"{lines[at].partition(':')[0]}: {odd_text(random)}"
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[random.randrange(len(lines))])
            case "swap":
                other = random.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
        what.append(f"line {at}")
    end = random.choice(("\n", "\r\n", "\r"))
    content = end.join(lines).encode(random.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252")), "replace")
    return _finished(random, folder, Mutant(folder / "Order History.txt", ["text", *what]), content)


def _grid(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> Grid:
    return [list(columns), *([str(row.get(name, "")) for name in columns] for row in rows)]


def _seller_grid(random: Random) -> Grid:
    rows = [sku_row(1), sku_row(1, 2), sku_row(2), sku_row(3, 3)]
    rows[2] |= {"Buyer Message": 'two\nlines, "quoted"; and | more'}
    rows[3] |= {"Order Status": "Dibatalkan", "Cancelled Time": "14/06/2026 08:00:00", "Cancel By": "Pembeli"}
    rows = ([dict(DESCRIPTIONS)] if random.random() < 0.5 else []) + rows
    return _grid(rows, random.choice((ID_COLUMNS, VN_COLUMNS, MY_COLUMNS)))


def _seller(random: Random, folder: Path) -> Mutant:
    return _table(random, folder / "orders.csv", _seller_grid(random), ("order id",))


def _shopify(random: Random, folder: Path) -> Mutant:
    items = [made_shopify.item(), made_shopify.item("Sock")]
    rows = [*made_shopify.order(1, items), *made_shopify.order(2)]
    rows += made_shopify.order(3, Cancelled_at="2024-03-07 10:00:00 -0500", Notes="a\nb, c")
    version = random.choice(sorted(made_shopify.VERSIONS))
    grid = _grid([dict(row) for row in rows], made_shopify.VERSIONS[version])
    return _table(random, folder / "export.csv", grid, ("id", "name"))


def _olist(random: Random, folder: Path) -> Mutant:
    olist = Olist(folder / "olist")
    for n, status in enumerate(("created", "delivered", "canceled"), 1):
        olist.item(olist.simple(n, status, seller=n), seller=9, n=2)
    name = random.choice(("orders", "orders", "items", "payments", "customers", "products"))
    path = olist.write() / f"made_{name}.csv"
    made = _table(random, path, _grid([dict(row) for row in olist.rows[name]], COLUMNS[name]), ("order_id",))
    made.path, made.rows = olist.folder, made.rows if name == "orders" else {}
    return made


def _seller_book(random: Random, folder: Path) -> Mutant:
    grid, what = _seller_grid(random), ["book"]
    cells: list[list[Any]] = [list(row) for row in grid]
    for _ in range(random.randint(0, 3)):
        row, column = random.randrange(len(cells)), random.randrange(len(cells[0]))
        cells[row][column] = random.choice(
            (46186.92, -1, 5.83871e17, 0.1, 1e300, 10**18, _xml(odd_text(random)))
        )
        what.append(f"cell {row + 1} {cells[0][column]}")
    texts: list[str] | None = [] if random.random() < 0.5 else None
    dates = (
        frozenset({cells[0].index("Created Time") + 1})
        if random.random() < 0.2 and "Created Time" in cells[0]
        else frozenset[int]()
    )
    told = sheet(cells, shared=texts, broken=random.random() < 0.3, places=random.random() < 0.8, dates=dates)
    parts = {"worksheets/sheet1.xml": told} | ({"sharedStrings.xml": strings(texts)} if texts else {})
    if random.random() < 0.6:
        name = random.choice(sorted(parts))
        done = random.choice(sorted(XML))
        parts[name] = XML[done](random, parts[name])
        what.append(f"{name}: {done}")
    path = book(folder / "orders.xlsx", parts)
    return _finished(random, folder, Mutant(path, what), path.read_bytes())


def _xml(text: str) -> str:
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe")
    )


CHANGES: dict[str, Callable[[Random, Grid], None]] = {}


def change(do: Callable[[Random, Grid], None]) -> Callable[[Random, Grid], None]:
    """Something that can be done to a table."""
    CHANGES[do.__name__] = do
    return do


@change
def cell(random: Random, grid: Grid) -> None:
    row = random.choice(grid[1:])
    row[random.randrange(len(row))] = odd_text(random)


@change
def whole_column(random: Random, grid: Grid) -> None:
    at, odd = random.randrange(len(grid[0])), odd_text(random)
    for row in grid[1:]:
        row[at] = odd


@change
def column_dropped(random: Random, grid: Grid) -> None:
    at = random.randrange(len(grid[0]))
    for row in grid:
        del row[at]


@change
def column_doubled(random: Random, grid: Grid) -> None:
    at, to = random.randrange(len(grid[0])), random.randrange(len(grid[0]))
    for row in grid:
        row.insert(to, row[at])


@change
def column_renamed(random: Random, grid: Grid) -> None:
    at = random.randrange(len(grid[0]))
    grid[0][at] = random.choice((odd_text(random), grid[0][at].upper(), f"  {grid[0][at]} ", ""))


@change
def columns_shuffled(random: Random, grid: Grid) -> None:
    order = list(range(len(grid[0])))
    random.shuffle(order)
    grid[:] = [[row[at] for at in order] for row in grid]


@change
def columns_empty_beside(_: Random, grid: Grid) -> None:
    for row in grid:
        row += ["", "", ""]


@change
def row_doubled(random: Random, grid: Grid) -> None:
    grid.insert(random.randint(1, len(grid)), list(random.choice(grid[1:])))


@change
def rows_shuffled(random: Random, grid: Grid) -> None:
    rows = grid[1:]
    random.shuffle(rows)
    grid[1:] = rows


@change
def row_blank(random: Random, grid: Grid) -> None:
    grid.insert(random.randint(1, len(grid)), [""] * len(grid[0]))


@change
def row_of_another_width(random: Random, grid: Grid) -> None:
    row = random.choice(grid[1:])
    if random.random() < 0.5:
        del row[random.randrange(len(row))]
    else:
        row.insert(random.randrange(len(row)), odd_text(random))


@change
def id_rounded(random: Random, grid: Grid) -> None:
    at = random.choice([n for n, name in enumerate(grid[0]) if "id" in name.lower()] or [0])
    random.choice(grid[1:])[at] = random.choice(
        ("5.83871E+17", "5,83871E+17", "5.8E17", "583870000000000000.0")
    )


@change
def date_damaged(random: Random, grid: Grid) -> None:
    times = [
        n for n, name in enumerate(grid[0]) if any(word in name.lower() for word in ("time", " at", "date"))
    ]
    told = (
        "6/13/2026 22:05",
        "13/06/26 22:05",
        "46186.92",
        "########",
        "31/02/2026 10:00",
        "2026-06-13 22:05:43",
        "13/06/2569 22:05:43",
        "00/00/0000 00:00",
    )
    random.choice(grid[1:])[random.choice(times or [0])] = random.choice(told)


def _table(random: Random, path: Path, grid: Grid, ids: tuple[str, ...]) -> Mutant:
    what = [random.choice(sorted(CHANGES)) for _ in range(random.choice((0, 1, 1, 2, 3)))]
    for name in sorted(what, key="row_of_another_width".__eq__):
        CHANGES[name](random, grid)
        if len(grid) < 2 or not grid[0]:
            break
    at = [n for name in ids for n, told in enumerate(grid[0]) if told.strip().lower() == name]
    delimiter, end = random.choice(",,,;\t|"), random.choice(("\r\n", "\n", "\r"))
    encoding = random.choice(
        ("utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-8", "cp1252", "cp1258", "gbk")
    )
    described = set(DESCRIPTIONS.values())
    made = Mutant(path, [path.name, *what, delimiter, repr(end), encoding])
    for number, row in enumerate(grid[1:], 2):
        if described.isdisjoint(row) and any(one.strip(" \t\r\n'") for one in row):
            made.rows[number] = tuple(_as_read(row[n]) for n in at if n < len(row))
    file = io.StringIO()
    # The writer itself quotes only what it ends lines with, and no other end of a line.
    all_quoted: Literal[0, 1] = csv.QUOTE_ALL if end == "\r" or random.random() < 0.3 else csv.QUOTE_MINIMAL
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=all_quoted).writerows(grid)
    return _finished(random, path.parent, made, file.getvalue().encode(encoding, "replace"))


def _as_read(text: str) -> str:
    text = text.strip()
    return text[2:].removesuffix('"') if text[:2] == '="' else text.removeprefix("'").strip()


def _finished(random: Random, folder: Path, made: Mutant, content: bytes) -> Mutant:
    """Written, spoilt and packed, or as it is."""
    if random.random() < 0.3:
        content, done = spoilt(random, content)
        made.what.append(done)
        made.rows, made.orders = {}, None
    if random.random() < 0.15 and made.path.parent == folder and folder.name != "olist":
        done = random.choice(("gzip", *sorted(PACKED)))
        content = PACKED[done](random, content)
        made.what.append(done)
        if done != "gzip":
            made.rows, made.orders = {}, None
    made.path.write_bytes(content)
    return made
