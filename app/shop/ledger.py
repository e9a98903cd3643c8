"""Holds: what is kept for an order until it is used, given back or lost. Each ends once, by one event."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, case, func, insert, not_, select, update
from sqlmodel import col

from app.shop.rules.receipt import Held, Kind
from app.shop.sql import Statement, Work, one_of
from app.shop.tables import Balance, Hold

_h, _b = Hold, Balance
_OF_ORDER = col(_h.order_number) == bindparam("number")
_ENDED: dict[str, Any] = {"state": bindparam("to"), "ended_by": bindparam("by_event")}
_KEPT = (col(_h.kind), col(_h.subject), col(_h.amount))

_HOLD = Statement(
    insert(_h).values(
        {name: bindparam(name) for name in ("order_number", "n", "kind", "subject", "amount", "line_n")}
        | {"state": "HELD"}
    )
)
_LAST = Statement(select(func.coalesce(func.max(col(_h.n)), 0)).where(_OF_ORDER))
_STOCK_GONE = and_(col(_h.kind) == Kind.STOCK.value, col(_h.state) == "USED")
_HELD = Statement(
    select(*_KEPT)
    .where(_OF_ORDER, one_of(col(_h.state), "HELD", "USED"), not_(_STOCK_GONE))
    .order_by(col(_h.n))
)
_END_ALL = Statement(
    update(_h)
    .where(_OF_ORDER, one_of(col(_h.state), "HELD", "USED"))
    .values(
        state=case(
            (col(_h.kind) != Kind.STOCK.value, "RELEASED"),
            (col(_h.state) == "HELD", bindparam("held_to")),
            else_=bindparam("used_to"),
        ),
        ended_by=bindparam("by_event"),
    )
    .returning(*_KEPT, col(_h.state))
)
_USE = Statement(
    update(_h)
    .where(_OF_ORDER, col(_h.state) == "HELD", col(_h.kind) != bindparam("kept_kind"))
    .values(_ENDED)
    .returning(*_KEPT)
)
_END_SUBJECT = Statement(
    update(_h)
    .where(
        _OF_ORDER,
        one_of(col(_h.state), "HELD", "USED"),
        col(_h.kind) == bindparam("of_kind"),
        col(_h.subject) == bindparam("of_subject"),
    )
    .values(_ENDED)
    .returning(*_KEPT)
)
_END_LINE = Statement(
    update(_h)
    .where(_OF_ORDER, col(_h.state) == "HELD", col(_h.line_n) == bindparam("of_line"))
    .values(_ENDED)
    .returning(*_KEPT)
)
_EMPTY_SHELF = Statement(
    update(_b)
    .where(col(_b.kind) == Kind.STOCK.value, col(_b.subject) == bindparam("of_subject"))
    .values(lost=col(_b.lost) + col(_b.free), free=0)
)


def _held(rows: Iterable[Sequence[object]]) -> tuple[Held, ...]:
    return tuple(Held(Kind(str(kind)), int(str(subject)), int(str(n))) for kind, subject, n in rows)


def hold(work: Work, number: int, held: Iterable[tuple[Held, int | None]], *, first: int = 1) -> None:
    """Hold each (what, line) for order `number`; raises Changed where there is not enough of it.

    They are taken in one order everywhere, so that two buyers of the same two things cannot block each other.
    """
    ordered = sorted(held, key=lambda one: (one[0].kind, one[0].subject))
    work.many(
        _HOLD,
        (
            {
                "order_number": number,
                "n": n,
                "kind": one.kind.value,
                "subject": one.subject,
                "amount": one.amount,
                "line_n": line,
            }
            for n, (one, line) in enumerate(ordered, first)
        ),
    )


def next_hold(work: Work, number: int) -> int:
    """The n of the next hold of order `number`."""
    row = work.first(_LAST, number=number)
    return int(row[0]) + 1 if row else 1


def held_for(work: Work, number: int) -> tuple[Held, ...]:
    """What a cancel of order `number` would give back; stock that was handed over is not there to be."""
    return _held(work.rows(_HELD, number=number))


def give_back(
    work: Work, number: int, *, by_event: int, lost: bool = False, returns: bool = False
) -> tuple[Held, ...]:
    """End everything held or used for the order; what of it is free again.

    Stock still on the shelf is free again unless `lost`; what was handed over already is, if it `returns`.
    """
    held_to, used_to = "LOST" if lost else "RELEASED", "RELEASED" if returns else "LOST"
    ended = work.rows(_END_ALL, number=number, held_to=held_to, used_to=used_to, by_event=by_event)
    return _held(kept for *kept, state in ended if state == "RELEASED")


def give_back_one(work: Work, number: int, kind: Kind, subject: int, *, by_event: int) -> tuple[Held, ...]:
    """Give back what is held of one voucher, or of one person's coins."""
    of = {"of_kind": kind.value, "of_subject": subject}
    return _held(work.rows(_END_SUBJECT, number=number, to="RELEASED", by_event=by_event, **of))


def end_line(work: Work, number: int, line: int, *, by_event: int, to: str = "RELEASED") -> tuple[Held, ...]:
    """End the hold on the stock of one line: given back, or USED where it was handed over."""
    return _held(work.rows(_END_LINE, number=number, of_line=line, to=to, by_event=by_event))


def use_all_but(work: Work, number: int, kept: Kind | None, *, by_event: int) -> tuple[Held, ...]:
    """What is held counts as used from now on, but for one kind (stock is held until it is handed over)."""
    kind = kept.value if kept else ""
    return _held(work.rows(_USE, number=number, kept_kind=kind, to="USED", by_event=by_event))


def empty_shelves(work: Work, held: Iterable[Held]) -> None:
    """The shelf turned out to be empty: what was thought free of these variants is written off."""
    subjects = sorted({one.subject for one in held if one.kind is Kind.STOCK})
    work.many(_EMPTY_SHELF, ({"of_subject": subject} for subject in subjects))
