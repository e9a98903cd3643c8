"""The different values of a column, without reading all of its rows."""

from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop.sql import Statement


def distinct(column: Any) -> Statement:
    """The first `most` values of an indexed column, in their order; from each a step leads to the next."""
    value = col(column)
    known = select(func.min(value).label("value")).where(value > "").cte("known", recursive=True)
    further: Any = select(func.min(value)).where(value > known.c.value).scalar_subquery()
    every = known.union_all(select(further).where(known.c.value.is_not(None)))
    return Statement(select(every.c.value).where(every.c.value.is_not(None)).limit(bindparam("most")))
