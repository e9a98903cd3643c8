"""What became of one file that was read."""

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from app.ui import theme
from app.ui.parts.frame import Section
from app.ui.parts.words import Body, Label, Quiet, Small, Strong
from app.ui.texts import t

MOST = 50
"""Problems that are listed; the rest is counted."""
_TONES = {
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
    name: str,
    kind: str | None,
    counts: dict[str, int],
    notes: Sequence[Told] = (),
    problems: Sequence[Told] = (),
) -> ft.Control:
    """The file, how many of its orders came in, what to know of them, and what could not be used."""
    rows: list[ft.Control] = [_head(name, kind, well=not problems)]
    if any(counts.values()):
        rows.append(_counts(counts))
    rows += [_told(one) for one in notes]
    if problems and kind:
        rows.append(ft.Semantics(header=True, content=Strong(t("import_left_out"))))
    rows += [_told(one) for one in problems[:MOST]]
    if len(problems) > MOST:
        rows.append(Quiet(t("import_more", count=len(problems) - MOST)))
    return Section(*rows)


def _head(name: str, kind: str | None, *, well: bool) -> ft.Control:
    icon = (
        ft.Icon(ft.Icons.CHECK_CIRCLE, color=theme.BACK)
        if well
        else ft.Icon(ft.Icons.ERROR_OUTLINE, color=theme.AMBER.ink)
    )
    words: list[ft.Control] = [Strong(name), *([Small(kind)] if kind else [])]
    return ft.Row([icon, ft.Column(words, spacing=0, expand=True, tight=True)], spacing=theme.GAP)


def _counts(counts: dict[str, int]) -> ft.Control:
    pills: list[ft.Control] = [
        ft.Container(
            Label(t(f"import.{what}", count=count), color=_TONES[what].ink),
            bgcolor=_TONES[what].fill,
            border_radius=theme.CHIP_RADIUS,
            padding=ft.Padding.symmetric(horizontal=theme.GAP, vertical=theme.SPACE),
        )
        for what, count in counts.items()
        if count
    ]
    return ft.Row(pills, wrap=True, spacing=8, run_spacing=8)


def _told(one: Told) -> ft.Control:
    where = " · ".join(part for part in (one.place, f"“{one.value}”" if one.value else "") if part)
    lines: list[ft.Control] = [*([Small(where)] if where else []), Body(one.why)]
    return ft.Column(lines, spacing=0)
