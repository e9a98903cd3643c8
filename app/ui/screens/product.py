"""One product: its pictures, who shows it, its variants with what is left of them, and the way to buy it.

Opened from a checkout, it is added to what is ordered there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import flet as ft

from app.shop.reads.product import ProductDetails, VariantRow, product_details
from app.shop.rules.errors import NotFound
from app.shop.rules.items import Items, with_more
from app.ui import routes, theme
from app.ui.checkout_draft import choose_alike
from app.ui.hooks import use_query
from app.ui.kept import use_kept
from app.ui.parts.faces import Loading, NoSuchProduct, Trouble
from app.ui.parts.frame import Foot, Pane, Scroll
from app.ui.parts.product_sections import (
    Buying,
    Choice,
    Gallery,
    Gone,
    Head,
    Pitch,
    Promos,
    SoldBy,
    Variants,
)
from app.ui.parts.tap import Filled
from app.ui.state import go, use_window, use_window_unwatched
from app.ui.texts import t

WIDE = 1_080
"""The widest that pictures and words get beside each other."""


@dataclass(frozen=True, slots=True)
class Looking:
    """What is chosen of a product, and which of its pictures is shown."""

    chosen: Choice | None = None
    at: int = 0


@ft.component
def ProductScreen(back: str | None, product_id: int, items: Items = ()) -> ft.Control:
    """The page of a product; with `items` it is added to these."""
    window = use_window()
    found = use_query(product_details, product_id, items)
    looking = use_kept(("product", product_id, items), Looking)
    details = found.value
    column = WIDE if window.wide else theme.COLUMN
    if details is None:
        face: ft.Control = Scroll(Loading(360, 96, 200, still=window.still))
        if isinstance(found.error, NotFound):
            face = NoSuchProduct()
        elif found.error is not None:
            face = Trouble(found.error, window.draw_again)
        return Pane("", face, back=back)
    choice = current(details, looking.value.chosen)
    # What stands there first is chosen as well: no other one takes its place below the finger.
    looking.value = replace(looking.value, chosen=choice)

    def take(variant: VariantRow) -> None:
        at = next(n for n, look in enumerate(details.looks) if variant in look.variants)
        looking.set(Looking(choice.of(variant) if choice else Choice(variant), at))

    def count(pieces: int) -> None:
        if choice:
            looking.set(replace(looking.value, chosen=replace(choice, pieces=pieces)))

    def turn(at: int) -> None:
        looking.set(replace(looking.value, at=at))

    gallery = Gallery(details, looking.value.at, turn, flies=window.flies)
    sections = [
        Head(details, choice),
        Pitch(details),
        Variants(details, choice, take, count),
        Promos(details),
        SoldBy(details),
    ]
    body = _beside(gallery, sections) if window.wide else Scroll(gallery, *sections)
    act = _add(items, choice) if items else _buy(product_id, choice)
    foot = Foot(*act, column=column - 2 * theme.WIDE_MARGIN if window.wide else column)
    return Pane("", body, back=back, foot=foot, column=column)


def current(details: ProductDetails, chosen: Choice | None) -> Choice | None:
    """What was chosen as it stands now, sold out or not; at first the first variant that is there.

    One that is not ordered yet comes first. None where all is sold out.
    """
    there = sorted((one for one in details.variants if one.free), key=lambda one: one.ordered)
    if not there:
        return None
    if chosen is None:
        return Choice(there[0])
    known = {variant.id: variant for variant in details.variants}
    return chosen.of(known.get(chosen.variant.id, replace(chosen.variant, free=0)))


def _beside(gallery: ft.Control, sections: list[ft.Control]) -> ft.Control:
    row = ft.Row(
        [ft.Container(gallery, expand=4), ft.Column(sections, spacing=theme.GAP, expand=5)],
        spacing=theme.WIDE_MARGIN,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return Scroll(row, padding=theme.WIDE_MARGIN)


def _buy(product_id: int, choice: Choice | None) -> list[ft.Control]:
    """What it comes to and the way to order it; where nothing is left, of it or at all, that."""

    def buy(items: Items) -> None:
        here = use_window_unwatched().navigation.address
        go(routes.checkout(items, routes.product(product_id), here))

    return _take(choice, "buy", t("buy"), t("sold_out"), buy)


def _add(items: Items, choice: Choice | None) -> list[ft.Control]:
    """What it comes to and the way to order it with `items`; where nothing is left, of it or at all, that."""

    def add(more: Items) -> None:
        window = use_window_unwatched()
        together = with_more(items, *more[0])
        choose_alike(window.kept, items, together)
        go(routes.checkout_at(window.navigation.address, together))

    return _take(choice, "add-to-order", t("add_item"), t("add_item.none"), add)


def _take(
    choice: Choice | None, name: str, label: str, none: str, on_take: Callable[[Items], None]
) -> list[ft.Control]:
    if choice is None:
        return [Filled(name, none, None, disabled=True, expand=True)]
    if choice.gone:
        return [Gone(choice), Filled(name, label, None, disabled=True, expand=True)]
    taken = ((choice.variant.id, choice.pieces),)
    return [Buying(choice), Filled(name, label, lambda: on_take(taken), expand=True)]
