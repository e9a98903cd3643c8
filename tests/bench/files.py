"""An import against plain `csv` and `executemany`: `uv run python -m tests.bench.files [--file FILE]`.

The file is UCI's Online Retail, or a made-up one of as many lines. Plain is: its lines read with `csv`,
and put into the same table of a store that has all else already. Each is measured in a program of its own,
with the memory it took; a second import of the same file, and one of ten times the size, come beside them.
"""

import argparse
import csv
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.clock import wall_clock
from app.shop.files.take_in import take_in
from app.shop.store import open_shop
from tests.bench.raw import connect
from tests.files.made_retail import invoices, write

INVOICES = 19_800
"""As many as have 321,750 lines."""
_LINE = """INSERT INTO lines (order_number, n, product_id, variant_id, title, variant, quantity, unit_minor,
    discount_minor, total_minor) VALUES (?, ?, ?, ?, ?, '', ?, ?, 0, ?)"""


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    start, began = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - start, time.process_time() - began


def ours(file: Path, store: Path) -> tuple[float, float]:
    """An import."""
    with closing(open_shop(f"sqlite:///{store}", wall_clock)) as shop:
        return timed(lambda: take_in(shop, [file]))


def plain(file: Path, store: Path) -> tuple[float, float]:
    """Putting the lines of a file into a store from which an import's lines were taken out."""
    base = connect(store)
    numbers = dict(base.execute("SELECT outside_number, order_number FROM outside_numbers"))
    ids = dict(base.execute("SELECT outside_id, subject FROM outside_ids WHERE kind = 'product'"))
    products = {code.partition("/")[2]: subject for code, subject in ids.items()}
    variants = dict(base.execute("SELECT product_id, id FROM variants"))

    def put() -> None:
        with file.open(encoding="utf-8", newline="") as text:
            rows = csv.reader(text)
            next(rows)
            base.execute("BEGIN IMMEDIATE")
            base.executemany(_LINE, _lines(rows, numbers, products, variants))
            base.execute("COMMIT")

    return timed(put)


def _lines(rows: Any, numbers: dict[str, int], products: dict[str, int], variants: dict[int, int]) -> Any:
    counted = dict.fromkeys(numbers.values(), 0)
    for invoice, code, title, quantity, _, price, *_ in rows:
        number, product = numbers.get(invoice), products.get(code)
        if number is None or product is None:
            continue
        counted[number] += 1
        pieces, unit = abs(int(quantity)), int(Decimal(price) * 100)
        yield number, counted[number], product, variants[product], title, pieces, unit, pieces * unit


def emptied(store: Path, copy: Path) -> Path:
    """A copy of a store without its lines, and without what is counted of them."""
    shutil.copy(store, copy)
    base = sqlite3.connect(copy)
    base.execute("DELETE FROM lines")
    base.execute("DELETE FROM tallies WHERE kind LIKE 'VARIANT%'")
    base.commit()
    base.execute("VACUUM")
    base.close()
    return copy


@dataclass(frozen=True)
class Took:
    """What something took: seconds by the clock and of the processor, and megabytes."""

    seconds: float
    processor: float
    megabytes: float

    def line(self, plain: "Took") -> str:
        """It, against what the plain way took."""
        times = (
            f"{self.seconds / plain.seconds:.2f}x, {self.processor / plain.processor:.2f}x of the processor"
        )
        return f"{self.seconds:.1f} s  {times}  {self.megabytes:.0f} MB"


def alone(what: str, file: Path, store: Path) -> Took:
    """Something done in a program of its own."""
    command = [sys.executable, "-m", "tests.bench.files", "--only", what, str(file), str(store)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Took(**json.loads(told))


def measure(file: Path, larger: Path, folder: Path) -> None:
    """Print the table."""
    store = folder / "ours.db"
    first = alone("ours", file, store)
    raw = alone("plain", file, emptied(store, folder / "plain.db"))
    (lines,) = connect(store).execute("SELECT count(*) FROM lines").fetchone()
    print(f"{lines:,} lines, plain in {raw.seconds:.1f} s")
    print(f"ours                {first.line(raw)}")
    print(f"the same again      {alone('ours', file, store).line(raw)}")
    print(f"ten times as large  {alone('ours', larger, folder / 'larger.db').line(raw)}")


def main() -> None:
    """Print the table, or do one thing of it and tell what that took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", type=Path)
    parser.add_argument("--only", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        what, file, store = asked.only
        seconds, processor = {"ours": ours, "plain": plain}[what](Path(file), Path(store))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "processor": processor, "megabytes": memory}))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = asked.file or write(folder, invoices(INVOICES))
        measure(file, write(folder, invoices(10 * INVOICES), "larger.csv"), folder)


if __name__ == "__main__":
    main()
