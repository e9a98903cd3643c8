"""App: the table of screens, and how the stack of an address is laid out."""

from typing import Any
from urllib.parse import unquote

import flet as ft

from app.shop.reads.insights import RANGES
from app.shop.rules.errors import Invalid
from app.shop.rules.items import Items, items_from
from app.ui import routes
from app.ui.dialogs.asked import use_asked_dialog
from app.ui.entries import ENTRIES, PLATFORM_ENTRIES
from app.ui.screens.about import AboutScreen
from app.ui.screens.accounts import AccountsScreen
from app.ui.screens.addresses import AddressesScreen
from app.ui.screens.appearance import AppearanceScreen
from app.ui.screens.cancel import CancelScreen
from app.ui.screens.checkout import CheckoutScreen
from app.ui.screens.contact import ContactScreen
from app.ui.screens.delete_account import DeleteAccountScreen
from app.ui.screens.entrance import EntranceScreen
from app.ui.screens.escalations import EscalationsScreen
from app.ui.screens.files import ImportScreen
from app.ui.screens.import_report import ImportReportScreen
from app.ui.screens.inbox import InboxScreen
from app.ui.screens.insights import InsightsScreen
from app.ui.screens.join import JoinScreen
from app.ui.screens.language import LanguageScreen
from app.ui.screens.members import MembersScreen
from app.ui.screens.missing import MissingScreen
from app.ui.screens.move import MoveScreen
from app.ui.screens.my_data import MyDataScreen
from app.ui.screens.order import OrderScreen
from app.ui.screens.orders import OrdersScreen
from app.ui.screens.pay import PayScreen
from app.ui.screens.platform import PlatformScreen, PlatformShopsScreen
from app.ui.screens.platform_audit import PlatformAuditScreen
from app.ui.screens.platform_people import PlatformPeopleScreen
from app.ui.screens.platform_policy import PlatformPolicyScreen
from app.ui.screens.platform_reasons import PlatformReasonsScreen
from app.ui.screens.policy import PolicyScreen
from app.ui.screens.product import ProductScreen
from app.ui.screens.profile import ProfileScreen
from app.ui.screens.queue import QueueScreen
from app.ui.screens.request import RequestScreen
from app.ui.screens.settings import SettingsScreen
from app.ui.screens.shop import AddScreen, ShopScreen
from app.ui.screens.sign_ins import SignInsScreen
from app.ui.screens.start import StartScreen
from app.ui.screens.tour import TourScreen
from app.ui.stack import Route, path_of, stack
from app.ui.state import use_window
from app.ui.views import PhoneView, WideView
from app.ui.window import Window

_ANY = "[0-9]{1,18}"
_NUMBER = f"(?P<number>{_ANY})"
_HANDLE = r"(?P<handle>[^/]{1,80})"
_ITEMS, _FIND = routes.ADDING


def _number(match: Any, _query: Any) -> tuple[int]:
    return (int(match["number"]),)


def _handle(match: Any, _query: Any) -> tuple[str]:
    return (unquote(match["handle"]),)


def _token(match: Any, _query: Any) -> tuple[str]:
    return (match["token"],)


def _audited(_match: Any, query: dict[str, str]) -> tuple[str, str, str, int]:
    days = query.get("days", "")
    span = int(days) if days.isascii() and days.isdecimal() and len(days) < 6 else 0
    return query.get("q", ""), query.get("action", ""), query.get("reason", ""), span


def _listed(_match: Any, query: dict[str, str]) -> tuple[str | None, str]:
    return query.get("tab"), query.get("q", "")


def _for_sale(_match: Any, query: dict[str, str]) -> tuple[str | None, str, bool]:
    return query.get("category"), query.get("q", ""), query.get("currency") == "all"


def _queued(_match: Any, query: dict[str, str]) -> tuple[str | None, str, str]:
    return query.get("queue"), query.get("reason", ""), query.get("q", "")


def _insights(_match: Any, query: dict[str, str]) -> tuple[str | None, int]:
    days = query.get("days", "")
    return query.get("shop"), next((one for one in RANGES if str(one) == days), RANGES[0])


def _items(_match: Any, query: dict[str, str]) -> tuple[Items]:
    try:
        return (items_from(query.get(_ITEMS, "").split(",")),)
    except Invalid:
        return ((),)


def _beside(match: Any, query: dict[str, str]) -> tuple[Items, str]:
    return (*_items(match, query), query.get(_FIND, ""))


def _added(match: Any, query: dict[str, str]) -> tuple[int, Items]:
    return (*_number(match, query), *_items(match, query))


def _checkout(below: str = "") -> tuple[Route, ...]:
    """The checkout, opened from the page `below` it, if from one, and what can be added above it."""
    path = f"{below}{routes.CHECKOUT}"
    return (
        Route(path, CheckoutScreen, _items, alone=True, own=(_ITEMS,)),
        Route(f"{path}{routes.ADD}", AddScreen, _beside, stays=True, own=(_FIND,)),
        Route(f"{path}{routes.ADD}/{_NUMBER}", ProductScreen, _added),
    )


_IMPORT = (
    Route(routes.IMPORT, ImportScreen),
    Route(f"{routes.IMPORT}/(?P<number>[0-9]{{1,6}})", ImportReportScreen, _number),
)
ROUTES = (
    Route(routes.PROFILE, ProfileScreen),
    Route(routes.ORDERS, OrdersScreen, _listed, lists=True),
    Route(f"{routes.ORDERS}/{_NUMBER}", OrderScreen, _number),
    Route(f"{routes.ORDERS}/{_NUMBER}/cancel", CancelScreen, _number),
    Route(f"{routes.ORDERS}/{_NUMBER}/contact", ContactScreen, _number),
    Route(f"{routes.ORDERS}/{_NUMBER}/pay", PayScreen, _number),
    Route(routes.INBOX, InboxScreen, lists=True),
    Route(f"{routes.INBOX}/{_NUMBER}", OrderScreen, _number),
    Route(f"{routes.INBOX}/{_NUMBER}/contact", ContactScreen, _number),
    Route(f"{routes.INBOX}/{_NUMBER}/pay", PayScreen, _number),
    Route(f"{routes.INBOX}/requests/{_NUMBER}", RequestScreen, _number),
    Route(routes.SHOP, ShopScreen, _for_sale, stays=True),
    Route(f"{routes.SHOP}/{_NUMBER}", ProductScreen, _number),
    Route(routes.SELLER, QueueScreen, _queued, lists=True),
    Route(f"{routes.SELLER}/requests/{_NUMBER}", RequestScreen, _number),
    Route(routes.INSIGHTS, InsightsScreen, _insights),
    *_checkout(),
    *(one for list_ in (routes.SHOP, routes.ORDERS, routes.INBOX) for one in _checkout(f"{list_}/{_ANY}")),
    Route(routes.ACCOUNTS, AccountsScreen),
    Route(routes.SETTINGS, SettingsScreen, lists=True),
    Route(routes.ADDRESSES, AddressesScreen),
    Route(routes.LANGUAGE, LanguageScreen),
    Route(routes.APPEARANCE, AppearanceScreen),
    Route(routes.POLICY, PolicyScreen),
    *_IMPORT,
    Route(routes.MY_DATA, MyDataScreen),
    Route(routes.MOVE, MoveScreen),
    Route(routes.SIGN_INS, SignInsScreen),
    Route(routes.MEMBERS, MembersScreen),
    Route(routes.DELETE, DeleteAccountScreen),
    Route(routes.TOUR, TourScreen),
    Route(routes.ABOUT, AboutScreen),
    Route(routes.PLATFORM, PlatformScreen, lists=True),
    Route(routes.PLATFORM_REQUESTS, EscalationsScreen),
    Route(f"{routes.PLATFORM_REQUESTS}/{_NUMBER}", RequestScreen, _number),
    Route(routes.PLATFORM_POLICY, PlatformPolicyScreen),
    Route(f"{routes.PLATFORM_POLICY}/{_HANDLE}", PlatformPolicyScreen, _handle, by_path=True),
    Route(routes.PLATFORM_SHOPS, PlatformShopsScreen),
    Route(routes.PLATFORM_REASONS, PlatformReasonsScreen),
    Route(routes.PLATFORM_AUDIT, PlatformAuditScreen, _audited, by_path=True),
    Route(routes.PLATFORM_PEOPLE, PlatformPeopleScreen),
    Route(f"/seller/policy/{_HANDLE}", PlatformPolicyScreen, _handle),
)
FIRST = (Route("/", StartScreen), *_IMPORT, Route(routes.MOVE, MoveScreen), Route(routes.TOUR, TourScreen))
"""What there is before anybody is in the store."""
_REAL = {entry.path for entry in ENTRIES if entry.real}
PRACTICE = tuple(route for route in ROUTES if route.pattern not in _REAL and route not in _IMPORT)
"""What there is while one practises: nothing that leads to the real orders, or to other people."""
FIRST_OPENED = (routes.IMPORT, routes.MOVE, routes.TOUR)
MISSING = Route("", MissingScreen)


_LISTED = (*ENTRIES, *PLATFORM_ENTRIES)
_ALONE, _SIGNED = ({entry.path for entry in _LISTED if entry.guarded is guarded} for guarded in (False, True))
SERVED = (
    *(route for route in ROUTES if route.pattern not in _ALONE),
    Route(
        routes.join(r"(?P<token>[A-Za-z0-9_-]{1,100})"), JoinScreen, lambda match, _query: (match["token"],)
    ),
)
"""What there is for who signed in: nothing of other people."""
OWN = tuple(route for route in ROUTES if route.pattern not in _SIGNED)
"""What there is on a device of one's own."""
SHUT = (Route("/", EntranceScreen),)
"""What there is before somebody has signed in."""


def _known(window: Window) -> tuple[Route, ...]:
    if window.shut:
        return SHUT
    if window.practising:
        return PRACTICE
    if window.gate is not None:
        return SERVED
    return OWN if window.actor else FIRST


@ft.component
def App() -> list[ft.Control]:
    """The screens of who looks; where there is nobody yet, only the way to somebody."""
    window = use_window()
    here = window.navigation
    address, show = ft.use_state(here.address)
    wide = use_asked_dialog()
    ft.use_effect(lambda: here.attend(show), [])
    # Who looks is another app's (see Root). Drawn once more before it goes, this one stays what it is: Flet's
    # patch of a list into which screens come, while one behind them changes, cannot be applied.
    known = ft.use_memo(lambda: _known(window), [])
    asked = address
    if known is SHUT or (known is FIRST and not path_of(address).startswith(FIRST_OPENED)):
        asked = "/"
    stops = stack(asked, known, MISSING)
    here.below = stops[-2].address if len(stops) > 1 else None
    here.on_list = stops[-1].route.lists or stops[-1].route.stays
    here.beside_list = window.wide and len(stops) > 1 and stops[-2].route.lists
    if wide and known not in (FIRST, SHUT):
        return [WideView(stops)]
    view: Any = PhoneView  # the decorator takes `key`
    return [view(stops[: depth + 1], stop is stops[-1], key=stop.path) for depth, stop in enumerate(stops)]
