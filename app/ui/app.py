"""App: the route table, and what stands on top of every screen."""

import logging
from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import flet as ft

from app.shop.rules.errors import ShopError
from app.ui.parts.faces import Trouble
from app.ui.parts.notice_bar import NoticeBar
from app.ui.screens.cancel import CancelScreen
from app.ui.screens.inbox import InboxScreen
from app.ui.screens.missing import MissingScreen
from app.ui.screens.order import OrderScreen
from app.ui.screens.orders import OrdersScreen
from app.ui.screens.profile import ProfileScreen
from app.ui.screens.settings import SettingsScreen
from app.ui.screens.start import StartScreen
from app.ui.state import use_window, use_window_unwatched

log = logging.getLogger("takeback")

Screen = Callable[..., ft.View]


def _screen(component: Screen) -> Screen:
    """`component` with the notice bar on top of it; where it cannot be drawn, a calm face instead.

    Flet ends the drawing of a session at an error in a render, so it must not get that far.
    """
    body: Screen = component.__component_impl__  # type: ignore[attr-defined]

    @ft.component
    def Framed(*args: object, **kwargs: object) -> ft.View:
        path, window = ft.use_view_path(), use_window_unwatched()
        try:
            view = body(*args, **kwargs)
        except Exception:
            log.exception("%s could not be drawn", body.__name__)
            return ft.View(route=path, controls=[Trouble(ShopError("unexpected"), window.draw_again)])
        view.controls = [NoticeBar(), *view.controls]
        return view

    return Framed


_Order, _Cancel, _Orders = _screen(OrderScreen), _screen(CancelScreen), _screen(OrdersScreen)
_Start = _screen(StartScreen)


@ft.component
def Orders() -> ft.Control | ft.View:
    """The orders page, on the tab that the address names."""
    nothing: str | None = None
    tab = ft.use_ref(nothing)
    address = urlparse(ft.context.page.route)
    if address.path == ft.use_view_path():  # else it lies below an order, whose address names no tab
        tab.current = parse_qs(address.query).get("tab", [tab.current])[0]
    return _Orders(tab.current, key=tab.current)


@ft.component
def Order() -> ft.Control | ft.View:
    """The page of the order that the address names."""
    number = ft.use_route_params()["number"]
    return _Order(int(number), key=number)


@ft.component
def Cancel() -> ft.Control | ft.View:
    """The cancel page of the order that the address names."""
    number = ft.use_route_params()["number"]
    return _Cancel(int(number), key=number)


ROUTES = [
    ft.Route(
        component=_screen(ProfileScreen),
        children=[
            ft.Route(path="settings", component=_screen(SettingsScreen)),
            ft.Route(path="inbox", component=_screen(InboxScreen)),
            ft.Route(path="accounts", component=_Start),
            ft.Route(
                path="orders",
                component=Orders,
                children=[
                    ft.Route(
                        path=":number([0-9]{1,18})",
                        component=Order,
                        children=[ft.Route(path="cancel", component=Cancel)],
                    )
                ],
            ),
            ft.Route(path=":elsewhere+", component=_screen(MissingScreen)),
        ],
    )
]


@ft.component
def App() -> ft.Control | ft.View:
    """The screens of who looks; where there is nobody yet, only the way to somebody."""
    if use_window().actor is None:
        return _Start()
    return ft.Router(ROUTES, manage_views=True)
