"""The reasons as chips: the likeliest first, the others behind "More reasons"."""

from collections.abc import Callable, Sequence

import flet as ft

from app.shop.rules.reasons import Reason
from app.ui.parts.tap import Chip, Plain
from app.ui.texts import reason_text, t

LIKELY = 4
"""How many are shown at first."""


def likely_first(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The likely ones before the others, each group as its list has it."""
    return tuple(sorted(reasons, key=lambda reason: not reason.likely))


def ReasonPicker(
    reasons: Sequence[Reason],
    chosen: str | None,
    *,
    more: bool,
    on_choose: Callable[[str], None],
    on_more: Callable[[], None],
) -> ft.Control:
    """One reason to choose; `more` shows them all."""
    ordered = likely_first(reasons)
    shown = ordered if more else ordered[:LIKELY]
    chips: list[ft.Control] = [_chip(reason.code, reason.code == chosen, on_choose) for reason in shown]
    if len(shown) < len(ordered):
        chips.append(Plain("more-reasons", t("more_reasons"), on_more))
    return ft.Row(chips, wrap=True, spacing=8, run_spacing=8)


def _chip(code: str, chosen: bool, on_choose: Callable[[str], None]) -> ft.Control:
    return Chip(f"reason-{code.lower()}", reason_text(code), lambda: on_choose(code), selected=chosen)
