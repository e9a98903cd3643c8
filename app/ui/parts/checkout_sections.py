"""The sections of the checkout: where it goes, what makes it cheaper, how it is paid, what it comes to."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.checkout import CheckoutChoice, PayChoice
from app.shop.rules.clocks import Method
from app.shop.rules.pricing import Entry
from app.ui import theme
from app.ui.parts.address import AddressWords
from app.ui.parts.frame import Foot, Pair, Section
from app.ui.parts.method_icon import METHOD_ICONS
from app.ui.parts.price import Price
from app.ui.parts.switch_row import SwitchRow
from app.ui.parts.tap import Filled, Tap
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong
from app.ui.texts import moment, money, number, t

OnTap = Callable[[], object]
ROOM = ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=theme.GAP)


def Where(choice: CheckoutChoice, on_tap: OnTap) -> ft.Control:
    """Where it goes; a tap chooses another address, or writes the first."""
    if choice.address is None:
        words: ft.Control = ft.Column(
            [Strong(t("checkout.no_address")), Quiet(t("checkout.no_address_how"))],
            spacing=theme.SPACE,
            tight=True,
            expand=True,
        )
    else:
        words = AddressWords(choice.address)
    icon = ft.Icon(ft.Icons.PLACE_OUTLINED, color=theme.MUTED if choice.address else theme.ACCENT)
    return _card(_way("checkout-address", icon, words, on_tap))


def AddRow(choice: CheckoutChoice, on_tap: OnTap | None) -> ft.Control:
    """The way to what else the shop has that can stand in this order."""
    icon = ft.Icon(ft.Icons.ADD, color=theme.MUTED)
    words = Strong(t("add_item.from", shop=choice.shop_name or choice.shop), expand=True)
    return _way("add-item", icon, words, on_tap, room=ft.Padding.symmetric(vertical=theme.GAP))


def Cheaper(choice: CheckoutChoice, coins: bool, on_vouchers: OnTap, on_coins: OnTap) -> ft.Control:
    """The vouchers that are used, and the coins that could be."""
    used = [one for one in choice.vouchers if one.chosen]
    off = sum(one.off_minor for one in used)
    told = ", ".join(one.code for one in used) or t("voucher.choose" if choice.vouchers else "voucher.none")
    words = ft.Column([Strong(t("vouchers")), Quiet(told)], spacing=2, tight=True, expand=True)
    amount = [Strong(money(-off, choice.currency), color=theme.BACK)] if off else []
    icon = ft.Icon(ft.Icons.SELL_OUTLINED, color=theme.MUTED)
    rows = [_way("vouchers", icon, words, on_vouchers, *amount)]
    if choice.coins_usable:
        rows += [ft.Divider(), _coins(choice, coins, on_coins)]
    return _card(ft.Column(rows, spacing=0))


def _coins(choice: CheckoutChoice, coins: bool, on_coins: OnTap) -> ft.Control:
    told = t("checkout.coins_have", count=choice.coins_free, coins=number(choice.coins_free))
    use = t("checkout.coins_use", count=choice.coins_usable, coins=number(choice.coins_usable))
    off = Body(money(-choice.coins_usable, choice.currency), color=theme.BACK if coins else theme.MUTED)
    words = ft.Row(
        [
            ft.Icon(ft.Icons.TOLL_OUTLINED, color=theme.MUTED),
            ft.Column([Strong(use), Quiet(told)], spacing=2, tight=True, expand=True),
            off,
        ],
        spacing=theme.GAP,
        expand=True,
    )
    return SwitchRow("coins", words, coins, on_coins, padding=ROOM)


def Methods(choice: CheckoutChoice, now: int, zone: str, on_method: Callable[[Method], None]) -> ft.Control:
    """The ways to pay, each with until when."""
    rows = [_method(one, one.method is choice.method, now, zone, on_method) for one in choice.methods]
    title = ft.Container(
        ft.Semantics(header=True, content=Heading(t("payment"))),
        padding=ft.Padding.only(left=theme.MARGIN, top=theme.MARGIN, right=theme.MARGIN, bottom=theme.SPACE),
    )
    return _card(ft.Column([title, *rows], spacing=0))


def _method(
    one: PayChoice, chosen: bool, now: int, zone: str, on_method: Callable[[Method], None]
) -> ft.Control:
    method = one.method
    until = (
        t("checkout.pay_later")
        if one.pay_ms is None
        else t("checkout.pay_by", at=moment(now + one.pay_ms, zone, now))
    )
    words = ft.Column([Strong(t(f"method.{method}")), Quiet(until)], spacing=2, tight=True, expand=True)
    tick = ft.Icon(
        ft.Icons.RADIO_BUTTON_CHECKED if chosen else ft.Icons.RADIO_BUTTON_UNCHECKED,
        color=theme.BACK if chosen else theme.EDGE,
    )
    return Tap(
        f"method-{method.lower()}",
        ft.Row([ft.Icon(METHOD_ICONS[method], color=theme.MUTED), words, tick], spacing=theme.GAP),
        lambda: on_method(method),
        selected=chosen,
        padding=ROOM,
    )


def PriceSheet(choice: CheckoutChoice) -> ft.Control:
    """What it comes to, each discount on its own."""
    currency = choice.currency
    rows: list[ft.Control] = [
        Pair(
            t(f"price.{row.kind}"),
            Body(money(row.amount_minor, currency), color=theme.BACK if row.amount_minor < 0 else None),
        )
        for row in choice.prices
    ]
    if choice.prices and all(row.kind != Entry.SHIPPING for row in choice.prices):
        rows.insert(1, Pair(t("price.SHIPPING"), Body(t("checkout.free"), color=theme.BACK)))
    total = ft.Row([Heading(t("total"), expand=True), Price(choice.total_minor, currency)])
    return Section(*rows, ft.Divider(), total, title=t("prices"))


def PlaceButton(choice: CheckoutChoice, on_place: OnTap, *, busy: bool) -> ft.Control:
    """The one thing to do; not while it is being done, nor where a line stands in the way."""
    word = t("checkout.placing" if busy else "checkout.place")
    return Filled("place-order", word, on_place, disabled=busy or not choice.can_be_placed)


def PlaceFoot(choice: CheckoutChoice, button: ft.Control) -> ft.Control:
    """The total beside the button, always in view."""
    total = ft.Column(
        [Small(t("total")), Price(choice.total_minor, choice.currency)], spacing=0, tight=True, expand=True
    )
    return Foot(total, button)


def _way(
    name: str,
    icon: ft.Control,
    words: ft.Control,
    on_tap: OnTap | None,
    *beside: ft.Control,
    room: ft.Padding = ROOM,
) -> ft.Control:
    chevron = ft.Icon(ft.Icons.CHEVRON_RIGHT, color=theme.MUTED, size=20)
    return Tap(name, ft.Row([icon, words, *beside, chevron], spacing=theme.GAP), on_tap, padding=room)


def _card(content: ft.Control) -> ft.Control:
    return ft.Card(content, semantic_container=False)
