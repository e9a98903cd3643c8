"""How columns are written here: ids, parts of a key, big numbers, references."""

from typing import Any

from sqlalchemy import BigInteger, Integer, String
from sqlmodel import Field

# SQLite keeps a table by its INTEGER key; a BIGINT one would be a second index beside a hidden key.
Id = BigInteger().with_variant(Integer(), "sqlite")

# Sorted sign by sign, not by a language: what begins alike then stands together.
BySign = String().with_variant(String(collation="C"), "postgresql")

KEYED: dict[str, Any] = {"sqlite_with_rowid": False}
"""Tables that are always read by their key are kept in its order."""


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
