"""One message of a thread: the viewer's side on the right, the others on the left, photos small."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.reads.talk import MessageRow, PhotoRow
from app.ui import theme
from app.ui.parts.photo import TILE, Photo
from app.ui.parts.picture import Avatar
from app.ui.parts.words import Body, Label, Small
from app.ui.texts import t, time_of_day

OnPhoto = Callable[[PhotoRow, str], None]

SIDE = 220
"""The longest side of a photo that stands alone."""
LEAST = 96
"""The shortest side of a photo: a narrow one is cut, so that a finger still finds it."""
ROUND, POINTED = 18, 6
"""The corners of a bubble, and the one that points to who wrote it."""
OTHERS, BUBBLE = 2, 9
"""The room beside a bubble, and the most it takes of that, in parts of both."""
AVATAR = 14


@ft.component
def _ChatBubble(
    message: MessageRow, sender: str, named: bool, zone: str, first: bool, on_photo: OnPhoto
) -> ft.Control:
    ours = message.ours
    words: list[ft.Control] = []
    if named and first:
        words.append(Label(f"@{message.sender}" if ours else sender, color=_quiet(ours)))
    if message.photos:
        words.append(_photos(message, sender, on_photo))
    if message.text:
        words.append(Body(message.text))
    side = ft.TextAlign.END if ours else ft.TextAlign.START
    words.append(Small(time_of_day(message.at, zone), color=_quiet(ours), text_align=side))
    bubble = ft.Container(
        ft.Column(
            words,
            spacing=theme.SPACE,
            tight=True,
            intrinsic_width=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        bgcolor=theme.PERSIMMON.fill if ours else theme.CARD,
        border=None if ours else ft.Border.all(1, theme.HAIRLINE),
        border_radius=_corners(ours, first),
        padding=ft.Padding.symmetric(horizontal=theme.GAP, vertical=8),
    )
    said = ft.Semantics(
        identifier=f"message-{message.n}",
        container=True,
        label=t("role.YOU") if message.mine else sender,
        content=bubble,
    )
    beside = ft.Container(
        said,
        expand=BUBBLE,
        alignment=ft.Alignment.CENTER_RIGHT if ours else ft.Alignment.CENTER_LEFT,
    )
    room = ft.Container(expand=OTHERS)
    row: list[ft.Control] = [room, beside] if ours else [_face(sender, first), beside, room]
    return ft.Container(
        ft.Row(row, spacing=8, vertical_alignment=ft.CrossAxisAlignment.START),
        padding=ft.Padding.only(top=theme.GAP if first else 3),
    )


def _face(sender: str, first: bool) -> ft.Control:
    """Who wrote, beside the first of several."""
    return Avatar(sender, AVATAR) if first else ft.Container(width=2 * AVATAR)


def _corners(ours: bool, first: bool) -> ft.BorderRadius:
    pointed = POINTED if first else ROUND
    return ft.BorderRadius.only(
        top_left=ROUND if ours else pointed,
        top_right=pointed if ours else ROUND,
        bottom_left=ROUND,
        bottom_right=ROUND,
    )


def _quiet(ours: bool) -> ft.ColorValue:
    return theme.PERSIMMON.ink if ours else theme.MUTED


def _photos(message: MessageRow, sender: str, on_photo: OnPhoto) -> ft.Control:
    alone = len(message.photos) == 1
    tiles = [
        Photo(
            photo,
            f"photo-{message.n}-{at}",
            lambda _, photo=photo: on_photo(photo, sender),
            size=_room(photo) if alone else (TILE, TILE),
        )
        for at, photo in enumerate(message.photos)
    ]
    return ft.Row(tiles, wrap=True, spacing=theme.SPACE, run_spacing=theme.SPACE, tight=True)


def _room(photo: PhotoRow) -> tuple[int, int]:
    """How large a photo is shown that stands alone."""
    scale = SIDE / max(photo.width, photo.height)
    return max(LEAST, round(photo.width * scale)), max(LEAST, round(photo.height * scale))


_memo: Any = ft.memo
ChatBubble = _memo(_ChatBubble)
"""`first` of what one wrote in a row; `named`: one has to be told who; drawn again only where something of it
has changed."""
