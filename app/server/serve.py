"""The app for many people: one signs in, and whoever is in sees what is theirs."""

import asyncio
import socket
from collections.abc import Callable, Sequence

from starlette.routing import BaseRoute, Route

from app.clock import wall_clock
from app.main import Process
from app.server.door import App
from app.server.health import Health
from app.server.metrics import Metrics
from app.server.pressed import Pressed
from app.server.requests import Requests
from app.server.running import serve
from app.server.web import Web, behind_door, listening
from app.settings import Serving, Settings
from app.shop.actions.accounts import Temporary, first_account
from app.shop.rules.errors import Invalid
from app.shop.store import open_shop
from app.ui.texts import t


class House:
    """One serving process: what it serves, and what is measured and told of it."""

    def __init__(self, settings: Settings, serving: Serving) -> None:
        self.metrics = Metrics(serving.token)
        self.process = Process(settings, guarded=True, watch=self.metrics.watch)
        self.health = Health(self.process.desk)
        self.pressed = Pressed(serving.cache)
        self.web = Web(self.process, self.pressed, self.metrics.tap_seconds.observe)
        self.metrics.count("takeback_sockets", "Connections of browsers.", lambda: self.web.connections.open)
        self.metrics.count(
            "takeback_windows", "Windows, connected or not.", lambda: len(self.process.windows)
        )
        self.app: App = Requests(behind_door(self.routes(), None), self.metrics)

    def routes(self) -> Sequence[BaseRoute]:
        """Everything that is served, the first that fits: other interfaces are mounted here."""
        return (
            Route("/healthz", self.health.lives),
            Route("/readyz", self.health.ready),
            Route("/metrics", self.metrics.answer),
            *self.web.routes,
        )


def serve_everyone(settings: Settings, serving: Serving, *, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `tell` gets the address, and at the first start how to sign in.

    Raises Invalid where the port is taken, and ShopError where the store cannot be opened.
    """
    if serving.workers > 1:
        raise Invalid("workers_not_here")
    with listening(serving.port, serving.host) as listener:
        first = opened(settings)
        tell(t("command.serve", address=f"http://{serving.host}:{listener.getsockname()[1]}"))
        if first is not None:
            tell(t("command.first_account", handle=first.handle, password=first.password))
        house = House(settings, serving)
        client = house.web.client
        house.pressed.press_beside([*client.files.values(), *client.own.values()])
        asyncio.run(_serve(house, serving, listener))


def opened(settings: Settings) -> Temporary | None:
    """Open the store once; where nobody can sign in yet, the first account. Raises ShopError."""
    shop = open_shop(settings.database, wall_clock, settings.policy, photos=settings.photos)
    try:
        return first_account(shop)
    finally:
        shop.close()


async def _serve(house: House, serving: Serving, listener: socket.socket) -> None:
    feeling = asyncio.create_task(house.metrics.feel_lag())
    try:
        await serve(house.process, house.app, listener, proxies=serving.proxies, ending=house.health.stop)
    finally:
        feeling.cancel()
        house.metrics.close()
