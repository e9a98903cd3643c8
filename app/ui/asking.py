"""The request of an order on its page and in its thread: read, drawn, and acted on by the buyer."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.actions.confirm import accept_offer, confirm_cancel, refuse_offer
from app.shop.actions.request import withdraw
from app.shop.reads.requests import RequestPanel, request_panel
from app.shop.rules.orders import Role
from app.shop.rules.requests import RequestAction
from app.ui import routes
from app.ui.dialogs.answer import answering
from app.ui.fixing import open_fix
from app.ui.hooks import Act, new_key, use_action, use_query
from app.ui.parts.cancel_body import title_of
from app.ui.parts.request_card import AskCard, RequestCard, Taps
from app.ui.state import Asking, go, use_underway, use_window
from app.ui.window import Window


@ft.component
def RequestSection(number: int, asks: bool = True) -> ft.Control:
    """Where the request of order `number` stands; `asks`: whether one can be begun here.

    Else the page has a way of its own to ask for a change.
    """
    window, underway = use_window(), use_underway()
    panel = use_query(request_panel, number).value
    # A key for each step of each turn: a second tap, or one after a lost answer, is the same step.
    newest = panel.newest if panel else None
    keys: dict[str, str] = ft.use_memo(dict, [newest and (newest.id, newest.since)])
    acts = {
        action.__name__: use_action(action)
        for action in (withdraw, confirm_cancel, accept_offer, refuse_offer)
    }
    if panel is None:
        return ft.Container(visible=False)
    now = window.now()
    if panel.newest is not None:
        busy = any(act.busy for act in acts.values()) or underway.of(number) is not None
        taps = _taps(panel, acts, keys, window, asks=asks)
        return RequestCard(panel, window.zone, now, taps, busy=busy)
    if asks and panel.role == Role.BUYER and panel.why_not_ask is None:
        return AskCard(panel, window.zone, now, _ask(panel, window))
    return ft.Container(visible=False)


def _taps(
    panel: RequestPanel, acts: dict[str, Act[Any]], keys: dict[str, str], window: Window, *, asks: bool
) -> Taps:
    number, newest = panel.order.number, panel.newest

    def does(name: str, *given: Any) -> Callable[[], object]:
        async def tapped() -> None:
            await acts[name].run(number, *given, key=keys.setdefault(name, new_key()))

        return tapped

    def escalate() -> None:
        window.above.draft = answering(RequestAction.ESCALATE, {number: title_of(panel.order)})

    there = routes.seller if panel.role == Role.SELLER else routes.escalations
    return Taps(
        ask=_ask(panel, window),
        fix=(lambda: open_fix(window, number)) if asks else None,
        withdraw=does("withdraw"),
        confirm=does("confirm_cancel"),
        accept=does("accept_offer", newest and newest.since),
        refuse=does("refuse_offer"),
        escalate=escalate,
        open=lambda: go(there(number=number)),
    )


def _ask(panel: RequestPanel, window: Window) -> Callable[[], None]:
    def ask() -> None:
        window.above.draft = Asking(panel.order.number, new_key())

    return ask
