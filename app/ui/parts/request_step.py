"""A step of a request as a card of the thread: what was done, by whom, why, and in whose words."""

import flet as ft

from app.shop.reads.history import EventRow
from app.shop.rules.reasons import SENT
from app.shop.rules.requests import RequestAction, RequestStatus
from app.ui import theme
from app.ui.parts.order_card import by_whom
from app.ui.parts.request_card import LOOKS
from app.ui.parts.words import Body, Quiet, Small, Strong
from app.ui.texts import reason_text, t, time_of_day

R, A = RequestStatus, RequestAction
WIDTH = 300
LEADS_TO: dict[str, RequestStatus] = {
    A.ASK: R.PENDING_SELLER,
    A.ASK_CHANGE: R.PENDING_SELLER,
    A.ACCEPT_CHANGE: R.SUPERSEDED,
    A.WITHDRAW: R.WITHDRAWN,
    A.LIST_OPTION: R.OPTION_LISTED,
    A.CONFIRM: R.APPROVED,
    A.APPROVE: R.APPROVED,
    A.OFFER: R.ALTERNATIVE_OFFERED,
    A.ACCEPT: R.SUPERSEDED,
    A.REFUSE: R.PENDING_SELLER,
    A.DECLINE: R.REJECTED,
    A.ESCALATE: R.ESCALATED,
    A.OVERRULE: R.APPROVED,
    A.UPHOLD: R.REJECTED,
    A.AUTO_APPROVE: R.APPROVED,
    A.PASS_ON: R.ESCALATED,
    A.LAPSE: R.EXPIRED,
}
"""Where each step that stands in a thread leads; the card looks as that state does."""


def leads_to(event: EventRow) -> RequestStatus | None:
    """Where a request stands after an event; None where it is no step of one."""
    # A parcel that is sent while a request is open declines it (R11).
    sent = R.REJECTED if event.reason == SENT.code else None
    return LEADS_TO.get(event.action, sent)


def RequestStep(event: EventRow, to: RequestStatus, viewer: str, zone: str) -> ft.Control:
    """The card of a step."""
    icon, tone = LOOKS[to]
    who = " · ".join(filter(None, (by_whom(event.role, viewer), time_of_day(event.at, zone))))
    words: list[ft.Control] = [Strong(t(f"event.{event.action}"), color=tone.ink), Small(who)]
    words += [Body(t("request_declined"))] if event.action not in LEADS_TO else []
    words += [Body(reason_text(event.reason))] if event.reason else []
    words += [Quiet(f"“{event.note}”")] if event.note else []
    card = ft.Container(
        ft.Row(
            [
                ft.Icon(icon, size=22, color=tone.ink),
                ft.Column(words, spacing=2, tight=True, expand=True),
            ],
            spacing=theme.GAP,
            vertical_alignment=ft.CrossAxisAlignment.START,
        ),
        bgcolor=tone.fill,
        border_radius=theme.CARD_RADIUS,
        padding=theme.GAP,
        width=WIDTH,
    )
    return ft.Container(
        ft.Semantics(container=True, content=card),
        alignment=ft.Alignment.CENTER,
        padding=ft.Padding.only(top=theme.GAP),
    )
