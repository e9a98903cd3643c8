"""Webhooks in: another system tells of orders and payments, signed, once, in any order."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from app.server.hooks import hooks
from app.shop.hooks.sources import add_source
from app.shop.shop import SYSTEM, Shop
from app.ui.desk import Desk
from tests.actions.steps import fresh, rows
from tests.conftest import Clock
from tests.launch import launched
from tests.people import Stocked
from tests.receiver import signed

KOPI = "kopi-house"


@dataclass
class System:
    """Another system: the app it speaks to, and the source it is there."""

    desk: Desk
    http: httpx.AsyncClient
    source: int
    secret: str
    clock: Clock

    async def say(
        self,
        body: Any,
        message: str | None = None,
        *,
        ago: int = 0,
        secret: str | None = None,
        source: int | str | None = None,
        **headers: str,
    ) -> httpx.Response:
        """Send a message, signed so many seconds `ago`, with headers in place of the right ones."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        message, at = message or fresh(), self.clock.at // 1000 - ago
        right = {
            "webhook-id": message,
            "webhook-timestamp": str(at),
            "webhook-signature": signed(secret or self.secret, message, at, content),
        }
        told = right | {f"webhook-{name}": value for name, value in headers.items()}
        return await self.http.post(f"/in/{source or self.source}", content=content, headers=told)


@asynccontextmanager
async def speaking(shop: Shop, url: str, data: Path, clock: Clock) -> AsyncIterator[System]:
    """A system that may tell of kopi-house's orders."""
    added = add_source(shop, SYSTEM, KOPI)
    async with launched(url, data, clock) as app:
        desk = await app.process.desk()
        transport = httpx.ASGITransport(hooks(app.process.desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://hooks") as http:
            yield System(desk, http, added.id, added.secret, clock)


def tiktok(number: str, status: str, updated: int, **more: Any) -> dict[str, Any]:
    """An order as TikTok's interface tells it; `updated` in seconds after Monday's opening."""
    at = 1_772_442_000 + updated
    return {
        "data": {
            "orders": [
                {
                    "id": number,
                    "status": status,
                    "user_id": "7494",
                    "create_time": 1_772_440_000,
                    "update_time": at,
                    "warehouse_id": "7",
                    "payment_method_name": "CARD",
                    "payment": {"currency": "IDR", "total_amount": "85000", "sub_total": "85000"},
                    "line_items": [
                        {
                            "id": f"{number}1",
                            "product_id": "99",
                            "product_name": "Mug",
                            "sku_id": "991",
                            "sku_name": "cream",
                            "sale_price": "85000",
                            "original_price": "85000",
                            "currency": "IDR",
                        }
                    ],
                }
                | more
            ]
        }
    }


def payment(
    order: str, amount: int = 85_000, reference: str = "ch_1", currency: str = "IDR"
) -> dict[str, Any]:
    """A payment as a message tells it."""
    told = {"reference": reference, "order": order, "currency": currency, "amount_minor": amount}
    return {"type": "payment.captured", "data": told}


def orders(shop: Shop) -> list[tuple[Any, ...]]:
    """The orders that came in: outside number, status, version."""
    sql = "SELECT outside_number, status, version FROM orders WHERE source <> 'takeback' ORDER BY 1"
    return rows(shop, sql)


async def test_an_order_comes_in_once_however_often_it_is_told(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    async with speaking(shop, url, tmp_path, clock) as system:
        first = await system.say(tiktok("5771", "UNPAID", 0), "one")
        assert (first.status_code, first.json()) == (200, {"orders": {"5771": "new"}, "again": False})
        again = await system.say(tiktok("5771", "UNPAID", 0), "one")
        assert again.json() == {"orders": {}, "again": True}
        same = await system.say(tiktok("5771", "UNPAID", 0), "two")
        assert same.json()["orders"] == {"5771": "same"}
        later = await system.say(tiktok("5771", "AWAITING_SHIPMENT", 60))
        assert later.json()["orders"] == {"5771": "changed"}
        older = await system.say(tiktok("5771", "UNPAID", 30))
        assert older.json()["orders"] == {"5771": "newer_here"}
    assert [(number, status) for number, status, _ in orders(shop)] == [("5771", "AWAITING_SHIPMENT")]
