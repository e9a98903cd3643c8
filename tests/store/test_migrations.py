"""The revisions: they make the same store as the tables, on both databases, and know their own."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from app.shop.migrations import config, upgrade
from app.shop.place import Place, SqliteFile, place_of
from app.shop.pseudonym import Digest, digest, pseudonym
from app.shop.rules.errors import StoreNewer
from app.shop.shop import Shop
from app.shop.store import REVISIONS, open_shop, revision
from tests.conftest import Clock
from tests.postgres import Postgres

SQLITE_SCHEMA = (
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
)
POSTGRES_SCHEMA = (
    "SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND conrelid <> 'alembic_version'::regclass",
    "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
    "AND tablename <> 'alembic_version'",
    "SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'column', table_name || '.' || column_name, data_type || is_nullable "
    "FROM information_schema.columns WHERE table_schema = 'public' "
    "AND table_name <> 'alembic_version'",
)


@pytest.fixture(params=["sqlite", "postgres"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A store made by the revisions alone."""
    if request.param == "sqlite":
        with closing(place_of(f"sqlite:///{tmp_path / 'migrated.db'}")) as place:
            upgrade(place)
            yield place
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database("migrated") as url, closing(place_of(url)) as place:
        upgrade(place)
        yield place


def schema(place: Place) -> set[tuple[str, str, str]]:
    """Every table, index, constraint and trigger, spacing and quotes aside."""
    cursor = place.connection().cursor()
    asked = (SQLITE_SCHEMA,) if isinstance(place, SqliteFile) else POSTGRES_SCHEMA
    found = set()
    for sql in asked:
        cursor.execute(sql)
        found |= {(kind, name, _plain(text)) for kind, name, text in cursor.fetchall()}
    return found


def _plain(sql: str) -> str:
    """The text without spacing and quotes; of a table, its parts in one order."""
    sql = re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"[\s\"]+", " ", sql)).strip()
    table = re.fullmatch(r"(CREATE TABLE \w+)\((.*)\)(.*)", sql)
    return " ".join([table[1], *sorted(table[2].split(",")), table[3]]) if table else sql


def test_the_revisions_and_the_tables_make_the_same_store(
    migrated: Place, clock: Clock, request: pytest.FixtureRequest
) -> None:
    kind = "sqlite" if isinstance(migrated, SqliteFile) else "postgres"
    with closing(open_shop(request.getfixturevalue(f"{kind}_url"), clock)) as made:
        assert schema(migrated) == schema(made.place)


def test_the_tools_of_the_trade_see_no_difference_either(migrated: Place) -> None:
    with migrated.engine.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    assert difference == []


def test_every_revision_is_known_by_name(shop: Shop) -> None:
    scripts = ScriptDirectory.from_config(config(shop.place))
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS


def test_a_migrated_store_opens_as_it_is(migrated: Place, clock: Clock) -> None:
    assert revision(migrated) == REVISIONS[-1]
    upgrade(migrated)
    assert revision(migrated) == REVISIONS[-1]


def test_a_store_of_a_later_version_is_refused_and_left_alone(url: str, clock: Clock) -> None:
    with closing(open_shop(url, clock)) as shop:
        shop.place.connection().cursor().execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreNewer):
        open_shop(url, clock)
    with closing(place_of(url)) as place:
        assert revision(place) == "9999"


def test_a_refund_of_an_older_store_goes_on_from_where_it_stood(tmp_path: Path, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path / 'older.db'}"
    states = ("REQUESTED", "SENT", "RETRYING", "DONE", "GIVEN_UP")
    with closing(place_of(url)) as place:
        command.upgrade(config(place), "0001")
        cursor = place.connection().cursor()
        cursor.execute("PRAGMA foreign_keys=OFF")
        for n, state in enumerate(states, 1):
            cursor.execute(f"INSERT INTO refunds VALUES (7, {n}, 1, {n}, '{state}', 500, 90, 10)")
    with closing(open_shop(url, clock)) as shop:
        asked = "SELECT state, attempts, due_at, sent_at, done_at, reference FROM refunds ORDER BY n"
        assert shop.place.connection().execute(asked).fetchall() == [
            ("REQUESTED", 0, 10, None, None, None),
            ("SENT", 1, 10, 10, None, "7-1-2-1"),
            ("RETRYING", 1, 10, 10, None, "7-1-3-1"),
            ("DONE", 1, None, 10, 90, "7-1-4-1"),
            ("GIVEN_UP", 1, None, 10, None, "7-1-5-1"),
        ]


def test_products_of_an_older_store_can_be_found_by_their_words(tmp_path: Path, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path / 'older.db'}"
    with closing(place_of(url)) as place:
        command.upgrade(config(place), "0006")
        for sql in (
            "INSERT INTO handles VALUES ('nha.may')",
            "INSERT INTO shops VALUES (1, 'nha.may', 'Nhà Mây', 'UTC', 0)",
            "INSERT INTO creators VALUES (2, 'kayla.finds', NULL)",
            "INSERT INTO products VALUES (3, 1, 2, 'Túi mây', NULL, NULL), (4, 1, NULL, '🙏', NULL, NULL)",
        ):
            place.connection().cursor().execute(sql)
    with closing(open_shop(url, clock)) as shop:
        asked = "SELECT product_id, word FROM product_words ORDER BY product_id, word"
        assert shop.place.connection().execute(asked).fetchall() == [
            *((3, word) for word in ("finds", "kayla", "may", "nha", "tui")),
            *((4, word) for word in ("may", "nha")),
        ]
        assert shop.place.connection().execute(
            "SELECT pitch, shown, reviews, stars FROM products"
        ).fetchall() == [*[(None, None, 0, 0)] * 2]


def test_buyers_of_an_older_store_are_no_longer_found_by_trying(tmp_path: Path, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path / 'older.db'}"
    found = {
        ("shopify", "person"): digest("shopify", "buyer1@example.com").text,
        ("tiktok-api", "person"): "user-0123456789abcdef",
        ("tiktok-api", "address"): "ab" * 32,
    }
    kept = {("tiktok-api", "person", "7490000000000445566"), ("olist", "person", "be" * 16)}
    with closing(place_of(url)) as place:
        command.upgrade(config(place), "0014")
        cursor = place.connection().cursor()
        for n, ((source, kind), told) in enumerate(found.items(), 1):
            cursor.execute("INSERT INTO outside_ids VALUES (?, ?, ?, ?)", (source, kind, told, n))
        for n, one in enumerate(kept, 8):
            cursor.execute("INSERT INTO outside_ids VALUES (?, ?, ?, ?)", (*one, n))
        for n, handle in enumerate((f"shopify-{found['shopify', 'person'][-6:]}", "tiktok-abcdef-2"), 1):
            cursor.execute("INSERT INTO handles VALUES (?)", (handle,))
            cursor.execute("INSERT INTO people VALUES (?, ?, NULL, NULL, 'en', 'UTC', 0)", (n, handle))
    with closing(open_shop(url, clock)) as shop:
        told = shop.place.connection().execute
        (secret,) = told("SELECT value FROM secrets").fetchone()
        made = {(source, kind, pseudonym(secret, Digest(one))) for (source, kind), one in found.items()}
        assert set(told("SELECT source, kind, outside_id FROM outside_ids").fetchall()) == made | kept
        names = [handle for (handle,) in told("SELECT handle FROM people ORDER BY id").fetchall()]
        assert sorted(names) == sorted(handle for (handle,) in told("SELECT handle FROM handles").fetchall())
        assert all(any(name.endswith(one[-6:]) for _, _, one in made) for name in names)
