"""Choosing single lines in the cancel dialog: what is chosen, and what that comes to, before the tap."""

from dataclasses import dataclass

import flet as ft

from app.shop.reads.lines import Parted
from app.shop.reads.order import CancelChoice
from app.shop.rules.orders import LineStatus
from app.ui.parts.line_picker import LinePicker, PartedReceipt
from app.ui.parts.words import Quiet
from app.ui.state import Draft
from app.ui.texts import t

FEW = 2
"""So many rows stand above the reasons without scrolling."""


@dataclass(frozen=True, slots=True)
class ChosenLines:
    """What of an order is to be cancelled: `sent` are single lines, none where it is all of it.

    `picker` is there where one can choose; `ready`: what is chosen can be cancelled.
    """

    picker: ft.Control | None = None
    many: bool = False
    sent: tuple[int, ...] = ()
    title: str = ""
    parted: Parted | None = None
    ready: bool = True

    def foot(self, zone: str, now: int, whose: str) -> ft.Control | None:
        """What comes back for the lines that are chosen; None where they are all."""
        if self.parted is not None:
            return PartedReceipt(self.parted, len(self.sent), zone, now, whose)
        return None if self.ready else Quiet(t("choose_lines"))


def use_lines(choice: CancelChoice, draft: Draft) -> ChosenLines:
    """The lines of `choice` that are chosen, all of them at first, and how to choose others."""
    kept, keep = ft.use_state(draft.kept)
    if choice.lines is None:
        return ChosenLines()
    every = choice.lines.lines
    chosen = every - kept

    def toggle(n: int) -> None:
        draft.kept ^= {n}
        keep(draft.kept)

    lines = [line for line in choice.order.lines if line.status == LineStatus.ACTIVE]
    picker = LinePicker(lines, choice.order.currency, chosen, toggle)
    parted = choice.lines.without(chosen) if chosen else None
    sent = tuple(sorted(chosen)) if parted else ()
    title = next((line.title for line in lines if line.n in chosen), "")
    ready = parted.cheaper_by >= 0 if parted else bool(chosen)
    return ChosenLines(picker, len(lines) > FEW, sent, title, parted, ready)
