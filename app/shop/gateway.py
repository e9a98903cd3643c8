"""The way money comes in and goes back: what a payment provider is told and asked, and what it may answer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.shop.rules import payments
from app.shop.rules.clocks import Method
from app.shop.rules.refunds import Outcome


@dataclass(frozen=True, slots=True)
class Payback:
    """Money to be paid back; the provider does it once per `reference`. `by` is when we promised it."""

    reference: str
    number: int
    payment_n: int
    method: Method
    amount_minor: int
    currency: str
    by: int
    attempt: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What a provider says of a payback; `trouble` is a code for why it failed or was refused."""

    outcome: Outcome
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """Money to be taken; the provider does it once per `reference`.

    `token` is the provider's name for what is charged, `until` the last moment at which its money is in time.
    """

    reference: str
    number: int
    payment_n: int
    method: Method
    amount_minor: int
    currency: str
    token: str
    until: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider says of a charge; `at` is when it took the money, `trouble` why it did not."""

    outcome: payments.Outcome
    trouble: str | None = None
    at: int | None = None


class Gateway(Protocol):
    """A payment provider. Each call answers within seconds or raises; who raised is asked again later."""

    def charge(self, charge: Charge) -> Answer:
        """Take money; told the same reference again, it takes nothing more and says how the first stands."""

    def ask_charge(self, reference: str) -> Answer | None:
        """What became of a charge; None where it was never told."""

    def send(self, payback: Payback) -> Reply:
        """Pay back; told the same reference again, it pays nothing more and says how the first stands."""

    def ask(self, reference: str) -> Reply | None:
        """What became of a payback: ACCEPTED, SETTLED, FAILED, REFUSED; None where it was never told."""


class Bank(StrEnum):
    """How the simulated bank answers a charge: the tokens it knows."""

    APPROVES = "approves"
    REFUSES = "refuses"
    SLOW = "slow"
    LATE = "late"


class Manner(StrEnum):
    """How the simulated provider takes an attempt to pay back."""

    SETTLE = "settle"
    SLOW = "slow"
    FAIL = "fail"
    REFUSE = "refuse"


Script = tuple[Manner, ...]
"""The manner of the first attempt of every refund, of the second and so on; the last goes on."""

SMOOTH: Script = (Manner.SETTLE,)
