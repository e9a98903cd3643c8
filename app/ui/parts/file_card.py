"""A file with orders: picked, and what became of it once it was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import flet as ft

from app.ui import theme
from app.ui.parts.frame import Section
from app.ui.parts.words import Body, Label, Small, Strong
from app.ui.texts import t

TONES = {
    "read": theme.GREY,
    "new": theme.PINE,
    "changed": theme.BLUE,
    "same": theme.GREY,
    "skipped": theme.AMBER,
    "flagged": theme.VIOLET,
}
"""What is counted of a file, and its colour."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something found in a file: where, what stood there, and what that means."""

    place: str
    value: str
    why: str


def FileCard(
    name: str, kind: str, counts: Mapping[str, int], notes: Sequence[Told], troubles: Sequence[Told]
) -> ft.Control:
    """The file, how many of its orders came in, what to know of it, and why it could not be read."""
    rows: list[ft.Control] = [FileRow(name, kind, well=not troubles)]
    if any(counts.values()):
        rows.append(_counts(counts))
    rows += [ToldRow(one) for one in (*troubles, *notes)]
    return Section(*rows)


def FileRow(name: str, beside: str, *, well: bool) -> ft.Control:
    """Its name, and below it what else there is to say; the icon tells whether all is `well`."""
    icon = (
        ft.Icon(ft.Icons.DESCRIPTION_OUTLINED, color=theme.BACK)
        if well
        else ft.Icon(ft.Icons.ERROR_OUTLINE, color=theme.AMBER.ink)
    )
    words = ft.Column([Strong(name), Small(beside)], spacing=0, expand=True, tight=True)
    return ft.Row([icon, words], spacing=theme.GAP)


def _counts(counts: Mapping[str, int]) -> ft.Control:
    pills: list[ft.Control] = [
        ft.Container(
            Label(t(f"import.{what}", count=count), color=TONES[what].ink),
            bgcolor=TONES[what].fill,
            border_radius=theme.CHIP_RADIUS,
            padding=ft.Padding.symmetric(horizontal=theme.GAP, vertical=theme.SPACE),
        )
        for what, count in counts.items()
        if count
    ]
    return ft.Row(pills, wrap=True, spacing=8, run_spacing=8)


def ToldRow(one: Told) -> ft.Control:
    """Where and what, small, above what it means."""
    where = " · ".join(part for part in (one.place, f"“{one.value}”" if one.value else "") if part)
    lines: list[ft.Control] = [*([Small(where)] if where else []), *([Body(one.why)] if one.why else [])]
    return ft.Column(lines, spacing=0)
