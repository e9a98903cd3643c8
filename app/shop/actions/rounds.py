"""A round of the clock: everything of a table that is due, the longest due first, each on its own.

Any number of processes go round at one time. Each leaves out what another has in hand, so that they share
what is due and wait for nobody; where two begin with the same all the same, its key lets one of them do it.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.rules.errors import StoreTrouble
from app.shop.shop import Done, Shop, Tell
from app.shop.sql import Row, Statement

log = logging.getLogger("takeback")

BATCH = 500


def due_still(table: Any, **key: Any) -> Statement:
    """Finds the row of a `key` where it is due at `due` as it was, and nobody has it in hand."""
    where = (col(column) == bindparam(name) for name, column in key.items())
    return Statement(
        select(col(table.due_at))
        .where(col(table.due_at) == bindparam("due"), *where)
        .with_for_update(skip_locked=True)
    )


def is_left(shop: Shop, still: Statement, **key: int) -> bool:
    """Whether something that was due is neither done by now nor in the hands of another."""
    with shop.look() as work:
        return work.first(still, **key) is not None


def go_round(
    shop: Shop,
    due: Statement,
    still: Statement,
    take: Callable[[Row], Iterable[Done]],
    most: int | None,
    tell: Tell,
) -> tuple[Done, ...]:
    """`take` each row of `due`, which begins with (due_at, order_number, n), at most `most`; what was done.

    `still` is `due_still` of the table, by `number` and `n`.

    Each step is told as it is done. One that fails is logged and left out, and does not count; raises
    StoreTrouble where the store cannot be used.
    """
    done: list[Done] = []
    key, left = (0, 0, 0), most
    while left is None or left > 0:
        limit = BATCH if left is None else min(BATCH, left)
        at, number, n = key
        with shop.look() as work:
            found = work.rows(due, now=work.now, after_at=at, after_number=number, after_n=n, limit=limit)
        for row in found:
            try:
                if is_left(shop, still, due=row[0], number=row[1], n=row[2]):
                    for one in take(row):
                        done.append(one)
                        tell(one)
            except StoreTrouble:
                raise
            except Exception:
                log.exception("what is due of order %d cannot be settled: %d", row[1], row[2])
            else:
                left = None if left is None else left - 1
            key = row[:3]
        if len(found) < limit:
            break
    return tuple(done)
