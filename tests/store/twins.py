"""One order lived twice: by the actions, and as a demo writes it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import select, text
from sqlmodel import SQLModel, col

from app.shop import tables as t
from app.shop.actions import answer, deadlines, request, silence
from app.shop.actions import cancel_lines as lines_actions
from app.shop.actions.cancel import cancel_order
from app.shop.actions.change import accept_change, ask_to_change
from app.shop.actions.confirm import confirm_cancel
from app.shop.actions.late import late_payment
from app.shop.actions.pay import Outcome, pay
from app.shop.actions.place import place_order
from app.shop.actions.ship import arrange_shipment, complete, deliver, hand_over, lose
from app.shop.demo import answering, asking, changing, forgotten, moving, placing, taking_back
from app.shop.demo.cast import Cast, gather
from app.shop.demo.record import Record
from app.shop.demo.rows import Ids
from app.shop.rules.changes import Change, ChangeKind, as_json
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Action, Role
from app.shop.rules.requests import RequestAction as A
from app.shop.rules.requests import RequestStatus as R
from app.shop.shop import CARRIER, GATEWAY, SYSTEM, Actor, Shop
from app.shop.sql import Statement
from tests.conftest import Clock

TABLES = (t.Order, t.Line, t.PriceEntry, t.Payment, t.Refund, t.Hold, t.OrderEvent, t.Request, t.Notification)
REQUESTED, SAID = "SP_BUYER_REQUESTED", "We have talked about it."
_keys = count()


def _key() -> str:
    return f"twin-{next(_keys)}"


@dataclass
class Twins:
    """Every step is done to both; `rows` of both are then to be the same."""

    shop: Shop
    clock: Clock
    cast: Cast
    seller_at: int
    chance: Random = field(default_factory=lambda: Random(7))
    number: int = 0

    def __post_init__(self) -> None:
        """A buyer with coins and a seller, and nothing bought yet."""
        self.buyer, self.seller = self.cast.buyers[0], self.cast.sellers[self.seller_at]
        self.record = Record(self.buyer, self.seller, self.cast.staff, self.chance, self.clock.at)
        self.me, self.member = Actor(self.buyer.id), Actor(self.seller.members[0])
        self.who = {
            Role.BUYER: self.me,
            Role.SELLER: self.member,
            Role.OPERATOR: Actor(self.cast.staff),
            Role.SYSTEM: SYSTEM,
            Role.CARRIER: CARRIER,
            Role.GATEWAY: GATEWAY,
        }

    def _later(self, minutes: float) -> int:
        self.clock.move(minutes=minutes)
        self.record.now = self.clock.at
        return self.clock.at

    def place(
        self, method: Method, lines: int = 1, pieces: int = 1, vouchers: Sequence[int] = (), coins: int = 0
    ) -> None:
        """Order the first variant of the first products."""
        chosen = [(good, good.variants[0], pieces) for good in self.seller.goods[:lines]]
        terms = [self.seller.vouchers[at] for at in vouchers]
        with self.shop.look() as work:
            codes = [
                code
                for one in terms
                for (code,) in work.rows(
                    Statement(select(col(t.Voucher.code)).where(col(t.Voucher.id) == one.id))
                )
            ]
        done = place_order(
            self.shop,
            self.me,
            [(variant.id, n) for _, variant, n in chosen],
            method,
            voucher_codes=codes,
            coins=coins,
            address_id=self.buyer.address_id,
            key=_key(),
        )
        self.number = int(done.answer["number"])
        placing.place(self.record, self.number, self._later(0), chosen, method, terms, coins)

    def try_to_pay(self, minutes: float, outcome: Outcome) -> None:
        """A payment begins or fails."""
        at = self._later(minutes)
        pay(self.shop, self.me, self.number, outcome, key=_key())
        moving.try_to_pay(self.record, at, outcome.value)

    def pay(self, minutes: float, role: Role = Role.BUYER) -> None:
        """It is paid."""
        at = self._later(minutes)
        pay(self.shop, self.who[role], self.number, key=_key())
        moving.pay(self.record, at, role)

    def remind(self, minutes: float) -> None:
        """The clock reminds."""
        at = self._later(minutes)
        deadlines.remind(self.shop, SYSTEM, self.number, key=_key())
        moving.remind(self.record, at)

    def release(self, minutes: float) -> None:
        """The time to think is over."""
        at = self._later(minutes)
        deadlines.release(self.shop, SYSTEM, self.number, key=_key())
        moving.release(self.record, at)

    def expire(self, minutes: float) -> None:
        """It lapses."""
        at = self._later(minutes)
        deadlines.expire(self.shop, SYSTEM, self.number, key=_key())
        taking_back.cancel(self.record, at, Role.SYSTEM, "SY_PAYMENT_TIMEOUT", action=Action.EXPIRE)

    def time_out(self, minutes: float) -> None:
        """It is not shipped in time."""
        at = self._later(minutes)
        deadlines.ship_timeout(self.shop, SYSTEM, self.number, key=_key())
        taking_back.cancel(self.record, at, Role.SYSTEM, "SY_SHIP_TIMEOUT", action=Action.SHIP_TIMEOUT)

    def pay_late(self, minutes: float) -> None:
        """Money comes too late."""
        at, amount = self._later(minutes), self.record.order["total_minor"]
        late_payment(self.shop, GATEWAY, self.number, amount, key=_key())
        taking_back.pay_late(self.record, at, amount)

    def ask(self, minutes: float) -> None:
        """The buyer asks to cancel."""
        at = self._later(minutes)
        done = request.ask_to_cancel(self.shop, self.me, self.number, "BP_MISTAKE", "oops", key=_key())
        asking.ask(self.record, at, "BP_MISTAKE", "oops", int(done.answer["request"]))

    def ask_for_change(self, minutes: float) -> None:
        """The buyer asks for another colour at the same price."""
        at, wished = self._later(minutes), changing.another(self.record)
        assert wished is not None
        line, (good, variant) = self.record.live[0]["n"], wished
        change = Change(ChangeKind.VARIANT, line=line, variant_id=variant.id)
        done = ask_to_change(self.shop, self.me, self.number, change, "oops", key=_key())
        changing.ask_for(self.record, at, good, variant, "oops", int(done.answer["request"]))

    def accept_change(self, minutes: float) -> None:
        """The seller changes the order as it was asked."""
        at, wished = self._later(minutes), changing.another(self.record)
        assert wished is not None
        accept_change(self.shop, self.member, self.number, key=_key())
        changing.accept(self.record, at, wished[1])

    def ask_for_voucher(self, minutes: float) -> None:
        """The buyer asks for a voucher they forgot."""
        at, voucher = self._later(minutes), forgotten.forgotten(self.record)
        assert voucher is not None
        code = self.seller.codes[self.seller.vouchers.index(voucher)]
        change = Change(ChangeKind.VOUCHER, voucher=code)
        done = ask_to_change(self.shop, self.me, self.number, change, "oops", key=_key())
        forgotten.ask_for_voucher(self.record, at, voucher, "oops", int(done.answer["request"]))

    def accept_voucher(self, minutes: float) -> None:
        """The seller has it used."""
        at, voucher = self._later(minutes), forgotten.forgotten(self.record)
        assert voucher is not None
        accept_change(self.shop, self.member, self.number, key=_key())
        forgotten.accept_voucher(self.record, at, voucher)

    def list_option(self, minutes: float) -> None:
        """The seller lists the cancel option."""
        at = self._later(minutes)
        answer.list_option(self.shop, self.member, self.number, REQUESTED, SAID, key=_key())
        asking.answer(self.record, at, A.LIST_OPTION, R.OPTION_LISTED, REQUESTED, SAID)

    def offer(self, minutes: float) -> None:
        """The seller offers a later day of shipping."""
        at = self._later(minutes)
        change = Change(ChangeKind.SHIP_DATE, ship_by=asking.put_off(self.record))
        answer.offer_change(self.shop, self.member, self.number, change, SAID, key=_key())
        asking.request_of(self.record)["change"] = as_json(change)
        asking.answer(self.record, at, A.OFFER, R.ALTERNATIVE_OFFERED, None, SAID)

    def approve(self, minutes: float) -> None:
        """The seller cancels and refunds."""
        at = self._later(minutes)
        answer.cancel_and_refund(self.shop, self.member, self.number, REQUESTED, SAID, key=_key())
        taking_back.cancel(self.record, at, Role.SELLER, REQUESTED, SAID, A.APPROVE)

    def confirm(self, minutes: float) -> None:
        """The buyer uses the option."""
        at = self._later(minutes)
        confirm_cancel(self.shop, self.me, self.number, key=_key())
        taking_back.cancel(self.record, at, Role.BUYER, REQUESTED, SAID, A.CONFIRM)

    def auto_approve(self, minutes: float) -> None:
        """Nobody answered in time."""
        at = self._later(minutes)
        silence.auto_approve(self.shop, SYSTEM, self.number, key=_key())
        taking_back.cancel(self.record, at, Role.SYSTEM, REQUESTED, action=A.AUTO_APPROVE)

    def overrule(self, minutes: float) -> None:
        """The platform decides for the buyer."""
        at = self._later(minutes)
        platform = self.who[Role.OPERATOR]
        answer.overrule(self.shop, platform, self.number, answering.FOR_THE_BUYER, SAID, key=_key())
        answering.overrule(self.record, at, SAID)

    def withdraw(self, minutes: float) -> None:
        """The buyer takes the request back."""
        at = self._later(minutes)
        request.withdraw(self.shop, self.me, self.number, key=_key())
        answering.withdraw(self.record, at)

    def decline(self, minutes: float) -> None:
        """The seller declines."""
        at = self._later(minutes)
        answer.decline(self.shop, self.member, self.number, answering.PACKED, SAID, key=_key())
        answering.decline(self.record, at, SAID)

    def escalate(self, minutes: float) -> None:
        """The buyer has the platform look."""
        at = self._later(minutes)
        request.escalate(self.shop, self.me, self.number, key=_key())
        answering.escalate(self.record, at)

    def uphold(self, minutes: float) -> None:
        """The platform decides for the seller."""
        at = self._later(minutes)
        platform = self.who[Role.OPERATOR]
        answer.uphold(self.shop, platform, self.number, answering.PACKED, SAID, key=_key())
        answering.uphold(self.record, at, SAID)

    def lapse(self, minutes: float) -> None:
        """The buyer does not say yes in time."""
        at = self._later(minutes)
        silence.lapse(self.shop, SYSTEM, self.number, key=_key())
        answering.lapse(self.record, at)

    def arrange(self, minutes: float) -> None:
        """It is packed."""
        at = self._later(minutes)
        arrange_shipment(self.shop, self.member, self.number, "JT0000000001", key=_key())
        moving.arrange(self.record, at, "JT0000000001")

    def hand_over(self, minutes: float, *lines: int) -> None:
        """The carrier has it, or some of it."""
        at = self._later(minutes)
        hand_over(self.shop, CARRIER, self.number, lines, key=_key())
        moving.hand_over(self.record, at, Role.CARRIER, frozenset(lines))

    def deliver(self, minutes: float) -> None:
        """It is there."""
        at = self._later(minutes)
        deliver(self.shop, CARRIER, self.number, key=_key())
        moving.deliver(self.record, at, Role.CARRIER)

    def complete(self, minutes: float, role: Role = Role.BUYER) -> None:
        """It is done."""
        at = self._later(minutes)
        complete(self.shop, self.who[role], self.number, key=_key())
        moving.complete(self.record, at, role)

    def lose(self, minutes: float, reason: str) -> None:
        """The carrier does not bring it."""
        at = self._later(minutes)
        lose(self.shop, CARRIER, self.number, reason, key=_key())
        taking_back.cancel(self.record, at, Role.CARRIER, reason, action=Action.LOSE)

    def cancel(self, minutes: float, role: Role, reason: str, note: str = "") -> None:
        """Somebody takes it back."""
        at = self._later(minutes)
        cancel_order(self.shop, self.who[role], self.number, reason, note, key=_key())
        taking_back.cancel(self.record, at, role, reason, note)

    def cancel_lines(self, minutes: float, role: Role, lines: set[int], reason: str, note: str = "") -> None:
        """Somebody takes lines of it back."""
        at = self._later(minutes)
        who = self.who[role]
        lines_actions.cancel_lines(self.shop, who, self.number, sorted(lines), reason, note, key=_key())
        assert taking_back.cancel_lines(self.record, at, role, frozenset(lines), reason, note)

    def stored(self, table: type[SQLModel]) -> list[dict[str, Any]]:
        """The rows the actions wrote."""
        columns = table.__table__.columns.keys()  # type: ignore[attr-defined]
        number = "number" if table is t.Order else "order_number"
        with self.shop.look() as work:
            found = work.rows(
                Statement(text(f"SELECT * FROM {table.__tablename__} WHERE {number} = :number")),
                number=self.number,
            )
        return sorted((_told(dict(zip(columns, row, strict=True))) for row in found), key=str)

    def written(self, table: type[SQLModel]) -> list[dict[str, Any]]:
        """The rows of the demo."""
        columns = table.__table__.columns.keys()  # type: ignore[attr-defined]
        rows = self.record.rows.of[table]
        return sorted((_told({name: row.get(name) for name in columns}) for row in rows), key=str)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it is compared: no command stands behind a demo's, and what was read is a matter of luck."""
    left_out = {"key", "read_at"}
    facts = json.loads(row["facts"]) if row.get("facts") else None
    return {name: value for name, value in row.items() if name not in left_out} | {"facts": facts}


def twins(shop: Shop, clock: Clock, seller_at: int = 0) -> Twins:
    """Twins in a shop with a demo's people, none of its orders."""
    with shop.change() as work:
        cast = gather(work, Ids(work), Random(1), buyers=2, sellers=5)
    return Twins(shop, clock, cast, seller_at)
