"""A product in the feed: its picture leads, then what it is and costs, who shows it, what buyers say."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.reads.feed import ProductSummary
from app.ui import theme
from app.ui.parts.anchor import anchored
from app.ui.parts.flight import flying
from app.ui.parts.grid import CELL
from app.ui.parts.light import light
from app.ui.parts.picture import SquarePicture
from app.ui.parts.tap import Tap
from app.ui.parts.words import Body, Heading, Label, Small
from app.ui.texts import money, number, rating, t

SHORT = 26
"""Up to so many letters a title fits into its two lines, and nothing is sent for cutting it."""
_RING = ft.BoxDecoration(border=ft.Border.all(3, theme.INK), border_radius=theme.PICTURE_RADIUS)
SIGNS = {"live": "●", "video": "▶"}
SHOWN = {"live": ft.Icons.SENSORS, "video": ft.Icons.PLAY_CIRCLE_OUTLINE}


def flight_of(product: int) -> str:
    """What the picture of a product is known by while it flies: the numbers of orders are taken."""
    return f"p{product}"


@ft.component
def _ProductCard(
    product: ProductSummary, marked: bool, flies: bool, on_open: Callable[[int], None]
) -> ft.Control:
    picture: ft.Control = light(SquarePicture(product.picture, product.id))
    if flies:
        picture = flying(picture, flight_of(product.id))
    picture.badge = _on_picture(product)
    if marked:
        picture = ft.Container(anchored(picture, product.id), foreground_decoration=_RING)
    cut = {"max_lines": 2} if len(product.title) > SHORT else {}
    price = money(product.price_minor, product.currency)
    words = [
        Body(product.title, **cut),
        Heading(t("price_from", price=price) if product.dearer else price),
        _said(product),
    ]
    card = Tap(
        f"product-{product.id}",
        light(ft.Column([picture, *words], spacing=theme.SPACE)),
        lambda: on_open(product.id),
        col=CELL,
        border_radius=theme.PICTURE_RADIUS,
        selected=marked or None,
    )
    tapped: Any = card.content
    light(tapped)
    return card


ProductCard: Any = ft.memo(_ProductCard)  # type: ignore[no-untyped-call]
"""A card; `marked`: the keyboard points at it; `flies`: its picture goes along to the product's page."""


def _on_picture(product: ProductSummary) -> ft.Badge | None:
    """What stands on the picture: a sign of the font in place of an icon, as it is sent with every card."""
    if product.sold_out:
        return ft.Badge(_whole(t("sold_out")), bgcolor=theme.GREY.fill, text_color=theme.GREY.ink)
    return ft.Badge(_whole(f"{SIGNS[product.shown]} {_shown(product.shown)}")) if product.shown else None


def _whole(words: str) -> ft.Text:
    # A bare string would break where the font arrives after the first drawing; the spaces are its margins.
    return ft.Text(f"\u00a0{words}\u00a0", no_wrap=True)


def _shown(shown: str) -> str:
    return t(f"shown.{shown}")


def ShownBadge(shown: str) -> ft.Control:
    """Whether the creator shows it live or in a video."""
    ink = theme.ON_ACCENT
    words: list[ft.Control] = [ft.Icon(SHOWN[shown], size=14, color=ink), Label(_shown(shown), color=ink)]
    return ft.Container(
        ft.Row(words, tight=True, spacing=theme.SPACE),
        bgcolor=theme.ACCENT,
        border_radius=theme.CHIP_RADIUS,
        padding=ft.Padding.symmetric(horizontal=8, vertical=theme.SPACE),
    )


def _said(product: ProductSummary) -> ft.Control:
    """Who shows it and what they say, else who sells it, and what buyers think."""
    who = f"@{product.creator}" if product.creator else product.shop_name or product.shop
    if product.pitch:
        who += f" “{product.pitch}”"
    if not product.reviews:
        return Small(who)
    mean = rating(product.stars, product.reviews)
    return Small(f"{who}\n★ {mean} · {reviews_told(product.reviews)}")


def reviews_told(reviews: int) -> str:
    """How many there are."""
    return t("reviews", count=reviews, number=number(reviews))


def Stars(stars: int, reviews: int) -> ft.Control:
    """The mean of so many stars of so many reviews, and how many those are."""
    mean = rating(stars, reviews)
    said = t("stars_of", rating=mean, reviews=reviews_told(reviews))
    told = Small(f"{mean} · {reviews_told(reviews)}", semantics_label=said)
    return ft.Row([ft.Icon(ft.Icons.STAR_ROUNDED, size=16, color=theme.AMBER.ink), told], spacing=2)
