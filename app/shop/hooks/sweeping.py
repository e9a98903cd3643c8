"""What is old is forgotten: messages that came, payments without an order, what could not be told."""

from sqlalchemy import bindparam, delete
from sqlmodel import col

from app.shop import tables as t
from app.shop.hooks.deliveries import forget_old
from app.shop.rules.webhooks import KEPT_MS, REMEMBERED_MS
from app.shop.shop import Shop
from app.shop.sql import Statement

_CAME = Statement(delete(t.HookReceived).where(col(t.HookReceived.at) < bindparam("before")))
_MONEY = Statement(
    delete(t.HookPayment).where(
        col(t.HookPayment.due_at).is_not(None), col(t.HookPayment.at) < bindparam("before")
    )
)


def sweep(shop: Shop) -> int:
    """Forget it; how many rows."""
    with shop.change() as work:
        came = work.run(_CAME, before=work.now - REMEMBERED_MS)
        money = work.run(_MONEY, before=work.now - KEPT_MS)
        return came + money + forget_old(work)
