"""Policy of the shop: the rules that decide until when what can be done, to be read."""

from collections.abc import Sequence

import flet as ft

from app.shop.reads.policy import Setting, Unit, policy_for
from app.ui import theme
from app.ui.hooks import use_query
from app.ui.parts.faces import Loading, Trouble
from app.ui.parts.frame import Aside, Pane, Scroll, Section
from app.ui.parts.words import Quiet, Strong
from app.ui.state import use_window
from app.ui.texts import duration, number, t

GROUPS = {
    "policy.paying": ("pay_card_ms", "pay_wallet_ms", "pay_transfer_ms", "grace_ms", "attempt_patience_ms"),
    "policy.cancelling": (
        "undo_ms",
        "remorse_ms",
        "request_attempts",
        "respond_ms",
        "silence_approves",
        "confirm_ms",
        "seller_cancels_unpaid",
        "seller_cancels_arranged",
    ),
    "policy.sending": (
        "shipping_minor",
        "ship_working_days",
        "collect_working_days",
        "cancel_sla_working_days",
        "after_sales_ms",
    ),
}
"""Which settings stand together, and in which order."""


@ft.component
def PolicyScreen(back: str | None) -> ft.Control:
    """The settings in force, in words."""
    window = use_window()
    policy = use_query(policy_for)
    if policy.value is not None:
        content = PolicyBody(policy.value)
    elif policy.error is not None:
        content = Trouble(policy.error, window.draw_again)
    else:
        content = Scroll(Loading(200, 320, 200, still=window.still))
    return Pane(t("policy"), content, back=back)


def PolicyBody(settings: Sequence[Setting]) -> ft.Control:
    """The settings by what they are about."""
    known = {setting.code: setting for setting in settings}
    cards = [
        Section(*(_row(known[code]) for code in codes if code in known), title=t(group))
        for group, codes in GROUPS.items()
    ]
    return Scroll(Aside(t("policy_how")), *cards)


def _row(setting: Setting) -> ft.Control:
    # Both may wrap: neither a long meaning nor a large value may push the other out.
    return ft.Row(
        [
            Quiet(t(f"policy.{setting.code}"), expand=3),
            Strong(_value(setting), expand=2, text_align=ft.TextAlign.END),
        ],
        spacing=theme.MARGIN,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _value(setting: Setting) -> str:
    value = setting.value
    match setting.unit:
        case Unit.FLAG:
            return t("yes") if value else t("no")
        case Unit.AMOUNT:
            # The currency is that of each shop, so the amount stands with the order.
            return t("policy.in_order") if value else t("policy.free")
        case _ if not value:
            return t("policy.none")
        case Unit.DURATION:
            return duration(value)
        case Unit.WORKING_DAYS:
            return t("working_days", days=value)
    return number(value)
