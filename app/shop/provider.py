"""The simulated payment provider: it keeps books of its own and behaves as its script says."""

from sqlalchemy import bindparam, insert, select
from sqlmodel import col

from app.shop.gateway import SMOOTH, Manner, Payback, Reply, Script
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Changed
from app.shop.rules.policy import DAY
from app.shop.rules.refunds import Outcome
from app.shop.shop import Shop
from app.shop.sql import Statement
from app.shop.tables import Payout

SLOWER_BY = 2 * DAY
"""How much later than promised a slow payback is there."""

_COLUMNS = (
    "reference",
    "order_number",
    "payment_n",
    "amount_minor",
    "at",
    "settles_at",
    "outcome",
    "trouble",
)
_BOOK = Statement(insert(Payout).values({name: bindparam(name) for name in _COLUMNS}))
_FIND = Statement(
    select(col(Payout.outcome), col(Payout.trouble), col(Payout.settles_at)).where(
        col(Payout.reference) == bindparam("reference")
    )
)
_SAYS = {
    Manner.SETTLE: Reply(Outcome.ACCEPTED),
    Manner.SLOW: Reply(Outcome.ACCEPTED),
    Manner.FAIL: Reply(Outcome.FAILED, "bank_unavailable"),
    Manner.REFUSE: Reply(Outcome.REFUSED, "account_closed"),
}


class SimulatedProvider:
    """A provider within the store, in transactions of its own, so that every process asks the same one.

    Wallets have their money at once, everything else when it was promised.
    """

    def __init__(self, shop: Shop, script: Script = SMOOTH) -> None:
        self._shop = shop
        self._script = script

    def send(self, payback: Payback) -> Reply:
        """Pay back once per reference; raises StoreTrouble where its books cannot be written."""
        manner = self._script[min(payback.attempt, len(self._script)) - 1]
        says = _SAYS[manner]
        try:
            with self._shop.change() as work:
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
        except Changed:
            pass  # it is in the books already
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


def _settles_at(payback: Payback, manner: Manner, now: int) -> int | None:
    if manner in (Manner.FAIL, Manner.REFUSE):
        return None
    there = now if payback.method is Method.WALLET else max(payback.by, now)
    return there + SLOWER_BY if manner is Manner.SLOW else there
