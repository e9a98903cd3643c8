"""A dialog above the screens: while it is there, the keys of the keyboard are its own."""

import flet as ft

from app.ui.state import use_window_unwatched


def use_modal(dialog: ft.DialogControl | None) -> None:
    """Show `dialog`; None hides it."""
    navigation = use_window_unwatched().navigation
    ft.use_dialog(dialog)
    counted = ft.use_ref(False)

    def count(shown: bool) -> None:
        if counted.current != shown:
            counted.current = shown
            navigation.modals += 1 if shown else -1

    ft.use_effect(lambda: count(dialog is not None), [dialog is not None], cleanup=lambda: count(False))
