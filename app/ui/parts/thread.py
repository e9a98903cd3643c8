"""A thread as it is drawn: the newest at the bottom, by days, with what happened to the order in between."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import flet as ft

from app.shop.reads.history import EventRow
from app.shop.reads.talk import Conversation, Entry, MessageRow
from app.shop.rules.orders import Role
from app.ui import theme
from app.ui.parts.chat_bubble import ChatBubble, OnPhoto
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.order_card import by_whom
from app.ui.parts.request_step import RequestStep, leads_to
from app.ui.parts.status_badge import look
from app.ui.parts.words import Heading, Label, Quiet, Small
from app.ui.state import use_now
from app.ui.texts import day, reason_text, same_day, t, time_of_day

RUN = 5 * 60_000
"""Milliseconds within which messages of one person stand together."""


def name_of(thread: Conversation, role: str) -> str:
    """How somebody is called in a thread."""
    order = thread.order
    names = {Role.BUYER: order.buyer, Role.SELLER: order.shop_name or order.shop}
    return names.get(Role(role)) or by_whom(role)


def the_other(thread: Conversation) -> str:
    """Whom one talks to; for the platform, the shop."""
    return name_of(thread, Role.BUYER if thread.role == Role.SELLER else Role.SELLER)


def entries(thread: Conversation, zone: str, on_photo: OnPhoto) -> list[ft.Control]:
    """The entries, the newest first, each day below its name; below them all, whether the newest was read.

    What is drawn of an entry never changes by what comes after it: of a list into which something is put,
    while something behind that changes, Flet (1.0.5) makes a patch that no client can apply.
    """
    return [_Seen(thread), *list(_drawn(thread, zone, on_photo))[::-1]]


def _drawn(thread: Conversation, zone: str, on_photo: OnPhoto) -> Iterator[ft.Control]:
    for before, entry in pairwise((thread.before, *thread.entries)):
        assert entry is not None  # noqa: S101  (only the first of all has none before it)
        if before is None or not same_day(before.at, entry.at, zone):
            yield Day(entry.at, zone, key=f"day-{entry.at}")
        if isinstance(entry, MessageRow):
            first = not _together(before, entry, zone)
            sender = name_of(thread, entry.role)
            named = not entry.mine and sender != the_other(thread)
            yield ChatBubble(entry, sender, named, zone, first, on_photo, key=f"message-{entry.n}")
        else:
            to = leads_to(entry)
            card = RequestStep(entry, to, thread.role, zone) if to else _event(entry, thread.role, zone)
            yield ft.Container(card, key=f"event-{entry.n}")


def _together(before: Entry | None, entry: MessageRow, zone: str) -> bool:
    """Whether a message goes on from the one before it."""
    return (
        isinstance(before, MessageRow)
        and (before.role, before.sender) == (entry.role, entry.sender)
        and entry.at - before.at <= RUN
        and same_day(before.at, entry.at, zone)
    )


def _Seen(thread: Conversation) -> ft.Control:
    newest = thread.entries[-1] if thread.entries else None
    seen = isinstance(newest, MessageRow) and newest.mine and newest.n <= thread.seen
    tick: list[ft.Control] = (
        [ft.Icon(ft.Icons.DONE_ALL, size=14, color=theme.BACK), Small(t("message_seen"))] if seen else []
    )
    return ft.Row(tick, spacing=theme.SPACE, alignment=ft.MainAxisAlignment.END, key="seen")


@ft.component
def _Day(at: int, zone: str) -> ft.Control:
    """The name of a day, which is another tomorrow."""
    word = Label(day(at, zone, use_now()), color=theme.MUTED)
    margin = ft.Padding.only(top=theme.MARGIN, bottom=theme.SPACE)
    return ft.Container(word, alignment=ft.Alignment.CENTER, padding=margin)


_memo: Any = ft.memo
Day = _memo(_Day)


def _event(event: EventRow, viewer: str, zone: str) -> ft.Control:
    """What happened to the order, in a line."""
    icon, tone = look(event.status_to)
    reason = reason_text(event.reason) if event.reason else ""
    what = t(f"event.{event.action}")
    words = " · ".join(
        part for part in (what, by_whom(event.role, viewer), reason, time_of_day(event.at, zone)) if part
    )
    line = ft.Row(
        [
            ft.Icon(icon, size=16, color=tone.ink),
            ft.Container(
                Small(words, color=tone.ink, text_align=ft.TextAlign.CENTER), expand_loose=True, expand=1
            ),
        ],
        spacing=8,
        tight=True,
    )
    pill = ft.Container(
        line,
        bgcolor=tone.fill,
        border_radius=theme.CARD_RADIUS,
        padding=ft.Padding.symmetric(horizontal=theme.GAP, vertical=6),
    )
    return ft.Container(
        ft.Semantics(container=True, content=pill),
        alignment=ft.Alignment.CENTER,
        padding=ft.Padding.only(top=theme.GAP),
    )


def Greeting(thread: Conversation) -> ft.Control:
    """What stands where nobody has written yet."""
    name = the_other(thread)
    centred = ft.TextAlign.CENTER
    words = Heading(t(f"chat_empty.{thread.role}", name=name), text_align=centred)
    return ft.Container(
        ft.Column(
            [
                Spot(Drawing.CHAT, 168),
                ft.Semantics(header=True, content=words),
                Quiet(t(f"chat_empty_how.{thread.role}"), text_align=centred),
            ],
            spacing=theme.GAP,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        padding=ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=theme.WIDE_MARGIN),
        key="greeting",
    )
