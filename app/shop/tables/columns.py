"""How columns and indexes are written here: keys, big numbers, references, some of the rows."""

import sys
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, String, text
from sqlmodel import Field

# SQLite keeps a table by its INTEGER key; a BIGINT one would be a second index beside a hidden key.
Id = BigInteger().with_variant(Integer(), "sqlite")

# Sorted sign by sign, not by a language: what begins alike then stands together.
BySign = String().with_variant(String(collation="C"), "postgresql")

KEYED: dict[str, Any] = {"sqlite_with_rowid": False}
"""Tables that are always read by their key are kept in its order."""


# To name PostgreSQL in an index is to import all that SQLAlchemy has for it; a browser has SQLite alone.
_STORES = ("sqlite",) if sys.platform == "emscripten" else ("sqlite", "postgresql")


def identity() -> Any:
    """A key of one number that the app makes itself."""
    return Field(primary_key=True, sa_type=Id, sa_column_kwargs={"autoincrement": False})


def part(**options: Any) -> Any:
    """A number that is a part of the key."""
    return Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}, **options)


def big(**options: Any) -> Any:
    """A number that may be large: milliseconds, minor units, ids."""
    return Field(sa_type=BigInteger, **options)


def to(target: str, **options: Any) -> Any:
    """A reference to another table."""
    return Field(sa_type=BigInteger, foreign_key=target, **options)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that are so, in SQL."""
    options: dict[str, Any] = {f"{store}_where": text(where) for store in _STORES}
    return Index(name, *columns, unique=unique, **options)
