"""Stores as earlier versions made them, by `takeback demo --orders 40 --buyers 8 --sellers 3` of each.

A file has every row of such a store, by table. It was written by the last version whose store had that
revision; a revision without a file was none's for long, and its store is made of the one before.
"""

import gzip
import json
from pathlib import Path
from typing import Any

from alembic import command

from app.shop.migrations import config
from app.shop.place import Place, SqliteFile
from app.shop.store import REVISIONS

KEPT = sorted(file.name[:4] for file in Path(__file__).parent.glob("*.json.gz"))
"""The revisions there are rows of."""
EARLIER = REVISIONS[: REVISIONS.index(KEPT[-1]) + 1]
"""The revisions a store can be made at."""


def make(place: Place, revision: str) -> None:
    """Make a store at `revision` in an empty place, with the rows an earlier version wrote."""
    written = max(kept for kept in KEPT if kept <= revision)
    command.upgrade(config(place), written)
    cursor = place.connection().cursor()
    with gzip.open(Path(__file__).parent / f"{written}.json.gz") as file:
        rows = json.load(file)
    cursor.execute("BEGIN")
    if isinstance(place, SqliteFile):
        _without_triggers(cursor, rows)
    else:
        cursor.execute("SET session_replication_role = replica")
        _put(cursor, rows, "%s")
        cursor.execute("SET session_replication_role = origin")
    cursor.execute("COMMIT")
    command.upgrade(config(place), revision)


def _without_triggers(cursor: Any, rows: dict[str, Any]) -> None:
    """The rows are whole already: what triggers would add up is among them."""
    cursor.execute("PRAGMA defer_foreign_keys=ON")
    triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    _put(cursor, rows, "?")
    for _, sql in triggers:
        cursor.execute(sql)


def _put(cursor: Any, rows: dict[str, Any], value: str) -> None:
    for table, told in rows.items():
        names = ", ".join(told["columns"])
        values = ", ".join([value] * len(told["columns"]))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({values})", told["rows"])
