"""The address book: where parcels can be sent."""

from collections.abc import Callable, Sequence

import flet as ft

from app.shop.actions.addresses import prefer_address, remove_address
from app.shop.reads.addresses import Entry, address_book
from app.shop.rules.addresses import MOST
from app.ui import theme
from app.ui.address_draft import draft_of, new_draft
from app.ui.dialogs.address import use_address_form
from app.ui.hooks import new_key, use_action, use_query
from app.ui.parts.address import AddressWords, called
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Aside, Foot, Pane, Scroll
from app.ui.parts.tap import Filled, Outlined, Plain
from app.ui.parts.words import Strong
from app.ui.state import use_window
from app.ui.texts import country_of, t


@ft.component
def AddressesScreen(back: str | None) -> ft.Control:
    """Every address of who looks, each to be put right, preferred or removed; and a way to add one."""
    window = use_window()
    book = use_query(address_book)
    write = use_address_form("book", lambda _: window.say(t("address.saved")))
    entries = book.value or ()

    def add() -> None:
        write(new_draft(entries, country_of(window.zone)))

    edit = ft.use_callback(lambda entry: write(draft_of(entry)), [])

    content: ft.Control = Scroll(Loading(140, 140, still=window.still))
    foot = None
    if entries:
        content = AddressBody(entries, edit)
        foot = Foot(Filled("add-address", t("address.add"), add, disabled=len(entries) >= MOST, expand=True))
    elif book.value is not None:
        action = ("add-address", t("address.add"), add)
        content = Empty(Drawing.TO_RECEIVE, t("address.none"), how=t("address.none_how"), action=action)
    elif book.error is not None:
        content = Trouble(book.error, window.draw_again)
    return Pane(t("addresses"), content, back=back, foot=foot)


def AddressBody(entries: Sequence[Entry], on_edit: Callable[[Entry], None]) -> ft.Control:
    """The cards, and who reads what stands in them."""
    return Scroll(*(AddressCard(one, on_edit, key=one.id) for one in entries), Aside(t("address.private")))


@ft.component
def _AddressCard(entry: Entry, on_edit: Callable[[Entry], None]) -> ft.Control:
    preferring, removing = use_action(prefer_address), use_action(remove_address)
    asked, ask = ft.use_state("")

    async def prefer() -> None:
        await preferring.run(entry.id, key=new_key())

    async def remove() -> None:
        await removing.run(entry.id, key=asked)

    name = f"address-{entry.id}"
    if asked:
        words = Strong(t("address.remove_sure", name=called(entry.parts)))
        keep = Outlined(f"{name}-keep", t("address.keep"), lambda: ask(""), expand=True)
        gone = Filled(f"{name}-gone", t("address.remove"), remove, disabled=removing.busy, expand=True)
        rows: list[ft.Control] = [words, ft.Row([keep, gone], spacing=theme.GAP)]
    else:
        ways: list[ft.Control] = [Plain(f"{name}-edit", t("address.edit"), lambda: on_edit(entry))]
        if not entry.preferred:
            ways.append(Plain(f"{name}-prefer", t("address.prefer"), None if preferring.busy else prefer))
        ways.append(Plain(f"{name}-remove", t("address.remove"), lambda: ask(new_key())))
        icon = ft.Icon(ft.Icons.PLACE_OUTLINED, size=22, color=theme.MUTED)
        above = ft.CrossAxisAlignment.START
        rows = [
            ft.Row([icon, AddressWords(entry)], spacing=theme.GAP, vertical_alignment=above),
            ft.Row(ways, wrap=True, spacing=theme.SPACE, run_spacing=0),
        ]
    column = ft.Column(rows, spacing=theme.GAP)
    return ft.Card(ft.Container(column, padding=theme.MARGIN), semantic_container=False)


AddressCard = ft.memo(_AddressCard)  # type: ignore[no-untyped-call]
"""An address; it asks before it removes it."""
