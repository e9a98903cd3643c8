"""Paying an order: what is paid and until when, the way to pay, and what the bank says."""

from collections.abc import Callable
from functools import partial

import flet as ft

from app.shop.actions.charge import charge
from app.shop.actions.edit import change_payment_method
from app.shop.actions.extend import extend_pay_by
from app.shop.gateway import Bank
from app.shop.reads.paying import Paying, Stage, paying
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Status
from app.ui import routes
from app.ui.hooks import new_key, use_action, use_query
from app.ui.kept import use_kept
from app.ui.parts.faces import OrderFace
from app.ui.parts.frame import Foot, Pane, Scroll
from app.ui.parts.pay_sections import BankAnswers, OtherWays, Standing, WayToPay, WhatIsPaid
from app.ui.parts.policy_fields import Slot
from app.ui.parts.tap import Filled, Outlined, Plain
from app.ui.state import go, use_underway, use_window
from app.ui.texts import moment, money, t
from app.ui.window import Window

OnTap = Callable[[], object]

PAYABLE = (Stage.OPEN, Stage.REFUSED)
"""Where there is something to pay now."""


@ft.component
def PayScreen(back: str | None, number: int) -> ft.Control:
    """Where the buyer pays order `number`."""
    window, cancelling = use_window(), use_underway().of(number) is not None
    found = use_query(paying, number)
    bank = use_kept(("bank", number), lambda: Bank.APPROVES)
    pays, extends, changes = use_action(charge), use_action(extend_pay_by), use_action(change_payment_method)
    shown = found.value
    # One key for each charge that could come next: a second tap, or one after the line was lost, is the same.
    key = ft.use_memo(new_key, [shown.reference if shown else None])

    async def pay() -> None:
        await pays.run(number, bank.value.value, key=key)

    async def extend() -> None:
        await extends.run(number, key=f"{key}-more")

    async def change(method: Method) -> None:
        await changes.run(number, method, key=new_key())

    async def copy(value: str) -> None:
        await ft.Clipboard().set(value)
        window.say(t("copied"))

    if shown is None:
        face = OrderFace(found.error, window.draw_again, 96, 160, 160, still=window.still)
        return Pane(t("pay"), face, back=back)
    run, asking = window.page.run_task, pays.busy
    open_ = shown.stage in PAYABLE
    busy = asking or extends.busy or changes.busy or cancelling
    more = more_time(shown, window, None if busy else lambda: run(extend))
    content = Scroll(
        Slot(Standing(shown, window.zone, window.now(), asking=asking, still=window.still)),
        WhatIsPaid(shown.order, window.zone, more, clock=shown.order.status == Status.UNPAID),
        Slot(WayToPay(shown, lambda value: run(copy, value)) if open_ else None),
        Slot(OtherWays(shown.ways, lambda way: run(change, way)) if shown.ways and not asking else None),
        Slot(BankAnswers(bank.value, bank.set) if open_ and not asking else None),
    )
    foot = _foot(shown, lambda: run(pay), cancelling=cancelling, busy=busy)
    return Pane(t("pay"), content, back=back, foot=foot)


def more_time(shown: Paying, window: Window, on_more: OnTap | None) -> ft.Control | None:
    """The way to more time, with until when; None where there is none to have, and while it runs."""
    if shown.longer_until is None or on_more is None:
        return None
    until = moment(shown.longer_until, window.zone, window.now())
    return Plain("more-time", t("more_time", at=until), on_more)


def _foot(shown: Paying, on_pay: OnTap, *, cancelling: bool, busy: bool) -> ft.Control:
    """What can be done: to pay, where nothing else is under way, else the way to the order."""
    order = shown.order
    # Each with a key: a client keeps the name of what was there before in what only changes its words.
    if shown.stage not in PAYABLE:
        first = Outlined if shown.stage is Stage.WAITING else Filled
        see = partial(go, routes.order(order.number))
        return Foot(first("see-order", t("see_order"), see, expand=True, key="see-order"))
    total = money(order.total_minor, order.currency)
    word = t("cancelling_now") if cancelling else t("pay_amount", amount=total)
    return Foot(Filled("pay", word, on_pay, disabled=busy, expand=True, key="pay"))
