"""A dialog above the screens: while it is there, the keys of the keyboard are its own."""

from collections.abc import Callable

import flet as ft

from app.ui.state import use_window_unwatched


def use_modal(dialog: ft.DialogControl | None, on_close: Callable[[], None]) -> None:
    """Show `dialog`; None hides it. `on_close` is called when it has to go, and when it is gone."""
    navigation = use_window_unwatched().navigation
    modal = ft.use_memo(object, [])

    def gone() -> None:
        on_close()
        navigation.uncovered(modal)

    if dialog is not None:
        dialog.on_dismiss = gone
    ft.use_dialog(dialog)
    ft.use_effect(lambda: navigation.covered(modal, on_close) if dialog else None, [dialog is not None])
