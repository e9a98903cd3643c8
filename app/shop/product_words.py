"""The words a product is found by: made of its title and of who sells and shows it, when it comes in."""

import unicodedata
from collections.abc import Iterable
from itertools import islice

from sqlalchemy import insert, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.folding import LONGEST, folded
from app.shop.reads.keys import among, keys
from app.shop.sql import Statement, Work

LETTERS = 40
"""Letters of a word that count."""
_CHUNK = 200
_PARTS_OF_WORDS = ("L", "M", "N")  # letters, marks, figures: what stands between is punctuation

_p, _s, _c = t.Product, t.Shop, t.Creator
_NAMED = Statement(
    select(col(_p.id), col(_p.title), col(_s.handle), col(_s.name), col(_c.handle))
    .join(_s, col(_s.id) == col(_p.shop_id))
    .join(_c, col(_c.id) == col(_p.creator_id), isouter=True)
    .where(among(_p.id, _CHUNK))
)
_WORD = Statement(insert(t.ProductWord))


def words_in(text: str) -> tuple[str, ...]:
    """The words of `text`, folded, in their order, each once: "@kayla.finds" has "kayla" and "finds"."""
    bare = (c if unicodedata.category(c)[0] in _PARTS_OF_WORDS else " " for c in folded(text[:LONGEST]))
    return tuple(dict.fromkeys(word[:LETTERS] for word in "".join(bare).split()))


def words_of_product(title: str, *names: str | None) -> tuple[str, ...]:
    """What a product is found by; `names` are those of its shop and its creator."""
    return words_in("\n".join([title[: LONGEST // 2], *(name for name in names if name)]))


def write_words(work: Work, products: Iterable[int]) -> None:
    """Store the words of these products, which are new."""
    new = iter(products)
    while some := list(islice(new, _CHUNK)):
        rows = work.rows(_NAMED, **keys(some))
        work.many(
            _WORD,
            [
                {"word": word, "product_id": product}
                for product, *texts in rows
                for word in words_of_product(*texts)
            ],
        )
