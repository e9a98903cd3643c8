"""The inside of the cancel dialog: what is asked, and a foot with receipt and buttons that stays in view."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.cards import OrderSummary
from app.ui import theme
from app.ui.parts.order_card import about
from app.ui.parts.picture import ProductPicture
from app.ui.parts.tap import Filled, Outlined
from app.ui.parts.why_not import WhyNot
from app.ui.parts.words import Heading, Small
from app.ui.texts import t

OnTap = Callable[[], None]
OnSubmit = Callable[[], object]


def title_of(order: OrderSummary) -> str:
    """What an order is called in a sentence: by its first line, else by its number."""
    return next((line.title for line in order.lines), str(order.number))


def WhatIsCancelled(order: OrderSummary) -> ft.Control:
    """The picture and title of the first line, the others counted."""
    if not order.lines:
        return Heading(t("order_number", number=order.number))
    first, more = order.lines[0], order.line_count - 1
    below = [Small(t("more_items", count=more))] if more else []
    return ft.Row(
        [
            ProductPicture(first.picture, first.product_id, 56),
            ft.Column([*about(first), *below], spacing=0, tight=True, expand=True),
        ],
        spacing=theme.GAP,
    )


def CannotCancel(
    why_not: str, next_step: str | None, on_close: OnTap, *, name: str = "keep-order"
) -> ft.Control:
    """Why there is nothing to submit, and what can be done instead; `name` is what programs call *Close*."""
    close = Outlined(name, t("close"), on_close)
    words = ft.Column([WhyNot(why_not, next_step), close], spacing=theme.MARGIN, tight=True)
    return ft.Container(words, padding=theme.WIDE_MARGIN)


def CancelBody(
    asked: list[ft.Control],
    receipt: ft.Control | None,
    on_keep: OnTap,
    on_submit: OnSubmit,
    *,
    tall: bool,
    keep: str | None = None,
    submit: str | None = None,
    name: str = "submit",
    keep_name: str = "keep-order",
    busy: bool = False,
    ready: bool = True,
    loud: bool = True,
) -> ft.Control:
    """What is asked scrolls where it is much (`tall`): a column that scrolls takes all there is of height.

    `keep` and `submit` are what stands on the buttons, where it is not a cancel, `keep_name` and `name` what
    programs call them then; `busy` while it is sent, `ready` where it can be, `loud` where nothing above is
    better to do.
    """
    above = ft.Column(
        asked,
        spacing=theme.MARGIN,
        scroll=ft.ScrollMode.AUTO if tall else None,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    scrolled = ft.Container(above, padding=theme.MARGIN, expand=tall or None)
    buttons = ft.Row(
        [
            Outlined(keep_name, keep or t("keep_order"), on_keep, disabled=busy, expand=True),
            (Filled if loud else Outlined)(
                name, submit or t("submit"), on_submit, disabled=busy or not ready, expand=True
            ),
        ],
        spacing=theme.GAP,
    )
    return ft.Column([scrolled, _foot(*([receipt] if receipt else []), buttons)], spacing=0, tight=not tall)


def _foot(*controls: ft.Control) -> ft.Control:
    return ft.Container(
        ft.Column(list(controls), spacing=theme.GAP, tight=True),
        padding=theme.MARGIN,
        border=ft.Border.only(top=ft.BorderSide(1, theme.HAIRLINE)),
    )
