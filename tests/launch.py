"""Launching the app for a test: its process, its windows, and what went wrong behind them."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.main import Process
from app.settings import Settings
from app.shop.gateway import SMOOTH, Script
from app.shop.rules.policy import Policy
from app.shop.shop import Clock
from tests.headless import Phone


class Launched:
    """A running app whose windows a test opens; they are compared and closed at its end."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.phones: list[Phone] = []
        self.faults = Faults()

    async def open(
        self,
        route: str = "/",
        *,
        size: tuple[int, int] = (412, 915),
        kept: dict[str, Any] | None = None,
        languages: tuple[str, ...] = ("en",),
        calm: bool | None = False,
        native: str | None = None,
        app: Callable[..., Any] | None = None,
        tells_after: float = 0.0,
    ) -> Phone:
        """Open a window; `kept` is what its device remembers, `app` a component in place of the whole app.

        `languages`: those the device is set to, the best liked first; `calm`: whether it is set to less
        motion, None where it does not tell; `native`: the platform it runs on itself, None in a browser;
        `tells_after`: seconds it takes to tell what it remembers.
        """
        phone = Phone(self.process, route, size, {} if kept is None else kept, languages, calm, native)
        phone.tells_after = tells_after
        self.phones.append(phone)
        await phone.open(app)
        return phone


@asynccontextmanager
async def launched(
    url: str,
    data: Path,
    now: Clock,
    language: str | None = None,
    script: Script = SMOOTH,
    *,
    guarded: bool = False,
    sign_up: bool = True,
) -> AsyncIterator[Launched]:
    """The app over the store at `url`, its other files in `data`; `language` as the environment sets it.

    `script` is how money is paid back; `guarded`: one has to sign in; `sign_up`: and may make
    an account.
    """
    settings = Settings(url, data, language, Policy(), None, script, sign_up=sign_up)
    app = Launched(Process(settings, now, guarded=guarded))
    try:
        yield app
        for phone in app.phones:
            await phone.close()
        assert not app.faults.told, app.faults.told
    finally:
        app.faults.stop()
        await app.process.close()


class Faults(logging.Handler):
    """What went wrong behind the screens, as the log has it; a test clears what it asked for."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []
        for name in ("takeback", "flet", "asyncio"):
            logging.getLogger(name).addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.told.append(self.format(record))

    def stop(self) -> None:
        """Listen no longer."""
        for name in ("takeback", "flet", "asyncio"):
            logging.getLogger(name).removeHandler(self)
