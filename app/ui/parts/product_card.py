"""A product in the feed: its picture leads, then what it is and costs, who shows it, what buyers say."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.reads.feed import ProductSummary
from app.ui import theme
from app.ui.parts.flight import flying
from app.ui.parts.grid import CELL
from app.ui.parts.picture import SquarePicture
from app.ui.parts.tap import Tap
from app.ui.parts.words import Body, Heading, Label, Small
from app.ui.texts import money, number, rating, t

SHORT = 26
"""Up to so many letters a title fits into its two lines, and nothing is sent for cutting it."""
SHOWN = {"live": ft.Icons.SENSORS, "video": ft.Icons.PLAY_CIRCLE_OUTLINE}


def flight_of(product: int) -> str:
    """What the picture of a product is known by while it flies: the numbers of orders are taken."""
    return f"product-{product}"


@ft.component
def _ProductCard(product: ProductSummary, flies: bool, on_open: Callable[[int], None]) -> ft.Control:
    picture = SquarePicture(product.picture, product.id)
    if flies:
        picture = flying(picture, flight_of(product.id))
    if badge := _on_picture(product):
        picture = ft.Stack([picture, badge])
    cut = {"max_lines": 2, "overflow": ft.TextOverflow.ELLIPSIS} if len(product.title) > SHORT else {}
    price = money(product.price_minor, product.currency)
    return Tap(
        f"product-{product.id}",
        ft.Column(
            [
                picture,
                Body(product.title, **cut),
                Heading(t("price_from", price=price) if product.dearer else price),
                *_said(product),
            ],
            spacing=theme.SPACE,
        ),
        lambda: on_open(product.id),
        col=CELL,
        border_radius=theme.PICTURE_RADIUS,
    )


ProductCard: Any = ft.memo(_ProductCard)  # type: ignore[no-untyped-call]
"""A card; `flies`: its picture goes along to the product's page."""


def _on_picture(product: ProductSummary) -> ft.Control | None:
    corner = {"left": 8, "top": 8}
    if product.sold_out:
        return _badge(ft.Icons.REMOVE_SHOPPING_CART_OUTLINED, t("sold_out"), theme.GREY, corner)
    return ShownBadge(product.shown, **corner) if product.shown else None


def ShownBadge(shown: str, **place: Any) -> ft.Control:
    """Whether the creator shows it live or in a video."""
    tone = theme.PERSIMMON if shown == "live" else theme.CHOSEN
    return _badge(SHOWN[shown], t(f"shown.{shown}"), tone, place)


def _badge(icon: ft.IconData, word: str, tone: theme.Tone, place: dict[str, Any]) -> ft.Control:
    return ft.Container(
        ft.Row([ft.Icon(icon, size=14, color=tone.ink), Label(word, color=tone.ink)], tight=True, spacing=4),
        bgcolor=tone.fill,
        border_radius=8,
        padding=ft.Padding.symmetric(horizontal=8, vertical=theme.SPACE),
        **place,
    )


def _said(product: ProductSummary) -> list[ft.Control]:
    who = [Small(f"@{product.creator}" if product.creator else product.shop_name or product.shop)]
    return [*who, *([Stars(product.stars, product.reviews)] if product.reviews else [])]


def Stars(stars: int, reviews: int) -> ft.Control:
    """The mean of so many stars of so many reviews, and how many those are."""
    mean = rating(stars, reviews)
    told = Small(f"{mean} ({number(reviews)})", semantics_label=t("stars_of", rating=mean, count=reviews))
    return ft.Row([ft.Icon(ft.Icons.STAR_ROUNDED, size=16, color=theme.AMBER.ink), told], spacing=2)
