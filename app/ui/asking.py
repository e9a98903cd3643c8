"""The request of an order on its page and in its thread: read, drawn, and acted on by the buyer."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.actions.confirm import accept_offer, confirm_cancel, refuse_offer
from app.shop.actions.request import escalate, withdraw
from app.shop.reads.requests import RequestPanel, request_panel
from app.shop.rules.orders import Role
from app.ui.dialogs.ask import Asking, use_ask_dialog
from app.ui.hooks import Act, new_key, use_action, use_query
from app.ui.parts.request_card import AskCard, RequestCard, Taps
from app.ui.state import use_window


@ft.component
def RequestSection(number: int, asks: bool = True) -> ft.Control:
    """Where the request of order `number` stands; `asks`: whether one can be begun here."""
    window = use_window()
    panel = use_query(request_panel, number).value
    nothing: Asking | None = None
    asking, ask = ft.use_state(nothing)
    # A key for each step of each request: a second tap, or one after a lost answer, is the same step.
    newest = panel.newest if panel else None
    keys: dict[str, str] = ft.use_memo(dict, [newest and (newest.id, newest.status)])
    acts = {
        action.__name__: use_action(action)
        for action in (withdraw, confirm_cancel, accept_offer, refuse_offer, escalate)
    }
    use_ask_dialog(asking, lambda: ask(None))
    if panel is None:
        return ft.Container(visible=False)
    taps = _taps(panel, acts, keys, ask)
    busy = any(act.busy for act in acts.values()) or window.pending_of(number) is not None
    if panel.newest is not None:
        return RequestCard(panel, window.zone, window.now(), taps, busy=busy)
    if asks and panel.role == Role.BUYER and panel.why_not_ask is None:
        return AskCard(taps)
    return ft.Container(visible=False)


def _taps(
    panel: RequestPanel, acts: dict[str, Act[Any]], keys: dict[str, str], ask: Callable[[Any], None]
) -> Taps:
    def does(name: str) -> Callable[[], object]:
        async def tapped() -> None:
            await acts[name].run(panel.order.number, key=keys.setdefault(name, new_key()))

        return tapped

    return Taps(
        ask=lambda: ask(Asking(panel)),
        withdraw=does("withdraw"),
        confirm=does("confirm_cancel"),
        accept=does("accept_offer"),
        refuse=does("refuse_offer"),
        escalate=does("escalate"),
    )
