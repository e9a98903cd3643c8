"""The faces of what is loaded: loading, trouble, empty; content is the screen's own."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.rules.errors import NotFound, ShopError
from app.ui import routes, theme
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.frame import Scroll
from app.ui.parts.late import Late
from app.ui.parts.skeleton import OrdersSkeleton, ProductsSkeleton, Skeleton
from app.ui.parts.tap import Filled, Outlined
from app.ui.parts.words import Heading, Quiet
from app.ui.state import go
from app.ui.texts import problem, t

LINE, SPOT = 320, 216
"""The widest a line of a face gets, and a drawing."""
ROOM = 560
"""The height that a face needs with the bars around it."""


def Trouble(error: ShopError, on_retry: Callable[[], None], *, compact: bool = False) -> ft.Control:
    """What went wrong in one sentence, and the way to try again; `compact` in a sheet or dialog."""
    face = _face(Drawing.TROUBLE, problem(error), None, Outlined("try-again", t("try_again"), on_retry))
    if compact:
        return ft.Container(ft.Row([_centred(face, tight=True, expand=True)]), padding=theme.GAP)
    return Alone(face)


def Empty(
    drawing: Drawing,
    sentence: str,
    *,
    how: str | None = None,
    action: tuple[str, str, Callable[[], None]] | None = None,
) -> ft.Control:
    """Nothing to show: one sentence, and at most one thing to do (identifier, label, what it does)."""
    return Alone(_face(drawing, sentence, how, Filled(*action) if action else None))


def DialogFace(
    error: ShopError | None, on_retry: Callable[[], None], *, still: bool, compact: bool = True
) -> ft.Control:
    """A dialog about an order before it is read, or where it cannot be."""
    if isinstance(error, NotFound):
        return NoSuchOrder()
    if error is not None:
        return ft.Container(Trouble(error, on_retry, compact=compact), padding=theme.MARGIN)
    # In a column: before it is late, what is there would take all the height.
    return ft.Container(ft.Column([Loading(320, still=still)], tight=True), padding=theme.MARGIN)


def OrderFace(
    error: ShopError | None, on_retry: Callable[[], None], *heights: int, still: bool
) -> ft.Control:
    """A screen about an order before it is read, in cards of these heights, or where it cannot be."""
    if isinstance(error, NotFound):
        return NoSuchOrder()
    return Trouble(error, on_retry) if error is not None else Scroll(Loading(*heights, still=still))


def Missing() -> ft.Control:
    """An address that leads nowhere, or to what is not for who looks; why that may be, and the way home."""
    home = ("back-to-profile", t("back_to_profile"), lambda: go(routes.PROFILE))
    return Empty(Drawing.LOST, t("missing"), how=t("missing_how"), action=home)


def NoSuchOrder() -> ft.Control:
    """An order that is not there for who looks, and the way to those that are."""
    orders = ("all-orders", t("all_orders"), lambda: go(routes.ORDERS))
    return Empty(Drawing.LOST, t("no_such_order"), how=t("missing_how"), action=orders)


def _face(drawing: Drawing, sentence: str, how: str | None, action: ft.Control | None) -> list[ft.Control]:
    told = ft.Semantics(header=True, content=Heading(sentence, text_align=ft.TextAlign.CENTER))
    words: list[ft.Control] = [told]
    if how:
        words.append(Quiet(how, text_align=ft.TextAlign.CENTER))
    return [
        Spot(drawing, SPOT),
        ft.Container(_centred(words), width=LINE),
        *([ft.Container(action, padding=ft.Padding.only(top=theme.GAP))] if action else []),
    ]


def Alone(face: list[ft.Control], room: int = ROOM) -> ft.Control:
    """What stands alone on a screen, in the middle of the free height; with the bars it takes `room`."""
    # In a list there is no end to be in the middle of, so the free height is reckoned from the window's.
    above = max(theme.WIDE_MARGIN, (int(ft.context.page.height or 0) - room) // 2)
    # It scrolls: large words on a small phone need more than the screen.
    return ft.Container(
        _centred(face, scroll=ft.ScrollMode.AUTO),
        padding=ft.Padding.symmetric(horizontal=theme.WIDE_MARGIN, vertical=above),
    )


def _centred(controls: list[ft.Control], **options: Any) -> ft.Column:
    return ft.Column(
        controls,
        spacing=theme.GAP,
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        **options,
    )


def Loading(*heights: int, still: bool = False) -> ft.Control:
    """The shape of what comes, once one notices to wait: cards of these heights."""
    return Late(lambda: Skeleton(*heights, still=still))


def LoadingOrders(*, still: bool = False) -> ft.Control:
    """The shape of a list of orders, once one notices to wait."""
    return Late(lambda: OrdersSkeleton(still=still))


def LoadingProducts(*, still: bool = False) -> ft.Control:
    """The shape of a grid of products, once one notices to wait."""
    return Late(lambda: ProductsSkeleton(still=still))


def NoSuchProduct() -> ft.Control:
    """A product that is not there, and the way to those that are."""
    products = ("all-products", t("all_products"), lambda: go(routes.SHOP))
    return Empty(Drawing.LOST, t("no_such_product"), how=t("missing_how"), action=products)


def NothingToOrder() -> ft.Control:
    """An address that names nothing that can be ordered, and the way home."""
    home = ("back-to-profile", t("back_to_profile"), lambda: go(routes.PROFILE))
    return Empty(Drawing.LOST, t("checkout.nothing"), how=t("checkout.nothing_how"), action=home)


def LoadingMore() -> ft.Control:
    """A line at the end of a list that goes on, once one notices to wait."""
    return Late(lambda: ft.ProgressBar(height=3, semantics_label=t("loading")))
