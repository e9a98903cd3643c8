"""Two in each other's way on a server, and one that is cut off: done once or refused, and never twice."""

import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.shop.actions.accounts import sign_up
from app.shop.actions.cancel import cancel_order
from app.shop.actions.inbox import mark_read
from app.shop.actions.tries import count_try
from app.shop.gateway import Bank, Charge
from app.shop.place.connections import MOST
from app.shop.retry import ATTEMPTS
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Changed, StoreBusy
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.actions.steps import IDS, MAI, SARI, place, rows, run
from tests.conftest import Clock
from tests.people import stock
from tests.postgres import Postgres


@pytest.fixture
def shop(postgres_url: str, clock: Clock) -> Iterator[Shop]:
    """A stocked shop on a server."""
    with closing(open_shop(postgres_url, now=clock)) as opened:
        stock(opened)
        yield opened


def fails(shop: Shop, table: str, state: str, times: int, *, at_commit: bool) -> None:
    """From now on whoever writes to `table` is ended by the server with `state`, so many times in all."""
    run(shop, "CREATE SEQUENCE failed")  # which goes on though its transaction is taken back
    run(
        shop,
        f"""CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('failed') <= {times} THEN RAISE EXCEPTION 'made' USING ERRCODE = '{state}'; END IF;
            RETURN NULL; END $$""",
    )
    kind, when = ("CONSTRAINT TRIGGER", "DEFERRABLE INITIALLY DEFERRED") if at_commit else ("TRIGGER", "")
    run(
        shop,
        f"CREATE {kind} failing AFTER INSERT OR UPDATE ON {table} {when} "
        "FOR EACH ROW EXECUTE FUNCTION fail()",
    )


def _charged(shop: Shop, number: int) -> None:
    charge = Charge("c-1", number, 1, Method.CARD, 85_000, "IDR", Bank.APPROVES, shop.now())
    shop.gateway.charge(charge)


WRITING: dict[str, Callable[[Shop, int], Any]] = {
    "orders": lambda shop, number: cancel_order(shop, MAI, number, "BU_MISTAKE", key="k"),
    "handles": lambda shop, _: sign_up(shop, "linh", "seven rivers run", address="-"),
    "tries": lambda shop, _: count_try(shop, "-"),
    "notifications": lambda shop, _: mark_read(shop, SARI),
    "charges": _charged,
}
"""Something that writes to a table."""


@pytest.mark.parametrize("at_commit", [False, True], ids=["statement", "commit"])
@pytest.mark.parametrize("table", WRITING)
@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_who_was_in_the_way_of_another_does_it_anew(
    shop: Shop, table: str, state: str, at_commit: bool
) -> None:
    number = place(shop)
    fails(shop, table, state, ATTEMPTS - 1, at_commit=at_commit)
    WRITING[table](shop, number)
    assert rows(shop, "SELECT last_value >= :n FROM failed", n=ATTEMPTS) == [(True,)]


def test_who_is_in_the_way_each_time_is_told_so(shop: Shop) -> None:
    number = place(shop)
    fails(shop, "orders", "40001", ATTEMPTS, at_commit=True)
    with pytest.raises(Changed):
        WRITING["orders"](shop, number)
    assert WRITING["orders"](shop, number).answer["status"] == "CANCELLED"


@contextmanager
def cut_at_commit(postgres: Postgres, folder: Path) -> Iterator[Callable[[], None]]:
    """A way to the server, in `folder`, that can be told to break at the answer to the next COMMIT."""
    name, cut = str(folder / ".s.PGSQL.5432"), threading.Event()
    ends: list[socket.socket] = []

    def carry(there: socket.socket, here: socket.socket, *, asked: bool) -> None:
        with suppress(OSError):
            while sent := there.recv(65536):
                if not asked and cut.is_set() and b"COMMIT" in sent:
                    cut.clear()
                    here.shutdown(socket.SHUT_RDWR)
                    there.shutdown(socket.SHUT_RDWR)
                    return
                here.sendall(sent)
            here.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(postgres.folder / ".s.PGSQL.5432"))
                ends.extend((client, server))
                for pair, asked in (((client, server), True), ((server, client), False)):
                    threading.Thread(target=carry, args=pair, kwargs={"asked": asked}, daemon=True).start()

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(name)
        listener.listen()
        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield cut.set
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            serving.join()
            for end in ends:
                end.close()


def test_a_commit_whose_answer_was_lost_is_answered_by_its_key(
    postgres: Postgres, shop: Shop, clock: Clock
) -> None:
    number = place(shop)
    with (
        tempfile.TemporaryDirectory() as folder,
        cut_at_commit(postgres, Path(folder)) as cut,
        closing(open_shop(f"postgresql://postgres@/shop?host={folder}", now=clock)) as far,
    ):
        assert rows(far, "SELECT count(*) FROM orders") == [(1,)]
        cut()
        done = cancel_order(far, MAI, number, "BU_MISTAKE", key="k")
        assert done.answer["status"] == "CANCELLED"
        events = "SELECT count(*) FROM events WHERE order_number = :n AND action = 'cancel'"
        assert rows(far, events, n=number) == [(1,)]
        # What has no key is told as what it is; a person looks, and sees whether it was done.
        cut()
        with pytest.raises(StoreBusy, match="store_away"):
            mark_read(far, SARI)
        unread = "SELECT count(*) FROM notifications WHERE read_at IS NULL AND person_id = :p"
        assert rows(far, unread, p=IDS.sari) == [(0,)]


def test_a_process_has_no_more_connections_than_it_may(shop: Shop) -> None:
    done, threads, busy = threading.Event(), list[threading.Thread](), list[StoreBusy]()
    together = threading.Semaphore(0)

    def look() -> None:
        try:
            rows(shop, "SELECT 1")
        except StoreBusy as error:
            busy.append(error)
        together.release()
        done.wait()

    here = rows(shop, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")[0][0]
    for _ in range(MOST):
        threads.append(threading.Thread(target=look))
        threads[-1].start()
        together.acquire()
    assert len(busy) == here
    assert rows(shop, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()") == [(MOST,)]
    done.set()
    for thread in threads:
        thread.join()
    threads.clear()
    look_again = threading.Thread(target=partial(rows, shop, "SELECT 1"))
    look_again.start()
    look_again.join()
