"""A request as its seller sees it: whose turn it is, who asks, what of, and the four answers."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.offers import asked_before
from app.shop.reads.requests import RequestPanel, request_panel
from app.shop.rules.orders import Action, Role, Status
from app.shop.rules.requests import RequestAction
from app.ui import routes
from app.ui.dialogs.answer import answering
from app.ui.hooks import use_query
from app.ui.parts.answer_foot import AnswerFoot
from app.ui.parts.cancel_body import title_of
from app.ui.parts.faces import NoSuchOrder, OrderFace
from app.ui.parts.frame import Foot, Pane, Scroll, Section
from app.ui.parts.order_sections import Lines
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.request_card import NO_TAPS, RequestCard
from app.ui.parts.request_sections import Answered, Asker, WhyNotAnswer
from app.ui.parts.tap import Outlined
from app.ui.state import go, use_window
from app.ui.texts import t
from app.ui.window import Window

ANSWERS = (RequestAction.APPROVE, RequestAction.LIST_OPTION, RequestAction.OFFER, RequestAction.DECLINE)


@ft.component
def SellerRequestScreen(back: str | None, number: int) -> ft.Control:
    """The request of order `number`, the newest where it had several."""
    window = use_window()
    found = use_query(request_panel, number)
    before = use_query(asked_before, number).value or 0
    panel = found.value
    if panel is None:
        return Pane(
            t("request"),
            OrderFace(found.error, window.draw_again, 160, 120, 120, still=window.still),
            back=back,
        )
    if panel.role != Role.SELLER:
        return Pane(t("request"), NoSuchOrder(), back=back)
    title = title_of(panel.order)

    def answer(what: str) -> None:
        window.asked = answering(what, {number: title})

    can = [one for one in ANSWERS if one in panel.possible]
    foot = Foot(AnswerFoot(frozenset(can), answer)) if can else None
    return Pane(t("request"), SellerRequestBody(panel, before, window, answer), back=back, foot=foot)


def SellerRequestBody(
    panel: RequestPanel, before: int, window: Window, on_answer: Callable[[str], None]
) -> ft.Control:
    """The page once it is loaded; `before`: requests the buyer made about other orders of the shop."""
    zone, now, order = window.zone, window.now(), panel.order
    receipt = RefundReceipt(panel.receipt, order.source, zone, now, whose="buyer_gets_back")
    waits = panel.newest is not None and any(one in panel.possible for one in ANSWERS)
    why_not = [panel.why_not[one] for one in ANSWERS if one in panel.why_not]
    return Scroll(
        RequestCard(panel, zone, now, NO_TAPS, busy=False),
        *([WhyNotAnswer(panel, why_not[0])] if why_not and why_not[0] else []),
        Asker(panel, before, zone, now),
        *([Answered(panel)] if panel.newest and panel.newest.answered_at else []),
        Lines(order, flies=False),
        *([Section(receipt, title=t("if_cancelled"))] if waits else []),
        Outlined("open-order", t("open_order"), lambda: go(routes.order(order.number))),
        *(
            [Outlined("mark-packed", t("mark_packed"), lambda: on_answer(Action.ARRANGE))]
            if order.status == Status.AWAITING_SHIPMENT
            else []
        ),
    )
