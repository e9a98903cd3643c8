"""Both sides agree on a change of a paid order (T16): it is carried out, and the request for it is over."""

from typing import Any

from app.shop.actions.cancel import send_back
from app.shop.actions.offer import carry_out
from app.shop.actions.requested import Requested
from app.shop.rules.changes import from_json
from app.shop.rules.errors import Refused
from app.shop.rules.request_clocks import standing
from app.shop.rules.requests import RequestStatus
from app.shop.shop import Done


def agreed(
    asked: Requested, otherwise: str, request: dict[str, Any] | None = None, **told_whom: str | None
) -> Done:
    """Change the order as its request says, and settle the difference that was promised.

    `request` are more columns of the request, `told_whom` the codes of the notifications. Raises Refused with
    `otherwise` where it would cost another difference by now, or with why it is no longer to be had.
    """
    order, promised = asked.order, asked.request.difference_minor
    done = carry_out(order, from_json(asked.request.change or ""))
    total = done.changes.get("total_minor", order.total_minor)
    difference = total - order.total_minor
    if difference != promised:
        raise Refused(otherwise, {"number": str(order.number)}, "see_request")
    answer = {"total_minor": total, "difference_minor": difference}
    written = asked.write(
        standing(RequestStatus.SUPERSEDED, order.work.now),
        request,
        answer=answer,
        told=answer | {"refund_minor": done.back.refund_minor if done.back else 0},
        changes=done.changes,
        due=done.due,
        **told_whom,
    )
    if done.back:
        send_back(order.work, order.number, order.event_n, done.back)
    return written
