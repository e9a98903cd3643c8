"""How columns and indexes are written here: keys, big numbers, references, some of the rows."""

from typing import Any

from sqlalchemy import BigInteger, Connection, Index, Integer, MetaData, String, event, text
from sqlmodel import Field, SQLModel

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


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that are so, in SQL."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where))


@event.listens_for(SQLModel.metadata, "before_create")
def _partial_at_postgresql(target: MetaData, connection: Connection, **_: object) -> None:
    # To name PostgreSQL in an index is to import all that SQLAlchemy has for it; most stores are a file.
    if connection.dialect.name == "postgresql":
        for index in (index for table in target.tables.values() for index in table.indexes):
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
