"""The checkout: what is ordered, where it goes, what makes it cheaper, how it is paid, what it comes to."""

from collections.abc import Callable
from dataclasses import replace

import flet as ft

from app.shop.actions.place import place_order
from app.shop.reads.checkout import CheckoutChoice, CheckoutLine, checkout_choice
from app.shop.rules.clocks import Method
from app.shop.rules.items import MOST_LINES, Items
from app.ui import routes, theme
from app.ui.checkout_draft import Buying, choose_alike, use_buying
from app.ui.dialogs.checkout import ADDRESSES, VOUCHERS, use_checkout_panel, write_address
from app.ui.hooks import new_key, use_action, use_query
from app.ui.kept import Kept
from app.ui.parts.caution import Caution
from app.ui.parts.checkout_lines import GONE, LineRow
from app.ui.parts.checkout_sections import (
    AddRow,
    Cheaper,
    Methods,
    PlaceButton,
    PlaceFoot,
    PriceSheet,
    Where,
)
from app.ui.parts.faces import Loading, NothingToOrder, Trouble
from app.ui.parts.frame import Pane, Scroll, Section
from app.ui.parts.picture import Avatar
from app.ui.parts.words import Heading
from app.ui.state import go, use_now, use_window, use_window_unwatched
from app.ui.texts import money, t

WIDEST = 1040
"""How wide the checkout gets where what it comes to stands beside the rest."""


@ft.component
def CheckoutScreen(back: str | None, items: Items) -> ft.Control:
    """Ordering `items` (variant id, pieces); none: the address names nothing that can be ordered."""
    if not items:
        return Pane(t("checkout"), NothingToOrder(), back=back)
    return Checkout(back, items)


@ft.component
def Checkout(back: str | None, items: Items) -> ft.Control:
    """The checkout of what the address names, as far as it is still wanted."""
    window = use_window()
    kept = use_buying(items)
    buying = kept.value
    found = use_query(
        checkout_choice,
        buying.items,
        voucher_codes=buying.voucher_codes,
        coins=None if buying.coins else 0,
        method=buying.method,
        address_id=buying.address,
    )
    choice = found.value
    placing = use_action(place_order)
    use_checkout_panel(choice, kept)

    async def place() -> None:
        if choice is None:
            return
        if choice.address is None:
            kept.set(write_address(choice, kept.value, window.zone))
            return
        done = await placing.run(
            choice.items,
            choice.method,
            voucher_codes=choice.voucher_codes,
            coins=choice.coins_used,
            address_id=choice.address.id,
            expected_minor=choice.total_minor,
            key=buying.key,
        )
        if done is None:
            kept.set(replace(kept.value, tried=choice.total_minor))
            window.look_again()
        else:
            number = int(done.answer["number"])
            pays = done.answer["pay_by"] is not None
            kept.set(replace(kept.value, placed=True))  # a tap while the next screen comes orders nothing
            go(routes.pay(number) if pays else routes.order(number))

    def begin_anew() -> None:
        if kept.value.placed:
            kept.set(Buying(new_key(), items))

    ft.use_effect(begin_anew, [])
    if choice is None:
        waiting = Scroll(Loading(120, 200, 120, 280, still=window.still))
        face = Trouble(found.error, window.draw_again) if found.error else waiting
        return Pane(t("checkout"), face, back=back)
    if not choice.currency:
        return Pane(t("checkout"), NothingToOrder(), back=back)
    busy = placing.busy or buying.placed
    button = PlaceButton(choice, place, busy=busy)
    more = _more(choice, kept, items, busy=busy)
    body = CheckoutBody(choice, kept, window.zone, more, button if window.wide else None)
    if window.wide:
        return Pane(t("checkout"), body, back=back, column=WIDEST)
    return Pane(t("checkout"), body, back=back, foot=PlaceFoot(choice, button))


@ft.component
def CheckoutBody(
    choice: CheckoutChoice, kept: Kept[Buying], zone: str, more: ft.Control, button: ft.Control | None
) -> ft.Control:
    """The sections, each drawn from what was read; what is chosen in them goes to the window.

    `more` leads to what else can be ordered. With the `button` it is laid out for a wide window: what it
    comes to stands beside the rest.
    """
    now = use_now()
    buying = kept.value

    def change(**changes: object) -> Callable[[], None]:
        return lambda: kept.set(replace(kept.value, **changes))  # type: ignore[arg-type]  # its own fields

    def where() -> None:
        if choice.addresses:
            kept.set(replace(kept.value, panel=ADDRESSES))
        else:
            kept.set(write_address(choice, kept.value, zone))

    def pay(method: Method) -> None:
        kept.set(replace(kept.value, method=method))

    def step(line: CheckoutLine, by: int) -> None:
        one, now = line.variant_id, kept.value
        kept.set(now.without(one) if by == GONE else now.stepped(one, by, line.free))

    stepped = ft.use_callback(step, [kept])
    name = choice.shop_name or choice.shop
    shop = ft.Semantics(header=True, content=Heading(name), expand=True)
    lines = [
        LineRow(line, choice.currency, len(choice.lines) == 1, stepped, key=line.variant_id)
        for line in choice.lines
    ]
    sections = [
        *_otherwise(choice, buying),
        Where(choice, where),
        Section(ft.Row([Avatar(name, 16), shop], spacing=theme.GAP), *lines, more),
        Cheaper(choice, buying.coins, change(panel=VOUCHERS), change(coins=not buying.coins, tried=None)),
        Methods(choice, now, zone, pay),
    ]
    if button is None:
        return Scroll(*sections, PriceSheet(choice))
    beside = ft.Container(Scroll(PriceSheet(choice), button), width=theme.LIST)
    stretched = ft.CrossAxisAlignment.STRETCH
    return ft.Row([Scroll(*sections), beside], spacing=0, vertical_alignment=stretched)


def _more(choice: CheckoutChoice, kept: Kept[Buying], items: Items, *, busy: bool) -> ft.Control:
    """The way to what else can be ordered, as long as there is room for it; `items` are the address's."""
    window = use_window_unwatched()

    def add() -> None:
        others = kept.value.items
        choose_alike(window.kept, items, others)
        go(routes.add(window.navigation.address, others))

    return AddRow(choice, None if busy or len(kept.value.items) >= MOST_LINES else add)


def _otherwise(choice: CheckoutChoice, buying: Buying) -> list[ft.Control]:
    """What the person has to know before they go on."""
    if not choice.can_be_placed:
        return [Caution(t("checkout.in_the_way"), name="checkout-changed")]
    if buying.tried is not None and buying.tried != choice.total_minor:
        old, new = (money(amount, choice.currency) for amount in (buying.tried, choice.total_minor))
        return [Caution(t("checkout.changed", old=old, new=new), name="checkout-changed")]
    return []
