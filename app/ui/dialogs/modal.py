"""A dialog above the screens: while it is there, the keys of the keyboard are its own."""

from collections.abc import Callable

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from app.ui import theme
from app.ui.state import use_window
from app.ui.tour.coach import coached


def nothing() -> None:
    """Nobody needs to be told."""


def use_modal(
    dialog: ft.DialogControl | None,
    on_close: Callable[[], None],
    on_gone: Callable[[], None] = nothing,
    *,
    anew: bool = False,
) -> None:
    """Show `dialog`; None hides it. `on_close` is called when it has to go, `on_gone` when it is gone.

    `anew`: the same one is another object at each drawing.
    """
    window = use_window()
    navigation = window.navigation
    modal = ft.use_memo(object, [])
    wanted = ft.use_ref(False)
    known: MutableRef[ft.DialogControl | None] = ft.use_ref(None)
    newest: MutableRef[Callable[[], None]] = ft.use_ref(lambda: on_close)
    # Closed by the person a moment ago, it will say so itself. Shown again meanwhile it would be there twice,
    # and the client's dialogs no longer those the server thinks it has (Flet 1.0.5).
    same = dialog is known.current or (anew and wanted.current)
    closing = dialog is not None and known.current is not None and same and not known.current.open
    wanted.current, newest.current = dialog is not None, on_close

    def gone() -> None:
        if wanted.current:  # by the person; else it was hidden, and another may stand in its place
            wanted.current = False
            on_close()
        navigation.uncovered(modal)
        on_gone()

    if dialog is not None and not closing:
        dialog.on_dismiss = gone
        if dialog is not known.current and isinstance(dialog, ft.BottomSheet | ft.AlertDialog):
            dialog.content = coached(dialog.content)
        known.current = dialog
    ft.use_dialog(None if closing else dialog)

    def close() -> None:
        now = newest.current or nothing  # of what stands there by then: another draft may have come
        now()

    # Where the connection went before it could say so, it has gone without a word.
    ft.use_effect(lambda: gone() if closing else None, [window.returns])
    ft.use_effect(lambda: navigation.covered(modal, close) if dialog else None, [dialog is not None])


def use_panel(content: ft.Control | None, on_close: Callable[[], None]) -> None:
    """Show `content` as a sheet, or in the middle when wide; None hides it.

    Where the window is turned it closes: at once with the screens, the client would leave it below the next
    (Flet 1.0.5).
    """
    wide = use_window().wide
    opened = ft.use_ref(wide if content is None else None)
    if content is None:
        opened.current = wide
    turned = opened.current != wide
    ft.use_effect(lambda: on_close() if turned else None, [turned])
    dialog: ft.DialogControl | None = None
    if content is not None and not turned:
        # In a container: the client does not draw a component again that is itself the content of a dialog.
        body = ft.Container(content, width=theme.DIALOG if wide else None)
        if wide:
            dialog = ft.AlertDialog(content=body, content_padding=0, actions_padding=0)
        else:
            dialog = ft.BottomSheet(body, scrollable=True)
    use_modal(dialog, on_close, anew=True)
