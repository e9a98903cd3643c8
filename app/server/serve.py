"""The app for many people: one signs in, and whoever is in sees what is theirs."""

import asyncio
from collections.abc import Callable
from functools import partial

from starlette.routing import Mount

from app.clock import wall_clock
from app.main import Process
from app.server.hooks import deliver, hooks
from app.server.web import listening, serve, web_app
from app.settings import Settings
from app.shop.actions.accounts import first_account
from app.shop.store import open_shop
from app.ui.texts import t


def serve_everyone(settings: Settings, host: str, port: int, *, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `tell` gets the address, and at the first start how to sign in.

    Raises Invalid where the port is taken, and ShopError where the store cannot be opened.
    """
    beside = partial(deliver, private=settings.private_hooks)
    process = Process(settings, guarded=True, beside=beside)
    routes = [Mount("/hooks", hooks(process.desk))]
    with listening(port, host) as listener:
        shop = open_shop(settings.database, wall_clock, settings.policy, photos=settings.photos)
        try:
            first = first_account(shop)
        finally:
            shop.close()
        tell(t("command.serve", address=f"http://{host}:{listener.getsockname()[1]}"))
        if first is not None:
            tell(t("command.first_account", handle=first.handle, password=first.password))
        asyncio.run(serve(process, web_app(process, None, routes), listener))
