"""Core statements compiled once per database and run on its driver.

Measured for a cancel on SQLite: running a prepared Core statement through SQLAlchemy's connection costs
several times what SQLite itself needs; compiled once, what is left is a dictionary look-up per value.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from json import JSONEncoder
from typing import Any, Protocol

from sqlalchemy import Executable, bindparam, literal, update
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

Row = tuple[Any, ...]

as_json = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""How facts and answers are stored; `json.dumps` would make an encoder per call."""


class Cursor(Protocol):
    """What both drivers' cursors have in common."""

    rowcount: int

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Any, /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def fetchmany(self, size: int = ..., /) -> list[Any]: ...


_Compiled = tuple[str, tuple[str, ...], dict[str, Any], bool]
"""The text, the names of its values in order, those with a value of their own, whether they go by place."""


class Statement:
    """A Core statement whose text and order of values are worked out once per dialect."""

    __slots__ = ("_compiled", "element")

    def __init__(self, element: Executable) -> None:
        self.element = element
        self._compiled: dict[str, _Compiled] = {}

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self.element.compile(dialect=dialect)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)  # noqa: S101
        params = compiled.params  # which are worked out whenever they are asked for
        names = tuple(compiled.positiontup or params)
        defaults = {name: params[name] for name in names if params[name] is not None}
        found = str(compiled), names, defaults, bool(compiled.positiontup)
        self._compiled[dialect.name] = found
        return found

    def values(self, dialect: Dialect, given: Mapping[str, Any]) -> tuple[str, Any]:
        """The text for `dialect` and the values in the form its driver takes them."""
        sql, names, defaults, positional = self._compiled.get(dialect.name) or self._compile(dialect)
        get = ({**defaults, **given} if defaults else given).get
        return sql, list(map(get, names)) if positional else {name: get(name) for name in names}


@lru_cache(maxsize=256)
def compare_and_set(key: Any, version: Any, columns: frozenset[str]) -> Statement:
    """Writes `columns` of the row whose `key` is `the_key`, where it is still at `the_version`.

    The number of rows changed tells whether somebody else was faster.
    """
    return Statement(
        update(key.class_)
        .where(key == bindparam("the_key"), version == bindparam("the_version"))
        .values({name: bindparam(name) for name in sorted(columns)})
    )


def one_of(column: Any, *words: str) -> Any:
    """`column IN (…)` for words that stand in the code: a plain list would be written out per execution."""
    return column.in_([literal(word) for word in words])


class Work:
    """A connection within one transaction, and how statements run on it. `now` is the time of it all."""

    __slots__ = ("_cursor", "dialect", "now")

    def __init__(self, cursor: Cursor, dialect: Dialect, now: int) -> None:
        self._cursor = cursor
        self.dialect = dialect
        self.now = now

    def run(self, statement: Statement, **values: Any) -> int:
        """Execute; answers the number of rows changed."""
        self._cursor.execute(*statement.values(self.dialect, values))
        return self._cursor.rowcount

    def rows(self, statement: Statement, **values: Any) -> list[Row]:
        """Every row of the result."""
        self._cursor.execute(*statement.values(self.dialect, values))
        return self._cursor.fetchall()

    def first(self, statement: Statement, **values: Any) -> Row | None:
        """The first row of the result, or None."""
        self._cursor.execute(*statement.values(self.dialect, values))
        row: Row | None = self._cursor.fetchone()
        return row

    def many(self, statement: Statement, rows: Iterable[Mapping[str, Any]]) -> int:
        """Execute once per row of values; answers the number of rows changed."""
        sql, parameters = "", []
        for row in rows:
            sql, values = statement.values(self.dialect, row)
            parameters.append(values)
        if not parameters:
            return 0
        self._cursor.executemany(sql, parameters)
        return self._cursor.rowcount
