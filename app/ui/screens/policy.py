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
from app.ui.texts import t
from app.ui.texts.policy import GROUPS, value_words


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
    if setting.unit is Unit.AMOUNT and setting.value:
        # The currency is that of each shop, so the amount stands with the order.
        return t("policy.in_order")
    return value_words(setting.unit, setting.value)
