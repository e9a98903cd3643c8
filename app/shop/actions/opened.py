"""An order opened for change: what the rules ask about it, and how it is written: by compare-and-set."""

from dataclasses import dataclass
from typing import Any

from app.shop import once
from app.shop import tables as t
from app.shop.journal import Happened, record
from app.shop.rules.clocks import Due, Method, Step, last_payment_step, longer_pay_by
from app.shop.rules.errors import Changed, Refused
from app.shop.rules.guards import Facts
from app.shop.rules.orders import TABS, Action, Move, Role, Status, move
from app.shop.rules.policy import Policy
from app.shop.rules.refusals import next_step, why_not
from app.shop.rules.requests import RequestAction
from app.shop.shop import Actor, Done
from app.shop.sql import Work, compare_and_set


@dataclass(frozen=True, slots=True)
class Opened:
    """An order as it stood when its transaction began, and who opened it to do what."""

    work: Work
    actor: Actor
    role: Role
    action: Action | RequestAction
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
    open_charge: int | None
    extended_at: int | None
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
    address_id: int | None
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

    @property
    def longer_until(self) -> int | None:
        """Until when it could be paid if it were given more time; None where its way to pay has none."""
        return longer_pay_by(self.method, self.created_at, self.pay_by, self.policy)

    def may(self, *, tracking: bool = False, chosen_lines: int = 0, at: int | None = None) -> Move:
        """The move to make; raises Refused with the rules' code and what can be done instead.

        `at` is when it happened, where it is told afterwards.
        """
        facts = Facts(
            now=self.work.now if at is None else min(at, self.work.now),
            policy=self.policy,
            pay_by=self.pay_by,
            attempted_at=self.attempted_at,
            remorse_until=self.remorse_until,
            cancel_sla=self.cancel_sla,
            complete_at=self.complete_at,
            open_request=self.open_request is not None,
            tracking=tracking,
            chosen_lines=chosen_lines,
            charge_out=self.open_charge is not None,
            outside=self.imported,
            extended=self.extended_at is not None,
            longer_until=self.longer_until,
        )
        action = Action(self.action)
        code = why_not(action, self.status, self.role, facts)
        found = move(action, self.status, self.role)
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
        what: str | None = None,
        buyer_code: str | None = None,
        seller_code: str | None = None,
        staff_code: str | None = None,
        looked_at: bool | None = None,
        was_due: int | None = None,
    ) -> Done:
        """Write the order (by compare-and-set), its event, its notifications and the key.

        `due` is what the clock does next: unless given, what it was, or nothing where the state changes.
        `told` are the facts of the event and of what people read; `what` is the event's word where the
        action can come to several, `was_due` when the clock had to do it where that is not the order's own
        deadline. `looked_at`: whether the platform looks at the request; unless told, an open one may be what
        ends here. Raises Changed where the order is no longer the one that was opened.
        """
        status = to or self.status
        self._set(status, due or (self.due if to is None else None), changes or {})
        happened = Happened(
            number=self.number,
            n=self.event_n,
            actor=self.actor,
            role=self.role,
            action=what or self.action.value,
            status_from=self.status,
            status_to=status,
            reason=reason,
            note=note or None,
            due_at=(was_due or self._was_due()) if self.role is Role.SYSTEM else None,
            key=self.key,
            facts=self._facts(status, reason) | (told or {}),
        )
        people = record(
            self.work,
            happened,
            self.buyer_id,
            self.shop_id,
            buyer_code=buyer_code,
            seller_code=seller_code,
            staff_code=staff_code,
        )
        ends = self.open_request is not None if looked_at is None else looked_at
        staff = self.role is Role.OPERATOR or staff_code is not None or ends
        done = Done(answer | {"event": self.event_n}, people, self.shop_id, staff)
        return once.keep(self.work, self.actor, self.key, self.mark, done)

    def _was_due(self) -> int | None:
        if self.status is not Status.UNPAID or self.pay_by is None:
            return self.due_at
        attempted_at = self.attempted_at
        step = last_payment_step(
            self.created_at, self.pay_by, self.policy, by=self.work.now, attempted_at=attempted_at
        )
        return step.at if step else self.due_at

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
            compare_and_set(t.Order.number, t.Order.version, frozenset(values)),
            the_key=self.number,
            the_version=self.version,
            **values,
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
