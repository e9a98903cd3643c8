"""How many pieces, with one fewer and one more to tap."""

from dataclasses import dataclass

import flet as ft

from app.ui import theme
from app.ui.parts.tap import IconTap, OnTap
from app.ui.parts.words import Heading
from app.ui.texts import number, t


@dataclass(frozen=True, slots=True)
class Step:
    """One piece fewer or more: its name for programs and for people; pale where there is nothing to tap."""

    name: str
    label: str
    on_tap: OnTap | None
    icon: ft.IconData


def fewer(name: str, what: str, on_tap: OnTap | None) -> Step:
    """One piece fewer of `what`."""
    return Step(name, t("checkout.less", name=what), on_tap, ft.Icons.REMOVE)


def more(name: str, what: str, on_tap: OnTap | None) -> Step:
    """One piece more of `what`."""
    return Step(name, t("checkout.more", name=what), on_tap, ft.Icons.ADD)


def Stepper(pieces: int, down: Step, up: Step) -> ft.Control:
    """So many pieces between the two steps; how many is read aloud when it changes."""
    count = ft.Container(Heading(number(pieces)), width=theme.TOUCH * 3 // 4, alignment=ft.Alignment.CENTER)
    said = ft.Semantics(
        label=t("checkout.pieces", count=pieces), live_region=True, exclude_semantics=True, content=count
    )
    return ft.Container(
        ft.Row([_step(down), said, _step(up)], spacing=0, tight=True),
        border=ft.Border.all(1, theme.HAIRLINE),
        border_radius=theme.CHIP_RADIUS,
    )


def _step(step: Step) -> ft.Control:
    ink = theme.EDGE if step.on_tap is None else None
    return IconTap(step.name, step.label, step.icon, step.on_tap, ink=ink)
