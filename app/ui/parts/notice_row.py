"""An entry of the inbox."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.inbox import Notice
from app.ui import theme
from app.ui.parts.anchor import anchored
from app.ui.parts.tap import Tap
from app.ui.parts.words import Body, Small, Strong
from app.ui.texts import has, moment, money, reason_text, t
from app.ui.theme import Tone

LOOKS: dict[str, tuple[ft.IconData, Tone]] = {
    "order_placed": (ft.Icons.ADD_SHOPPING_CART, theme.BLUE),
    "order_paid": (ft.Icons.PAYMENTS_OUTLINED, theme.PINE),
    "order_cancelled": (ft.Icons.CANCEL_OUTLINED, theme.GREY),
    "lines_cancelled": (ft.Icons.CANCEL_OUTLINED, theme.GREY),
    "order_replaced": (ft.Icons.SWAP_HORIZ, theme.BLUE),
    "order_changed": (ft.Icons.EDIT_OUTLINED, theme.BLUE),
    "payment_reminder": (ft.Icons.SCHEDULE, theme.AMBER),
    "payment_failed": (ft.Icons.ERROR_OUTLINE, theme.AMBER),
    "difference_refused": (ft.Icons.ERROR_OUTLINE, theme.AMBER),
    "pay_by_extended": (ft.Icons.MORE_TIME, theme.BLUE),
    "order_arranged": (ft.Icons.INVENTORY_2_OUTLINED, theme.BLUE),
    "order_shipped": (ft.Icons.LOCAL_SHIPPING_OUTLINED, theme.INDIGO),
    "order_delivered": (ft.Icons.HOME_OUTLINED, theme.INDIGO),
    "order_completed": (ft.Icons.CHECK_CIRCLE_OUTLINE, theme.PINE),
    "late_payment": (ft.Icons.CURRENCY_EXCHANGE, theme.PINE),
    "message": (ft.Icons.CHAT_BUBBLE_OUTLINE, theme.PERSIMMON),
    "refund_done": (ft.Icons.CURRENCY_EXCHANGE, theme.PINE),
    "refund_failed": (ft.Icons.SCHEDULE, theme.AMBER),
    "refund_late": (ft.Icons.SCHEDULE, theme.AMBER),
    "refund_given_up": (ft.Icons.ERROR_OUTLINE, theme.AMBER),
    "refund_retried": (ft.Icons.CURRENCY_EXCHANGE, theme.BLUE),
    "request_asked": (ft.Icons.HOURGLASS_TOP, theme.VIOLET),
    "change_asked": (ft.Icons.SWAP_HORIZ, theme.VIOLET),
    "change_accepted": (ft.Icons.CHECK_CIRCLE_OUTLINE, theme.PINE),
    "change_expired": (ft.Icons.TIMER_OFF_OUTLINED, theme.GREY),
    "request_withdrawn": (ft.Icons.UNDO, theme.GREY),
    "request_option_listed": (ft.Icons.TOUCH_APP_OUTLINED, theme.PERSIMMON),
    "request_offer": (ft.Icons.SWAP_HORIZ, theme.BLUE),
    "request_offer_accepted": (ft.Icons.CHECK_CIRCLE_OUTLINE, theme.PINE),
    "request_offer_refused": (ft.Icons.BLOCK, theme.GREY),
    "request_declined": (ft.Icons.BLOCK, theme.GREY),
    "request_escalated": (ft.Icons.GAVEL, theme.INDIGO),
    "request_to_decide": (ft.Icons.GAVEL, theme.INDIGO),
    "request_passed_on": (ft.Icons.GAVEL, theme.INDIGO),
    "request_upheld": (ft.Icons.GAVEL, theme.INDIGO),
    "request_expired": (ft.Icons.TIMER_OFF_OUTLINED, theme.GREY),
    "request_shipped": (ft.Icons.LOCAL_SHIPPING_OUTLINED, theme.INDIGO),
    "request_reminder_seller": (ft.Icons.SCHEDULE, theme.AMBER),
    "request_reminder_buyer": (ft.Icons.SCHEDULE, theme.AMBER),
    "request_reminder_offer": (ft.Icons.SCHEDULE, theme.AMBER),
}
AT_PAYMENT = frozenset({"payment_reminder", "payment_failed", "pay_by_extended"})
"""What leads its buyer to where the order is paid."""
REFUSED = frozenset({"payment_failed", "difference_refused"})
"""What says why the bank refused."""
AT_REQUEST = frozenset(
    {
        "request_asked",
        "change_asked",
        "change_expired",
        "request_withdrawn",
        "request_escalated",
        "request_to_decide",
    }
    | {"request_offer_accepted", "request_offer_refused", "request_reminder_seller"}
    | {"request_upheld", "request_passed_on", "request_expired"}
)
"""What leads who sells or decides to the request's page; buyers have it on the order's."""
UNTIL = ("answer_by", "respond_by", "confirm_by", "pay_by")
"""The facts that say until when something is to be done."""
OTHER = (ft.Icons.NOTIFICATIONS_OUTLINED, theme.GREY)


def NoticeRow(
    notice: Notice, zone: str, now: int, marked: bool, reached: bool, on_open: Callable[[Notice], None]
) -> ft.Control:
    """What happened, to what, and what comes of it; unread ones stand out by a dot and their weight.

    `reached`: of the marked ones it is the one to scroll to.
    """
    icon, tone = LOOKS.get(notice.code, OTHER)
    round_icon = ft.Container(
        ft.Icon(icon, size=22, color=tone.ink),
        bgcolor=tone.fill,
        border_radius=theme.CHIP_RADIUS,
        width=44,
        height=44,
    )
    words = [
        _headline(notice),
        Body(str(notice.facts.get("title", "")), max_lines=2, overflow=ft.TextOverflow.ELLIPSIS),
        *(Small(line) for line in (*_details(notice, zone, now), moment(notice.at, zone, now))),
    ]
    return ft.Card(
        Tap(
            f"notice-{notice.order_number}-{notice.n}",
            ft.Row(
                [
                    anchored(round_icon, notice.order_number) if reached else round_icon,
                    ft.Column(words, spacing=2, tight=True, expand=True),
                ],
                spacing=theme.GAP,
                vertical_alignment=ft.CrossAxisAlignment.START,
            ),
            lambda: on_open(notice),
            label=None if notice.read else t("unread_entry"),
            selected=marked or None,
            bgcolor=theme.MARKED if marked else None,
            padding=theme.MARGIN,
        ),
        semantic_container=False,
    )


def _headline(notice: Notice) -> ft.Control:
    word = t(f"notice.{notice.code}")
    title = Body(word, expand=True) if notice.read else Strong(word, expand=True)
    dot = [] if notice.read else [ft.Icon(ft.Icons.CIRCLE, size=10, color=theme.ACCENT)]
    return ft.Row([title, *dot], spacing=8)


def _details(notice: Notice, zone: str, now: int) -> list[str]:
    facts = notice.facts
    lines = []
    if "said" in facts:
        sender, said = t(f"role.{facts.get('by')}"), str(facts["said"])
        words = t("notice.message_from", sender=sender, said=said) if said else ""
        lines.append(words or t("notice.photo_from", sender=sender))
    if facts.get("refund_minor"):
        refund = money(int(facts["refund_minor"]), str(facts.get("currency", "")))
        lines.append(t("notice.refund", refund=refund))
    if facts.get("reason"):
        lines.append(t("notice.reason", reason=reason_text(str(facts["reason"]))))
    if notice.code in REFUSED and has(trouble := f"trouble.{facts.get('trouble')}"):
        lines.append(t(trouble))
    if by := next((int(facts[name]) for name in UNTIL if facts.get(name)), None):
        lines.append(t("notice.answer_by", at=moment(by, zone, now)))
    return lines
