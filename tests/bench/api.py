"""The HTTP API against plain `sqlite3`: `uv run python -m tests.bench.api --orders 100000`.

Server, load and store are on this machine: as many processes of `takeback serve` as a
machine of two processors has, and one of clients.
"""

import argparse
import multiprocessing
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from app.clock import wall_clock
from app.shop.actions.api_tokens import make_token
from app.shop.actions.cancel import cancel_order
from app.shop.demo import fill
from app.shop.rules.accounts import Scope
from app.shop.shop import Actor, Shop
from app.shop.store import open_shop
from tests.bench.crowd import WRITERS, placed
from tests.bench.raw import connect, rehearsed, replay, timed
from tests.bench.store import BUYERS, batched, filled, milliseconds, page
from tests.postgres import running
from tests.served import Servers

ALONE = 300
"""Cancels of one client after another."""
PROCESSES = 2
"""Servers: as many as there are processors, as the README advises."""
Order = tuple[int, int]


class Line:
    """A connection that is kept open, and asks with as little as can be."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, token: str, verb: str, path: str, body: str = "", **headers: str) -> bytes:
        """The body of the answer; fails where it is not 200."""
        more = f"Host: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        more += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        if body:
            more += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self._socket.sendall(f"{verb} /api/v1{path} HTTP/1.1\r\n{more}\r\n{body}".encode())
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._socket.recv(65536)
        head, _, answer = got.partition(b"\r\n\r\n")
        (length,) = (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        while len(answer) < length:
            answer += self._socket.recv(65536)
        assert head.startswith(b"HTTP/1.1 200"), (head, answer)
        return answer

    def cancel(self, number: int, token: str) -> bytes:
        """Take an order back."""
        return self.ask(
            token,
            "POST",
            f"/orders/{number}/cancel",
            '{"reason":"BU_MISTAKE"}',
            idempotency_key=f"http-{number}",
        )


@contextmanager
def served(url: str, folder: Path) -> Iterator[list[int]]:
    """The ports of a store's servers."""
    with closing(
        Servers(url, folder, PROCESSES, TAKEBACK_API_RATE="1000000", TAKEBACK_LOG="warning")
    ) as all_of_them:
        yield all_of_them.ports


def _work(ports: Sequence[int], work: Sequence[tuple[int, str]], answers: Any) -> None:
    """Eight lines, each in a thread of its own; told are the seconds of all together and of each request."""
    waits: list[list[float]] = [[] for _ in range(WRITERS)]
    begin = threading.Barrier(WRITERS + 1)

    def run(me: int) -> None:
        line = Line(ports[me % len(ports)])
        begin.wait()
        for number, token in work[me::WRITERS]:
            waits[me].append(timed(partial(line.cancel, number, token)))

    crowd = [threading.Thread(target=run, args=(n,)) for n in range(WRITERS)]
    for one in crowd:
        one.start()
    begin.wait()
    start = time.perf_counter()
    for one in crowd:
        one.join()
    answers.put((time.perf_counter() - start, [one for mine in waits for one in mine]))


def crowd(ports: Sequence[int], work: Sequence[tuple[int, str]]) -> tuple[float, float]:
    """Cancels per second of eight clients, and the longest wait in seconds."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    client = context.Process(target=_work, args=(ports, work, answers))
    client.start()
    seconds, waits = answers.get(timeout=300)
    client.join()
    return len(waits) / seconds, max(waits) / 1000


def tokens_for(shop: Shop, buyers: set[int]) -> dict[int, str]:
    """A token for each."""
    return {buyer: make_token(shop, Actor(buyer), "bench", set(Scope)).token for buyer in buyers}


def on_sqlite(folder: Path, orders: int, many: int) -> None:
    """One client after the other, then eight at once."""
    shop, path = filled(folder, orders)
    alone = placed(shop, 2 * ALONE)
    together = placed(shop, many)
    tokens = tokens_for(shop, {buyer for _, buyer in (*alone, *together)})
    logs = [rehearsed(shop, partial(_cancelled, one)) for one in alone[ALONE:]]
    cursor = connect(path).cursor()
    raw = median(timed(partial(replay, cursor, log)) for log in logs)
    buyer = alone[0][1]
    listed, plain = page(shop, path, buyer)
    shop.close()
    with served(f"sqlite:///{path}", folder) as ports:
        line = Line(ports[0])
        ours = median(timed(partial(line.cancel, number, tokens[buyer])) for number, buyer in alone[:ALONE])
        first = milliseconds(lambda: line.ask(tokens[buyer], "GET", "/orders"))
        print(f"cancel      http {ours:.3f} ms  raw {raw:.3f} ms  {ours / raw:.2f}x")
        print(
            f"list        http {first:.3f} ms  read {listed:.3f} ms  raw {plain:.3f} ms  {first / plain:.2f}x"
        )
        at_once(ports, tokens, together, f"SQLite FULL; one by one raw {1000 / raw:,.0f}/s")


def _cancelled(order: Order, shop: Shop) -> object:
    number, buyer = order
    return cancel_order(shop, Actor(buyer), number, "BU_MISTAKE", key=f"raw-{number}")


def at_once(ports: Sequence[int], tokens: dict[int, str], orders: Sequence[Order], where: str) -> None:
    """Eight clients, each cancelling one order after the other."""
    rate, wait = crowd(ports, [(number, tokens[buyer]) for number, buyer in orders])
    print(f"8 clients   {rate:,.0f}/s  worst wait {wait:.3f} s  ({where})")


def on_postgres(folder: Path, many: int) -> None:
    """Eight at once; the server is a test run's, which does not wait for its disk."""
    with running() as server, server.database("bench") as url:
        with closing(open_shop(url, wall_clock)) as shop:
            fill(shop, orders=2_000, buyers=BUYERS, sellers=20, seed=7)
            by_hand(shop, placed(shop, 3 * ALONE)[-2 * ALONE :])
            together = placed(shop, many)
            tokens = tokens_for(shop, {buyer for _, buyer in together})
        with served(url, folder) as ports:
            at_once(ports, tokens, together, "PostgreSQL")


def by_hand(shop: Shop, orders: Sequence[Order]) -> None:
    """The service call, and the round trips of another's statements."""
    connection = shop.place.connection()
    ours, raw, trips = [], [], 0
    for mine, other in batched(orders, 2):
        log = rehearsed(shop, partial(_cancelled, other))
        trips = len(log) + 2
        ours.append(timed(partial(_cancelled, mine, shop)))
        raw.append(timed(partial(replay, connection.cursor(), log, shop.place.begin)))
    call, plain = median(ours), median(raw)
    print(f"cancel      call {call:.3f} ms  {trips} raw round trips {plain:.3f} ms  {call / plain:.2f}x")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--many", type=int, default=4_000, help="cancels of eight clients")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        on_sqlite(Path(folder), asked.orders, asked.many)
        on_postgres(Path(folder), asked.many)


if __name__ == "__main__":
    main()
