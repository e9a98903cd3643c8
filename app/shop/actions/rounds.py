"""A round to the gateway: everything of a table that is due, the longest due first, each on its own."""

import logging
from collections.abc import Callable, Iterable

from app.shop.rules.errors import StoreTrouble
from app.shop.shop import Done, Shop, Tell
from app.shop.sql import Row, Statement

log = logging.getLogger("takeback")

BATCH = 500


def go_round(
    shop: Shop, due: Statement, take: Callable[[Row], Iterable[Done]], most: int | None, tell: Tell
) -> tuple[Done, ...]:
    """`take` each row of `due`, which begins with (due_at, order_number, n), at most `most`; what was done.

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
