"""What lies above the checkout: the vouchers, the addresses, or an address being written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import flet as ft

from app.shop.reads.addresses import Entry
from app.shop.reads.checkout import CheckoutChoice
from app.shop.rules.addresses import MOST
from app.ui import theme
from app.ui.address_draft import new_draft
from app.ui.checkout_draft import Buying
from app.ui.dialogs.address import AddressForm
from app.ui.dialogs.modal import use_panel
from app.ui.kept import Kept
from app.ui.parts.address import AddressWords
from app.ui.parts.tap import Filled, Outlined, Tap
from app.ui.parts.voucher_rows import CodeField, VoucherRows, why_not_typed
from app.ui.parts.words import Title
from app.ui.state import use_window, use_window_unwatched
from app.ui.texts import country_of, t

VOUCHERS, ADDRESSES, ADDRESS = "vouchers", "addresses", "address"
ROWS = 4
"""So many rows stand there without scrolling."""


def use_checkout_panel(choice: CheckoutChoice | None, kept: Kept[Buying]) -> None:
    """Show what `kept` says lies above the checkout; what is chosen in it goes there."""
    window, buying = use_window(), kept.value

    def close() -> None:
        kept.set(replace(kept.value, panel=""))

    def saved(address: int) -> None:
        kept.set(replace(kept.value, address=address, panel="", writing=None))

    content: ft.Control | None = None
    form: Any = AddressForm
    if buying.panel == ADDRESS and buying.writing is not None:
        content = form(buying.writing, close, saved, key=buying.writing.key)
    elif choice is not None and buying.panel == VOUCHERS:
        content = _vouchers(choice, kept, close)
    elif choice is not None and buying.panel == ADDRESSES:
        content = _addresses(choice, kept, window.zone)
    use_panel(content, close)


def write_address(choice: CheckoutChoice, buying: Buying, zone: str) -> Buying:
    """Writing a new address, or going on with it."""
    draft = new_draft(choice.addresses, country_of(zone), buying.writing)
    return replace(buying, panel=ADDRESS, writing=draft)


def _vouchers(choice: CheckoutChoice, kept: Kept[Buying], on_close: Callable[[], None]) -> ft.Control:
    window, buying = use_window_unwatched(), kept.value

    def typing(text: str) -> None:
        kept.value = replace(kept.value, typing=text)  # the field draws itself

    shown = choice.vouchers, choice.currency, window.zone, window.now()
    rows = ft.Column(
        [
            CodeField(
                buying.typing,
                why_not_typed(buying.typed, *shown),
                typing,
                lambda typed: kept.set(kept.value.with_code(typed, choice)),
            ),
            VoucherRows(*shown, lambda one: kept.set(kept.value.with_voucher(one, choice))),
        ],
        spacing=theme.GAP,
        tight=True,
    )
    done = Filled("vouchers-done", t("checkout.done"), on_close, expand=True)
    return _panel(t("vouchers"), rows, done, tall=len(choice.vouchers) > ROWS)


def _addresses(choice: CheckoutChoice, kept: Kept[Buying], zone: str) -> ft.Control:
    def row(entry: Entry) -> ft.Control:
        chosen = entry == choice.address
        tick = ft.Icon(ft.Icons.CHECK, color=theme.BACK if chosen else theme.UNSEEN, size=22)
        return Tap(
            f"address-{entry.id}",
            ft.Row([AddressWords(entry), tick], spacing=theme.GAP),
            lambda: kept.set(replace(kept.value, address=entry.id, panel="")),
            selected=chosen,
            padding=ft.Padding.symmetric(vertical=theme.GAP),
        )

    rows = ft.Column([row(entry) for entry in choice.addresses], spacing=0, tight=True)
    add = Outlined(
        "add-address",
        t("address.add"),
        lambda: kept.set(write_address(choice, kept.value, zone)),
        disabled=len(choice.addresses) >= MOST,
        expand=True,
    )
    return _panel(t("checkout.where"), rows, add, tall=len(choice.addresses) > ROWS)


def _panel(title: str, rows: ft.Control, foot: ft.Control, *, tall: bool) -> ft.Control:
    head = ft.Semantics(header=True, content=Title(title))
    # A column that scrolls takes all there is of height.
    scroll = ft.ScrollMode.AUTO if tall else None
    above = ft.Column(
        [head, rows],
        spacing=theme.MARGIN,
        scroll=scroll,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    below = ft.Container(
        ft.Row([foot]),
        padding=theme.MARGIN,
        border=ft.Border.only(top=ft.BorderSide(1, theme.HAIRLINE)),
    )
    scrolled = ft.Container(above, padding=theme.MARGIN, expand=tall or None)
    return ft.Column([scrolled, below], spacing=0, tight=not tall)
