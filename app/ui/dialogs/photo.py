"""A photo of a thread, as large as the window allows."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from app.shop.reads.talk import PhotoRow, photo
from app.ui import theme
from app.ui.dialogs.modal import use_modal
from app.ui.hooks import use_query
from app.ui.parts.faces import Trouble
from app.ui.parts.tap import IconTap
from app.ui.parts.words import Strong
from app.ui.state import use_window
from app.ui.texts import t

EDGE, BAR = 16, 72
"""The room around the dialog, and what its bar takes of the height."""


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """Which photo is shown large, and who sent it."""

    shown: tuple[PhotoRow, str] | None = None


NO_PHOTO = ShownPhoto()


def use_photo_dialog(shown: tuple[PhotoRow, str] | None, on_close: Callable[[], None]) -> None:
    """Show a photo and who sent it; None hides it."""
    window = use_window()
    use_modal(None if shown is None else _dialog(window.page, *shown, on_close), on_close, anew=True)


def _dialog(page: ft.Page, row: PhotoRow, sender: str, on_close: Callable[[], None]) -> ft.DialogControl:
    most = (int(page.width or 0) - 2 * EDGE, int(page.height or 0) - 2 * EDGE - BAR)
    scale = min(most[0] / row.width, most[1] / row.height, 2.0)
    width, height = (max(1, int(side * scale)) for side in (row.width, row.height))
    told = Strong(t("photo_of", sender=sender), expand=True, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS)
    bar = ft.Container(
        ft.Row([told, IconTap("photo-close", t("close"), ft.Icons.CLOSE, on_close)]),
        padding=ft.Padding.only(left=theme.MARGIN, right=theme.SPACE, top=theme.SPACE, bottom=theme.SPACE),
        width=max(width, 280),
    )
    # In a container: the client does not draw a component again that is itself the content of a dialog.
    whole = ft.Container(Whole(row, width, height), alignment=ft.Alignment.CENTER)
    column = ft.Column([bar, whole], spacing=0, tight=True)
    return ft.AlertDialog(
        content=column,
        content_padding=0,
        actions_padding=0,
        inset_padding=EDGE,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )


@ft.component
def Whole(row: PhotoRow, width: int, height: int) -> ft.Control:
    """The picture; its small one until it is there."""
    window = use_window()
    found = use_query(photo, row.id)
    picture = found.value or row.small
    if found.error is not None or picture is None:
        error = found.error
        return (
            Trouble(error, window.draw_again, compact=True)
            if error
            else ft.Container(width=width, height=height)
        )
    image = ft.Image(
        picture,
        width=width,
        height=height,
        fit=ft.BoxFit.CONTAIN,
        gapless_playback=True,
        semantics_label=t("photo"),
    )
    shown = ft.InteractiveViewer(image, max_scale=4)
    # Said as well, not by the identifier alone: of that the client tells nothing new where all else stays.
    return ft.Semantics(
        identifier="photo-whole" if found.value else "photo-small",
        value=None if found.value else t("loading"),
        container=True,
        content=shown,
    )
