"""Made-up invoices of the kind that UCI's Online Retail has."""

import csv
import gzip
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

COLUMNS = (
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
)
SECOND = ("Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country")
"""The columns of the first edition of the set and of the second."""

Item = dict[str, str]


def item(invoice: str = "900001", code: str = "70001", **cells: str) -> Item:
    """A row; `cells` by the names of the columns, in small letters."""
    usual = {
        "invoiceno": invoice,
        "stockcode": code,
        "description": f"SAMPLE MUG {code}",
        "quantity": "2",
        "invoicedate": "2011-03-07 10:15:00",
        "unitprice": "1.25",
        "customerid": "18001.0",
        "country": "United Kingdom",
    }
    return usual | cells


def write(
    folder: Path, rows: Iterable[Item], name: str = "retail.csv", columns: Sequence[str] = COLUMNS
) -> Path:
    """The rows under a header whose columns stand in this order; packed where the name says so."""
    path = folder / name
    opened = gzip.open if name.endswith(".gz") else open
    second = dict(zip(SECOND, COLUMNS, strict=True))
    with opened(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row[second.get(one, one).lower()] for one in columns] for row in rows)
    return path


def invoices(count: int, *, each: int = 20, goods: int = 4_000, buyers: int = 3_400) -> Iterator[Item]:
    """So many invoices of so many rows, one in six a cancellation of what an earlier one had."""
    for n in range(count):
        cancels, of = n % 6 == 5, n - 3 if n % 6 == 5 else n
        for row in range(each // 4 or 1 if cancels else each):
            code, pieces = 10_000 + (of * 7 + row * 13) % goods, 1 + (of + row) % 24
            yield item(
                f"{'C' if cancels else ''}{500_000 + n}",
                str(code),
                quantity=str(-pieces if cancels else pieces),
                unitprice=f"{code % 30}.{code % 90 + 10}",
                invoicedate=f"2011-{1 + n * 8 // count:02d}-{1 + n % 28:02d} 09:{n % 60:02d}:00",
                customerid="" if of % 4 == 0 else f"{12_000 + of % buyers}.0",
            )
