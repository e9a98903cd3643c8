"""Searching one's orders by product, seller or number, as people type on phones.

Text is compared here, not in the database: none folds the letters of every script, and a buyer's orders are
few beside all there are.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.cards import OrderSummary
from app.shop.reads.folding import folded, words_of
from app.shop.reads.keys import among, keys
from app.shop.reads.orders import IN_TAB, NO_END, OF_BUYER, PAGE, cards, orders_of, page_where
from app.shop.rules.orders import Role, Tab
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work

CHUNK = 250
"""Orders looked through per statement."""
REACH = 2_000
"""Orders looked through for one page, so that a key stroke costs no more with fifteen thousand orders."""
LEAST_OF_NUMBER = 4
"""Characters that may be a part of a number; fewer are a size: "42" is in one of six numbers by chance."""

_o, _l, _s = t.Order, t.Line, t.Shop
_folded = lru_cache(maxsize=10_000)(folded)  # titles and shops come again with each key stroke


@dataclass(frozen=True, slots=True)
class Found:
    """A page of orders; `end` is what the next one comes `before`, None where there is nothing further.

    A page that has looked far enough ends before it is full, even empty.
    """

    orders: tuple[OrderSummary, ...]
    end: int | None


def _chunk(*conditions: Any) -> Statement:
    """What is compared of some orders, newest first: a row per line, the order's number first."""
    chunk = (
        select(col(_o.number), col(_o.outside_number), col(_o.shop_id))
        .where(OF_BUYER, *conditions, col(_o.number) < bindparam("before"))
        .order_by(col(_o.number).desc())
        .limit(CHUNK)
        .subquery()
    )
    return Statement(
        select(
            chunk.c.number,
            chunk.c.outside_number,
            col(_s.handle),
            col(_s.name),
            col(_l.title),
            col(_l.variant),
        )
        .join(_s, col(_s.id) == chunk.c.shop_id)
        .join(_l, col(_l.order_number) == chunk.c.number, isouter=True)
        .order_by(chunk.c.number.desc())
    )


_CHUNKS = {False: _chunk(), True: _chunk(IN_TAB)}


@cache
def _these(most: int) -> Statement:
    return page_where(among(_o.number, most))


def search_orders(
    shop: Shop,
    actor: Actor,
    search: str = "",
    tab: Tab | None = None,
    *,
    before: int | None = None,
    limit: int = PAGE,
) -> Found:
    """The actor's own orders that hold every word of `search`, newest first, numbered below `before`.

    Words may stand in any line's title or variant, in the shop's name or handle, and in our number or the
    outside one; without words it is all orders. `tab` None means all tabs.
    """
    words = words_of(search)
    if not words:
        orders = orders_of(shop, actor, tab, before=before, limit=limit)
        return Found(orders, orders[-1].number if len(orders) == limit else None)
    with shop.snapshot() as work:
        numbers, end = _matching(work, actor, words, tab, before or NO_END, limit)
        orders = cards(work, _these(limit), Role.BUYER, limit=limit, **keys(numbers)) if numbers else ()
        return Found(orders, end)


def _matching(
    work: Work, actor: Actor, words: tuple[str, ...], tab: Tab | None, before: int, limit: int
) -> tuple[list[int], int | None]:
    """The numbers of up to `limit` orders that hold `words`, and where to look on."""
    numbers: list[int] = []
    for _ in range(REACH // CHUNK):
        looked = 0
        rows = work.rows(_CHUNKS[tab is not None], owner=actor.id, tab=tab and str(tab), before=before)
        for number, lines in groupby(rows, key=itemgetter(0)):
            looked, before = looked + 1, number
            if holds(list(lines), words):
                numbers.append(number)
                if len(numbers) == limit:
                    return numbers, number
        if looked < CHUNK:
            return numbers, None
    return numbers, before


def holds(rows: list[Row], words: tuple[str, ...]) -> bool:
    """Whether an order holds every word, or has a number that was typed in groups.

    Its rows, one per line: number, outside number, two names of somebody, then texts of the line.
    """
    number, outside, *seller = rows[0][:4]
    texts = (*seller, *(text for row in rows for text in row[4:]))
    # Each on a line of its own: no word reaches from one into the next.
    text = "\n".join([_folded(text) for text in texts if text])
    numbers = f"{number}\n{folded(''.join(outside.split()))}" if outside else str(number)
    return _part_of(numbers, "".join(words)) or all(word in text or _part_of(numbers, word) for word in words)


def _part_of(numbers: str, typed: str) -> bool:
    return len(typed) >= LEAST_OF_NUMBER and typed in numbers
