"""The sections of a product's page: its pictures, what it costs, who shows it, its variants, its vouchers."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from app.shop.reads.product import Look, ProductDetails, VariantRow, VoucherRow
from app.shop.rules.items import MOST_PIECES
from app.ui import theme
from app.ui.parts.flight import flying
from app.ui.parts.frame import Section
from app.ui.parts.picture import Avatar, ProductPicture, SquarePicture
from app.ui.parts.price import Price
from app.ui.parts.product_card import ShownBadge, Stars, flight_of
from app.ui.parts.stepper import Stepper, fewer, more
from app.ui.parts.tap import Chip, Tap
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong, Title
from app.ui.texts import money, t
from app.ui.texts.vouchers import voucher_words

FEW = 10
"""Fewer pieces than that are told: then it is worth hurrying."""
THUMB = 48


@dataclass(frozen=True, slots=True)
class Choice:
    """What is about to be bought: a variant and how many pieces of it."""

    variant: VariantRow
    pieces: int = 1

    @property
    def most(self) -> int:
        """Pieces one can have."""
        return min(self.variant.free, MOST_PIECES)

    def of(self, variant: VariantRow) -> "Choice":
        """As many of another variant, as far as there are; of one that is gone as many as were wanted."""
        return Choice(variant, min(self.pieces, Choice(variant).most or self.pieces))

    @property
    def gone(self) -> bool:
        """Whether nothing is left of it."""
        return not self.variant.free


def Gallery(details: ProductDetails, at: int, on_turn: Callable[[int], None], *, flies: bool) -> ft.Control:
    """The picture of each look, one at a time; `flies`: the first came along from the list."""
    pictures = [look.picture for look in details.looks] or [details.picture]
    names = [look.name for look in details.looks] or [details.title]
    shown = [
        ft.Semantics(label=name, image=True, content=SquarePicture(picture, details.id))
        for name, picture in zip(names, pictures, strict=True)
    ]
    if flies:
        shown[0].content = flying(SquarePicture(pictures[0], details.id), flight_of(details.id))
    if len(shown) == 1:
        return shown[0]
    pages = ft.PageView(list(shown), selected_index=at, on_change=lambda e: on_turn(int(e.data)))
    dots = [
        ft.Container(width=8, height=8, border_radius=4, bgcolor=theme.INK if n == at else theme.EDGE)
        for n in range(len(shown))
    ]
    return ft.Column(
        [
            ft.Container(pages, aspect_ratio=1),
            ft.Row(list(dots), spacing=8, alignment=ft.MainAxisAlignment.CENTER),
        ],
        spacing=theme.GAP,
    )


def Head(details: ProductDetails, choice: Choice | None) -> ft.Control:
    """What it is, what it costs as chosen, and what buyers say."""
    stars = Stars(details.stars, details.reviews) if details.reviews else Small(t("no_reviews"))
    price = [Price(choice.variant.price_minor, choice.variant.currency)] if choice else []
    title = ft.Semantics(header=True, content=Heading(details.title))
    return ft.Column([*price, title, stars], spacing=theme.SPACE)


def Pitch(details: ProductDetails) -> ft.Control:
    """Who shows it, where, and what they say; nothing where nobody does."""
    if details.creator is None:
        return ft.Container(visible=False)
    badge = [ShownBadge(details.shown)] if details.shown else []
    who = ft.Row([Avatar(details.creator), Strong(f"@{details.creator}", expand=True), *badge], spacing=8)
    return Section(who, *([Body(f"“{details.pitch}”")] if details.pitch else []))


def Variants(
    details: ProductDetails,
    choice: Choice | None,
    on_choose: Callable[[VariantRow], None],
    on_count: Callable[[int], None],
) -> ft.Control:
    """Each look with its sizes, what is left of them, and how many are wanted."""
    chosen = choice.variant.id if choice and not choice.gone else None
    prices = {variant.price_minor for variant in details.variants}
    rows = [_look(look, details, chosen, on_choose, dear=len(prices) > 1) for look in details.looks]
    return Section(*rows, *([_pieces(choice, on_count)] if choice else []), title=t("variants"))


def _look(
    look: Look,
    details: ProductDetails,
    chosen: int | None,
    on_choose: Callable[[VariantRow], None],
    *,
    dear: bool,
) -> ft.Control:
    thumb = ProductPicture(look.picture, details.id, THUMB)
    if len(look.variants) == 1:
        return _alone(look.variants[0], thumb, chosen, on_choose, dear=dear)
    chips = [_size(variant, chosen, on_choose) for variant in look.variants]
    sizes = ft.Row(chips, wrap=True, spacing=8, run_spacing=8)
    return ft.Row(
        [thumb, ft.Column([Strong(look.name), sizes], spacing=8, expand=True)],
        spacing=theme.GAP,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _alone(
    variant: VariantRow,
    thumb: ft.Control,
    chosen: int | None,
    on_choose: Callable[[VariantRow], None],
    *,
    dear: bool,
) -> ft.Control:
    """A look that comes in one size: the whole row is tapped."""
    price = money(variant.price_minor, variant.currency) if dear else ""
    told = " · ".join(part for part in (price, _left(variant)) if part)
    ink = theme.MUTED if not variant.free else None
    words: list[ft.Control] = [Strong(variant.name, color=ink), *([Small(told)] if told else [])]
    tick = ft.Icon(ft.Icons.CHECK, color=theme.BACK if variant.id == chosen else theme.UNSEEN, size=22)
    return Tap(
        f"variant-{variant.id}",
        ft.Row([thumb, ft.Column(words, spacing=0, expand=True), tick], spacing=theme.GAP),
        (lambda: on_choose(variant)) if variant.free else None,
        selected=variant.id == chosen,
        border_radius=theme.BUTTON_RADIUS,
    )


def _size(variant: VariantRow, chosen: int | None, on_choose: Callable[[VariantRow], None]) -> ft.Control:
    label = " · ".join(part for part in (variant.size or variant.name, _left(variant)) if part)
    tapped = (lambda: on_choose(variant)) if variant.free else None
    return Chip(f"variant-{variant.id}", label, tapped, selected=variant.id == chosen)


def _left(variant: VariantRow) -> str:
    if variant.ordered:
        left = t("pieces_left", count=variant.free) if variant.free < FEW else ""
        return " · ".join(part for part in (t("add_item.ordered", count=variant.ordered), left) if part)
    if not variant.free:
        return t("sold_out")
    return t("pieces_left", count=variant.free) if variant.free < FEW else ""


def _pieces(choice: Choice, on_count: Callable[[int], None]) -> ft.Control:
    """How many, one more or less at a time."""
    n, most = choice.pieces, choice.most
    name = choice.variant.name
    down = fewer("fewer", name, (lambda: on_count(n - 1)) if n > 1 and most else None)
    up = more("more", name, (lambda: on_count(n + 1)) if n < most else None)
    return ft.Row([Body(t("pieces"), expand=True), Stepper(n, down, up)], spacing=theme.SPACE)


def Promos(details: ProductDetails) -> ft.Control:
    """The vouchers that work for it now, each with its terms."""
    if not details.vouchers:
        return ft.Container(visible=False)
    return Section(*map(_promo, details.vouchers), title=t("promos"))


def _promo(voucher: VoucherRow) -> ft.Control:
    icon = ft.Icon(ft.Icons.SELL_OUTLINED, size=20, color=theme.BACK)
    terms = voucher.terms
    told = [voucher_words(terms, terms.currency)]
    if terms.least_minor:
        told.append(t("promo_least", amount=money(terms.least_minor, terms.currency)))
    words = ft.Column([Body(" · ".join(told)), Small(voucher.code)], spacing=0, expand=True)
    return ft.Row([icon, words], spacing=theme.GAP)


def SoldBy(details: ProductDetails) -> ft.Control:
    """Whose product it is."""
    name = details.shop_name or details.shop
    return ft.Row([Avatar(name), Quiet(t("sold_by", shop=name), expand=True)], spacing=8)


def Buying(choice: Choice) -> ft.Control:
    """What it comes to, and of what."""
    variant, pieces = choice.variant, choice.pieces
    count = t("quantity", count=pieces) if pieces > 1 else ""
    what = " · ".join(part for part in (variant.name, count) if part)
    price = Title(money(variant.price_minor * pieces, variant.currency))
    below = Small(what, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS)
    return ft.Column([price, below], spacing=0, tight=True, expand=True)


def Gone(choice: Choice) -> ft.Control:
    """That nothing is left of what was chosen; read aloud when it appears."""
    sentence = Body(t("choice_gone", variant=choice.variant.name), color=theme.AMBER.ink)
    return ft.Semantics(identifier="choice-gone", live_region=True, content=sentence, expand=True)
