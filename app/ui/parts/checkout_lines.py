"""What is ordered: each line with its picture, price and how many pieces."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.checkout import CheckoutLine
from app.shop.rules.items import MOST_PIECES
from app.ui import theme
from app.ui.parts.picture import ProductPicture
from app.ui.parts.stepper import Step, Stepper, fewer, more
from app.ui.parts.words import Small, Strong
from app.ui.parts.wrong import Wrong
from app.ui.texts import money, t

OnStep = Callable[[CheckoutLine, int], None]
GONE = 0
"""The step that takes a line away."""
FEW = 5
"""From so many pieces on it is said how many are left."""


@ft.component
def _LineRow(line: CheckoutLine, currency: str, alone: bool, on_step: OnStep) -> ft.Control:
    title = line.title or t("checkout.gone")
    what: list[ft.Control] = [
        ft.Text(title, max_lines=2, overflow=ft.TextOverflow.ELLIPSIS),
        *([Small(line.variant)] if line.variant else []),
        *_state(line),
    ]
    price = [Strong(money(line.unit_minor, currency))] if line.title else []
    below = ft.Row(
        [*price, _stepper(line, title, alone, on_step)],
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        wrap=True,
        run_spacing=0,
    )
    words = ft.Column(
        [*what, below],
        spacing=theme.SPACE,
        tight=True,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return ft.Row(
        [ProductPicture(line.picture, line.product_id or line.variant_id), words],
        spacing=theme.GAP,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


LineRow = ft.memo(_LineRow)  # type: ignore[no-untyped-call]
"""A line; one that stands `alone` cannot be taken away."""


def _state(line: CheckoutLine) -> list[ft.Control]:
    """Why it cannot be ordered as it is, or that few are left."""
    if line.problem is not None:
        return [Wrong(t(f"checkout.{line.problem}", count=line.free))]
    return [Small(t("too_few", count=line.free), color=theme.AMBER.ink)] if line.free <= FEW else []


def _stepper(line: CheckoutLine, title: str, alone: bool, on_step: OnStep) -> ft.Control:
    name, variant = f"{title}, {line.variant}" if line.variant else title, line.variant_id
    fixable = line.problem in (None, "out_of_stock") and line.free > 0
    if fixable and line.pieces > 1:
        down = fewer(f"less-{variant}", name, lambda: on_step(line, -1))
    else:
        gone = None if alone else lambda: on_step(line, GONE)
        down = Step(f"less-{variant}", t("checkout.remove", name=name), gone, ft.Icons.DELETE_OUTLINE)
    full = not fixable or line.pieces >= min(line.free, MOST_PIECES)
    up = more(f"more-{variant}", name, None if full else lambda: on_step(line, 1))
    return Stepper(line.pieces, down, up)
