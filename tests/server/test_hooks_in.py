"""Webhooks in: another system tells of orders and payments, signed, once, in any order."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.server.hooks import deliver, hooks
from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import run_due
from app.shop.export.orders import Asked, Exported, Form, export_orders
from app.shop.files.take_in import take_in
from app.shop.hooks.addresses import add_hook
from app.shop.hooks.payments import settle_waiting
from app.shop.hooks.sources import add_source, sources_of
from app.shop.hooks.sweeping import sweep
from app.shop.reads.order import order_details
from app.shop.rules.accounts import PATIENCE, Guessed
from app.shop.rules.orders import Status
from app.shop.rules.webhooks import MOST_WAITING
from app.shop.shop import SYSTEM, Actor, Shop
from app.shop.sql import Statement
from app.shop.store import open_shop
from app.ui.desk import Desk
from tests.actions.steps import IDS, MAI, SARI, column, everything, fresh, place, rows
from tests.conftest import Clock
from tests.launch import launched
from tests.people import Stocked, stock
from tests.receiver import receiving, signed

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


def bring_in_by_file(shop: Shop, folder: Path, told: Any) -> None:
    """Bring orders in as `takeback import --shop kopi-house` does."""
    file = folder / "orders.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert take_in(shop, [file], shop_handle=KOPI).orders


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


WRONG: tuple[dict[str, Any], ...] = (
    {"secret": "whsec_c2VjcmV0c2VjcmV0c2VjcmV0"},
    {"source": 7},
    {"source": "x"},
    {"source": "9" * 30},
    {"signature": ""},
    {"signature": "v2,AAAA"},
    {"id": "another"},
    {"id": ""},
    {"timestamp": ""},
    {"timestamp": "1e9"},
    {"timestamp": "1772442001"},
    {"timestamp": "9" * 40},
    {"ago": 301},
    {"ago": -301},
)


async def test_what_is_not_signed_now_by_who_it_is_from_is_not_heard(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    stock(sqlite_shop)
    async with speaking(sqlite_shop, sqlite_url, tmp_path, clock) as system:
        for wrong in WRONG:
            answer = await system.say(tiktok("5771", "UNPAID", 0), "one", **wrong)
            assert answer.status_code == 401, wrong
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["code"] == ("hook_stale" if "ago" in wrong else "hook_not_signed")
        assert orders(sqlite_shop) == []
        assert (await system.say(tiktok("5771", "UNPAID", 0), "one", ago=300)).status_code == 200


async def test_who_tries_signatures_has_to_wait_and_who_has_the_right_one_does_not(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    stock(sqlite_shop)
    async with speaking(sqlite_shop, sqlite_url, tmp_path, clock) as system:
        for _ in range(PATIENCE[Guessed.ADDRESS].free):
            assert (await system.say({}, secret="whsec_c2VjcmV0")).status_code == 401
        late = await system.say({}, secret="whsec_c2VjcmV0")
        assert (late.status_code, late.headers["retry-after"]) == (429, "15")
        assert (await system.say(tiktok("5771", "UNPAID", 0))).status_code == 200


async def test_an_answer_tells_a_stranger_nothing(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    stock(sqlite_shop)
    async with speaking(sqlite_shop, sqlite_url, tmp_path, clock) as system:
        other = "whsec_c2VjcmV0c2VjcmV0c2VjcmV0"
        told = [await system.say({}, secret=other), await system.say({}, source=7)]
        assert told[0].content == told[1].content
        for path in ("/", "/in/", "/out", "/in/7/x"):
            answer = await system.http.post(path, content=b"{}")
            assert answer.status_code == 404
        assert (await system.http.get(f"/in/{system.source}")).status_code == 405


UNUSABLE: tuple[tuple[bytes, int, str], ...] = (
    (b"", 422, "hook_body_unusable"),
    (b"hello", 422, "hook_body_unknown"),
    (b"\xff\xfe\x00", 422, "hook_body_unknown"),
    (b"{}", 422, "hook_body_unknown"),
    (b"[" * 100_000, 422, "hook_body_unusable"),
    (b'{"data": {"orders": [', 422, "hook_body_unusable"),
    (b"[]" + b" " * (1 << 20), 413, "hook_body_too_large"),
    (b'{"takeback": 1}\n{"takeback": 1', 422, "hook_body_unusable"),
    (b'{"type": "payment.captured"}', 422, "hook_body_unknown"),
    (b'{"type": "payment.captured", "data": {"reference": "1"}}', 422, "hook_body_unusable"),
    (json.dumps(payment("1", 0)).encode(), 422, "hook_body_unusable"),
    (json.dumps(payment("1", 10**30)).encode(), 422, "hook_body_unusable"),
    (json.dumps(payment("1", reference="x" * 201)).encode(), 422, "hook_body_unusable"),
    (json.dumps(payment("1", reference="\0")).encode(), 422, "hook_body_unusable"),
    (json.dumps(tiktok("5771", "UNPAID", 0, create_time="soon")).encode(), 422, "hook_body_unusable"),
)


async def test_what_cannot_be_used_is_refused_whole(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    stock(sqlite_shop)
    async with speaking(sqlite_shop, sqlite_url, tmp_path, clock) as system:
        before = everything(sqlite_shop)
        for body, status, code in UNUSABLE:
            answer = await system.say(body)
            assert (answer.status_code, answer.json()["code"]) == (status, code), body[:80]
            assert set(answer.json()) == {"type", "title", "status", "code"}
            assert "Traceback" not in answer.text
            assert everything(sqlite_shop) == before


async def test_a_stream_that_never_ends_is_cut(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65_536

    stock(sqlite_shop)
    async with speaking(sqlite_shop, sqlite_url, tmp_path, clock) as system:
        answer = await system.http.post(f"/in/{system.source}", content=endless())
        assert (answer.status_code, answer.json()["code"]) == (413, "hook_body_too_large")


async def test_the_lines_that_are_exported_come_in(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock, sqlite_store: str
) -> None:
    number = place(shop)
    asked = Asked(Form.JSON)
    (line,) = export_orders(shop, asked, Exported("json"))
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")
    (later,) = export_orders(shop, asked, Exported("json"))
    clock.move(minutes=1)
    there = tmp_path / "there"
    there.mkdir()
    with closing(open_shop(f"sqlite:///{there / 'shop.db'}", clock)) as another:
        stock(another)
        async with speaking(another, f"sqlite:///{there / 'shop.db'}", there, clock) as system:
            assert (await system.say(later.encode())).json()["orders"] == {str(number): "new"}
            assert (await system.say(line.encode())).json()["orders"] == {str(number): "newer_here"}
            found = order_details(another, SARI, number).order
            assert (found.status, found.total_minor) == (Status.CANCELLED, 170_000)


async def test_a_shop_tells_nothing_of_the_orders_of_another(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    native = place(shop, (IDS.white, 1))
    (line,) = export_orders(shop, Asked(Form.JSON), Exported("json"))
    linen = add_source(shop, SYSTEM, "linen-lab")
    async with speaking(shop, url, tmp_path, clock) as system:
        theirs = await system.say(tiktok("5771", "UNPAID", 0), source=linen.id, secret=linen.secret)
        assert theirs.status_code == 200
        before = everything(shop)
        for body in (json.dumps(tiktok("5771", "CANCELLED", 60)).encode(), line.encode()):
            answer = await system.say(body)
            assert (answer.status_code, answer.json()["code"]) == (404, "no_such_order")
        assert everything(shop) == before
        for order in ("5771", str(native)):
            await system.say(payment(order, reference=order))
        assert [status for (status,) in rows(shop, "SELECT status FROM orders")] == ["UNPAID", "UNPAID"]


async def test_a_payment_is_booked_once(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    number = place(shop, (IDS.cream, 1))
    async with speaking(shop, url, tmp_path, clock) as system:
        first = await system.say(payment(str(number)), "one")
        assert first.status_code == 200
        assert (first.json()["booked"], first.json()["status"]) == (True, "AWAITING_SHIPMENT")
        for message in ("one", "two"):
            again = await system.say(payment(str(number)), message)
            assert (again.status_code, again.json()) == (200, {"booked": True, "again": True})
        other = await system.say(payment(str(number), 5))
        assert (other.status_code, other.json()["code"]) == (422, "hook_reference_reused")
        at_once = [system.say(payment(str(number), reference="ch_2")) for _ in range(4)]
        assert {one.status_code for one in await asyncio.gather(*at_once)} == {200}
    # What was paid a second time goes back, once.
    assert rows(shop, "SELECT state, amount_minor FROM payments ORDER BY n") == [
        ("CAPTURED", 85_000),
        ("LATE", 85_000),
    ]
    assert rows(shop, "SELECT payment_n, amount_minor FROM refunds") == [(2, 85_000)]


async def test_a_payment_that_comes_before_its_order_waits_for_it(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    async with speaking(shop, url, tmp_path, clock) as system:
        early = await system.say(payment("5771"))
        assert (early.status_code, early.json()["booked"]) == (202, False)
        assert [one.unbooked for one in sources_of(shop, SARI, KOPI)] == [1]
        assert settle_waiting(shop) == ()
        bring_in_by_file(shop, tmp_path, tiktok("5771", "UNPAID", 0))
        (done,) = settle_waiting(shop)
        assert done.answer["outcome"] == "CAPTURED"
        assert settle_waiting(shop) == ()
        await system.say(payment("5772", reference="ch_2"))
        await system.say(tiktok("5772", "UNPAID", 0))
        assert {status for _, status, _ in orders(shop)} == {"AWAITING_SHIPMENT"}
        assert [one.unbooked for one in sources_of(shop, SARI, KOPI)] == [0]
        # What the platform told before it knew of the money is older, however late it says so.
        await system.say(tiktok("5771", "UNPAID", 60))
        assert [status for _, status, _ in orders(shop)] == ["AWAITING_SHIPMENT"] * 2
        await system.say(tiktok("5771", "IN_TRANSIT", 120))
        assert [status for _, status, _ in orders(shop)] == ["IN_TRANSIT", "AWAITING_SHIPMENT"]
    assert rows(shop, "SELECT count(*) FROM refunds") == [(0,)]


async def test_money_that_its_order_came_with_is_not_booked_again(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    async with speaking(shop, url, tmp_path, clock) as system:
        await system.say(tiktok("5771", "AWAITING_SHIPMENT", 0, paid_time=1_772_440_100))
        before = rows(shop, "SELECT * FROM payments"), orders(shop)
        assert len(before[0]) == 1
        told = await system.say(payment("5771"))
        assert (told.status_code, told.json()["booked"]) == (200, True)
        assert (rows(shop, "SELECT * FROM payments"), orders(shop)) == before
        twice = await system.say(payment("5771", reference="ch_2"))
        assert (twice.status_code, twice.json()["booked"]) == (200, True)
        late = rows(shop, "SELECT amount_minor FROM payments WHERE state = 'LATE'")
        assert late == [(85_000,)]  # its platform pays it back


async def test_a_payment_for_a_cancelled_order_goes_back(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    number = place(shop, (IDS.cream, 1))
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")
    async with speaking(shop, url, tmp_path, clock) as system:
        told = await system.say(payment(str(number)))
        assert (told.status_code, told.json()["refund_minor"]) == (200, 85_000)
        assert (await system.say(payment(str(number)))).json()["again"]
    assert rows(shop, "SELECT amount_minor FROM refunds") == [(85_000,)]


async def test_a_payment_after_the_time_to_pay_goes_back_when_the_order_has_ended(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    number = place(shop, (IDS.cream, 1))
    clock.move(days=2)
    async with speaking(shop, url, tmp_path, clock) as system:
        told = await system.say(payment(str(number)))
        assert told.status_code in (200, 202)
        run_due(shop)
        for _ in range(100):  # the served app settles too; who finds it not ended yet puts it off by a minute
            clock.move(minutes=1)
            settle_waiting(shop)
            late = rows(shop, "SELECT state FROM payments WHERE state = 'LATE'")
            if late:
                break
            await asyncio.sleep(0.1)
    assert column(shop, number, "status") == "CANCELLED"
    assert late == [("LATE",)]


@pytest.mark.parametrize(("amount", "currency"), [(85_001, "IDR"), (84_999, "IDR"), (85_000, "USD")])
async def test_money_that_is_not_what_an_order_costs_is_kept_and_not_booked(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock, amount: int, currency: str
) -> None:
    number = place(shop, (IDS.cream, 1))
    async with speaking(shop, url, tmp_path, clock) as system:
        told = await system.say(payment(str(number), amount, currency=currency))
        assert (told.status_code, told.json()["code"]) == (422, "payment_not_of_order")
    assert column(shop, number, "status") == "UNPAID"
    assert [one.unbooked for one in sources_of(shop, SARI, KOPI)] == [1]


async def test_only_so_many_payments_wait(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    stock(sqlite_shop)
    async with speaking(sqlite_shop, sqlite_url, tmp_path, clock) as system:
        with sqlite_shop.change() as work:
            waiting = (
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < :most) "
                "INSERT INTO hook_payments SELECT :source, 'w' || x, 'o', 'IDR', 1, 0, 0, NULL, NULL FROM c"
            )
            work.run(Statement(text(waiting)), most=MOST_WAITING, source=system.source)
        told = await system.say(payment("5771"))
        assert (told.status_code, told.json()["code"]) == (409, "too_many_payments_wait")
        clock.move(days=31)
        assert sweep(sqlite_shop) == MOST_WAITING
        assert (await system.say(payment("5771"))).status_code == 202


async def test_names_and_addresses_are_kept_only_where_that_was_asked_for(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    stock(sqlite_shop)
    personal = add_source(sqlite_shop, SYSTEM, KOPI, personal=True)
    address = {"recipient_address": {"name": "Dewi Lestari", "address_detail": "Jl. Kenanga 5"}}
    async with speaking(sqlite_shop, sqlite_url, tmp_path, clock) as system:
        await system.say(tiktok("5771", "UNPAID", 0, **address))
        assert "Kenanga" not in str(everything(sqlite_shop))
        told = tiktok("5772", "UNPAID", 0, **address)
        await system.say(told, source=personal.id, secret=personal.secret)
        assert "Kenanga" in str(everything(sqlite_shop))


async def test_what_comes_in_shows_in_open_windows_and_a_cancel_reaches_the_system(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    added, own = add_source(shop, SYSTEM, KOPI), place(shop, (IDS.cream, 1))
    now = asyncio.get_running_loop().time
    async with receiving() as there, launched(url, tmp_path, clock) as app:
        hook = add_hook(shop, SYSTEM, KOPI, there.url, private=True)
        desk = await app.process.desk()
        telling = asyncio.create_task(deliver(desk, private=True))
        transport = httpx.ASGITransport(hooks(app.process.desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://hooks") as http:
            system = System(desk, http, added.id, added.secret, clock)
            phone = await app.open(f"/orders/{own}", kept={"takeback.person": str(MAI.id)})
            await phone.until(lambda: phone.sees("Pending payment"))
            begun = now()
            assert (await system.say(payment(str(own)))).status_code == 200
            await phone.until(lambda: phone.sees("To ship"))
            assert now() - begun < 1
            await system.say(tiktok("5771", "UNPAID", 0))
            sql = "SELECT number, buyer_id FROM orders WHERE outside_number = '5771'"
            ((number, buyer),) = rows(shop, sql)
            begun = now()
            await desk.act(lambda shop: cancel_order(shop, Actor(buyer), number, "BU_MISTAKE", key="k"))
            came = {one.json["type"]: one for one in await there.come(3)}  # sent at once, in any order
            assert now() - begun < 1
            got = came["order.cancel"]
            assert got.is_signed(hook.secret)
            assert got.json["data"]["outside_number"] == "5771"
        telling.cancel()
        await asyncio.wait([telling])
