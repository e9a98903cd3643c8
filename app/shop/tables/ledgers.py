"""Money and holds: what came in, went back, and is kept for whom."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.shop.tables.columns import KEYED, big, part, partial


class Payment(SQLModel, table=True):
    """Money in.

    A charge of ours has a `reference`, which the gateway knows it by, a `token` for what is charged, `until`
    when its money comes in time, `due_at` when the gateway is asked next, and `trouble`, the code of why it
    failed. `cause` is the event it is for where that is not the order's own price but an agreed change.
    """

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount_minor >= 0", name="payment_not_negative"),
        Index("payments_by_reference", "reference", unique=True),
        partial("payments_due", "due_at", where="due_at IS NOT NULL"),
        KEYED,
    )
    order_number: int = part(foreign_key="orders.number")
    n: int = part()
    method: str
    state: str
    amount_minor: int = big()
    at: int = big()
    label: str | None = None
    reference: str | None = None
    token: str | None = None
    until: int | None = big(default=None)
    due_at: int | None = big(default=None)
    trouble: str | None = None
    cause: int | None = big(default=None)


class Refund(SQLModel, table=True):
    """Money out, for one payment and one cause (the event that brought it about).

    `by` is when it should be there, `due_at` when the clock acts on it next, `reference` what the gateway
    knows its last attempt by, `trouble` the code of what went wrong last.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        UniqueConstraint("order_number", "payment_n", "cause", name="one_refund_per_cause"),
        ForeignKeyConstraint(
            ["order_number", "payment_n"], ["payments.order_number", "payments.n"], name="refund_of_payment"
        ),
        CheckConstraint("amount_minor > 0", name="refund_positive"),
        partial("refunds_due", "due_at", where="due_at IS NOT NULL"),
        KEYED,
    )
    order_number: int = part()
    n: int = part()
    payment_n: int = big()
    cause: int = big()
    state: str
    amount_minor: int = big()
    by: int = big()
    at: int = big()
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    due_at: int | None = big(default=None)
    sent_at: int | None = big(default=None)
    done_at: int | None = big(default=None)
    reference: str | None = None
    trouble: str | None = None


class Charge(SQLModel, table=True):
    """The books of the simulated bank: what it was told to charge, once per reference.

    `outcome` is what it says from `answers_at` on.
    """

    __tablename__ = "charges"
    __table_args__ = (CheckConstraint("amount_minor >= 0", name="charge_not_negative"), KEYED)
    reference: str = Field(primary_key=True)
    order_number: int = big()
    payment_n: int = big()
    amount_minor: int = big()
    at: int = big()
    answers_at: int = big()
    outcome: str
    trouble: str | None = None


class Payout(SQLModel, table=True):
    """The books of the simulated provider: what it was told to pay back, once per reference."""

    __tablename__ = "payouts"
    __table_args__ = (CheckConstraint("amount_minor > 0", name="payout_positive"), KEYED)
    reference: str = Field(primary_key=True)
    order_number: int = big()
    payment_n: int = big()
    amount_minor: int = big()
    at: int = big()
    settles_at: int | None = big(default=None)
    outcome: str
    trouble: str | None = None


class Balance(SQLModel, table=True):
    """What there is of something that can be held: pieces of a variant, uses of a voucher, coins of a person.

    The four parts always sum to what was taken in. They follow the holds by themselves (`TRIGGERS`), so no
    code path can forget one.
    """

    __tablename__ = "balances"
    __table_args__ = (
        CheckConstraint(
            "free >= 0 AND held >= 0 AND used >= 0 AND lost >= 0", name="nothing_is_ever_negative"
        ),
        CheckConstraint("free + held + used + lost = taken_in", name="parts_sum_to_taken_in"),
        KEYED,
    )
    kind: str = Field(primary_key=True)
    subject: int = part()
    taken_in: int = big()
    free: int = big()
    held: int = big(default=0)
    used: int = big(default=0)
    lost: int = big(default=0)


class Hold(SQLModel, table=True):
    """Something held for an order until it is used, given back or lost; `ended_by` is the event's n."""

    __tablename__ = "holds"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kind", "subject"], ["balances.kind", "balances.subject"], name="hold_of_balance"
        ),
        CheckConstraint("amount > 0", name="hold_positive"),
        CheckConstraint("(state = 'HELD') = (ended_by IS NULL)", name="ended_with_its_event"),
        KEYED,
    )
    order_number: int = part(foreign_key="orders.number")
    n: int = part()
    kind: str
    subject: int = big()
    amount: int = big()
    line_n: int | None = None
    state: str = "HELD"
    ended_by: int | None = big(default=None)
