"""The app for many people: one signs in, and whoever is in sees what is theirs."""

import asyncio
import secrets
import socket
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from functools import partial

from starlette.routing import BaseRoute, Mount, Route

from app.clock import wall_clock
from app.main import Process
from app.server.api.app import api
from app.server.client import Client
from app.server.door import App
from app.server.ending import end_in_time
from app.server.health import Health
from app.server.hooks import deliver, hooks
from app.server.metrics import Metrics
from app.server.pressed import Pressed
from app.server.requests import Requests
from app.server.rubbish import Rubbish
from app.server.running import run, serve
from app.server.sending import Sending
from app.server.web import LOOPBACK, Web, behind_door, listening
from app.server.workers import keep_serving
from app.settings import Serving, Settings
from app.shop.actions.accounts import Temporary, first_account
from app.shop.rules.errors import Invalid
from app.shop.store import open_shop
from app.ui.texts import t


class House:
    """One serving process: what it serves, and what is measured and told of it."""

    def __init__(
        self, settings: Settings, serving: Serving, *, number: int = 0, names: Sequence[str] = ()
    ) -> None:
        """`names` are those of all workers, where there are several, and `number` says which it is."""
        self.metrics = Metrics(serving.token)
        beside = partial(deliver, private=settings.private_hooks)
        self.process = Process(settings, guarded=True, beside=beside, watch=self.metrics.watch, number=number)
        self.interfaces = (
            Mount("/api", api(self.process.desk, settings.api_rate)),  # type: ignore[arg-type]
            Mount("/hooks", hooks(self.process.desk)),
        )
        self.health = Health(self.process.desk)
        self.client, self.pressed = Client(), Pressed(serving.cache)
        page = Sending(self.client, self.pressed, names, number)
        self.web = Web(self.process, page, self.metrics.tap_seconds.observe)
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
            *self.interfaces,
            *self.web.routes,
        )


def serve_everyone(settings: Settings, serving: Serving, *, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `tell` gets the address, and at the first start how to sign in.

    Raises Invalid where the port is taken, and ShopError where the store cannot be opened.
    """
    if serving.workers > 1 and not hasattr(socket, "send_fds"):
        raise Invalid("workers_not_here")
    _open_many()
    with ExitStack() as open_ones:
        listener = open_ones.enter_context(listening(serving.port, serving.host))
        port = listener.getsockname()[1]
        own = [
            open_ones.enter_context(listening(serving.port and port + number, LOOPBACK))
            for number in range(1, 1 + serving.workers)
            if serving.workers > 1
        ]
        first = opened(settings)
        tell(t("command.serve", address=f"http://{serving.host}:{port}"))
        if first is not None:
            tell(t("command.first_account", handle=first.handle, password=first.password))
        if own:
            client = Client()
            Pressed(serving.cache).press_beside([*client.files.values(), *client.own.values()])
            asyncio.run(keep_serving(listener, own, settings.secret or secrets.token_urlsafe()))
            return
        house = House(settings, serving)
        house.pressed.press_beside([*house.client.files.values(), *house.client.own.values()])
        run(run_house(house, serving, listener))


def _open_many() -> None:
    """As many connections at once as the system allows; it starts programs with a thousand."""
    with suppress(ImportError, OSError, ValueError):  # not on every system
        import resource  # noqa: PLC0415

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def opened(settings: Settings) -> Temporary | None:
    """Open the store once; where nobody can sign in yet, make the first account. Raises ShopError."""
    shop = open_shop(settings.database, wall_clock, settings.policy, photos=settings.photos)
    try:
        return first_account(shop)
    finally:
        shop.close()


async def run_house(
    house: House, serving: Serving, listener: socket.socket, handed: socket.socket | None = None
) -> None:
    """Serve until a signal; connections come to `listener`, or are `handed` over."""

    def ending() -> None:
        house.health.stop()
        end_in_time()

    rubbish = Rubbish(lambda: len(house.process.windows))
    beside = [asyncio.create_task(each) for each in (house.metrics.feel_lag(), rubbish.keep_looking())]
    try:
        await serve(
            house.process,
            house.app,
            listener,
            proxies=serving.proxies,
            ending=ending,
            handed=handed,
        )
    finally:
        for each in beside:
            each.cancel()
        house.metrics.close()
