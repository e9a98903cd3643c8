"""Made-up Shopify exports in each of the header versions that exist."""

import csv
from collections.abc import Sequence
from pathlib import Path

_HEAD = (
    *("Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at"),
    *("Accepts Marketing", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code"),
    *("Discount Amount", "Shipping Method", "Created at", "Lineitem quantity", "Lineitem name"),
    *("Lineitem price", "Lineitem compare at price", "Lineitem sku", "Lineitem requires shipping"),
    *("Lineitem taxable", "Lineitem fulfillment status"),
    *(
        f"{to} {part}"
        for to in ("Billing", "Shipping")
        for part in (
            *("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province"),
            *("Country", "Phone"),
        )
    ),
    *("Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference"),
    *("Refunded Amount", "Vendor"),
)
_POINT_OF_SALE = ("Outstanding Balance", "Employee", "Location", "Device ID")
_TAIL = (
    *("Id", "Tags", "Risk Level", "Source", "Lineitem discount"),
    *(f"Tax {n} {part}" for n in range(1, 6) for part in ("Name", "Value")),
    *("Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name"),
)
_TERMS = ("Payment Terms Name", "Next Payment Due At")
VERSIONS: dict[int, tuple[str, ...]] = {
    73: (*_HEAD, *_TAIL, *_TERMS),
    75: (*_HEAD, *_POINT_OF_SALE, *_TAIL),
    79: (*_HEAD, *_POINT_OF_SALE, *_TAIL, "Payment ID", *_TERMS, "Payment References"),
}

Cells = dict[str, str]


def item(name: str = "Cap - Moss / M", price: str = "20.00", pieces: str = "1", **cells: str) -> Cells:
    """The cells of an item; others by their names with `_` for a blank."""
    made = {"Lineitem name": name, "Lineitem price": price, "Lineitem quantity": pieces}
    made |= {"Lineitem fulfillment status": "pending", "Lineitem discount": "0.00", "Vendor": "Made Brand"}
    return made | named(cells)


def named(cells: Cells) -> Cells:
    """Cells given as keywords."""
    return {name.replace("_", " "): cell for name, cell in cells.items()}


def order(n: int = 1, items: Sequence[Cells] = (), **cells: str) -> list[Cells]:
    """The rows of an order: its own cells on the first, then blank but for those that real files repeat.

    Without other cells: two caps for 40.00 and 5.00 delivery, paid by card, not yet sent.
    """
    items = items or [item(pieces="2")]
    again = {
        "Name": f"#{1000 + n}",
        "Email": f"buyer{n}@example.com",
        "Created at": f"2024-03-05 10:{n:02d}:00 -0500",
    }
    own = {
        "Financial Status": "paid",
        "Paid at": f"2024-03-05 10:{n:02d}:05 -0500",
        "Fulfillment Status": "unfulfilled",
        "Currency": "USD",
        "Subtotal": "40.00",
        "Shipping": "5.00",
        "Taxes": "0.00",
        "Total": "45.00",
        "Discount Amount": "0.00",
        "Payment Method": "Stripe",
        "Refunded Amount": "0.00",
        "Id": f"55500000{n:05d}",
        "Billing Name": "Made Up",
        "Shipping Name": "Made Up",
        "Shipping Street": "1 Sample Street",
        "Shipping City": "Testville",
        "Shipping Zip": "'00042",
        "Shipping Country": "US",
        "Shipping Phone": "'+1 555 0100",
    } | named(cells)
    repeated = again | {name: cell for name, cell in own.items() if name in again}
    return [repeated | (own if at == 0 else {}) | one for at, one in enumerate(items)]


def write(folder: Path, rows: Sequence[Cells], version: int = 79, name: str = "export.csv") -> Path:
    """The rows under the header of a version."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, VERSIONS[version], restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path
