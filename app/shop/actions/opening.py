"""Opening an order for change: one statement reads all that is asked about it, its actor and the key."""

from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlmodel import col

from app.shop import once
from app.shop import tables as t
from app.shop.access import authorise, roles_of
from app.shop.actions.opened import Opened
from app.shop.numbers import LARGEST
from app.shop.reads.policy import newest_policy
from app.shop.reads.viewer import STAFF, member_of
from app.shop.rules.clocks import Method
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Action, Status
from app.shop.rules.policy import effective
from app.shop.rules.requests import RequestAction
from app.shop.shop import Actor
from app.shop.sql import Statement, Work

_o, _s, _k = t.Order, t.Shop, t.IdempotencyKey
_ACTOR: Any = bindparam("actor")

_READ: tuple[Any, ...] = (
    col(_o.number),
    col(_o.buyer_id),
    col(_o.shop_id),
    col(_o.status),
    col(_o.version),
    col(_o.currency),
    col(_o.total_minor),
    col(_o.line_count),
    col(_o.payment_method),
    col(_o.created_at),
    col(_o.pay_by),
    col(_o.attempted_at),
    col(_o.open_charge),
    col(_o.extended_at),
    col(_o.paid_at),
    col(_o.remorse_until),
    col(_o.ship_by),
    col(_o.cancel_sla),
    col(_o.complete_at),
    col(_o.tracking),
    col(_o.due_at),
    col(_o.due_step),
    col(_o.open_request),
    col(_o.source),
    col(_o.address_id),
    col(_s.time_zone),
    member_of(col(_o.shop_id)),
    STAFF,
    select(col(t.Line.title))
    .where(col(t.Line.order_number) == col(_o.number), col(t.Line.n) == 1)
    .scalar_subquery(),
    newest_policy(0).label("platform_policy"),
    newest_policy(col(_o.shop_id)).label("shop_policy"),
    col(_k.fingerprint),
    col(_k.answer),
    col(_k.people),
)
_OPEN = Statement(
    select(*_READ)
    .select_from(_o)
    .join(_s, col(_s.id) == col(_o.shop_id))
    .join(_k, and_(col(_k.actor_id) == _ACTOR, col(_k.key) == bindparam("key")), isouter=True)
    .where(col(_o.number) == bindparam("number"))
)


def open_order(
    work: Work, actor: Actor, action: Action | RequestAction, number: int, key: str, *arguments: Any
) -> Opened:
    """Order `number`, opened by `actor` to do `action` with `arguments` under `key`.

    Raises NotFound where it is not theirs, Refused where none of their roles may do such a thing, KeyReused
    where the key stood for something else; leaves with the first answer where it stood for this.
    """
    mark = once.fingerprint(key, action.value, number, *arguments)
    row = work.first(_OPEN, number=number, actor=actor.id, key=key) if number <= LARGEST else None
    if row is None:
        raise NotFound("no_such_order", {"number": str(number)})
    once.replay(row[31:34] if row[31] is not None else None, mark)
    roles = roles_of(actor, row[1], member=bool(row[26]), staff=bool(row[27]))
    return Opened(  # type: ignore[call-arg]  # the slices are as long as the fields they fill
        work,
        actor,
        authorise(action.value, roles, number),
        action,
        mark,
        key,
        effective(row[29], row[30]),
        *row[:3],
        Status(row[3]),
        *row[4:8],
        Method(row[8]),
        *row[9:26],
        row[28] or "",
    )
