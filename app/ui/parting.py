"""Parting with who was erased: somebody else looks through the window then, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.shop.reads.people import profile_of
from app.shop.rules.errors import ShopError
from app.ui import routes
from app.ui.outcome import outcome
from app.ui.texts import problem, t

if TYPE_CHECKING:
    from app.ui.window import Window


def leave(window: Window) -> None:
    """Have whose phone it is look through `window`, and choose who is to; to be called as that window."""
    window.page.run_task(_leave, window)


async def look_after(window: Window) -> None:
    """Have a window that was away leave who was erased meanwhile."""
    profile = await outcome(window.look(profile_of))
    if not isinstance(profile, ShopError) and profile.erased:
        await _leave(window)


async def _leave(window: Window) -> None:
    left = await outcome(window.become(None))
    if isinstance(left, ShopError):
        window.say(problem(left))
        return
    window.navigation.go(routes.ACCOUNTS if window.actor and window.gate is None else routes.PROFILE)
    window.say(t("account_deleted"))
