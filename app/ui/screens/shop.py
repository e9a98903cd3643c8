"""The shop: what creators show, newest first, narrowed by a search or a category, page after page.

The same cards show what can be added to an order: what else its shop has.
"""

from typing import Any

import flet as ft

from app.shop.reads.feed import Aisles, Feed, aisles, feed
from app.shop.reads.orders import PAGE
from app.shop.reads.selling import seller_of
from app.shop.rules.items import Items
from app.ui import routes, theme
from app.ui.arrows import Rows, use_arrows, use_rows
from app.ui.handlers import use_handler
from app.ui.hooks import use_query
from app.ui.pages import Pages, Place, Report, use_end, use_page
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, LoadingMore, LoadingProducts, NothingToOrder, Trouble
from app.ui.parts.frame import Pane
from app.ui.parts.grid import Grid, columns
from app.ui.parts.order_card import OnNumber
from app.ui.parts.product_card import ProductCard
from app.ui.parts.tap import Chip
from app.ui.searching import use_search
from app.ui.state import go, use_window, use_window_unwatched
from app.ui.texts import has, t
from app.ui.texts.places import currencies_of

Listed = tuple[str | None, str, tuple[str, ...] | None, Items]
"""Which products: of a category, a search, the market of these currencies, that can be ordered with items."""
WIDEST = 1_240
"""The widest the grid gets: larger pictures would only be farther apart."""


@ft.component
def ShopScreen(back: str | None, category: str | None, search: str, everywhere: bool) -> ft.Control:
    """What is for sale in the currency of who looks, or `everywhere`."""
    window = use_window()
    likely = ft.use_memo(lambda: currencies_of(window.zone), [window.zone])
    of: Listed = (category, search.strip(), None if everywhere else likely, ())
    open_product = use_handler(
        lambda one: go(routes.shop(category, search, everywhere=everywhere, product=one))
    )
    rows, marked = _use_arrows(of, open_product)
    field, find = use_search(
        "products",
        t("search_products"),
        search,
        lambda words: routes.shop(category, words, everywhere=everywhere),
    )
    listed = Pages(ProductsPage, of, rows, marked, window.flies, open_product)
    chips = Narrowing(category, search, likely, everywhere)
    return Pane(
        t("shop"),
        ft.Column([chips, listed], spacing=0, expand=True),
        back=back,
        bar=field,
        actions=[find],
        column=WIDEST,
    )


@ft.component
def AddScreen(back: str | None, items: Items, search: str) -> ft.Control:
    """What can be ordered with `items`; none: the address names nothing that can be ordered."""
    if not items:
        return Pane(t("add_item"), NothingToOrder(), back=back)
    return Add(back, items, search)


@ft.component
def Add(back: str | None, items: Items, search: str) -> ft.Control:
    """What else the shop of `items` has."""
    window = use_window()
    seller = use_query(seller_of, items)
    of: Listed = (None, search.strip(), None, items)

    def at(words: str, product: int | None = None) -> str:
        return routes.add(window.navigation.address, items, words, product=product)

    open_product = use_handler(lambda one: go(at(search, one)))
    rows, marked = _use_arrows(of, open_product)
    field, find = use_search("products", t("search_products"), search, at)
    listed = Pages(ProductsPage, of, rows, marked, window.flies, open_product)
    if seller.value is None:
        nothing = seller.loading or seller.error
        return Pane(t("add_item"), listed if nothing else NothingToOrder(), back=back)
    name = seller.value.name or seller.value.handle
    return Pane(t("add_item.title", shop=name), listed, back=back, bar=field, actions=[find], column=WIDEST)


def _use_arrows(of: Listed, on_open: OnNumber) -> tuple[Rows, int | None]:
    page = use_window_unwatched().page
    return use_arrows(of, on_open, columns=lambda: columns(page.width or 0))


@ft.component
def _Narrowing(chosen: str | None, search: str, likely: tuple[str, ...], everywhere: bool) -> ft.Control:
    """The currency of who looks and the categories; apart, so that another page draws none again."""
    known = use_query(aisles, likely).value or Aisles((), None)
    shown: list[ft.Control] = [
        Chip(
            f"category-{one or 'all'}",
            category_word(one),
            lambda _, to=one: go(routes.shop(to, search, everywhere=everywhere)),
            selected=one == chosen,
        )
        for one in ((None, *known.categories) if known.categories else ())
    ]
    if known.currency:
        own = Chip(
            "own-currency",
            t("prices_in", currency=known.currency),
            lambda _: go(routes.shop(chosen, search, everywhere=not everywhere)),
            selected=not everywhere,
        )
        apart = ft.Container(width=1, height=theme.MARGIN, bgcolor=theme.HAIRLINE)
        shown = [own, *([apart] if shown else []), *shown]
    return ft.Container(
        ft.Row(shown, spacing=8, scroll=ft.ScrollMode.HIDDEN),
        padding=ft.Padding.only(left=theme.MARGIN, right=theme.MARGIN, bottom=theme.SPACE),
        visible=bool(shown),
    )


def category_word(category: str | None) -> str:
    """What a category is called; one that came in from elsewhere as it stands there."""
    code = f"category.{category or 'all'}"
    return t(code) if has(code) else (category or "").replace("_", " ").capitalize()


@ft.component
def _ProductsPage(
    place: Place, report: Report, rows: Rows, marked: int | None, flies: bool, on_open: OnNumber
) -> ft.Control:
    """One page of cards."""
    window = use_window_unwatched()
    of: Listed = place.of
    category, words, likely, items = of
    page = use_page(place, feed, words, category, likely, beside=items, before=place.before)
    found = page.value or Feed((), None)
    use_end(place, found.end, report, loading=page.loading, short=len(found.products) < PAGE)
    use_rows(rows, place.index, tuple(one.id for one in found.products))
    if page.value is None or (page.loading and not found.products):
        loading = LoadingMore() if place.index else LoadingProducts(still=window.still)
        return Trouble(page.error, window.draw_again) if page.error else loading
    if not found.products and found.end is None and place.index == 0:
        return _none(category, words, found.currency, everywhere=likely is None)
    return Grid([ProductCard(one, one.id == marked, flies, on_open, key=one.id) for one in found.products])


def _none(category: str | None, words: str, currency: str | None, *, everywhere: bool) -> ft.Control:
    abroad = routes.shop(category, words, everywhere=True)
    elsewhere = ("all-currencies", t("all_currencies"), lambda: go(abroad)) if currency else None
    if words:
        none = t("no_product_found", search=words)
        return Empty(Drawing.NO_RESULTS, none, how=t("search_how"), action=elsewhere)
    if category:
        all_products = ("show-all", t("all_products"), lambda: go(routes.shop(everywhere=everywhere)))
        return Empty(Drawing.ORDERS, t("empty_category"), action=elsewhere or all_products)
    return Empty(Drawing.ORDERS, t("empty_shop"), how=t("empty_shop_how"))


_memo: Any = ft.memo
ProductsPage, Narrowing = _memo(_ProductsPage), _memo(_Narrowing)
