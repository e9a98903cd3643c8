"""What happened to an order, and who is told: the event and the inbox entries it brings."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, cast, insert, select, union
from sqlmodel import col

from app.shop import tables as t
from app.shop.rules.orders import Role, Status
from app.shop.shop import Actor
from app.shop.sql import Statement, Work, as_json

_EVENT = Statement(
    insert(t.OrderEvent).values(
        {
            name: bindparam(name)
            for name in (
                "order_number",
                "n",
                "at",
                "actor_id",
                "role",
                "action",
                "status_from",
                "status_to",
                "reason",
                "note",
                "due_at",
                "key",
                "facts",
            )
        }
    )
)

_BUYER_CODE: Any = cast(bindparam("buyer_code"), String)
_SELLER_CODE: Any = cast(bindparam("seller_code"), String)
_STAFF_CODE: Any = cast(bindparam("staff_code"), String)
_told = union(
    select(cast(bindparam("buyer"), t.Id).label("person_id"), _BUYER_CODE.label("code")).where(
        _BUYER_CODE.is_not(None)
    ),
    select(col(t.Member.person_id), _SELLER_CODE).where(
        col(t.Member.shop_id) == bindparam("shop"),
        col(t.Member.person_id) != bindparam("buyer"),
        _SELLER_CODE.is_not(None),
    ),
    select(col(t.Staff.person_id), _STAFF_CODE).where(
        col(t.Staff.person_id) != bindparam("buyer"),
        col(t.Staff.person_id).not_in(
            select(col(t.Member.person_id)).where(col(t.Member.shop_id) == bindparam("shop"))
        ),
        _STAFF_CODE.is_not(None),
    ),
).subquery()
_NOTIFY = Statement(
    insert(t.Notification)
    .from_select(
        ["person_id", "at", "order_number", "n", "code", "facts"],
        select(
            _told.c.person_id,
            cast(bindparam("at"), t.Id),
            cast(bindparam("order_number"), t.Id),
            cast(bindparam("n"), t.Id),
            _told.c.code,
            cast(bindparam("facts"), String),
        ),
        include_defaults=False,
    )
    .returning(col(t.Notification.person_id))
)


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: `n` is the version of the order it makes, `facts` what texts about it are filled with."""

    number: int
    n: int
    actor: Actor
    role: Role
    action: str
    status_from: Status | None
    status_to: Status
    reason: str | None
    note: str | None
    due_at: int | None
    key: str | None
    facts: dict[str, Any]


def record(
    work: Work,
    happened: Happened,
    buyer_id: int,
    shop_id: int,
    *,
    buyer_code: str | None = None,
    seller_code: str | None = None,
    staff_code: str | None = None,
) -> frozenset[int]:
    """Write an event, and a notification to buyer, members of the shop and staff where a code is given.

    Answers whom it concerns: the buyer, and everyone who was told.
    """
    facts = as_json(happened.facts)
    work.run(
        _EVENT,
        order_number=happened.number,
        n=happened.n,
        at=work.now,
        actor_id=happened.actor.id,
        role=happened.role.value,
        action=happened.action,
        status_from=happened.status_from and happened.status_from.value,
        status_to=happened.status_to.value,
        reason=happened.reason,
        note=happened.note,
        due_at=happened.due_at,
        key=happened.key,
        facts=facts,
    )
    if not (buyer_code or seller_code or staff_code):
        return frozenset({buyer_id})
    told = work.rows(
        _NOTIFY,
        buyer=buyer_id,
        shop=shop_id,
        buyer_code=buyer_code,
        seller_code=seller_code,
        staff_code=staff_code,
        at=work.now,
        order_number=happened.number,
        n=happened.n,
        facts=facts,
    )
    return frozenset({buyer_id, *(row[0] for row in told)})
