"""A photo that was sent, small; a tap opens it."""

import flet as ft

from app.shop.reads.talk import PhotoRow
from app.ui import theme
from app.ui.parts.tap import OnTap, Tap
from app.ui.texts import t

TILE = 88
"""The side of a photo that stands beside others."""


def Photo(
    photo: PhotoRow,
    identifier: str,
    on_open: OnTap,
    *,
    size: tuple[int, int] = (TILE, TILE),
) -> ft.Control:
    """The small picture of a photo; one that is lost says so."""
    if photo.small is None:
        gone = ft.Container(
            ft.Icon(ft.Icons.BROKEN_IMAGE_OUTLINED, color=theme.MUTED), width=TILE, height=TILE
        )
        return ft.Semantics(identifier=identifier, label=t("photo_lost"), content=gone)
    width, height = size
    picture = ft.Image(
        photo.small,
        width=width,
        height=height,
        fit=ft.BoxFit.COVER,
        border_radius=theme.PICTURE_RADIUS,
        exclude_from_semantics=True,
    )
    return Tap(identifier, picture, on_open, label=t("photo_open"), border_radius=theme.PICTURE_RADIUS)
