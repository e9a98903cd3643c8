"""What is too much to hold in memory, put aside on disk: a store of a moment, gone with the program."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby, islice
from typing import Self

from app.shop.files.table import Row
from app.shop.rules.errors import StoreFull

_AT_ONCE = 500
_SETTINGS = ("cache_size = -8000", "journal_mode = OFF", "synchronous = OFF")


class _Aside:
    """A database that SQLite keeps in memory while it is small, and else in a file without a name."""

    def __init__(self, table: str) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        for setting in _SETTINGS:
            self._base.execute(f"PRAGMA {setting}")
        self._base.execute(f"CREATE TABLE {table} WITHOUT ROWID")
        self._base.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:  # nothing else can go wrong with it
            raise StoreFull("store_full") from error


class Kept(_Aside):
    """Texts by text, as many as there may be."""

    def __init__(self) -> None:
        super().__init__("kept (key TEXT PRIMARY KEY, told TEXT)")

    def of(self, keys: Iterable[str]) -> dict[str, str]:
        """What is kept under those of `keys` that are known."""
        found: dict[str, str] = {}
        left = iter(keys)
        with self._told():
            while some := list(islice(left, _AT_ONCE)):
                marks = ", ".join("?" * len(some))
                found |= self._base.execute(f"SELECT key, told FROM kept WHERE key IN ({marks})", some)  # noqa: S608
        return found

    def keep(self, told: Mapping[str, str]) -> None:
        """Keep these, in place of what was kept under the same."""
        with self._told():
            self._base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", told.items())


class Places(_Aside):
    """Keys whose rows stand in more than one place of a file."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Look at the key of each row, in their order."""
        super().__init__("places (key TEXT PRIMARY KEY, more INTEGER)")
        with self._told():
            self._base.executemany(
                "INSERT INTO places VALUES (?, 0) ON CONFLICT DO UPDATE SET more = 1",
                ((key,) for key, _ in groupby(keys)),
            )

    def __contains__(self, key: str) -> bool:
        with self._told():
            found = self._base.execute("SELECT 1 FROM places WHERE key = ? AND more", (key,))
            return found.fetchone() is not None


class Rows(_Aside):
    """The rows of a table, given back key by key, wherever in the file they stood.

    Of the bytes that are read for them, one half is told as they come in, the other as they are given back.
    """

    def __init__(self, columns: Iterable[str], advance: Callable[[int], None]) -> None:
        self._columns, self._advance = tuple(columns), advance
        self._owed = self._count = 0
        super().__init__(f"rows (key TEXT, n INTEGER, {', '.join(self._columns)}, PRIMARY KEY (key, n))")

    def read(self, size: int) -> None:
        """So many more bytes were read."""
        self._owed += size - size // 2
        self._advance(size // 2)

    def put(self, rows: Iterable[tuple[str, int, Row]]) -> None:
        """Put rows aside as they come, each with the key it belongs to and its number."""
        marks = ", ".join("?" * (len(self._columns) + 2))
        told = ((key, n, *map(row.get, self._columns)) for key, n, row in rows)
        with self._told():
            self._count += self._base.executemany(f"INSERT INTO rows VALUES ({marks})", told).rowcount  # noqa: S608

    def by_key(self) -> Iterator[list[tuple[int, Row]]]:
        """The rows of each key, with their numbers and in their order."""
        back = told = 0
        with self._told():
            found = self._base.execute("SELECT * FROM rows ORDER BY key, n")
            for _, several in groupby(found, key=lambda row: row[0]):
                rows = [(n, dict(zip(self._columns, cells, strict=True))) for _, n, *cells in several]
                yield rows
                back += len(rows)
                due = self._owed * back // self._count
                self._advance(due - told)
                told = due

    def find(self, **cells: str) -> list[tuple[str, Row]]:
        """The rows with these cells, and their keys; looked for by an index, which is made the first time."""
        with self._told():
            self._base.execute(f"CREATE INDEX IF NOT EXISTS sought ON rows ({', '.join(cells)})")
            where = " AND ".join(f"{name} = ?" for name in cells)
            found = self._base.execute(f"SELECT * FROM rows WHERE {where}", tuple(cells.values()))  # noqa: S608
            return [(key, dict(zip(self._columns, told, strict=True))) for key, _, *told in found]
