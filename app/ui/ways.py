"""The ways to go from everywhere: a bar at the bottom on a phone, a rail on the left when wide."""

from dataclasses import dataclass
from typing import Any

import flet as ft

from app.shop.reads.inbox import unread
from app.shop.reads.queue import waiting
from app.ui import routes, theme
from app.ui.hooks import use_query
from app.ui.parts.badge import CountBadge
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.frame import Foot
from app.ui.parts.tap import Tap
from app.ui.parts.words import Label
from app.ui.state import go, use_window_unwatched
from app.ui.texts import t


@dataclass(frozen=True, slots=True)
class Way:
    """A place one can go to: its name for programs, its address, its text, its icon elsewhere and here."""

    identifier: str
    path: str
    text: str
    icon: ft.IconData
    here: ft.IconData


INBOX = Way("inbox", routes.INBOX, "inbox", ft.Icons.NOTIFICATIONS_OUTLINED, ft.Icons.NOTIFICATIONS)
SHOP = Way("go-shop", routes.SHOP, "shop", ft.Icons.STOREFRONT_OUTLINED, ft.Icons.STOREFRONT)
PROFILE = Way("go-profile", routes.PROFILE, "profile", ft.Icons.PERSON_OUTLINE, ft.Icons.PERSON)
ORDERS = Way("rail-orders", routes.ORDERS, "orders", ft.Icons.RECEIPT_LONG_OUTLINED, ft.Icons.RECEIPT_LONG)
SETTINGS = Way("rail-settings", routes.SETTINGS, "settings", ft.Icons.SETTINGS_OUTLINED, ft.Icons.SETTINGS)

SELLER = Way(
    "rail-seller", routes.SELLER, "requests", ft.Icons.ASSIGNMENT_LATE_OUTLINED, ft.Icons.ASSIGNMENT_LATE
)

BAR, RAIL = (SHOP, INBOX, PROFILE), (PROFILE, ORDERS, SHOP, INBOX, SETTINGS)
FOR_MEMBERS = (SELLER,)
"""The ways that only members of a shop have, before the others of a phone, after the orders when wide."""


@ft.component
def BottomBar(here: str) -> ft.Control:
    """The ways of a phone; `here` is the address one is at."""
    news = _use_news()
    ways = (*_own(), *BAR)
    return Foot(*(_way(way, here, news, expand=True, height=64) for way in ways), padding=0)


@ft.component
def Rail(here: str) -> ft.Control:
    """The ways of a wide window."""
    news = _use_news()
    mark = ft.Container(Spot(Drawing.MARK, 36), padding=ft.Padding.symmetric(vertical=20))
    ways: list[ft.Control] = [
        _way(way, here, news, width=theme.RAIL, height=68) for way in (*RAIL[:2], *_own(), *RAIL[2:])
    ]
    return ft.Container(
        ft.Column(
            [mark, *ways],
            spacing=theme.SPACE,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            scroll=ft.ScrollMode.HIDDEN,
        ),
        width=theme.RAIL,
        bgcolor=theme.CARD,
    )


def _own() -> tuple[Way, ...]:
    return FOR_MEMBERS if use_window_unwatched().shops else ()


def _use_news() -> dict[str, int]:
    """How much is new at each way, by its name."""
    return {
        INBOX.identifier: use_query(unread).value or 0,
        SELLER.identifier: use_query(waiting).value or 0,
    }


def _way(way: Way, here: str, news: dict[str, int], **box: Any) -> ft.Control:
    chosen = way.path == here
    ink = theme.INK if chosen else theme.MUTED
    badge = CountBadge(news.get(way.identifier, 0))
    icon = ft.Icon(way.here if chosen else way.icon, color=theme.ACCENT if chosen else ink, badge=badge)
    return Tap(
        way.identifier,
        ft.Column(
            [icon, Label(t(way.text), color=ink)],
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            alignment=ft.MainAxisAlignment.CENTER,
            spacing=theme.SPACE,
            tight=True,
        ),
        lambda: go(way.path),
        selected=chosen,
        alignment=ft.Alignment.CENTER,
        **box,
    )
