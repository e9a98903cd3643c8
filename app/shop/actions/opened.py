"""An order opened for change: read once with all the rules ask, written once by compare-and-set."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, and_, bindparam, cast, exists, select, update
from sqlmodel import col

from app.shop import once
from app.shop import tables as t
from app.shop.access import authorise, roles_of
from app.shop.journal import Happened, record
from app.shop.reads.policy import newest_policy
from app.shop.rules.clocks import Due, Method, Step
from app.shop.rules.errors import Changed, NotFound, Refused
from app.shop.rules.guards import Facts
from app.shop.rules.orders import TABS, Action, Move, Role, Status, move
from app.shop.rules.policy import Policy, effective
from app.shop.rules.refusals import next_step, why_not
from app.shop.shop import Actor, Done
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
    col(_s.time_zone),
    cast(
        exists().where(col(t.Member.shop_id) == col(_o.shop_id), col(t.Member.person_id) == _ACTOR), Integer
    ),
    cast(exists().where(col(t.Staff.person_id) == _ACTOR), Integer),
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


@lru_cache(maxsize=64)
def _update(columns: frozenset[str]) -> Statement:
    return Statement(
        update(_o)
        .where(col(_o.number) == bindparam("the_number"), col(_o.version) == bindparam("the_version"))
        .values({name: bindparam(name) for name in sorted(columns)})
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """An order as it stood when its transaction began, and who opened it to do what."""

    work: Work
    actor: Actor
    role: Role
    action: Action
    mark: str
    key: str
    policy: Policy
    number: int
    buyer_id: int
    shop_id: int
    status: Status
    version: int
    currency: str
    total_minor: int
    line_count: int
    method: Method
    created_at: int
    pay_by: int | None
    attempted_at: int | None
    paid_at: int | None
    remorse_until: int | None
    ship_by: int | None
    cancel_sla: int | None
    complete_at: int | None
    tracking: str | None
    due_at: int | None
    due_step: str | None
    open_request: int | None
    source: str
    zone: str
    title: str

    @property
    def event_n(self) -> int:
        """The n of the event this change writes; it is the version the change makes."""
        return self.version + 1

    @property
    def due(self) -> Due | None:
        """What the clock does to it next."""
        return Due(self.due_at, Step(self.due_step)) if self.due_at and self.due_step else None

    @property
    def imported(self) -> bool:
        """Whether the order came from a file of another platform."""
        return self.source != "takeback"

    def may(self, *, tracking: bool = False, chosen_lines: int = 0) -> Move:
        """The move to make; raises Refused with the rules' code and what can be done instead."""
        facts = Facts(
            now=self.work.now,
            policy=self.policy,
            pay_by=self.pay_by,
            attempted_at=self.attempted_at,
            remorse_until=self.remorse_until,
            cancel_sla=self.cancel_sla,
            complete_at=self.complete_at,
            open_request=self.open_request is not None,
            tracking=tracking,
            chosen_lines=chosen_lines,
        )
        code = why_not(self.action, self.status, self.role, facts)
        found = move(self.action, self.status, self.role)
        if code is not None or found is None:
            code = code or "role_may_not"
            told = {"number": str(self.number), "status": self.status.value}
            raise Refused(code, dict(told), next_step(code))
        return found

    def write(
        self,
        answer: dict[str, Any],
        *,
        to: Status | None = None,
        changes: dict[str, Any] | None = None,
        due: Due | None = None,
        reason: str | None = None,
        note: str | None = None,
        told: dict[str, Any] | None = None,
        buyer_code: str | None = None,
        seller_code: str | None = None,
    ) -> Done:
        """Write the order (by compare-and-set), its event, its notifications and the key.

        `due` is what the clock does next: unless given, what it was, or nothing where the state changes.
        `told` are the facts of the event and of what people read. Raises Changed where the order is no longer
        the one that was opened.
        """
        status = to or self.status
        self._set(status, due or (self.due if to is None else None), changes or {})
        happened = Happened(
            number=self.number,
            n=self.event_n,
            actor=self.actor,
            role=self.role,
            action=self.action.value,
            status_from=self.status,
            status_to=status,
            reason=reason,
            note=note or None,
            due_at=self.due_at if self.role is Role.SYSTEM else None,
            key=self.key,
            facts=self._facts(status, reason) | (told or {}),
        )
        people = record(
            self.work, happened, self.buyer_id, self.shop_id, buyer_code=buyer_code, seller_code=seller_code
        )
        done = Done(answer | {"event": self.event_n}, people)
        return once.keep(self.work, self.actor, self.key, self.mark, done)

    def _set(self, status: Status, due: Due | None, changes: dict[str, Any]) -> None:
        values = {
            "status": status.value,
            "tab": TABS[status].value,
            "version": self.event_n,
            # No deadline of ours falls on an order that lives on another platform.
            "due_at": due.at if due and not self.imported else None,
            "due_step": due.step.value if due and not self.imported else None,
            **changes,
        }
        done = self.work.run(
            _update(frozenset(values)), the_number=self.number, the_version=self.version, **values
        )
        if done != 1:
            raise Changed("changed", {"number": str(self.number)})

    def _facts(self, status: Status, reason: str | None) -> dict[str, Any]:
        return {
            "number": str(self.number),
            "title": self.title,
            "status": status.value,
            "by": self.role.value,
            "currency": self.currency,
            "total_minor": self.total_minor,
            "reason": reason,
        }


def open_order(work: Work, actor: Actor, action: Action, number: int, key: str, *arguments: Any) -> Opened:
    """Order `number`, opened by `actor` to do `action` with `arguments` under `key`.

    Raises NotFound where it is not theirs, Refused where none of their roles may do such a thing, KeyReused
    where the key stood for something else; leaves with the first answer where it stood for this.
    """
    mark = once.fingerprint(key, action.value, number, *arguments)
    row = work.first(_OPEN, number=number, actor=actor.id, key=key)
    if row is None:
        raise NotFound("no_such_order", {"number": str(number)})
    once.replay(row[28:31] if row[28] is not None else None, mark)
    roles = roles_of(actor, row[1], member=bool(row[23]), staff=bool(row[24]))
    return Opened(  # type: ignore[call-arg]  # the slices are as long as the fields they fill
        work,
        actor,
        authorise(action.value, roles, number),
        action,
        mark,
        key,
        effective(row[26], row[27]),
        *row[:3],
        Status(row[3]),
        *row[4:8],
        Method(row[8]),
        *row[9:23],
        row[25] or "",
    )
