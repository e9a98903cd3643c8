"""What the system does at a deadline; any number of processes may run it, each step happens once."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, cast, func, literal_column, null, select, tuple_, union_all
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions import deadlines, silence
from app.shop.actions.charge import ask_about, ask_due
from app.shop.actions.forgetting import forget_ended, forget_erased
from app.shop.actions.rounds import due_still, is_left
from app.shop.actions.settle import settle_due
from app.shop.once import purge
from app.shop.reads.policy import newest_policy
from app.shop.rules.clocks import Due, Step, last_payment_step
from app.shop.rules.errors import Changed, Refused, StoreTrouble
from app.shop.rules.orders import Status
from app.shop.rules.policy import Policy, effective
from app.shop.rules.request_clocks import RequestDue, RequestStep, last_request_step
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestStatus
from app.shop.shop import SYSTEM, Done, Shop, Tell, nobody
from app.shop.sql import Statement

log = logging.getLogger("takeback")

BATCH = 500

_o, _q = t.Order, t.Request
_OF_REQUEST, _OF_ORDER = 0, 1
"""Where both are due at one moment, the request is first: its answer may be a cancel as well."""


def _due_of(table: Any, kind: int, key: Any, *facts: Any) -> Any:
    """What is due of one table, the longest due first, from after (after_at, after_kind, after_key) on."""
    place = tuple_(col(table.due_at), literal_column(str(kind)), key)
    found = (
        select(
            col(table.due_at).label("due_at"),
            literal_column(str(kind)).label("kind"),
            key.label("key"),
            col(table.due_step),
            col(table.status),
            *facts,
            newest_policy(0).label("platform_policy"),
            newest_policy(col(table.shop_id)).label("shop_policy"),
        )
        .where(
            col(table.due_at) <= bindparam("now"),
            place > tuple_(bindparam("after_at"), bindparam("after_kind"), bindparam("after_key")),
        )
        .order_by(col(table.due_at), key)
        .limit(bindparam("limit"))
        .subquery()
    )
    return select(*found.c)


_DUE = Statement(
    union_all(
        _due_of(
            _q,
            _OF_REQUEST,
            col(_q.id),
            col(_q.order_number).label("number"),
            col(_q.since).label("since"),
            func.coalesce(col(_q.confirm_by), col(_q.respond_by)).label("until"),
            cast(null(), t.Id).label("attempted_at"),
            col(_q.kind).label("what"),
        ),
        _due_of(
            _o,
            _OF_ORDER,
            col(_o.number),
            col(_o.number).label("number"),
            col(_o.created_at).label("since"),
            col(_o.pay_by).label("until"),
            col(_o.attempted_at).label("attempted_at"),
            literal_column("''").label("what"),
        ),
    )
    .order_by("due_at", "kind", "key")
    .limit(bindparam("limit"))
)


_STILL_DUE = {
    _OF_REQUEST: due_still(_q, key=_q.id),
    _OF_ORDER: due_still(_o, key=_o.number),
}


@dataclass(frozen=True, slots=True)
class _DueRow:
    """Something the clock has to do to an order or to a request: `key` is its number or id.

    `what` is what a request asks for.
    """

    at: int
    kind: int
    key: int
    step: str
    status: str
    number: int
    since: int
    until: int | None
    attempted_at: int | None
    what: str
    platform_policy: str | None
    shop_policy: str | None

    @property
    def policy(self) -> Policy:
        """The policy of its shop."""
        return effective(self.platform_policy, self.shop_policy)


def run_due(shop: Shop, *, most: int | None = None, tell: Tell = nobody) -> tuple[Done, ...]:
    """Apply the deadlines that have passed (`apply_due`), then see to money on its way in and back.

    Photos that were never sent are swept, what has ended by itself, and what erased people left.
    """
    forget_ended(shop)
    forget_erased(shop)
    done = apply_due(shop, most=most, tell=tell)
    return (*done, *ask_due(shop, most=most, tell=tell), *settle_due(shop, most=most, tell=tell))


def apply_due(shop: Shop, *, most: int | None = None, tell: Tell = nobody) -> tuple[Done, ...]:
    """Apply every deadline that has passed, the longest passed first, at most `most` of them; what was done.

    Each is told as it is done. A step that somebody else was faster with, or that no longer applies, is left
    out, and so is one that fails: it is tried again next time. Idempotency keys that are old enough are
    forgotten.
    """
    purge(shop)
    done: list[Done] = []
    # The end of one deadline begins another, which may have passed as well (the app was closed for days).
    for _ in range(2):
        before = len(done)
        done += _pass(shop, None if most is None else most - before, tell)
        if len(done) == before:
            break
    return tuple(done)


def _pass(shop: Shop, most: int | None, tell: Tell) -> list[Done]:
    done: list[Done] = []
    at = kind = key = 0
    while most is None or len(done) < most:
        limit = BATCH if most is None else min(BATCH, most - len(done))
        with shop.look() as work:
            rows = work.rows(_DUE, now=work.now, after_at=at, after_kind=kind, after_key=key, limit=limit)
        for due in (_DueRow(*row) for row in rows):
            at, kind, key = due.at, due.kind, due.key
            for one in _take(shop, due):
                done.append(one)
                tell(one)
        if len(rows) < limit:
            break
    return done


def _take(shop: Shop, due: _DueRow) -> Iterator[Done]:
    try:
        if is_left(shop, _STILL_DUE[due.kind], due=due.at, key=due.key):
            taken = (_take_request if due.kind == _OF_REQUEST else _take_order)(shop, due)
            yield from (one for one in taken if not one.replayed)
    except (Refused, Changed):
        return
    except StoreTrouble:
        raise
    except Exception:
        log.exception("what is due of order %d cannot be done: %s", due.number, due.step)


# The keys are the deadlines themselves: whoever comes second is answered the same, and has done nothing.
def _take_order(shop: Shop, due: _DueRow) -> Iterator[Done]:
    """Take the step that is due, or the last of those that have passed since (the app was closed)."""
    step = Due(due.at, Step(due.step))
    if due.status == Status.UNPAID and due.until is not None:
        step = (
            last_payment_step(due.since, due.until, due.policy, by=shop.now(), attempted_at=due.attempted_at)
            or step
        )
    if step.step is Step.EXPIRE and due.attempted_at is not None:
        # Money that was taken in time is not late because nobody asked.
        yield from ask_about(shop, due.number)
    yield deadlines.STEPS[step.step](
        shop, SYSTEM, due.number, key=f"{due.number}:{step.step.value}:{step.at}"
    )


def _take_request(shop: Shop, due: _DueRow) -> Iterator[Done]:
    step = RequestDue(due.at, RequestStep(due.step))
    if step.step is not RequestStep.BY_RULE:
        status = RequestStatus(due.status)
        step = last_request_step(status, due.since, due.until, now=shop.now()) or step
    if step.step is RequestStep.SILENCE:
        run = silence.of_silence(due.policy, RequestKind(due.what))
    else:
        run = silence.STEPS[step.step]
    # With the action's name: what a policy has silence do may have been set anew between two processes.
    yield run(shop, SYSTEM, due.number, key=f"request:{due.key}:{run.__name__}:{step.at}")
