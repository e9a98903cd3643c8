"""What is to be told: taken by one process at a time, and noted how it went.

The database itself notes with each event whom it is to be told, so nothing is lost between a commit and the
message. Who takes a message has it for half a minute; of two messages about one order the second goes out
when the first has arrived, or was given up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    String,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    tuple_,
    union,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.shop import tables as t
from app.shop.hooks.messages import Message, bodies
from app.shop.hooks.standing import secret_for
from app.shop.rules.webhooks import KEPT_MS, LEASE_MS, OFF_AFTER_MS, host_of, next_try
from app.shop.shop import Shop
from app.shop.sql import Row, Statement, Work, as_json

AT_ONCE = 8
"""Messages under way to one address from this process."""

_h, _d = t.Hook, t.HookDelivery
_HOOK: Any = bindparam("hook")
_DUE = Statement(
    select(col(_h.id), col(_h.url), col(_h.failing_since))
    .where(
        col(_h.off_at).is_(None),
        exists().where(col(_d.hook_id) == col(_h.id), col(_d.due_at) <= bindparam("now")),
    )
    .order_by(col(_h.id))
)
_one, _before = aliased(_d), aliased(_d)
_FREE = (
    select(col(_one.order_number), col(_one.n))
    .where(
        col(_one.hook_id) == _HOOK,
        col(_one.due_at) <= bindparam("now"),
        ~exists().where(
            col(_before.hook_id) == col(_one.hook_id),
            col(_before.order_number) == col(_one.order_number),
            col(_before.n) < col(_one.n),
            col(_before.due_at).is_not(None),
        ),
    )
    # What happened last comes first: years that were imported must not keep a cancel of today waiting.
    .order_by(col(_one.due_at).desc(), col(_one.order_number), col(_one.n))
    .limit(bindparam("limit"))
    .with_for_update(of=_one, skip_locked=True)
)
_TAKE = Statement(
    update(_d)
    .where(col(_d.hook_id) == _HOOK, tuple_(col(_d.order_number), col(_d.n)).in_(_FREE))
    .values(due_at=bindparam("until"), attempts=col(_d.attempts) + 1)
    .returning(col(_d.order_number), col(_d.n), col(_d.attempts))
)
_THIS = (
    col(_d.hook_id) == _HOOK,
    col(_d.order_number) == bindparam("number"),
    col(_d.n) == bindparam("n"),
)
_ARRIVED = Statement(delete(_d).where(*_THIS))
_WELL = Statement(
    update(_h).where(col(_h.id) == _HOOK, col(_h.failing_since).is_not(None)).values(failing_since=None)
)
_FAILED = Statement(
    update(_d)
    .where(*_THIS, col(_d.due_at) == bindparam("until"))
    .values(due_at=bindparam("next"), failed_at=bindparam("given_up"), trouble=bindparam("why"))
)
_ILL = Statement(
    update(_h)
    .where(col(_h.id) == _HOOK)
    .values(failing_since=func.coalesce(col(_h.failing_since), bindparam("now")))
    .returning(col(_h.failing_since), col(_h.shop_id), col(_h.added_by))
)
_OFF = Statement(
    update(_h).where(col(_h.id) == _HOOK, col(_h.off_at).is_(None)).values(off_at=bindparam("now"))
)
_GIVE_UP = Statement(
    update(_d)
    .where(col(_d.hook_id) == _HOOK, col(_d.due_at).is_not(None))
    .values(due_at=None, failed_at=bindparam("now"), trouble=func.coalesce(col(_d.trouble), "off"))
)
_owners = union(
    select(col(t.Member.person_id).label("person_id")).where(col(t.Member.shop_id) == bindparam("shop")),
    select(col(t.Staff.person_id)).where(
        (col(t.Staff.person_id) == bindparam("added_by")) | (bindparam("shop") == 0)
    ),
).subquery()
_n = t.Notification
_NUMBER, _N, _NOW = (cast(bindparam(name), t.Id) for name in ("number", "n", "now"))
_LAST = (
    # They may have been told something else of the event at this instant.
    select(func.max(col(_n.at)) + 1)
    .where(
        col(_n.person_id) == _owners.c.person_id,
        col(_n.order_number) == _NUMBER,
        col(_n.n) == _N,
        col(_n.at) >= _NOW,
    )
    .scalar_subquery()
)
_TELL_OWNERS = Statement(
    insert(_n)
    .from_select(
        ["person_id", "at", "order_number", "n", "code", "facts"],
        select(
            *(_owners.c.person_id, func.coalesce(_LAST, _NOW), _NUMBER, _N),
            *(literal("hook_off"), cast(bindparam("facts"), String)),
        ),
        include_defaults=False,
    )
    .returning(col(_n.person_id))
)
_OLD = Statement(delete(_d).where(col(_d.due_at).is_(None), col(_d.failed_at) < bindparam("before")))


@dataclass(frozen=True, slots=True)
class Told:
    """How the telling of a message went: `trouble` None where it arrived.

    `gone`: the receiver wants nothing more; `wait_ms`: it wants to be left alone for so long.
    """

    message: Message
    trouble: str | None = None
    gone: bool = False
    wait_ms: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """What is to be sent now, and the people whose addresses were just switched off."""

    messages: tuple[Message, ...] = ()
    people: frozenset[int] = frozenset()


def go_round(shop: Shop, told: Iterable[Told], busy: Mapping[int, int], most: int) -> Round:
    """Note how messages went, and take at most so many that are due; `busy` are those under way, by address.

    Any number of processes may do so. Where nothing is to be done, nothing is written. An address at which
    messages fail is sent one at a time.
    """
    told = sorted(told, key=lambda one: (one.message.hook, one.message.number, one.message.n))
    if not told:
        with shop.look() as work:
            if most < 1 or not _due(work, busy):
                return Round()
    with shop.change() as work:
        people = frozenset[int]().union(*(_note(work, one) for one in told))
        return Round(tuple(_take(work, _due(work, busy), busy, most)), people)


def _due(work: Work, busy: Mapping[int, int]) -> list[Row]:
    """The addresses with something due that can be sent more at once."""
    return [row for row in work.rows(_DUE, now=work.now) if busy.get(row[0], 0) < _most(row[2])]


def _most(failing_since: int | None) -> int:
    return AT_ONCE if failing_since is None else 1


def _take(work: Work, due: list[Row], busy: Mapping[int, int], most: int) -> Iterable[Message]:
    until = work.now + LEASE_MS
    taken: list[Row] = []
    for hook, url, failing_since in due:
        limit = min(_most(failing_since) - busy.get(hook, 0), most - len(taken))
        if limit > 0:
            rows = work.rows(_TAKE, hook=hook, now=work.now, until=until, limit=limit)
            taken += [(hook, url, *row) for row in rows]
    told = bodies(work, {(number, n) for _, _, number, n, _ in taken}) if taken else {}
    secrets = {hook: secret_for(work, "hook", hook) for hook in {one[0] for one in taken}}
    for hook, url, number, n, attempt in taken:
        yield Message(hook, url, secrets[hook], number, n, attempt, until, told[number, n])


def _note(work: Work, told: Told) -> frozenset[int]:
    """Write how it went; the people to tell that their address is switched off."""
    one = told.message
    which = {"hook": one.hook, "number": one.number, "n": one.n}
    if told.trouble is None:
        work.run(_ARRIVED, **which)
        work.run(_WELL, hook=one.hook)
        return frozenset()
    again = next_try(f"{one.id}/{one.hook}", one.attempt, work.now, told.wait_ms)
    given_up = work.now if again is None else None
    work.run(_FAILED, **which, until=one.until, next=again, given_up=given_up, why=told.trouble)
    since, shop_id, added_by = work.first(_ILL, hook=one.hook, now=work.now) or (work.now, -1, 0)
    if not (told.gone or since <= work.now - OFF_AFTER_MS) or not work.run(_OFF, hook=one.hook, now=work.now):
        return frozenset()
    work.run(_GIVE_UP, hook=one.hook, now=work.now)
    whose = {"shop": shop_id, "added_by": added_by}
    facts = as_json({"host": host_of(one.url)})
    owners = work.rows(_TELL_OWNERS, **whose, number=one.number, n=one.n, now=work.now, facts=facts)
    return frozenset(person for (person,) in owners)


def forget_old(work: Work) -> int:
    """Forget what could not be told a month ago; how much."""
    return work.run(_OLD, before=work.now - KEPT_MS)
