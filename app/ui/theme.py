"""How it looks: the tokens of colour, type, space and shape, as Flet's themes for light and dark.

Screens name roles (`ACCENT`, `CARD`, a `Tone`), never a colour: a role follows the theme on the client.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import flet as ft

from app.ui.palette import DARK_COLOURS, LIGHT_COLOURS

C = ft.Colors

ACCENT, ON_ACCENT = C.PRIMARY, C.ON_PRIMARY
SPENT = C.with_opacity(0.2, ACCENT)
"""What is gone of something that is drawn as the accent."""
BACK = C.SECONDARY
"""Money coming back, and done."""
INK, MUTED = C.ON_SURFACE, C.ON_SURFACE_VARIANT
GROUND, CARD, HAIRLINE, EDGE = C.SURFACE, C.SURFACE_CONTAINER_LOWEST, C.OUTLINE_VARIANT, C.OUTLINE
TROUBLE = C.ERROR
UNSEEN = C.TRANSPARENT
MARKED = C.PRIMARY_CONTAINER
"""The ground of the row whose order stands beside the list."""

SPACE = 4
"""The grid: every distance is a multiple of it."""
GAP, MARGIN, WIDE_MARGIN = 12, 16, 24
CARD_RADIUS, BUTTON_RADIUS, PICTURE_RADIUS, CHIP_RADIUS = 16, 12, 12, 999
TOUCH = 48
"""The least height and width of what can be tapped."""
WIDE = 900
"""From this width on: drawer and rail instead of sheet and bar."""
COLUMN, DIALOG = 720, 480
"""The widest a column of text gets, and a dialog."""
LIST, RAIL = 380, 88
"""How wide a list is beside what was opened from it, and the rail of the ways to go."""
QUICK = ft.Duration(milliseconds=200)
MOVE = ft.Animation(200, ft.AnimationCurve.EASE_OUT)


@dataclass(frozen=True, slots=True)
class Tone:
    """A pair of roles: `ink` is readable on `fill`, on a card and on the ground."""

    fill: ft.Colors
    ink: ft.Colors


AMBER = Tone(C.TERTIARY_CONTAINER, C.ON_TERTIARY_CONTAINER)
BLUE = Tone(C.PRIMARY_FIXED, C.ON_PRIMARY_FIXED)
INDIGO = Tone(C.SECONDARY_FIXED, C.ON_SECONDARY_FIXED)
PINE = Tone(C.SECONDARY_CONTAINER, C.ON_SECONDARY_CONTAINER)
VIOLET = Tone(C.TERTIARY_FIXED, C.ON_TERTIARY_FIXED)
GREY = Tone(C.SURFACE_CONTAINER_HIGHEST, C.ON_SURFACE_VARIANT)
CHOSEN = Tone(C.INVERSE_SURFACE, C.ON_INVERSE_SURFACE)
PERSIMMON = Tone(C.PRIMARY_FIXED_DIM, C.ON_PRIMARY_FIXED_VARIANT)


class Font(StrEnum):
    """The weights of the one family; a client knows a weight by its own family name."""

    REGULAR = "Jakarta"
    SEMIBOLD = "Jakarta SemiBold"
    BOLD = "Jakarta Bold"


FONTS: dict[str, str] = {
    Font.REGULAR: "fonts/PlusJakartaSans-Regular.ttf",
    Font.SEMIBOLD: "fonts/PlusJakartaSans-SemiBold.ttf",
    Font.BOLD: "fonts/PlusJakartaSans-Bold.ttf",
}


def _type(
    size: int, color: ft.ColorValue | None, font: Font = Font.REGULAR, height: float = 1.4
) -> ft.TextStyle:
    return ft.TextStyle(size=size, font_family=font, height=height, letter_spacing=0, color=color)


def _text(colours: ft.ColorScheme) -> ft.TextTheme:
    # The ink stands in each style: without one, Flutter writes in black on dark as well.
    ink = colours.on_surface
    return ft.TextTheme(
        title_large=_type(20, ink, Font.BOLD, 1.3),
        title_medium=_type(16, ink, Font.BOLD),
        title_small=_type(14, ink, Font.SEMIBOLD),
        body_large=_type(16, ink),
        body_medium=_type(14, ink),
        body_small=_type(12, colours.on_surface_variant),
        label_large=_type(14, ink, Font.SEMIBOLD),
        label_medium=_type(12, ink, Font.SEMIBOLD),
        label_small=_type(12, ink),
    )


def _theme(colours: ft.ColorScheme, following: ft.PageTransitionsTheme) -> ft.Theme:
    # Within a theme a role would be looked up in Flutter's own colours, so values stand in what follows.
    return ft.Theme(
        color_scheme=colours,
        font_family=Font.REGULAR,
        text_theme=_text(colours),
        # Flutter packs controls closer on a desktop; a finger needs the same 48 pixels everywhere.
        visual_density=ft.VisualDensity.STANDARD,
        divider_theme=ft.DividerTheme(color=colours.outline_variant, thickness=1, space=1),
        appbar_theme=ft.AppBarTheme(
            bgcolor=colours.surface, color=colours.on_surface, elevation=0, elevation_on_scroll=0
        ),
        # As they stand in the corner of a picture: there are many of those, and only a few that count.
        badge_theme=ft.BadgeTheme(
            bgcolor=colours.primary,
            text_color=colours.on_primary,
            alignment=ft.Alignment.TOP_LEFT,
            offset=ft.Offset(8, 8),
            large_size=24,
            text_style=_type(12, colours.on_primary, Font.SEMIBOLD),
        ),
        page_transitions=following,
        **_surfaces(colours),
        **_buttons(colours),
    )


def _surfaces(colours: ft.ColorScheme) -> dict[str, Any]:
    card, hairline = colours.surface_container_lowest, str(colours.outline_variant)
    rounded = ft.RoundedRectangleBorder(radius=CARD_RADIUS)
    lined = ft.RoundedRectangleBorder(radius=CARD_RADIUS, side=ft.BorderSide(1, hairline))
    return {
        # What is tapped inside a card is clipped by it, and needs no corners of its own.
        "card_theme": ft.CardTheme(
            color=card, elevation=0, margin=0, clip_behavior=ft.ClipBehavior.ANTI_ALIAS, shape=lined
        ),
        "bottom_sheet_theme": ft.BottomSheetTheme(bgcolor=card, elevation=0, shape=rounded),
        "dialog_theme": ft.DialogTheme(bgcolor=card, elevation=0, shape=rounded),
        "snackbar_theme": ft.SnackBarTheme(
            behavior=ft.SnackBarBehavior.FLOATING, shape=ft.RoundedRectangleBorder(radius=BUTTON_RADIUS)
        ),
    }


def _buttons(colours: ft.ColorScheme) -> dict[str, Any]:
    ink = {
        ft.ControlState.DISABLED: colours.on_surface_variant,
        ft.ControlState.DEFAULT: colours.on_surface,
    }
    edge = ft.BorderSide(1, str(colours.outline))
    return {
        "filled_button_theme": ft.FilledButtonTheme(style=_button()),
        "outlined_button_theme": ft.OutlinedButtonTheme(style=_button(side=edge, color=ink)),
        "text_button_theme": ft.TextButtonTheme(style=_button()),
    }


def _button(**options: Any) -> ft.ButtonStyle:
    return ft.ButtonStyle(
        shape=ft.RoundedRectangleBorder(radius=BUTTON_RADIUS),
        padding=ft.Padding.symmetric(horizontal=20, vertical=14),
        text_style=_type(14, None, Font.SEMIBOLD),
        **options,
    )


@cache
def themes(*, moving: bool) -> tuple[ft.Theme, ft.Theme]:
    """The light and the dark theme; `moving`: whether a screen moves in where it follows another."""
    kind = ft.PageTransitionTheme
    calm = kind.FADE_FORWARDS if moving else kind.NONE
    # On these two a finger can pull the screen aside that it leaves, which is part of how it comes and goes.
    phones = (kind.PREDICTIVE, kind.CUPERTINO) if moving else (calm, calm)
    following = ft.PageTransitionsTheme(*phones, linux=calm, macos=calm, windows=calm)
    return _fixed(_theme(LIGHT_COLOURS, following)), _fixed(_theme(DARK_COLOURS, following))


def _fixed(theme: ft.Theme) -> ft.Theme:
    """`theme`, which nobody changes: else Flet looks through all of it whenever an address is left."""
    object.__setattr__(theme, "_frozen", True)
    return theme
