"""Made-up order files in the shape of real ones, and what of them is found in a store."""

import csv
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel, col

from app.shop import tables as t
from app.shop.files.report import FileReport, Report
from app.shop.files.take_in import take_in
from app.shop.shop import Shop
from app.shop.sql import Statement

CREATED = 1_750_000_000
"""When made-up TikTok orders were placed, in seconds: 15 June 2025, 15:06:40 UTC."""

ORDERS = ("order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at")
DELIVERY = ("order_delivered_carrier_date", "order_delivered_customer_date", "order_estimated_delivery_date")
COLUMNS: dict[str, tuple[str, ...]] = {
    "orders": ORDERS + DELIVERY,
    "items": (
        *("order_id", "order_item_id", "product_id", "seller_id"),
        *("shipping_limit_date", "price", "freight_value"),
    ),
    "payments": ("order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value"),
    "customers": (
        *("customer_id", "customer_unique_id", "customer_zip_code_prefix"),
        *("customer_city", "customer_state"),
    ),
    "sellers": ("seller_id", "seller_zip_code_prefix", "seller_city", "seller_state"),
    "products": ("product_id", "product_category_name", "product_photos_qty"),
}


KINDS = {"order": "0d", "customer": "c5", "person": "be", "seller": "5e", "product": "bc"}


def hex_id(kind: str, n: int) -> str:
    """A made-up id of 32 hexadecimal digits; the last six tell its kind and number."""
    return f"{n:026x}{KINDS[kind]}{n:04x}"


@dataclass
class Olist:
    """An Olist folder in the making: rows by table, then `write`."""

    folder: Path
    rows: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {name: [] for name in COLUMNS})

    def add(self, table: str, **cells: str) -> None:
        """A row with these cells, the others empty."""
        self.rows[table].append(dict.fromkeys(COLUMNS[table], "") | cells)

    def order(self, n: int, status: str = "delivered", *, buyer: int | None = None, **cells: str) -> str:
        """An order and its customer; answers its id."""
        order, customer = hex_id("order", n), hex_id("customer", n)
        times = {"order_purchase_timestamp": f"2018-03-{1 + n % 28:02d} 10:00:00"}
        if status not in ("created", "canceled"):
            times["order_approved_at"] = f"2018-03-{1 + n % 28:02d} 11:00:00"
        if status in ("shipped", "delivered"):
            times["order_delivered_carrier_date"] = "2018-04-02 09:00:00"
        if status == "delivered":
            times["order_delivered_customer_date"] = "2018-04-05 09:00:00"
        self.add(
            "orders", **{"order_id": order, "customer_id": customer, "order_status": status} | times | cells
        )
        person = hex_id("person", n if buyer is None else buyer)
        self.add(
            "customers",
            customer_id=customer,
            customer_unique_id=person,
            customer_zip_code_prefix="01310",
            customer_city="sao exemplo",
            customer_state="SP",
        )
        return order

    def item(self, order: str, seller: int, price: str = "99.9", freight: str = "10.10", n: int = 1) -> None:
        """A piece of the seller's product."""
        product = hex_id("product", seller)
        self.add(
            "items",
            order_id=order,
            order_item_id=str(n),
            product_id=product,
            seller_id=hex_id("seller", seller),
            shipping_limit_date="2018-03-20 10:00:00",
            price=price,
            freight_value=freight,
        )
        if all(row["product_id"] != product for row in self.rows["products"]):
            self.add("products", product_id=product, product_category_name="cama_mesa")

    def payment(
        self, order: str, value: str, kind: str = "credit_card", *, n: int = 1, parts: str = "1"
    ) -> None:
        """A payment row."""
        self.add(
            "payments",
            order_id=order,
            payment_sequential=str(n),
            payment_type=kind,
            payment_installments=parts,
            payment_value=value,
        )

    def simple(self, n: int, status: str = "delivered", *, seller: int = 1, buyer: int | None = None) -> str:
        """An order of one item for 110.00, paid by card."""
        order = self.order(n, status, buyer=buyer)
        self.item(order, seller)
        self.payment(order, "110.00")
        return order

    def write(self, *tables: str, encoding: str = "utf-8", delimiter: str = ",") -> Path:
        """Write these tables, all if none is named; answers the folder."""
        self.folder.mkdir(exist_ok=True)
        for name in tables or COLUMNS:
            with (self.folder / f"made_{name}.csv").open("w", encoding=encoding, newline="") as file:
                writer = csv.DictWriter(file, COLUMNS[name], delimiter=delimiter)
                writer.writeheader()
                writer.writerows(self.rows[name])
        return self.folder


def tiktok_line(n: int = 1, **fields: Any) -> dict[str, Any]:
    """One unit of a line of version 202309."""
    return {
        "id": f"57700000000000000{n:02d}",
        "product_id": "1729000000000000111",
        "product_name": "Áo thun mèo 🐈",
        "sku_id": "1729000000000000222",
        "sku_name": "Đỏ, L",
        "sku_image": "https://pictures.example.com/cat.jpeg",
        "currency": "VND",
        "display_status": "AWAITING_SHIPMENT",
        "original_price": "120000",
        "sale_price": "100000",
        "seller_discount": "20000",
        "platform_discount": "0",
        "tracking_number": "",
    } | fields


def tiktok_order(n: int = 1, *, lines: list[Any] | None = None, **fields: Any) -> dict[str, Any]:
    """An order of version 202309: one shirt, cash on delivery; fields given as None are left out."""
    status = fields.get("status", "AWAITING_SHIPMENT")
    items = lines if lines is not None else [tiktok_line(display_status=status)]
    full = {
        "id": f"58000000000000000{n:02d}",
        "status": status,
        "create_time": CREATED + n,
        "update_time": CREATED + 100,
        "cancel_order_sla_time": CREATED + 400_000,
        "shipping_due_time": CREATED + 200_000,
        "collection_due_time": CREATED + 300_000,
        "recommended_shipping_time": (CREATED + 100_000) * 1000,
        "is_cod": True,
        "payment_method_name": "Cash on delivery",
        "user_id": "7490000000000445566",
        "warehouse_id": "7360000000000778899",
        "buyer_message": "",
        "recipient_address": {
            "name": "L*** A**",
            "phone_number": "(+84)90*****12",
            "address_detail": "12 Ph**",
            "region_code": "VN",
            "postal_code": "",
            "district_info": [
                {"address_level": "L0", "address_name": "Việt Nam"},
                {"address_level": "L1", "address_name": "Tỉnh Mẫu"},
                {"address_level": "L2", "address_name": "Quận Mẫu"},
                {"address_level": "L3", "address_name": "Phường Mẫu"},
            ],
        },
        "payment": {
            "currency": "VND",
            "original_total_product_price": "120000",
            "seller_discount": "20000",
            "platform_discount": "0",
            "sub_total": "100000",
            "original_shipping_fee": "30000",
            "shipping_fee_platform_discount": "25000",
            "shipping_fee_seller_discount": "0",
            "shipping_fee_cofunded_discount": "0",
            "shipping_fee": "5000",
            "tax": "0",
            "total_amount": "105000",
        },
        "line_items": items,
    }
    return {name: value for name, value in (full | fields).items() if value is not None}


def v1_order(n: int = 1, **fields: Any) -> dict[str, Any]:
    """An order of version 1, two lines of which one is cancelled."""
    line = {"product_id": "1728000000000000111", "product_name": "Mug", "sku_platform_discount": 0}
    full = {
        "order_id": f"57600000000000000{n:02d}",
        "order_status": 112,
        "payment_method": "BANK_TRANSFER",
        "create_time": str(CREATED * 1000 + n),
        "paid_time": CREATED + 60,
        "update_time": CREATED + 100,
        "rts_sla": CREATED + 200_000,
        "tts_sla": CREATED + 300_000,
        "cancel_order_sla": CREATED + 400_000,
        "buyer_uid": "7490000000000998877",
        "payment_info": {
            "currency": "IDR",
            "sub_total": 45000,
            "original_total_product_price": 50000,
            "seller_discount": 5000,
            "shipping_fee": 9000,
            "original_shipping_fee": 9000,
            "total_amount": 54000,
        },
        "recipient_address": {"name": "B*** S***", "phone": "(+62)812****9", "city": "Kota Contoh"},
        "item_list": [
            line
            | {
                "sku_id": "1728000000000000222",
                "sku_name": "cream",
                "quantity": 2,
                "sku_original_price": 20000,
                "sku_sale_price": 18000,
                "sku_display_status": 112,
            },
            line
            | {
                "sku_id": "1728000000000000333",
                "sku_name": "navy",
                "quantity": 1,
                "sku_original_price": 10000,
                "sku_sale_price": 9000,
                "sku_display_status": 140,
                "sku_cancel_user": "SELLER",
                "sku_cancel_reason": "seller_cancel_reason_out_of_stock",
            },
        ],
        "order_line_list": [
            {"order_line_id": "576000000000000333", "sku_id": "1728000000000000333"},
            {"order_line_id": "576000000000000222", "sku_id": "1728000000000000222"},
        ],
    }
    return {name: value for name, value in (full | fields).items() if value is not None}


def v1_answer(*orders: Any) -> dict[str, Any]:
    """What version 1 answers."""
    return {"code": 0, "message": "Success", "data": {"order_list": list(orders)}}


def as_file(folder: Path, content: Any, name: str = "orders.json", encoding: str = "utf-8") -> Path:
    """`content` as JSON, or as it stands where it is text or bytes."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding=encoding)
    return path


def only(report: Report) -> FileReport:
    """The one file of a report."""
    (file,) = report.files
    return file


def brought(shop: Shop, path: Path, **options: Any) -> FileReport:
    """What the report says of one file, taken in."""
    return only(take_in(shop, [path], **options))


def counts(file: FileReport) -> tuple[int, int, int, int]:
    """Orders new, changed, the same, and records skipped."""
    return file.new, file.changed, file.same, file.skipped


@cache
def _every(table: type[SQLModel], *order_by: Any) -> Statement:
    return Statement(select(*(getattr(table, name) for name in table.model_fields)).order_by(*order_by))


def stored(shop: Shop, table: type[SQLModel], *order_by: Any) -> list[Any]:
    """Every row of a table, as its model."""
    names = list(table.model_fields)
    with shop.look() as work:
        rows = work.rows(_every(table, *order_by))
        return [table.model_construct(**dict(zip(names, row, strict=True))) for row in rows]


def orders(shop: Shop) -> list[t.Order]:
    """Every order, oldest first."""
    return stored(shop, t.Order, col(t.Order.number))


def order(shop: Shop) -> t.Order:
    """The only order."""
    (found,) = orders(shop)
    return found


def lines(shop: Shop) -> list[t.Line]:
    """Every line."""
    return stored(shop, t.Line, col(t.Line.order_number), col(t.Line.n))


def prices(shop: Shop) -> list[tuple[str, int]]:
    """Every row of every price sheet."""
    found = stored(shop, t.PriceEntry, col(t.PriceEntry.order_number), col(t.PriceEntry.n))
    return [(entry.kind, entry.amount_minor) for entry in found]


def payments(shop: Shop) -> list[t.Payment]:
    """Every payment."""
    return stored(shop, t.Payment, col(t.Payment.order_number), col(t.Payment.n))


def events(shop: Shop) -> list[t.OrderEvent]:
    """Every event."""
    return stored(shop, t.OrderEvent, col(t.OrderEvent.order_number), col(t.OrderEvent.n))


def handles(shop: Shop, table: type[t.Person] | type[t.Shop]) -> dict[int, str]:
    """The handle of each person or shop by id."""
    return {one.id: one.handle for one in stored(shop, table)}
