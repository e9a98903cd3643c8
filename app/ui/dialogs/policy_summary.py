"""What a policy changes from what to what, to be looked at once more before it is saved."""

from collections.abc import Callable, Coroutine
from typing import Any

import flet as ft

from app.shop.reads.policies import OpenPolicy
from app.ui import theme
from app.ui.dialogs.modal import use_panel
from app.ui.hooks import new_key
from app.ui.parts.policy_history import Change
from app.ui.parts.tap import Filled, Outlined
from app.ui.parts.words import Quiet, Title
from app.ui.policy_draft import Outcome
from app.ui.state import use_window
from app.ui.texts import t
from app.ui.texts.policy import value_words


def use_summary(
    policy: OpenPolicy, result: Outcome, on_save: Callable[[str], Coroutine[Any, Any, None]]
) -> Callable[[], None]:
    """How to ask; `on_save` gets an idempotency key that was made when the dialog opened."""
    window = use_window()
    key, ask = ft.use_state("")

    def close() -> None:
        ask("")

    def save() -> None:
        close()
        window.page.run_task(on_save, key)

    use_panel(_body(policy, result, close, save) if key else None, close)
    return lambda: ask(new_key())


def _body(
    policy: OpenPolicy, result: Outcome, on_close: Callable[[], None], on_save: Callable[[], None]
) -> ft.Container:
    title = ft.Semantics(header=True, content=Title(t("policy.summary")))
    changes: list[ft.Control] = [
        Change(one.code, value_words(one.unit, one.value), value_words(one.unit, result.becomes[one.code]))
        for one in policy.settings
        if one.code in result.becomes
    ]
    buttons = ft.Row(
        [
            Outlined("keep-editing", t("policy.keep_editing"), on_close, expand=True),
            Filled("confirm-save", t("policy.save"), on_save, expand=True),
        ],
        spacing=theme.GAP,
    )
    scrolled = ft.Column(changes, spacing=theme.GAP, scroll=ft.ScrollMode.AUTO, tight=True)
    room = ft.Container(scrolled, height=min(320, 64 * len(changes)))
    return ft.Container(
        ft.Column(
            [title, room, Quiet(t("policy.stamped")), buttons],
            spacing=theme.MARGIN,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        padding=theme.MARGIN,
    )
