"""The device of a person: what it keeps from one start to the next, and how it is set."""

import asyncio
import logging
from contextlib import suppress

import flet as ft

log = logging.getLogger("takeback")

PERSON = "takeback.person"
"""The name of what is kept of who looked last."""
LANGUAGE = "takeback.language"
"""The name of what is kept of the language chosen."""
LOOKS = "takeback.looks"
"""The name of what is kept of the appearance chosen."""
MOTION = "takeback.motion"
"""The name of what is kept of how much may move: `less` or `full`."""
TOKEN = "takeback.token"  # noqa: S105  (its name)
"""The name of what is kept to be signed in again."""
TOUR = "takeback.tour"
"""The name of what is kept of where the guided tour stands."""
PATIENCE = 3.0
"""Seconds a device may take to answer."""
PATIENCE_TO_ENTER = 20.0
"""And to tell who signed in: on a slow line one rather waits than types a password again."""
_NO_ANSWER = (RuntimeError, TimeoutError)
"""How a device fails that keeps nothing, or is away: it is asked again next time."""


class Device:
    """What shows one window."""

    def __init__(self, page: ft.Page) -> None:
        self._page = page
        # Flet drops a service that nothing holds.
        self._preferences = ft.SharedPreferences()
        self._semantics = ft.SemanticsService()
        # A browser has none that it lets a page use.
        hand = page.platform is not None and page.platform.is_mobile() and not page.web
        self._touch = ft.HapticFeedback() if hand else None

    async def recall(self, name: str, patience: float = PATIENCE) -> str | None:
        """What was kept under `name`; None where it was nothing, or the device does not tell in time."""
        with suppress(*_NO_ANSWER):
            kept = await asyncio.wait_for(self._preferences.get(name), patience)
            return kept if isinstance(kept, str) else None
        return None

    async def recall_number(self, name: str) -> int | None:
        """The number that was kept under `name`; None where it was none."""
        kept = await self.recall(name)
        return int(kept) if kept is not None and kept.isdecimal() else None

    async def keep(self, name: str, value: str) -> None:
        """Keep `value` under `name` until it is replaced, where the device can."""
        with suppress(*_NO_ANSWER):
            await asyncio.wait_for(self._preferences.set(name, value), PATIENCE)

    def remember(self, person: int | None) -> None:
        """Have `person` be who looks at the next start: whose phone it is changes with what is ordered."""
        self._page.run_task(self.keep, PERSON, str(person or ""))

    async def languages(self) -> list[str]:
        """The languages the device is set to, as ISO 639 codes, the best liked first."""
        try:
            told = await asyncio.wait_for(self._page.get_device_info(), PATIENCE)
            return [locale.language_code for locale in told.locales] if told else []
        except Exception:
            # Flet reads what each kind of client tells into a class of its own, and fails where that differs.
            log.warning("the device does not tell its languages", exc_info=True)
            return []

    def be_felt(self) -> None:
        """Let the hand feel that something was done, where somebody holds a phone."""
        if self._page.session.connection is not None:
            self._page.run_task(self._feel)

    async def _feel(self) -> None:
        if self._touch is not None:
            with suppress(*_NO_ANSWER):
                await asyncio.wait_for(self._touch.light_impact(), PATIENCE)  # type: ignore[no-untyped-call]

    async def asks_for_less_motion(self) -> bool:
        """Whether the device is set to less motion."""
        with suppress(*_NO_ANSWER):
            told = await asyncio.wait_for(self._semantics.get_accessibility_features(), PATIENCE)
            return told.disable_animations or told.reduce_motion
        return False
