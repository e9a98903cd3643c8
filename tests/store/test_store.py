"""Opening a store: made when there is none, cheap when there is, else one plain refusal."""

import ctypes
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.check import check
from app.shop.rules.clocks import Method
from app.shop.rules.errors import (
    Invalid,
    ShopError,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreNewer,
    StoreReadOnly,
)
from app.shop.rules.policy import JOURNEY, TIKTOK
from app.shop.shop import Shop
from app.shop.store import REVISIONS, open_shop, revision
from tests.actions.steps import IDS, MAI, all_at_once, column, everything, fresh, place, rows, run
from tests.conftest import Clock
from tests.people import Stocked, stock
from tests.postgres import Postgres

NOBODY = 65534
SHORT = 0.2
"""Seconds of patience where a test waits for its end."""
OPEN = "import sys; from app.shop.store import open_shop; open_shop(sys.argv[1], now=lambda: 0).close()"


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, with what is in it."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def opened(url: str) -> None:
    """Open and close."""
    open_shop(url, now=Clock(), patience=SHORT).close()


def test_a_store_is_made_where_there_is_none(url: str, clock: Clock) -> None:
    with closing(open_shop(url, now=clock)) as shop:
        assert revision(shop.place) == REVISIONS[-1]
        assert check(shop).violations == ()
        assert rows(shop, "SELECT count(*) FROM orders") == [(0,)]


def test_the_folder_of_a_store_is_made_too(tmp_path: Path) -> None:
    opened(f"sqlite:///{tmp_path / 'new folder' / 'ünï' / 'shop.db'}")
    assert (tmp_path / "new folder" / "ünï" / "shop.db").is_file()


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "shop.db").touch()
    opened(f"sqlite:///{tmp_path / 'shop.db'}")


def test_a_new_store_begins_with_the_policy_given_and_keeps_it(sqlite_url: str, clock: Clock) -> None:
    for policy in (TIKTOK, JOURNEY):
        with closing(open_shop(sqlite_url, clock, policy)) as shop:
            assert len(rows(shop, "SELECT settings FROM policies")) == 1
    with closing(open_shop(sqlite_url, now=clock)) as shop:
        stock(shop)
        place(shop, method=Method.COD)
        assert column(shop, rows(shop, "SELECT number FROM orders")[0][0], "status") == "ON_HOLD"


def test_opening_again_writes_nothing_and_needs_no_migrations(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    opened(url)
    before = files(tmp_path)
    code = f"{OPEN}; assert not [name for name in sys.modules if name.startswith('alembic')]"
    subprocess.run([sys.executable, "-c", code, url], check=True)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "address", ["", "shop.db", "sqlite://", "sqlite:///:memory:", "mysql://x/y", "postgresql", "sqlite:/x"]
)
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(Invalid, match="database_address"):
        opened(address)


def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "shop.db").write_text("Dear diary, " * 1_000)
    before = files(tmp_path)
    with pytest.raises(StoreDamaged, match="store_damaged"):
        opened(f"sqlite:///{tmp_path / 'shop.db'}")
    assert files(tmp_path) == before


@pytest.mark.parametrize("its_revision", [None, "a1b2c3", "0001"])
def test_the_database_of_another_program_is_refused_and_left_alone(
    tmp_path: Path, its_revision: str | None
) -> None:
    with closing(sqlite3.connect(tmp_path / "shop.db")) as other:
        other.execute("CREATE TABLE diary (day, text)")
        if its_revision:
            other.execute("CREATE TABLE alembic_version (version_num)")
            other.execute("INSERT INTO alembic_version VALUES (?)", [its_revision])
        other.commit()
    before = files(tmp_path)
    with pytest.raises(StoreDamaged, match="store_foreign"):
        opened(f"sqlite:///{tmp_path / 'shop.db'}")
    assert files(tmp_path) == before


def test_a_schema_of_another_program_is_refused_and_left_alone(postgres: Postgres) -> None:
    with postgres.database("diary") as url:
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("CREATE TABLE diary (day int)")
        with pytest.raises(StoreDamaged, match="store_foreign"):
            opened(url)
        with psycopg.connect(url) as other:
            assert other.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (
                1,
            )


def test_a_store_that_lost_its_version_is_damaged(shop: Shop, url: str) -> None:
    run(shop, "DELETE FROM alembic_version")
    with pytest.raises(StoreDamaged, match="store_damaged"):
        opened(url)


def test_half_a_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    opened(f"sqlite:///{path}")
    path.write_bytes(path.read_bytes()[:5_000])
    with pytest.raises(StoreDamaged, match="store_damaged"):
        opened(f"sqlite:///{path}")


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    opened(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    before = files(tmp_path)
    with pytest.raises(StoreNewer, match="store_newer") as refused:
        opened(f"sqlite:///{path}")
    assert refused.value.facts == {"revision": "9999"}
    assert files(tmp_path) == before


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly, match="store_read_only"):
        opened(f"sqlite:///{tmp_path}")
    assert not list(tmp_path.iterdir())
    assert not Path(f"{tmp_path}-writer").exists()


@contextmanager
def as_nobody() -> Iterator[None]:
    """This thread reaches files as somebody whom permissions bind, even where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    system = ctypes.CDLL(None)
    system.setfsuid(NOBODY)
    try:
        yield
    finally:
        system.setfsuid(0)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that nobody is let into: those of the tests are their owner's alone."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


def test_a_folder_that_cannot_be_written_is_said_and_left_empty(shared: Path) -> None:
    for name in ("shop.db", "below/shop.db"):
        with as_nobody(), pytest.raises(StoreReadOnly, match="store_read_only"):
            opened(f"sqlite:///{shared / name}")
    assert files(shared) == {}


def test_a_store_that_cannot_be_written_is_said_and_left_as_it_is(shared: Path, clock: Clock) -> None:
    url = f"sqlite:///{shared / 'shop.db'}"
    with closing(open_shop(url, now=clock)) as shop:
        stock(shop)
    for path in shared.iterdir():
        path.chmod(0o444)
    before = files(shared)
    with as_nobody(), pytest.raises(StoreReadOnly, match="store_read_only"):
        opened(url)
    assert {name: files(shared)[name] for name in before} == before


def test_a_store_that_another_program_holds_is_busy(tmp_path: Path, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    with closing(open_shop(url, now=clock, patience=SHORT)) as shop:
        stock(shop)
        number = place(shop)
        before = everything(shop)
        with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            begun = time.monotonic()
            with pytest.raises(StoreBusy, match="store_busy"):
                cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")
            assert SHORT <= time.monotonic() - begun < 3
            assert everything(shop) == before
            other.execute("ROLLBACK")
        cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")


def test_a_writer_that_does_not_end_makes_the_others_wait_and_then_say_so(
    tmp_path: Path, clock: Clock
) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    with (
        closing(open_shop(url, now=clock)) as first,
        closing(open_shop(url, now=clock, patience=SHORT)) as second,
    ):
        stock(first)
        with first.change(), pytest.raises(StoreBusy, match="store_busy"):
            place(second)
        place(second)


def test_a_file_that_is_held_while_it_is_made_is_busy(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy, match="store_busy"):
            opened(f"sqlite:///{tmp_path / 'shop.db'}")


def test_a_table_that_another_program_holds_is_busy(postgres_url: str, clock: Clock) -> None:
    with closing(open_shop(postgres_url, now=clock, patience=SHORT)) as shop:
        stock(shop)
        number = place(shop)
        with psycopg.connect(postgres_url) as other:
            other.execute("LOCK TABLE orders")
            with pytest.raises(StoreBusy, match="store_busy"):
                cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")
            other.rollback()
        cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")


def test_a_full_disk_is_said_and_nothing_is_written(sqlite_shop: Shop) -> None:
    stock(sqlite_shop)
    number = place(sqlite_shop)
    with sqlite_shop.place.writing() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    kept = [everything(sqlite_shop)]
    with pytest.raises(StoreFull, match="store_full"):
        _fill(sqlite_shop, kept)
    assert everything(sqlite_shop) == kept[-1]
    with sqlite_shop.place.writing() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages * 2}")
    cancel_order(sqlite_shop, MAI, number, "BU_MISTAKE", key="k")
    assert check(sqlite_shop).violations == ()


def _fill(shop: Shop, kept: list[dict[str, list[tuple[object, ...]]]]) -> None:
    for _ in range(1_000):
        place(shop, (IDS.forest, 1), method=Method.COD)
        run(shop, "UPDATE balances SET free = free + 1, taken_in = taken_in + 1")
        kept.append(everything(shop))


def test_a_server_that_was_away_meanwhile_is_found_again(
    postgres: Postgres, postgres_url: str, clock: Clock
) -> None:
    with closing(open_shop(postgres_url, now=clock)) as shop:
        stock(shop)
        number = place(shop)
        gone = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'shop'"
        postgres.own.execute(gone.encode())
        assert column(shop, number, "status") == "UNPAID"
        postgres.own.execute(gone.encode())
        cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")
        assert column(shop, number, "status") == "CANCELLED"


@pytest.mark.parametrize(
    "address",
    ["postgresql://x@127.0.0.1:1/x", "postgresql://x@/x?host=/nowhere"],
    ids=["refused", "no-socket"],
)
def test_a_server_that_cannot_be_reached_is_away(address: str) -> None:
    with pytest.raises(StoreBusy, match="store_away"):
        opened(address)


def test_many_threads_make_one_store(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    server: Postgres = request.getfixturevalue("postgres")
    for _ in range(3):
        with server.database("fresh") as fresh_url:
            assert all_at_once(*[partial(_patiently, fresh_url)] * 6) == [None] * 6
    for n in range(3):
        fresh_url = f"sqlite:///{tmp_path / f'{n}.db'}"
        tries = [partial(_patiently, fresh_url)] * 6
        assert all_at_once(*tries) == [None] * 6


def _patiently(url: str) -> None:
    open_shop(url, now=Clock()).close()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_several_processes_make_one_store(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, clock: Clock
) -> None:
    server: Postgres = request.getfixturevalue("postgres")
    with server.database("fresh") as fresh_url:
        url = fresh_url if kind == "postgres" else f"sqlite:///{tmp_path / 'fresh.db'}"
        opening = [
            subprocess.Popen([sys.executable, "-c", OPEN, url], stderr=subprocess.PIPE) for _ in range(2)
        ]
        assert [(one.communicate()[1], one.returncode) for one in opening] == [(b"", 0)] * 2
        with closing(open_shop(url, now=clock)) as shop:
            assert check(shop).violations == ()


def test_a_closed_shop_is_opened_anew(url: str, clock: Clock, stocked: Stocked) -> None:
    with closing(open_shop(url, now=clock)) as shop:
        number = place(shop, (stocked.cream, 1), key=fresh())
    shop.close()
    with closing(open_shop(url, now=clock)) as again:
        assert column(again, number, "status") == "UNPAID"


def test_every_trouble_is_one_of_ours_and_says_which_store(tmp_path: Path) -> None:
    (tmp_path / "shop.db").write_bytes(b"x" * 4096)
    with pytest.raises(ShopError) as refused:
        opened(f"sqlite:///{tmp_path / 'shop.db'}")
    assert refused.value.facts == {"store": str(tmp_path / "shop.db")}
