"""Who is in a demo: everybody is made and written before the first order."""

from dataclasses import dataclass
from random import Random

from sqlalchemy import literal, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.demo.goods import Bazaar, Seller
from app.shop.demo.people import Buyer, Crowd, Names
from app.shop.demo.places import MARKETS
from app.shop.demo.rows import Ids, Packed, Rows
from app.shop.product_words import write_words
from app.shop.reads.policy import newest_policy
from app.shop.sql import Statement, Work

CHUNK = 5_000
"""People kept in memory before they are written."""
PRODUCTS, MOST_PRODUCTS = 12, 3_000
"""Products of one shop, and about as many as all shops have together."""

_HANDLES = Statement(select(col(t.Handle.handle)))
_CREATORS = Statement(select(col(t.Creator.handle), col(t.Creator.id)))
_PLATFORM = Statement(select(newest_policy(literal(0))))


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody: who watches, who buys (the main buyer first) and who sells."""

    staff: int
    handle: str
    buyers: tuple[Buyer, ...]
    sellers: tuple[Seller, ...]


def gather(work: Work, ids: Ids, chance: Random, *, buyers: int, sellers: int) -> Cast:
    """Make and write the people and shops of a demo, beside whoever is in the store already."""
    rows, names = Rows(), Names({handle for (handle,) in work.rows(_HANDLES)})
    crowd = Crowd(rows, ids, names, chance, work.now)
    main = crowd.main_buyer()
    handle = rows.of[t.Person][-1]["handle"]
    staff = crowd.staff()
    platform = (work.first(_PLATFORM) or (None,))[0]
    bazaar = Bazaar(rows, ids, names, crowd, chance, platform, work.now)
    bazaar.creators(dict(work.rows(_CREATORS)))
    products = max(1, min(PRODUCTS, MOST_PRODUCTS // sellers))
    numbers = ids.some(t.Product, sellers * products)
    selling = tuple(
        # Every shop adds one after the other: the newest products are not all of the same one.
        bazaar.seller(MARKETS[n % len(MARKETS)], numbers[n::sellers], first=n == 0)
        for n in range(sellers)
    )
    buying = [main]
    for buyer in crowd.buyers(buyers - 1):
        buying.append(buyer)
        if len(rows.of[t.Person]) >= CHUNK:
            _write(work, rows)
    _write(work, rows)
    write_words(work, ids.made(t.Product))
    return Cast(staff, handle, tuple(buying), selling)


def _write(work: Work, rows: Rows) -> None:
    packed = Packed()
    packed.take(rows)
    packed.write(work)
    rows.of.clear()
