"""A demo: a store filled with believable orders of every state, to any size.

`cast` gathers the people and shops (`people`, `goods`, out of `places`, `wares` and `phrases`); `orders` has
them buy something; `courses` and `disputes` decide what happens to it until now, `turns` are where an order
is steered that `featured` wants; `placing`, `moving`, `asking` and `taking_back` write that down in a
`record`, as the actions would; `talking` adds what was said about it; `making` does it in batches.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count, islice
from random import Random

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import for_owner
from app.shop.demo.cast import gather
from app.shop.demo.featured import FEATURED
from app.shop.demo.making import MANY, Batch, Maker, make_all
from app.shop.demo.rows import Ids
from app.shop.demo.shelves import leave_rest
from app.shop.demo.times import times
from app.shop.numbers import SUFFIXES
from app.shop.rules.errors import Invalid
from app.shop.rules.receipt import Held
from app.shop.shop import Shop
from app.shop.sql import Statement

BATCH = 10_000
"""Orders in one transaction, and a few times as many in memory."""
MOST = 100_000_000

_PEOPLE = Statement(select(func.count()).select_from(t.Person))
_TAKEN = Statement(
    select(col(t.Order.number)).where(col(t.Order.number).between(bindparam("first"), bindparam("last")))
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a demo brought in, and the handle of the buyer it is best looked at with."""

    orders: int
    buyers: int
    sellers: int
    handle: str

    def as_json(self) -> dict[str, int | str]:
        """What `demo --json` prints."""
        return asdict(self)

    def line(self) -> str:
        """One line for people."""
        return (
            f"{self.orders:,} orders of {self.buyers:,} buyers from {self.sellers:,} shops came in. "
            f"Look at it as {self.handle}."
        )


@for_owner
def fill(
    shop: Shop,
    *,
    orders: int = 200,
    buyers: int | None = None,
    sellers: int | None = None,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Filled:
    """Add a demo to a store: always the same for the same seed, time and store.

    Without `buyers` and `sellers` there are as many as the orders make likely. `progress` is told
    (orders written, orders in all). Raises Invalid for counts that make no demo.
    """
    buyers = max(8, orders // 8) if buyers is None else buyers
    sellers = max(6, min(400, orders // 2_000)) if sellers is None else sellers
    _checked(orders, buyers, sellers)
    with shop.change() as work:
        now, ids = work.now, Ids(work)
        # Another demo in the same store has other people and orders.
        seed_here = f"{seed}/{work.first(_PEOPLE)}"
        cast = gather(work, ids, Random(seed_here), buyers=buyers, sellers=sellers)  # noqa: S311
    emptied, done = list[Held](), 0
    batches = _batches(shop, orders, now, seed_here)
    for made in make_all(Maker(cast, seed_here, now), batches, many=orders >= MANY):
        with shop.change() as work:
            made.rows.write(work)
        emptied += made.emptied
        done += made.orders
        if progress:
            progress(done, orders)
    with shop.change() as work:
        leave_rest(work, ids, emptied)
    return Filled(orders, buyers, sellers, cast.handle)


def _checked(orders: int, buyers: int, sellers: int) -> None:
    for what, number, least in (("orders", orders, 0), ("buyers", buyers, 1), ("sellers", sellers, 1)):
        if not least <= number <= MOST:
            raise Invalid("demo_count", {"what": what, "value": number, "least": least, "most": MOST})


def _batches(shop: Shop, orders: int, now: int, seed: str) -> Iterator[Batch]:
    featured = min(orders, len(FEATURED))
    yield Batch(0, featured)
    moments = times(orders - featured, now, Random(seed))  # noqa: S311
    for n in count(1):
        some = tuple(islice(moments, BATCH))
        if not some:
            return
        yield Batch(n, moments=some, taken=_taken(shop, some))


def _taken(shop: Shop, moments: Sequence[int]) -> frozenset[int]:
    with shop.look() as work:
        first, last = moments[0] * SUFFIXES, (moments[-1] + 1) * SUFFIXES
        return frozenset(number for (number,) in work.rows(_TAKEN, first=first, last=last))
