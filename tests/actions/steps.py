"""Steps the stories are made of: an order is placed, brought to a state, and looked at in the tables."""

import json
from collections.abc import Callable
from itertools import count
from threading import Barrier, Thread
from typing import Any

from sqlalchemy import text
from sqlmodel import SQLModel

from app.shop import tables as t
from app.shop.actions.pay import pay
from app.shop.actions.place import place_order
from app.shop.actions.request import ask_to_cancel
from app.shop.actions.ship import arrange_shipment, complete, deliver, hand_over
from app.shop.rules.clocks import Method
from app.shop.rules.errors import ShopError
from app.shop.rules.orders import Role, Status
from app.shop.rules.policy import TIKTOK, Policy
from app.shop.rules.receipt import Kind
from app.shop.shop import CARRIER, GATEWAY, SYSTEM, Actor, Done, Shop
from app.shop.sql import Statement
from tests.conftest import Clock
from tests.people import STOCK, Stocked, put

IDS = Stocked()
MAI, BUDI, SARI, TUAN, OPS = map(Actor, (IDS.mai, IDS.budi, IDS.sari, IDS.tuan, IDS.ops))
WHO = {
    Role.BUYER: MAI,
    Role.SELLER: SARI,
    Role.OPERATOR: OPS,
    Role.SYSTEM: SYSTEM,
    Role.GATEWAY: GATEWAY,
    Role.CARRIER: CARRIER,
}
NOTE = "told to the platform, at some length"
"""Long enough for every reason that needs a text."""

_keys = count()


def fresh() -> str:
    """A key nobody has used."""
    return f"key-{next(_keys)}"


def rows(shop: Shop, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """What a plain query finds."""
    with shop.look() as work:
        return [tuple(row) for row in work.rows(Statement(text(sql)), **values)]


def run(shop: Shop, sql: str, **values: Any) -> None:
    """Change rows behind the shop's back."""
    with shop.change() as work:
        work.run(Statement(text(sql)), **values)


def column(shop: Shop, number: int, name: str) -> Any:
    """One column of an order as stored."""
    return rows(shop, f"SELECT {name} FROM orders WHERE number = :number", number=number)[0][0]


def balance(shop: Shop, kind: str, subject: int) -> tuple[int, int, int, int]:
    """What is free, held, used and lost of something that can be held."""
    sql = "SELECT free, held, used, lost FROM balances WHERE kind = :kind AND subject = :subject"
    free, held, used, lost = rows(shop, sql, kind=kind, subject=subject)[0]
    return free, held, used, lost


def told(shop: Shop, number: int) -> list[tuple[int, str]]:
    """Who was told what about an order, in order."""
    sql = "SELECT person_id, code FROM notifications WHERE order_number = :number ORDER BY n, person_id"
    return [(person, code) for person, code in rows(shop, sql, number=number)]


def everything(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    """The whole store, to see that nothing was written."""
    names = [table.name for table in SQLModel.metadata.sorted_tables]
    return {name: sorted(rows(shop, f"SELECT * FROM {name}"), key=str) for name in names}


def settle(shop: Shop, policy: Policy) -> None:
    """From now on this is the platform's policy."""
    n = 1 + rows(shop, "SELECT count(*) FROM policies WHERE shop_id = 0")[0][0]
    with shop.change() as work:
        stored = json.dumps(policy.settings())
        put(work, t.PolicyRow(shop_id=0, n=n, at=work.now, actor_id=OPS.id, settings=stored))


def place(
    shop: Shop, *items: tuple[int, int], buyer: Actor = MAI, method: Method = Method.CARD, **options: Any
) -> int:
    """An order from kopi-house, two cream mugs unless other items are named; its number."""
    done = place_order(shop, buyer, items or ((IDS.cream, 2),), method, **{"key": fresh()} | options)
    return int(done.answer["number"])


def many(shop: Shop, count: int) -> list[int]:
    """So many unpaid orders, the newest first."""
    plenty(shop)
    return sorted((place(shop, (IDS.cream, 1)) for _ in range(count)), reverse=True)


def _paid(shop: Shop, number: int) -> None:
    pay(shop, MAI, number, key=fresh())


def _arranged(shop: Shop, number: int) -> None:
    arrange_shipment(shop, SARI, number, key=fresh())


def _part_left(shop: Shop, number: int) -> None:
    hand_over(shop, CARRIER, number, [1], key=fresh())


def _left(shop: Shop, number: int) -> None:
    hand_over(shop, CARRIER, number, key=fresh())


def _arrived(shop: Shop, number: int) -> None:
    deliver(shop, CARRIER, number, key=fresh())


def _done(shop: Shop, number: int) -> None:
    complete(shop, MAI, number, key=fresh())


_WAY = {
    Status.UNPAID: (),
    Status.ON_HOLD: (_paid,),
    Status.AWAITING_SHIPMENT: (_paid,),
    Status.AWAITING_COLLECTION: (_paid, _arranged),
    Status.PARTIALLY_SHIPPED: (_paid, _arranged, _part_left),
    Status.IN_TRANSIT: (_paid, _arranged, _left),
    Status.DELIVERED: (_paid, _arranged, _left, _arrived),
    Status.COMPLETED: (_paid, _arranged, _left, _arrived, _done),
}


def order_in(shop: Shop, status: Status, *items: tuple[int, int], **options: Any) -> int:
    """An order of mai's in `status`: two cream mugs, a navy one, voucher and coins unless told otherwise."""
    if status is Status.ON_HOLD:
        settle(shop, TIKTOK)
    whole: dict[str, Any] = {"voucher_codes": ("KOPI10",), "coins": 400, "address_id": IDS.home} | options
    number = place(shop, *(items or ((IDS.cream, 2), (IDS.navy, 1))), **whole)
    for step in _WAY[status]:
        step(shop, number)
    assert column(shop, number, "status") == status
    return number


def imported(shop: Shop, number: int) -> int:
    """The order as if it had come from a file: nothing of ours is held for it, and nothing of it is due."""
    run(shop, "UPDATE holds SET state = 'RELEASED', ended_by = 0 WHERE order_number = :number", number=number)
    run(shop, "DELETE FROM holds WHERE order_number = :number", number=number)
    where = "due_at = NULL, due_step = NULL WHERE number = :number"
    run(shop, f"UPDATE orders SET source = 'tiktok', {where}", number=number)
    return number


def ask(shop: Shop, number: int, reason: str = "BP_MISTAKE") -> int:
    """An open request of the buyer's to cancel; its id."""
    return int(ask_to_cancel(shop, MAI, number, reason, key=fresh()).answer["request"])


def asked(shop: Shop, clock: Clock, reason: str = "BP_MISTAKE", *, item: int = IDS.cream) -> int:
    """A paid order whose buyer asks to have it cancelled, a second after what was before; its number."""
    clock.move(seconds=1)
    number = place(shop, (item, 1))
    pay(shop, MAI, number, key=fresh())
    ask(shop, number, reason)
    return number


def spoon(shop: Shop, price: int) -> int:
    """One more variant of the mug, for this price; its id."""
    with shop.change() as work:
        cheap = t.Variant(id=91, product_id=IDS.mug, name="Spoon", currency="IDR", price_minor=price)
        put(work, cheap, t.Balance(kind=Kind.STOCK, subject=91, taken_in=STOCK, free=STOCK))
    return 91


def plenty(shop: Shop) -> None:
    """Enough of everything on the shelves."""
    run(shop, "UPDATE balances SET taken_in = taken_in + 10000, free = free + 10000 WHERE kind = 'STOCK'")


def all_at_once(*tries: Callable[[], Any]) -> list[Any]:
    """What each try came to, all begun at one moment: the status it answers or the code of its refusal."""
    together = Barrier(len(tries))
    ends: list[Any] = [None] * len(tries)

    def run(n: int) -> None:
        together.wait()
        try:
            end = tries[n]()
            ends[n] = end.answer["status"] if isinstance(end, Done) else end
        except ShopError as refused:
            ends[n] = refused.code

    threads = [Thread(target=run, args=(n,)) for n in range(len(tries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends
