"""Which products a page of the feed may show, newest first: off the products, or off the words they hold.

Of the words asked for, the rarest is gone through, and each product found is asked for the others. Where all
of them are common, a page that has looked far enough ends early, and the next one goes on from there.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, literal, select, true
from sqlmodel import col

from app.shop import tables as t
from app.shop.sql import Statement, Work

CHUNK = 250
"""Products looked through per statement of a search."""
REACH = 2_000
"""Products looked through for one page, however many there are."""
RARE = 2_000
"""A word with fewer products is gone through whole."""
MOST_WORDS = 6
"""Words of a search that count."""
LAST_SIGN = "\U0010ffff"
"""Sorts after whatever a word goes on with."""

_p, _w, _v = t.Product, t.ProductWord, t.Variant
_IN_CURRENCY = col(_v.currency) == bindparam("currency")
_BEFORE: Any = bindparam("before")


def _narrow(*columns: str) -> list[ColumnElement[bool]]:
    """The conditions that these columns of a product have the values given by their names."""
    return [col(getattr(_p, name)) == bindparam(name) for name in columns]


def _begins(n: int | str) -> ColumnElement[bool]:
    """Whether a word is the n-th one asked for; its last one may go on."""
    return and_(col(_w.word) >= bindparam(f"word{n}"), col(_w.word) <= bindparam(f"until{n}"))


@cache
def _newest(*narrowed: str) -> Statement:
    return Statement(
        select(col(_p.id))
        .where(col(_p.id) < _BEFORE, *_narrow(*narrowed))
        .order_by(col(_p.id).desc())
        .limit(bindparam("limit"))
    )


_SOLD: Any = (
    select(col(_v.product_id).label("id")).where(_IN_CURRENCY, col(_v.product_id) < _BEFORE).distinct()
)
_NEWEST_SOLD = Statement(_SOLD.order_by(col(_v.product_id).desc()).limit(bindparam("limit")))
_HOW_MANY = Statement(
    select(func.count()).select_from(
        select(literal(1).label("one")).where(_begins(0)).limit(bindparam("most")).subquery()
    )
)


@cache
def _chunk(through: str, words: int, *narrowed: str, sold: bool = False) -> Statement:
    """Some products, newest first, and whether each holds all `words` and is `sold` in the currency.

    They are `narrowed` to those with the values given for these columns, and are gone `through` by the word
    number 0, `whole` or `begun`, or through `all` there are, or through those of the `market`, which is the
    currency.
    """
    by_word = through in ("whole", "begun")
    if through == "market":
        some: Any = _SOLD
    elif through == "all":
        some = select(col(_p.id).label("id")).where(col(_p.id) < _BEFORE, *_narrow(*narrowed))
    elif through == "whole":
        whole = col(_w.word) == bindparam("word0")
        some = select(col(_w.product_id).label("id")).where(whole, col(_w.product_id) < _BEFORE)
    else:
        # Its limit is never reached; it has the database go by the word, and not through all products.
        begun = select(col(_w.product_id).label("id")).where(_begins(0)).limit(bindparam("most")).subquery()
        some = select(begun.c.id).where(begun.c.id < _BEFORE).distinct()
    looked = some.order_by(some.selected_columns[0].desc()).limit(bindparam("limit")).subquery()
    held: list[ColumnElement[bool]] = [
        exists().where(col(_w.product_id) == looked.c.id, _begins(n))
        for n in range(1 if by_word else 0, words)
    ]
    if narrowed and by_word:
        held.append(exists().where(col(_p.id) == looked.c.id, *_narrow(*narrowed)))
    if sold and through != "market":
        held.append(exists().where(col(_v.product_id) == looked.c.id, _IN_CURRENCY))
    holds = case((and_(true(), *held), 1), else_=0)
    return Statement(select(looked.c.id, holds).order_by(looked.c.id.desc()))


def candidates(
    work: Work,
    words: Sequence[str],
    narrowed: Mapping[str, Any],
    before: int,
    limit: int,
    *,
    currency: str | None = None,
) -> Iterator[tuple[list[int], int | None]]:
    """Up to `limit` products at a time that hold all `words`, newest first, below `before`.

    They are `narrowed` to those with these values in columns of these names, and to those sold in `currency`;
    None means any. With each comes where to look on for further ones, None after the last. It ends where it
    has looked through `REACH` products.
    """
    given: dict[str, Any] = {"currency": currency, "most": RARE, **narrowed}
    sold = currency is not None
    through = "market" if sold and not narrowed else "all"
    if words or (sold and narrowed):
        rare, told = _rarest_first(work, words[:MOST_WORDS]) if words else (None, {})
        statement = _chunk(rare or through, len(words[:MOST_WORDS]), *narrowed, sold=sold)
        size, given = CHUNK, given | told
    else:
        statement, size = _NEWEST_SOLD if sold else _newest(*narrowed), limit
    for _ in range(REACH // size):
        rows = work.rows(statement, before=before, limit=size, **given)
        held = [row[0] for row in rows if row[-1]]
        more = len(rows) == size
        for start in range(0, len(held), limit):
            yield held[start : start + limit], held[start : start + limit][-1]
        if not more:
            yield [], None
            return
        before = rows[-1][0]
        yield [], before


def _rarest_first(work: Work, words: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """By which word to go through the products (None: all are common), and what the statement is given."""
    ends = [*words[:-1], words[-1] + LAST_SIGN]
    counted = [(_count(work, *span), *span) for span in zip(words, ends, strict=True)]
    # Of common words a whole one comes first: what is begun has no order of its own.
    counted.sort(key=lambda one: (one[0], one[1] != one[2]))
    rarest, word, end = counted[0]
    through = "whole" if word == end else "begun" if rarest < RARE else None
    told = {f"word{n}": start for n, (_, start, _) in enumerate(counted)}
    return through, told | {f"until{n}": until for n, (_, _, until) in enumerate(counted)}


def _count(work: Work, word: str, until: str) -> int:
    row = work.first(_HOW_MANY, word0=word, until0=until, most=RARE)
    return int(row[0]) if row else 0
