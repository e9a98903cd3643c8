"""Another variant on an unpaid order: against plain `sqlite3` running the same statements, and a cancel."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from app.shop.actions.edit import change_variant
from app.shop.reads.fixes import fix_choice
from app.shop.shop import Actor, Shop
from tests.bench.raw import connect, rehearsed, replay, timed

Order = tuple[int, int]
"""Number and buyer."""
SAMPLES = 60
"""Orders whose variant is changed, by us and by hand."""
_OTHER = """SELECT min(v.id) FROM lines l JOIN variants w ON w.id = l.variant_id JOIN variants v
    ON v.product_id = l.product_id AND v.id <> l.variant_id AND v.currency = w.currency JOIN balances b
    ON b.kind = 'STOCK' AND b.subject = v.id AND b.free > 20 WHERE l.order_number = ? AND l.n = 1"""
_keys = count()


def swaps(shop: Shop, path: Path, orders: Sequence[Order], cancel: Callable[[Order, Shop], object]) -> None:
    """Print what a swap takes in milliseconds, beside the `cancel` of the same orders that follows each."""
    cursor, find = connect(path).cursor(), shop.place.connection().execute
    statements = 0
    ours, raw, looked, cancelled = list[float](), list[float](), list[float](), list[float]()
    for number, buyer in orders:
        (other,) = find(_OTHER, (number,)).fetchone()
        if other is None or len(ours) == SAMPLES:
            continue

        def swap(into: Shop, number: int = number, buyer: int = buyer, other: int = other) -> object:
            return change_variant(into, Actor(buyer), number, 1, other, key=f"swap-{next(_keys)}")

        looked.append(timed(partial(fix_choice, shop, Actor(buyer), number)))
        log = rehearsed(shop, swap)
        statements = max(statements, len(log) + 2)
        if len(ours) > len(raw):
            raw.append(timed(partial(replay, cursor, log)))
            continue
        ours.append(timed(partial(swap, shop)))
        rehearsed(shop, partial(cancel, (number, buyer)))
        cancelled.append(timed(partial(cancel, (number, buyer), shop)))
    mine, theirs = median(ours), median(raw)
    print(
        f"swap        ours {mine:.3f} ms  raw {theirs:.3f} ms  {mine / theirs:.2f}x  {statements} statements "
        f"({mine / median(cancelled):.2f}x a cancel); what can be fixed {median(looked):.3f} ms"
    )
