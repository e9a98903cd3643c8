"""Webhooks out: another system is told what happens, signed, in order, and again until it has heard."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.server.hooks import deliver
from app.shop.actions.cancel import cancel_order
from app.shop.hooks.addresses import Added, add_hook
from app.shop.shop import SYSTEM, Shop
from app.ui.desk import Desk
from tests.actions.steps import MAI, place, rows
from tests.conftest import Clock
from tests.launch import launched
from tests.people import Stocked
from tests.receiver import Receiver, receiving

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
