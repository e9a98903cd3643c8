"""The simulated payment provider: it keeps books of its own and behaves as its script says."""

from sqlalchemy import bindparam, insert, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.gateway import SMOOTH, Answer, Bank, Charge, Manner, Payback, Reply, Script
from app.shop.retry import transact
from app.shop.rules import payments
from app.shop.rules.clocks import Method
from app.shop.rules.policy import DAY, MINUTE, SECOND
from app.shop.rules.refunds import Outcome
from app.shop.shop import Shop
from app.shop.sql import Statement, Work

SLOWER_BY = 2 * DAY
"""How much later than promised a slow payback is there."""
SLOW_MS, TOO_LATE_MS = 20 * SECOND, MINUTE
"""How long a slow bank takes, and how long after the last moment a late one takes the money."""

_TOLD = ("reference", "order_number", "payment_n", "amount_minor", "at", "outcome", "trouble")


def _booked(table: type[t.Payout | t.Charge], answered_at: str) -> Statement:
    return Statement(insert(table).values({name: bindparam(name) for name in (*_TOLD, answered_at)}))


_BOOK = _booked(t.Payout, "settles_at")
_FIND = Statement(
    select(col(t.Payout.outcome), col(t.Payout.trouble), col(t.Payout.settles_at)).where(
        col(t.Payout.reference) == bindparam("reference")
    )
)
_SAYS = {
    Manner.SETTLE: Reply(Outcome.ACCEPTED),
    Manner.SLOW: Reply(Outcome.ACCEPTED),
    Manner.FAIL: Reply(Outcome.FAILED, "bank_unavailable"),
    Manner.REFUSE: Reply(Outcome.REFUSED, "account_closed"),
}

_TAKE = _booked(t.Charge, "answers_at")
_TAKEN = Statement(
    select(col(t.Charge.answers_at), col(t.Charge.outcome), col(t.Charge.trouble)).where(
        col(t.Charge.reference) == bindparam("reference")
    )
)


class SimulatedProvider:
    """A provider within the store, in transactions of its own, so that every process asks the same one.

    Wallets have their money at once, everything else when it was promised.
    """

    def __init__(self, shop: Shop, script: Script = SMOOTH) -> None:
        self._shop = shop
        self._script = script

    def charge(self, charge: Charge) -> Answer:
        """Take money once per reference, as its token says; raises StoreTrouble without its books."""
        refused = charge.token == Bank.REFUSES

        def book(work: Work) -> None:
            if work.first(_TAKEN, reference=charge.reference) is None:
                work.run(
                    _TAKE,
                    reference=charge.reference,
                    order_number=charge.number,
                    payment_n=charge.payment_n,
                    amount_minor=charge.amount_minor,
                    at=work.now,
                    answers_at=_answers_at(charge, work.now),
                    outcome=payments.Outcome.FAILED if refused else payments.Outcome.CAPTURED,
                    trouble="insufficient_funds" if refused else None,
                )

        transact(self._shop, book)
        return self.ask_charge(charge.reference) or Answer(payments.Outcome.ATTEMPTED)

    def ask_charge(self, reference: str) -> Answer | None:
        """How a charge stands; None where it is not in the books."""
        with self._shop.look() as work:
            row = work.first(_TAKEN, reference=reference)
            if row is None:
                return None
            at, outcome, trouble = row
            if at > work.now:
                return Answer(payments.Outcome.ATTEMPTED)
        return Answer(payments.Outcome(outcome), trouble, at)

    def send(self, payback: Payback) -> Reply:
        """Pay back once per reference; raises StoreTrouble where its books cannot be written."""
        manner = self._script[min(payback.attempt, len(self._script)) - 1]
        says = _SAYS[manner]

        def book(work: Work) -> None:
            if work.first(_FIND, reference=payback.reference) is None:
                work.run(
                    _BOOK,
                    reference=payback.reference,
                    order_number=payback.number,
                    payment_n=payback.payment_n,
                    amount_minor=payback.amount_minor,
                    at=work.now,
                    settles_at=_settles_at(payback, manner, work.now),
                    outcome=says.outcome.value,
                    trouble=says.trouble,
                )

        transact(self._shop, book)
        return self.ask(payback.reference) or says

    def ask(self, reference: str) -> Reply | None:
        """How a payback stands; None where it is not in the books."""
        with self._shop.look() as work:
            row = work.first(_FIND, reference=reference)
            if row is None:
                return None
            outcome, trouble, settles_at = row
            there = settles_at is not None and settles_at <= work.now
        return Reply(Outcome.SETTLED) if there else Reply(Outcome(outcome), trouble)


def _answers_at(charge: Charge, now: int) -> int:
    if charge.token == Bank.LATE:
        return charge.until + TOO_LATE_MS
    return now + SLOW_MS if charge.token == Bank.SLOW else now


def _settles_at(payback: Payback, manner: Manner, now: int) -> int | None:
    if manner in (Manner.FAIL, Manner.REFUSE):
        return None
    there = now if payback.method is Method.WALLET else max(payback.by, now)
    return there + SLOWER_BY if manner is Manner.SLOW else there
