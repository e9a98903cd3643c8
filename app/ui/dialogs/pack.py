"""Marking an order as packed: with a tracking number where a request is open, which ends as declined then."""

from collections.abc import Callable

import flet as ft

from app.shop.actions.ship import arrange_shipment
from app.shop.reads.order import order_details
from app.shop.rules.errors import Invalid
from app.shop.rules.orders import Action
from app.shop.rules.words import TRACKING, clean
from app.ui.dialogs.draft_field import DraftField
from app.ui.dialogs.sending import use_sending
from app.ui.hooks import use_query
from app.ui.parts.cancel_body import CancelBody, CannotCancel, WhatIsCancelled
from app.ui.parts.faces import DialogFace
from app.ui.parts.words import Body, Quiet, Title
from app.ui.parts.wrong import Wrong
from app.ui.state import Answering, use_window
from app.ui.texts import problem, t


@ft.component
def PackForm(draft: Answering, on_close: Callable[[], None]) -> ft.Control:
    """The tracking number, and what packing means for a request that is open."""
    window = use_window()
    number = next(iter(draft.keys))
    found = use_query(order_details, number)
    send, busy = use_sending(draft)
    (place, wrong), set_wrong = ft.use_state(("", ""))
    details = found.value
    if details is None:
        return DialogFace(found.error, window.draw_again, still=window.still)
    if Action.ARRANGE not in details.possible and not details.order.requested and not busy:
        return CannotCancel("changed", None, on_close)

    async def submit() -> None:
        try:
            tracking = clean(draft.tracking, TRACKING)
        except Invalid as error:
            set_wrong(("tracking", problem(error)))
            return
        if details.order.requested and not tracking:
            set_wrong(("tracking", t("tracking_needed")))
            return
        if why := await send(arrange_shipment, tracking):
            set_wrong(("all", why))

    at_field = wrong if place == "tracking" else ""
    asked = [
        ft.Semantics(header=True, content=Title(t("mark_packed"))),
        WhatIsCancelled(details.order),
        Body(t("packed_declines")) if details.order.requested else Quiet(t("packed_how")),
        DraftField("tracking", t("tracking"), draft, "tracking", TRACKING, at_field, lines=1),
        *([Wrong(wrong)] if place == "all" else []),
    ]
    return CancelBody(
        asked, None, on_close, submit, tall=False, keep=t("not_now"), submit=t("mark_packed"), busy=busy
    )
