"""The address book: where parcels can be sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flet as ft

from app.shop.actions.addresses import prefer_address, remove_address
from app.shop.reads.addresses import Entry, address_book
from app.shop.rules.addresses import MOST
from app.ui import theme
from app.ui.address_draft import draft_of, new_draft
from app.ui.dialogs.address import use_address_form
from app.ui.hooks import new_key, use_action, use_query
from app.ui.parts.address import AddressWords
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Aside, Foot, Pane, Scroll
from app.ui.parts.tap import Filled, Outlined, Plain
from app.ui.parts.words import Strong
from app.ui.state import use_window
from app.ui.texts import country_of, t
from app.ui.texts.places import called


@ft.component
def AddressesScreen(back: str | None) -> ft.Control:
    """Every address of who looks, each to be put right, preferred or removed; and a way to add one."""
    window = use_window()
    book = use_query(address_book)
    begun, write = use_address_form(lambda _: window.say(t("address.saved")))
    preferring, removing = use_action(prefer_address), use_action(remove_address)
    (asked, key), ask = ft.use_state((0, ""))
    entries = book.value or ()

    def add() -> None:
        write(new_draft(entries, country_of(window.zone), begun))

    def remove() -> None:
        window.page.run_task(removing.run, asked, key=key)

    ways = Ways(
        edit=lambda entry: write(draft_of(entry, begun)),
        prefer=lambda entry: window.page.run_task(preferring.run, entry.id, key=new_key()),
        ask=lambda entry: ask((entry.id, new_key())),
        keep=lambda: ask((0, "")),
        remove=remove,
        busy=preferring.busy or removing.busy,
    )
    content: ft.Control = Scroll(Loading(140, 140, still=window.still))
    foot = None
    if entries:
        content = AddressBody(entries, asked, ways)
        full = len(entries) >= MOST
        foot = Foot(Filled("add-address", t("address.add"), add, disabled=full, expand=True))
    elif book.value is not None:
        action = ("add-address", t("address.add"), add)
        content = Empty(Drawing.TO_RECEIVE, t("address.none"), how=t("address.none_how"), action=action)
    elif book.error is not None:
        content = Trouble(book.error, window.draw_again)
    return Pane(t("addresses"), content, back=back, foot=foot)


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be done with an address; not while something is being done (`busy`)."""

    edit: Callable[[Entry], object]
    prefer: Callable[[Entry], object]
    ask: Callable[[Entry], object]
    keep: Callable[[], object]
    remove: Callable[[], object]
    busy: bool


def AddressBody(entries: Sequence[Entry], asked: int, ways: Ways) -> ft.Control:
    """The cards, the newest first whichever is preferred, so that none moves; and who reads them.

    Without keys: what Flet 1.0.5 sends of a keyed card that comes, while others change, cannot be applied.
    """
    newest = sorted(entries, key=lambda entry: -entry.id)
    cards = [_card(_sure(one, ways) if one.id == asked else _shown(one, ways)) for one in newest]
    return Scroll(*cards, Aside(t("address.private")))


def _card(rows: list[ft.Control]) -> ft.Control:
    column = ft.Column(rows, spacing=theme.GAP)
    return ft.Card(ft.Container(column, padding=theme.MARGIN), semantic_container=False)


def _shown(entry: Entry, ways: Ways) -> list[ft.Control]:
    name, of = f"address-{entry.id}", called(entry.parts)
    possible: list[ft.Control] = [
        Plain(f"{name}-edit", t("address.edit"), lambda: ways.edit(entry), of=of),
        Plain(f"{name}-remove", t("address.remove"), lambda: ways.ask(entry), of=of),
    ]
    if not entry.preferred:
        prefer = None if ways.busy else lambda: ways.prefer(entry)
        possible.append(Plain(f"{name}-prefer", t("address.prefer"), prefer, of=of))
    icon = ft.Icon(ft.Icons.PLACE_OUTLINED, size=22, color=theme.MUTED)
    above = ft.CrossAxisAlignment.START
    return [
        ft.Row([icon, AddressWords(entry)], spacing=theme.GAP, vertical_alignment=above),
        ft.Row(possible, wrap=True, spacing=theme.SPACE, run_spacing=0),
    ]


def _sure(entry: Entry, ways: Ways) -> list[ft.Control]:
    """The question before it is removed."""
    name = f"address-{entry.id}"
    keep = Outlined(f"{name}-keep", t("address.keep"), ways.keep, expand=True)
    gone = Filled(f"{name}-gone", t("address.remove"), ways.remove, disabled=ways.busy, expand=True)
    asked = ft.Semantics(live_region=True, content=Strong(t("address.remove_sure", name=called(entry.parts))))
    return [asked, ft.Row([keep, gone], spacing=theme.GAP)]
