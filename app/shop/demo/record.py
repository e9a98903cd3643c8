"""The rows of one order and how they grow: holds, deadlines, events, notifications."""

from collections.abc import Collection, Iterable, Mapping
from random import Random
from typing import Any

from app.shop import tables as t
from app.shop.demo.goods import Seller
from app.shop.demo.people import Buyer
from app.shop.demo.rows import Rows
from app.shop.demo.turns import Turn
from app.shop.rules.clocks import Due, Step, next_due
from app.shop.rules.orders import TABS, Action, Role, Status
from app.shop.rules.policy import DAY
from app.shop.rules.pricing import VoucherTerms
from app.shop.rules.receipt import Held, Kind
from app.shop.rules.requests import RequestAction
from app.shop.shop import CARRIER, GATEWAY, SYSTEM
from app.shop.sql import as_json

INBOX_MS = 30 * DAY
"""How far back the inboxes of a demo reach."""

_NOBODY = {Role.SYSTEM: SYSTEM.id, Role.GATEWAY: GATEWAY.id, Role.CARRIER: CARRIER.id}

Wanted = tuple[str, int, int, int | None]
"""What is to be held: kind, subject, amount and line."""


class Record:
    """An order being lived; what can happen to it is in `placing`, `moving` and `taking_back`.

    `chance` decides what the rules leave open, but for the turns that are `wanted`; `now` is when it is
    looked at; times must not go back.
    """

    def __init__(
        self,
        buyer: Buyer,
        seller: Seller,
        staff: int,
        chance: Random,
        now: int,
        wanted: Collection[Turn] = (),
    ) -> None:
        self.rows = Rows()
        self.order: dict[str, Any] = {}
        self.status = Status.UNPAID
        self.at = 0  # of what happened last
        self.vouchers: tuple[VoucherTerms, ...] = ()
        self.emptied: tuple[Held, ...] = ()
        self.due: Due | None = None
        self.troubles: dict[int, tuple[int, bool]] = {}  # of its refunds, by their n: see `refunding`
        self._opening = self._money = ""
        self.buyer, self.seller, self.chance, self.now = buyer, seller, chance, now
        self.wanted = wanted
        member = seller.members[0]
        self._actors = _NOBODY | {Role.BUYER: buyer.id, Role.SELLER: member, Role.OPERATOR: staff}

    def takes(self, turn: Turn, share: float) -> bool:
        """Whether it takes this turn: a `share` (0 to 1) of the orders that come by here does."""
        return self.chance.random() < share or turn in self.wanted

    def one_of(self, shares: Mapping[Turn, int]) -> Turn:
        """The turn that it takes of these, each as likely as its share."""
        wanted = [turn for turn in shares if turn in self.wanted]
        return wanted[0] if wanted else self.chance.choices(tuple(shares), tuple(shares.values()))[0]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its lines, cancelled ones too."""
        return self.rows.of[t.Line]

    @property
    def live(self) -> list[dict[str, Any]]:
        """Its lines that were neither cancelled nor sent ahead."""
        return [line for line in self.lines if line.get("status") is None]

    def stand_alike(self) -> None:
        """Its lines stand as it does: none is ahead of the others any more."""
        for line in self.lines:
            if line.get("status") == "SHIPPED":
                line["status"] = None

    def hold(self, wanted: Iterable[Wanted]) -> None:
        """Hold each of these, in the order in which the ledger takes them."""
        holds = self.rows.of[t.Hold]
        for kind, subject, amount, line in sorted(wanted, key=lambda one: one[:2]):
            holds.append(
                {
                    "order_number": self.order["number"],
                    "n": len(holds) + 1,
                    "kind": kind,
                    "subject": subject,
                    "amount": amount,
                    "line_n": line,
                    "state": "HELD",
                }
            )

    def end(
        self, to: str, *kinds: str, subject: int = 0, line: int | None = None, used: bool = False
    ) -> list[Held]:
        """End what is held (with `used`: or used already) of these kinds, of one subject or line, or all."""
        ended = []
        for hold in self.rows.of[t.Hold]:
            if (
                (hold["state"] == "HELD" or (used and hold["state"] == "USED"))
                and (not kinds or hold["kind"] in kinds)
                and subject in (0, hold["subject"])
                and line in (None, hold["line_n"])
            ):
                hold["state"], hold["ended_by"] = to, self.order["version"] + 1
                ended.append(Held(Kind(hold["kind"]), hold["subject"], hold["amount"]))
        return ended

    def next_due(self, at: int, status: Status, done: Step | None = None) -> Due | None:
        """What the clock does next to this order in `status`."""
        get = self.order.get
        return next_due(
            status,
            self.seller.policy,
            after=at,
            created_at=self.order["created_at"],
            pay_by=get("pay_by"),
            attempted_at=get("attempted_at"),
            remorse_until=get("remorse_until"),
            cancel_sla=get("cancel_sla"),
            complete_at=get("complete_at"),
            done=done,
        )

    def begin(self, title: str) -> None:
        """Be ready for events: what the facts of all of them have in common (`title` as JSON)."""
        # A million orders have five million of these: writing each as a whole takes five times as long.
        self._opening = f'{{"number":"{self.order["number"]}","title":{title},"status":"'
        self._money = f'","currency":"{self.order["currency"]}","total_minor":'

    def stand(self, status: Status, due: Due | None) -> None:
        """Stand in `status`, `due` being what the clock does next."""
        order = self.order
        self.status, self.due = status, due
        order["status"], order["tab"] = status.value, TABS[status].value
        order["due_at"], order["due_step"] = (due.at, due.step.value) if due else (None, None)

    def happened(
        self,
        at: int,
        action: Action | RequestAction,
        role: Role,
        to: Status | None = None,
        *,
        due: Due | None = None,
        reason: str | None = None,
        note: str | None = None,
        told: dict[str, Any] | None = None,
        what: str | None = None,
        buyer: str | None = None,
        seller: str | None = None,
        staff: str | None = None,
        was_due: int | None = None,
    ) -> None:
        """Write the order, its event and its notifications, as an opened order is written by the actions."""
        before, deadline = self.status, None
        if role is Role.SYSTEM:
            deadline = was_due or (self.due.at if self.due else None)
        code = f'"reason":"{reason}"' if reason else '"reason":null'
        facts = self.facts(role, to or before, code, told)
        self.order["version"] += 1
        self.stand(to or before, self.next_due(at, to) if to else due or self.due)
        self.write(
            at,
            what or action.value,
            role,
            facts,
            before=before.value,
            reason=reason,
            note=note,
            due_at=deadline,
        )
        self.tell(at, facts, buyer, seller, staff)

    def facts(self, role: Role, status: Status, more: str, told: dict[str, Any] | None = None) -> str:
        """What texts about an event are filled with, as JSON; `told` comes on top."""
        total = self.order["total_minor"]
        if told:
            told = dict(told)
            total = told.pop("total_minor", total)
        rest = f",{as_json(told)[1:]}" if told else "}"
        return f'{self._opening}{status.value}","by":"{role.value}{self._money}{total},{more}{rest}'

    def write(
        self,
        at: int,
        action: str,
        role: Role,
        facts: str,
        *,
        before: str | None = None,
        reason: str | None = None,
        note: str | None = None,
        due_at: int | None = None,
    ) -> None:
        """Write the event that made this version of the order."""
        self.at = at
        self.rows.of[t.OrderEvent].append(
            {
                "order_number": self.order["number"],
                "n": self.order["version"],
                "at": at,
                "actor_id": self._actors[role],
                "role": role.value,
                "action": action,
                "status_from": before,
                "status_to": self.order["status"],
                "reason": reason,
                "note": note,
                "due_at": due_at,
                "facts": facts,
            }
        )

    def tell(
        self, at: int, facts: str, buyer: str | None, seller: str | None, staff: str | None = None
    ) -> None:
        """Notify buyer, the shop's members and staff of the event that was just written, by a code each."""
        if self.now - at > INBOX_MS:
            return
        members = ((member, seller) for member in self.seller.members)
        for person, code in [(self.buyer.id, buyer), *members, (self._actors[Role.OPERATOR], staff)]:
            if code:
                luck = self.chance.random()
                self.rows.add(
                    t.Notification,
                    person_id=person,
                    at=at,
                    order_number=self.order["number"],
                    n=self.order["version"],
                    code=code,
                    facts=facts,
                    read_at=at + int((self.now - at) * luck) if luck < 0.7 else None,
                )
