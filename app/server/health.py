"""Whether the process lives, and whether it is ready for people."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import literal, select
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.shop.rules.errors import ShopError
from app.shop.shop import Shop
from app.shop.sql import Statement
from app.ui.desk import Desk

READY_SECONDS = 1.0
"""How soon the store has to answer."""
_ASK = Statement(select(literal(1)))


class Health:
    """The two questions of who watches over the process."""

    def __init__(self, desk: Callable[[], Awaitable[Desk]]) -> None:
        self._desk = desk
        self._stopping = False

    def stop(self) -> None:
        """From here on it is not ready any more."""
        self._stopping = True

    async def lives(self, _: Request) -> Response:
        """It answers at all."""
        return PlainTextResponse("ok\n")

    async def ready(self, _: Request) -> Response:
        """The store answers, and the end has not begun."""
        if self._stopping:
            return PlainTextResponse("stopping\n", 503)
        try:
            await asyncio.wait_for(self._ask(), READY_SECONDS)
        except (ShopError, TimeoutError):
            return PlainTextResponse("the store does not answer\n", 503)
        return PlainTextResponse("ready\n")

    async def _ask(self) -> None:
        desk = await self._desk()
        await desk.look(_answers)


def _answers(shop: Shop) -> None:
    with shop.look() as work:
        work.rows(_ASK)
