"""A request as its seller and the platform see it: whose turn it is, who asks, what of, and the answers."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.evidence import evidence
from app.shop.reads.offers import asked_before
from app.shop.reads.requests import RequestDetails, RequestPanel, request_panel
from app.shop.rules.orders import Action, Role, Status
from app.shop.rules.reasons import for_platform
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestStatus
from app.ui import routes, theme
from app.ui.dialogs.answer import answering
from app.ui.dialogs.photo import NO_PHOTO, ShownPhoto, use_photo_dialog
from app.ui.hooks import use_query
from app.ui.parts.answer_foot import OF_A_CHANGE, PLATFORM, SELLER, AnswerFoot
from app.ui.parts.cancel_body import title_of
from app.ui.parts.faces import NoSuchOrder, OrderFace
from app.ui.parts.frame import Foot, Pane, Scroll, Section
from app.ui.parts.order_sections import Lines
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.request_card import RequestCard
from app.ui.parts.request_sections import Answered, Asker, WhyNotAnswer
from app.ui.parts.tap import Outlined
from app.ui.state import go, use_window
from app.ui.texts import t
from app.ui.window import Window

ANSWERS = {Role.SELLER: SELLER, Role.OPERATOR: PLATFORM}
"""What who looks can answer, as it stands at the foot."""


@ft.component
def RequestScreen(back: str | None, number: int) -> ft.Control:
    """The newest request of order `number`, for its shop and the platform's staff."""
    window = use_window()
    found = use_query(request_panel, number)
    before = use_query(asked_before, number).value or 0
    photos = use_query(evidence, number).value or ()
    photo, show = ft.use_state(NO_PHOTO)
    use_photo_dialog(photo.shown, lambda: show(NO_PHOTO))
    panel = found.value
    if panel is None:
        return Pane(
            t("request"),
            OrderFace(found.error, window.draw_again, 160, 120, 120, still=window.still),
            back=back,
        )
    pairs = ANSWERS.get(Role(panel.role))
    if pairs is SELLER and panel.newest and panel.newest.kind == RequestKind.CHANGE:
        pairs = OF_A_CHANGE
    if pairs is None:
        return Pane(t("request"), NoSuchOrder(), back=back)
    answers = tuple(one for pair in pairs for one in pair)
    title, can = title_of(panel.order), frozenset(one for one in answers if one in panel.possible)
    why_not = next((panel.why_not[one] for one in answers if one in panel.why_not), None)

    def answer(what: str) -> None:
        about = {number: panel.newest.id} if panel.newest and what != Action.ARRANGE else {}
        window.above.draft = answering(what, {number: title}, about)

    foot = Foot(AnswerFoot(pairs, can, answer)) if can else None
    asker = Asker(panel, before, photos, lambda *one: show(ShownPhoto(one)), window.zone, window.now())
    body = RequestBody(panel, asker, why_not, window, answer, waits=bool(can))
    return Pane(t("request"), body, back=back, foot=foot)


def RequestBody(
    panel: RequestPanel,
    asker: ft.Control,
    why_not: str | None,
    window: Window,
    on_answer: Callable[[str], None],
    *,
    waits: bool,
) -> ft.Control:
    """The page once it is loaded; `asker` says who asks.

    `waits` for an answer; `why_not` says why not every one can be given now.
    """
    zone, now, order = window.zone, window.now(), panel.order
    receipt = RefundReceipt(panel.receipt, order.source, zone, now, whose="buyer_gets_back")
    sells = panel.role == Role.SELLER
    return Scroll(
        RequestCard(panel, zone, now),
        *([WhyNotAnswer(panel, why_not)] if why_not else []),
        asker,
        *([Answered(panel)] if panel.newest and _told(panel.newest, sells=sells) else []),
        Lines(order, flies=False),
        *([Section(receipt, title=t("if_cancelled"))] if waits and _cancels(panel) else []),
        _ways(order.number),
        *(
            [Outlined("mark-packed", t("mark_packed"), lambda: on_answer(Action.ARRANGE))]
            if sells and order.status == Status.AWAITING_SHIPMENT and not _waits_for_platform(panel)
            else []
        ),
    )


def _told(request: RequestDetails, *, sells: bool) -> bool:
    """Whether the answer has a section: of what is told in the card, the platform needs none."""
    return request.answered_at is not None and (sells or for_platform(request.answer_reason, Role.BUYER))


def _cancels(panel: RequestPanel) -> bool:
    return panel.newest is not None and panel.newest.kind == RequestKind.CANCEL


def _waits_for_platform(panel: RequestPanel) -> bool:
    return panel.newest is not None and panel.newest.status == RequestStatus.ESCALATED


def _ways(number: int) -> ft.Control:
    """To the order, and to what was said about it."""
    there = routes.order(number)
    return ft.Row(
        [
            Outlined("open-order", t("open_order"), lambda: go(there), expand=True),
            Outlined("contact", t("open_chat"), lambda: go(routes.contact(number)), expand=True),
        ],
        spacing=theme.GAP,
    )
