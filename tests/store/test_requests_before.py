"""Requests of a store of the first version: what each comes to when it is brought up to date."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import MetaData, insert, select, text

from app.shop.actions.clock import run_due
from app.shop.actions.confirm import confirm_cancel
from app.shop.check import check
from app.shop.migrations import config
from app.shop.place import Place, SqliteFile, place_of
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY
from app.shop.rules.requests import RequestStatus
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.actions.disputes import R, newest, request_in
from tests.actions.steps import MAI, ask, column, imported, order_in, rows, run
from tests.conftest import Clock
from tests.people import stock
from tests.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgres"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a store of the first version is, empty."""
    if request.param == "sqlite":
        yield _first(f"sqlite:///{tmp_path / 'old.db'}")
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database("first") as url:
        yield _first(url)


def _first(url: str) -> str:
    with closing(place_of(url)) as place:
        command.upgrade(config(place), "0001")
    return url


@pytest.fixture
def numbers(old_url: str, sqlite_shop: Shop, clock: Clock) -> dict[str, int]:
    """The numbers of orders with a request in each state, in the old store, and the requests as they were."""
    stock(sqlite_shop)
    run(sqlite_shop, "UPDATE balances SET free = free + 9000, taken_in = taken_in + 9000")
    found = {}
    for status in (R.EXPIRED, *(one for one in RequestStatus if one is not R.EXPIRED)):
        found[status.value] = request_in(sqlite_shop, clock, status)
        clock.move(minutes=7)
    found["words alone"] = request_in(sqlite_shop, clock, R.ALTERNATIVE_OFFERED)
    sql = "UPDATE requests SET change = NULL WHERE order_number = :number"
    run(sqlite_shop, sql, number=found["words alone"])
    found["imported"] = imported(sqlite_shop, order_in(sqlite_shop, Status.AWAITING_SHIPMENT))
    ask(sqlite_shop, found["imported"])
    with closing(place_of(old_url)) as old:
        _copy(sqlite_shop.place, old)
    return found


def _copy(new: Place, old: Place) -> None:
    """Everything the old store has a place for; its triggers have done their work already."""
    tables = MetaData()
    tables.reflect(old.engine)
    with old.engine.connect() as connection:
        triggers: list[str] = []
        if isinstance(old, SqliteFile):
            found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
            for name, sql in found.all():
                triggers.append(sql)
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for table in tables.sorted_tables:
            if table.name == "alembic_version":
                continue
            kept = ", ".join(f'"{column.name}"' for column in table.columns)
            with new.engine.connect() as source:
                found = source.execute(text(f"SELECT {kept} FROM {table.name}"))
                if copied := [dict(row) for row in found.mappings()]:
                    connection.execute(insert(table), copied)
        for sql in triggers:
            connection.exec_driver_sql(sql)
        assert connection.execute(select(tables.tables["requests"].c.id)).all()


KEPT = (
    *("id", "order_number", "shop_id", "buyer_id", "kind", "version", "reason", "text", "change"),
    *("created_at", "answered_at", "answer_reason", "answer_note"),
)
CLOCKS = ("status", "queue", "queue_at", "since", "respond_by", "left_ms", "confirm_by", "due_at", "due_step")


def expected(status: str, before: dict[str, Any]) -> tuple[Any, ...]:
    """Where a request stands afterwards, by what the old store said of it."""
    asked, by, answered = before["created_at"], before["respond_by"], before["answered_at"]
    if status in ("PENDING_SELLER", "words alone"):
        return ("PENDING_SELLER", "to-answer", by, asked, by, None, None, by + 1, "silence")
    if status == "imported":
        return ("PENDING_SELLER", "to-answer", asked, asked, None, None, None, None, None)
    if status in ("OPTION_LISTED", "ALTERNATIVE_OFFERED"):
        end = answered + DAY
        left = by - answered if status == "ALTERNATIVE_OFFERED" else None
        return (status, "with-buyer", end, answered, by, left, end, end + 1, "lapse")
    queue, at = "with-platform" if status == "ESCALATED" else "closed", answered or asked
    return (status, queue, at, at, by, None, None, None, None)


def test_every_request_has_its_queue_and_its_clock_in_a_store_brought_up_to_date(
    old_url: str, numbers: dict[str, int], sqlite_shop: Shop, clock: Clock
) -> None:
    before = {name: newest(sqlite_shop, number) for name, number in numbers.items()}
    with closing(open_shop(old_url, clock)) as shop:
        for name, number in numbers.items():
            after, was = newest(shop, number), before[name]
            assert tuple(after[column] for column in CLOCKS) == expected(name, was), name
            assert [after[column] for column in KEPT] == [was[column] for column in KEPT], name
        assert newest(shop, numbers["ESCALATED"])["escalated_at"] == before["ESCALATED"]["answered_at"]
        assert check(shop).violations == ()
        confirm_cancel(shop, MAI, numbers["OPTION_LISTED"], key="k")
        with pytest.raises(Refused, match="request_open"):
            ask(shop, numbers["PENDING_SELLER"])
        assert check(shop).violations == ()


def test_what_is_over_by_then_is_done_by_the_first_tick(
    old_url: str, numbers: dict[str, int], clock: Clock
) -> None:
    clock.move(hours=50)
    with closing(open_shop(old_url, clock)) as shop:
        assert len(run_due(shop)) >= 4
        assert newest(shop, numbers["PENDING_SELLER"])["status"] == "APPROVED"
        assert newest(shop, numbers["words alone"])["status"] == "APPROVED"
        assert newest(shop, numbers["OPTION_LISTED"])["status"] == "EXPIRED"
        assert newest(shop, numbers["ALTERNATIVE_OFFERED"])["status"] == "EXPIRED"
        assert newest(shop, numbers["imported"])["status"] == "PENDING_SELLER"
        assert column(shop, numbers["ESCALATED"], "open_request") is not None
        assert check(shop).violations == ()
        lapsed = numbers["OPTION_LISTED"]
        sql = "SELECT due_at FROM events WHERE action = 'lapse' AND order_number = :number"
        assert rows(shop, sql, number=lapsed) == [(newest(shop, lapsed)["confirm_by"] + 1,)]
