"""A made-up Seller Centre export: rows by the names of its columns, written as CSV or as a workbook."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.files.books import Cell, book, sheet, strings

ID_COLUMNS = (
    *(
        "Order ID",
        "Order Status",
        "Order Substatus",
        "Cancelation/Return Type",
        "Normal or Pre-order",
        "SKU ID",
    ),
    *(
        "Seller SKU",
        "Product Name",
        "Variation",
        "Quantity",
        "Sku Quantity of return",
        "SKU Unit Original Price",
    ),
    *("SKU Subtotal Before Discount", "SKU Platform Discount", "SKU Seller Discount"),
    *("SKU Subtotal After Discount", "Shipping Fee After Discount", "Original Shipping Fee"),
    *(
        "Shipping Fee Seller Discount",
        "Shipping Fee Platform Discount",
        "Distance Shipping Fee",
        "Distance Fee",
    ),
    *("Order Refund Amount", "Payment platform discount", "Buyer Service Fee", "Handling Fee"),
    *("Shipping Insurance", "Item Insurance", "Order Amount", "Created Time", "Paid Time", "RTS Time"),
    *("Shipped Time", "Delivered Time", "Cancelled Time", "Cancel By", "Cancel Reason", "Fulfillment Type"),
    *("Warehouse Name", "Tracking ID", "Delivery Option", "Shipping Provider Name", "Buyer Message"),
    *("Buyer Username", "Recipient", "Phone #", "Zipcode", "Country", "Province", "Regency and City"),
    *("Districts", "Villages", "Detail Address", "Additional address information", "Payment Method"),
    *("Weight(kg)", "Product Category", "Package ID", "Purchase Channel", "Seller Note", "Checked Status"),
    *("Checked Marked by", "Tokopedia Invoice Number", "Order Channel", "Creator Handle"),
)
"""The 65 columns of Indonesia in 2026."""

ONLY_ID = {"Regency and City", "Districts", "Villages", "Zipcode", "Order Channel", "Creator Handle"}
FEES = {"Distance Shipping Fee", "Distance Fee", "Buyer Service Fee", "Handling Fee", "Shipping Insurance"}
CHANNELS = {"Item Insurance", "Purchase Channel", "Tokopedia Invoice Number"}
VN_COLUMNS = (
    *(name for name in ID_COLUMNS if name not in ONLY_ID | FEES | CHANNELS),
    *("Taxes", "District", "Commune"),
)
"""The 54 columns of Vietnam in 2024."""

MY_COLUMNS = (
    *("Order ID", "Order Status", "Order Substatus", "SKU ID", "Product Name", "Variation", "Quantity"),
    *(
        "SKU Unit Original Price",
        "SKU Subtotal After Discount",
        "Shipping Fee After Discount",
        "Order Amount",
    ),
    *("Created Time", "Paid Time", "Country", "State", "Post Town", "Zipcode", "Payment Method"),
)
"""Of Malaysia's orders to ship: nothing of cancellations."""

OPEN_COLUMNS = (
    *("Order ID", "Order Status", "SKU ID", "Quantity", "SKU Subtotal After Discount", "Created Time"),
)
"""Of a file that tells no currency, and of whom it is."""

DESCRIPTIONS = {
    "Order ID": "Platform unique order ID.",
    "Order Status": "Current order status.",
    "SKU ID": "Platform SKU ID.",
    "Quantity": "SKU sold quantity in the order.",
    "Created Time": "Order created time.",
}


def sku_row(n: int = 1, sku: int = 1, cells: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """A row: two shirts of one SKU in an order to ship, paid by transfer on 13 June 2026."""
    return {
        "Order ID": f"5838709000000000{n:02d}",
        "Order Status": "Perlu dikirim",
        "Order Substatus": "Menunggu pengiriman",
        "Normal or Pre-order": "Normal",
        "SKU ID": f"17290000000000000{sku:02d}",
        "Product Name": "Kaos kucing 🐈",
        "Variation": "Merah, L",
        "Quantity": "2",
        "Sku Quantity of return": "0",
        "SKU Unit Original Price": "60000",
        "SKU Subtotal Before Discount": "120000",
        "SKU Platform Discount": "5000",
        "SKU Seller Discount": "15000",
        "SKU Subtotal After Discount": "100000",
        "Shipping Fee After Discount": "5000",
        "Original Shipping Fee": "12000",
        "Shipping Fee Seller Discount": "0",
        "Shipping Fee Platform Discount": "7000",
        "Payment platform discount": "0",
        "Order Amount": "105000",
        "Created Time": f"13/06/2026 22:05:{42 + n}",
        "Paid Time": "13/06/2026 22:07:00",
        "Buyer Username": "kucing_contoh",
        "Recipient": "C*** O***",
        "Phone #": "(+62)812***",
        "Province": "Jawa Contoh",
        "Regency and City": "Kota Contoh",
        "Detail Address": "Jalan C***",
        "Payment Method": "Transfer bank",
        "Purchase Channel": "TikTok",
    } | dict(cells)


def as_csv(
    path: Path,
    rows: list[dict[str, Any]],
    *,
    columns: tuple[str, ...] = ID_COLUMNS,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    tabs: bool = True,
    described: bool = False,
    before: str = "",
) -> Path:
    """The export as the platform writes it: ids and times end with a TAB."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(columns)
    for row in [*([DESCRIPTIONS] if described else []), *rows]:
        told = {name.lower(): value for name, value in row.items()}
        cells = [told.get(name.lower(), "") for name in columns]
        writer.writerow(
            [f"{cell}\t" if tabs and str(cell)[:6].strip("/").isdigit() else cell for cell in cells]
        )
    path.write_bytes((before + file.getvalue()).encode(encoding))
    return path


def as_book(
    path: Path,
    rows: list[dict[str, Any]],
    *,
    columns: tuple[str, ...] = ID_COLUMNS,
    shared: bool = False,
    described: bool = True,
    **options: Any,
) -> Path:
    """The export as a workbook, its sheet behind one that only tells how to read it."""
    table: list[list[Cell]] = [list(columns)]
    table += [
        [row.get(name, "") for name in columns] for row in [*([DESCRIPTIONS] if described else []), *rows]
    ]
    texts: list[str] | None = [] if shared else None
    parts = {
        "worksheets/sheet1.xml": sheet([["How to read this file"], ["It has orders", "and SKUs"]]),
        "worksheets/sheet2.xml": sheet(table, shared=texts, **options),
    }
    return book(path, parts | ({"sharedStrings.xml": strings(texts)} if texts else {}))
