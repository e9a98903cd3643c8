"""A few figures side by side, each above what it counts."""

from collections.abc import Mapping

import flet as ft

from app.ui import theme
from app.ui.parts.file_card import TONES
from app.ui.parts.frame import Section
from app.ui.parts.words import Small, Title
from app.ui.texts import number, t

_XS, _MD = ft.ResponsiveRowBreakpoint.XS, ft.ResponsiveRowBreakpoint.MD


def Figures(counts: Mapping[str, int]) -> ft.Control:
    """How many of each; three in a row, and all of them where there is room. None of one is pale."""
    return Section(
        ft.ResponsiveRow(
            [_figure(what, count) for what, count in counts.items()],
            spacing=theme.GAP,
            run_spacing=theme.GAP,
            breakpoints={_XS: 0, _MD: theme.WIDE},
        )
    )


def _figure(what: str, count: int) -> ft.Control:
    ink = TONES[what].ink if count else theme.MUTED
    words = ft.Column([Title(number(count), color=ink), Small(t(f"figure.{what}"))], spacing=0, tight=True)
    return ft.MergeSemantics(ft.Semantics(identifier=f"figure-{what}", content=words), col={_XS: 4, _MD: 2})
