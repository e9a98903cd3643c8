"""`Order History.txt` of TikTok's account export: a block of lines per order, read into what the JSON has."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.shop.files.encoding import opened
from app.shop.files.findings import Unusable
from app.shop.files.source import Source

_LABELS = {
    "order date": "order_date",
    "order number": "order_number",
    "order status": "order_status",
    "total price": "total_price",
    "product information": "Products",
    ">>name": "product_name",
    ">>quantity": "quantity",
}
_TELLS = {"order_number", "order_status"}
_LOOKED_AT = 1 << 16


@dataclass(slots=True)
class _Block:
    """An order as it is being read; `name` are the lines of the product that has no quantity yet."""

    row: int
    fields: dict[str, object] = field(default_factory=dict)
    name: list[str] | None = None

    def end_product(self, quantity: str | None = None) -> None:
        """The product is told: what it is called, then in how which variation, which may be missing."""
        if self.name is None:
            return
        *title, variant = self.name if len(self.name) > 1 else (*self.name, "")
        product = {"product_name": " ".join(title), "variation_name": variant, "quantity": quantity}
        products = self.fields.setdefault("Products", [])
        if isinstance(products, list):
            products.append(product)
        self.name = None


def _labelled(line: str) -> tuple[str, str] | None:
    """What a line tells and of what, None where it goes on with what the line before told."""
    label, colon, value = line.partition(":")
    name = _LABELS.get(label.partition("(")[0].strip().lower()) if colon else None
    return (name, value.strip()) if name else None


def is_order_history(path: Path) -> bool:
    """Whether a file is such a text, by how it begins."""
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    lines = head.decode(json.detect_encoding(head), "ignore").splitlines()
    return {told[0] for line in lines if (told := _labelled(line))} >= _TELLS


def orders_in(source: Source) -> Iterator[tuple[int, object, object]]:
    """Each order with the line it begins at and its number.

    Raises Unusable where the file breaks.
    """
    with opened(source.path, source.report)[1] as text:
        try:
            blocks = list(_blocks(text))
        except UnicodeError as error:
            raise Unusable("broken_encoding") from error
    source.advance(source.path.stat().st_size)
    for block in blocks:
        yield block.row, block.fields.get("order_number"), block.fields


def _blocks(lines: Iterable[str]) -> Iterator[_Block]:
    """A block ends where a label of the order comes again."""
    block: _Block | None = None
    for row, line in enumerate(lines, 1):
        told = _labelled(line.strip())
        if told is None:
            if block and block.name is not None and line.strip():
                block.name.append(line.strip())
            continue
        name, value = told
        if name == "Products":
            continue
        of_product = name in ("product_name", "quantity")
        if block is None or (not of_product and name in block.fields):
            if block:
                block.end_product()
                yield block
            block = _Block(row)
        if name == "quantity":
            block.end_product(value)
            continue
        block.end_product()
        if name == "product_name":
            block.name = [value] if value else []
        else:
            block.fields[name] = value
    if block:
        block.end_product()
        yield block
