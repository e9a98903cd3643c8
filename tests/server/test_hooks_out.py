"""Webhooks out: another system is told what happens, signed, in order, and again until it has heard."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.server.hooks import deliver
from app.server.hooks.network import is_public
from app.shop.actions.cancel import cancel_order
from app.shop.hooks.addresses import add_hook
from app.shop.hooks.deliveries import AT_ONCE
from app.shop.hooks.standing import Added
from app.shop.shop import SYSTEM, Shop
from app.ui.desk import Desk
from tests.actions.steps import MAI, place, plenty, rows
from tests.conftest import Clock
from tests.launch import launched
from tests.people import Stocked, stock
from tests.receiver import Receiver, answered, receiving

KOPI = "kopi-house"


@asynccontextmanager
async def delivering(url: str, data: Path, clock: Clock, *, private: bool = True) -> AsyncIterator[Desk]:
    """The desk of a process that tells what happens."""
    async with launched(url, data, clock) as app:
        desk = await app.process.desk()
        telling = asyncio.create_task(deliver(desk, private=private))
        try:
            yield desk
            assert not telling.done()
        finally:
            telling.cancel()
            await asyncio.wait([telling])


def hook(shop: Shop, to: Receiver, handle: str | None = KOPI) -> Added:
    """An address that is told of the orders of a shop."""
    return add_hook(shop, SYSTEM, handle, to.url, private=True)


async def test_a_cancel_is_told_signed_within_a_second(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    number = place(shop)
    async with receiving() as system, delivering(url, tmp_path, clock) as desk:
        secret = hook(shop, system).secret
        begun = asyncio.get_running_loop().time()
        await desk.act(lambda shop: cancel_order(shop, MAI, number, "BU_MISTAKE", key="k"))
        (got,) = await system.come(1)
        assert asyncio.get_running_loop().time() - begun < 1
        assert got.is_signed(secret)
        assert not got.is_signed(secret[:-4] + "AAA=")
        assert got.id == f"event_{number}_1"
        assert int(got.headers["webhook-timestamp"]) == clock.at // 1000
        told = got.json
        assert (told["type"], told["timestamp"]) == ("order.cancel", "2026-03-02T09:00:00Z")
        assert told["data"]["number"] == str(number)
        assert told["data"]["shop"] == KOPI
        assert told["data"]["status_to"] == "CANCELLED"
        await asyncio.sleep(0.5)
        assert len(system.got) == 1
        assert rows(shop, "SELECT count(*) FROM hook_deliveries") == [(0,)]


async def test_a_receiver_that_is_down_is_told_when_it_is_back(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    async with receiving() as gone:
        hook(shop, gone)
    number = place(shop)
    async with delivering(url, tmp_path, clock):
        await until(shop, "SELECT attempts, trouble FROM hook_deliveries", [(1, "ConnectError")])
        async with receiving(gone.port) as back:
            clock.move(seconds=7)
            (got,) = await back.come(1)
            assert got.id == f"event_{number}_0"
            assert int(got.headers["webhook-timestamp"]) == clock.at // 1000


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (answered(500), "status_500"),
        (answered(302, "location: {elsewhere}"), "status_302"),
        (answered(308, "location: {elsewhere}"), "status_308"),
        (b"what?\r\n\r\n", "RemoteProtocolError"),
        (b"HTTP/1.1 200 x\r\n" + b"x: " + b"y" * 200_000 + b"\r\n\r\n", "RemoteProtocolError"),
    ],
)
async def test_an_answer_that_is_no_yes_is_a_no(
    sqlite_shop: Shop, tmp_path: Path, clock: Clock, sqlite_url: str, answer: bytes, trouble: str
) -> None:
    stock(sqlite_shop)
    place(sqlite_shop)
    async with receiving() as system, receiving() as elsewhere, delivering(sqlite_url, tmp_path, clock):
        told = answer.replace(b"{elsewhere}", elsewhere.url.encode())
        system.answer = lambda _: told
        hook(sqlite_shop, system)
        place(sqlite_shop)
        await until(sqlite_shop, "SELECT attempts, trouble FROM hook_deliveries", [(1, trouble)])
        assert (len(system.got), elsewhere.got) == (1, [])


async def test_an_answer_without_end_is_not_read_to_its_end(
    sqlite_shop: Shop, tmp_path: Path, clock: Clock, sqlite_url: str
) -> None:
    stock(sqlite_shop)
    async with receiving() as system, delivering(sqlite_url, tmp_path, clock):
        head = b"HTTP/1.1 200 x\r\ncontent-length: 100000000\r\n\r\n"
        system.answer = lambda _: head + b"x" * 4_000_000
        hook(sqlite_shop, system)
        place(sqlite_shop)
        await system.come(1)
        await until(sqlite_shop, "SELECT count(*) FROM hook_deliveries", [(0,)])
        await asyncio.sleep(0.2)
        assert system.closed == 1


async def test_one_who_does_not_answer_keeps_nobody_waiting(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    plenty(shop)
    async with receiving() as silent, receiving() as well, delivering(url, tmp_path, clock) as desk:
        silent.answer = lambda _: b""
        for _ in range(5):
            hook(shop, silent)
        hook(shop, well)
        numbers = [place(shop) for _ in range(12)]
        await well.come(12, within=3)
        assert silent.most_at_once <= 5 * AT_ONCE
        begun = asyncio.get_running_loop().time()
        await desk.act(lambda shop: cancel_order(shop, MAI, numbers[0], "BU_MISTAKE", key="k"))
        await well.come(13)
        assert asyncio.get_running_loop().time() - begun < 1


async def test_nobody_is_told_within_this_machine_unless_that_is_allowed(
    sqlite_shop: Shop, tmp_path: Path, clock: Clock, sqlite_url: str
) -> None:
    stock(sqlite_shop)
    async with receiving() as system, delivering(sqlite_url, tmp_path, clock, private=False):
        for name in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0"):
            url = system.url.replace("127.0.0.1", name)
            add_hook(sqlite_shop, SYSTEM, KOPI, url, private=True)
        place(sqlite_shop)
        await until(
            sqlite_shop, "SELECT DISTINCT attempts, trouble FROM hook_deliveries", [(1, "address_forbidden")]
        )
        assert system.got == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *((one, True) for one in ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946")),
        *((one, False) for one in ("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254")),
        *((one, False) for one in ("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::")),
        *((one, False) for one in ("fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:10.0.0.1")),
        *(
            (one, False)
            for one in ("64:ff9b::a00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe")
        ),
    ],
)
def test_what_leads_into_a_network_of_ours_is_known_however_it_is_wrapped(address: str, public: bool) -> None:
    assert is_public(address) is public


async def test_events_of_one_order_arrive_in_their_order(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock
) -> None:
    async with receiving() as system, delivering(url, tmp_path, clock):
        system.answer = lambda count: answered(503 if count == 1 else 200)
        hook(shop, system)
        number = place(shop)
        await system.come(1)
        cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")
        await asyncio.sleep(0.5)
        assert len(system.got) == 1
        clock.move(seconds=7)
        await system.come(3)
        ids = [f"event_{number}_{n}" for n in (0, 0, 1)]
        assert [one.id for one in system.got] == ids


async def test_two_processes_share_the_work_and_tell_nothing_twice(
    shop: Shop, stocked: Stocked, url: str, tmp_path: Path, clock: Clock, full: bool
) -> None:
    plenty(shop)
    orders = 300 if full else 40
    async with (
        receiving() as system,
        delivering(url, tmp_path / "one", clock),
        delivering(url, tmp_path / "two", clock),
    ):
        hook(shop, system)
        numbers = await asyncio.to_thread(lambda: [place(shop) for _ in range(orders)])
        await system.come(orders, within=60)
        await until(shop, "SELECT count(*) FROM hook_deliveries", [(0,)])
        assert sorted(one.id for one in system.got) == sorted(f"event_{number}_0" for number in numbers)


async def until(shop: Shop, sql: str, found: list[tuple[object, ...]]) -> None:
    """Wait until a query finds this."""
    for _ in range(500):
        if rows(shop, sql) == found:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(rows(shop, sql))
