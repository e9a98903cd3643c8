"""The parts of writing a message: phrases, photos that go along, the field with its buttons."""

from collections.abc import Callable

import flet as ft

from app.shop.rules.orders import Role
from app.shop.rules.words import MESSAGE, PHOTO_BYTES, PHOTOS
from app.ui import theme
from app.ui.parts.tap import Chip, IconTap, OnTap
from app.ui.parts.typed import TypedField
from app.ui.parts.words import Small
from app.ui.texts import t

PHRASES: dict[str, tuple[str, ...]] = {
    Role.BUYER: ("wrong_choice", "please_cancel", "when_sent", "wrong_address"),
    Role.SELLER: ("looking", "which_one", "sent_today", "packed"),
}
"""What each side writes most, as it is said in their own language."""
TILE = 64
NEAR = 100
"""From so many characters before the end on, they are counted."""


def Phrases(role: str, on_phrase: Callable[[str], None]) -> ft.Control:
    """Sentences to begin with: a tap puts one into the field, to be sent or changed."""
    chips: list[ft.Control] = [_phrase(code, on_phrase) for code in PHRASES.get(role, ())]
    return ft.Row(chips, spacing=8, scroll=ft.ScrollMode.HIDDEN, visible=bool(chips))


def _phrase(code: str, on_phrase: Callable[[str], None]) -> ft.Control:
    words = t(f"phrase.{code}")
    return Chip(f"phrase-{code.replace('_', '-')}", words, lambda: on_phrase(words), selected=False)


def PhotoTile(picture: bytes | None, n: int, on_drop: Callable[[], None] | None) -> ft.Control:
    """The `n`th photo that goes along; without a way to take it out it is still on its way."""
    shown: ft.Control = ft.Container(bgcolor=theme.GREY.fill)
    if picture is not None:
        shown = ft.Image(picture, fit=ft.BoxFit.COVER, exclude_from_semantics=True)
    elif on_drop is None:
        shown = ft.Container(
            ft.ProgressRing(width=20, height=20, stroke_width=2), alignment=ft.Alignment.CENTER
        )
    framed = ft.Container(
        shown,
        width=TILE,
        height=TILE,
        bgcolor=theme.GREY.fill,
        border_radius=theme.PICTURE_RADIUS,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )
    if on_drop is None:
        return ft.Semantics(label=t("photo_coming"), content=framed)
    drop = IconTap(f"photo-drop-{n}", t("photo_drop"), ft.Icons.CLOSE, on_drop)
    return ft.Row([framed, drop], spacing=0, tight=True)


def Hint() -> ft.Control:
    """What can be sent along."""
    return Small(t("photo_limits", count=PHOTOS, most=PHOTO_BYTES >> 20))


def AddPhoto(on_photo: OnTap | None) -> ft.Control:
    """The button that picks photos; None: no more fit."""
    add = t("add_photo", count=PHOTOS, most=PHOTO_BYTES >> 20)
    return IconTap("add-photo", add, ft.Icons.ADD_PHOTO_ALTERNATE_OUTLINED, on_photo, ink=theme.MUTED)


def Writing(
    text: str,
    on_text: Callable[[str], None],
    on_send: OnTap,
    on_photo: OnTap | None,
    *,
    ready: bool,
    left: int,
) -> ft.Control:
    """The field between the button for photos and the one that sends; Enter sends, with Shift it does not."""
    writing = TypedField(
        value=text,
        hint_text=t("message_hint"),
        border=ft.OutlineInputBorder(side=ft.BorderSide(1, theme.HAIRLINE), border_radius=24),
        filled=True,
        fill_color=theme.GROUND,
        content_padding=ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=14),
        min_lines=1,
        max_lines=4,
        max_length=MESSAGE,
        counter=t("message_left", count=left) if left <= NEAR else ft.Container(),
        shift_enter=True,
        on_change=lambda e: on_text(e.data),
        on_submit=on_send,
    )
    return ft.Row(
        [
            AddPhoto(on_photo),
            ft.Semantics(identifier="message-text", label=t("message"), content=writing, expand=True),
            IconTap(
                "send",
                t("send"),
                ft.Icons.SEND_ROUNDED,
                on_send if ready else None,
                ink=theme.ON_ACCENT if ready else theme.MUTED,
                bgcolor=theme.ACCENT if ready else None,
            ),
        ],
        spacing=theme.SPACE,
        vertical_alignment=ft.CrossAxisAlignment.END,
    )
