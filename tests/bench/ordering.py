"""Placing an order against plain `sqlite3` running the same statements, and the checkout before it."""

from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from app.shop.actions.place import place_order
from app.shop.reads.checkout import checkout_choice
from app.shop.rules.clocks import Method
from app.shop.rules.items import Items
from app.shop.shop import Actor, Shop
from tests.bench.raw import connect, rehearsed, replay, timed

SAMPLES = 60
"""Orders placed of each size, by us and by hand."""
SIZES = (1, 5, 40)
"""Lines of an order."""
_keys = count()
_SHOP = """SELECT p.shop_id, v.currency, min(c.code) FROM variants v JOIN products p ON p.id = v.product_id
    JOIN vouchers c ON c.shop_id = p.shop_id AND c.least_minor = 0 JOIN balances b
    ON b.kind = 'STOCK' AND b.subject = v.id AND b.free > 5 GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1"""
_VARIANTS = """SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id JOIN balances b
    ON b.kind = 'STOCK' AND b.subject = v.id WHERE p.shop_id = ? AND v.currency = ? AND b.free > 5 LIMIT ?"""
_BUYER = """SELECT o.buyer_id, min(a.id) FROM orders o JOIN addresses a ON a.person_id = o.buyer_id
    GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"""
_PLENTY = "UPDATE balances SET taken_in = taken_in + 100000, free = free + 100000 WHERE subject IN (SELECT "


def orders(shop: Shop, path: Path) -> None:
    """Print a line for each size of order."""
    connection = shop.place.connection()
    seller, currency, code = connection.execute(_SHOP).fetchone()
    buyer, address = connection.execute(_BUYER).fetchone()
    connection.execute(f"{_PLENTY} v.id FROM variants v)")
    for size in SIZES:
        found = connection.execute(_VARIANTS, (seller, currency, size)).fetchall()
        items = tuple((variant, 1) for (variant,) in found)
        _measure(shop, path, Actor(buyer), items, code, address)


def _measure(shop: Shop, path: Path, buyer: Actor, items: Items, code: str, address: int) -> None:
    cursor = connect(path).cursor()
    ours, raw, looked, statements = [], [], [], 0

    def place(into: Shop) -> object:
        return place_order(
            *(into, buyer, items, Method.CARD),
            voucher_codes=(code,),
            address_id=address,
            key=f"order-{next(_keys)}",
        )

    for _ in range(SAMPLES):
        log = rehearsed(shop, place)
        statements = max(statements, len(log) + 2)
        raw.append(timed(partial(replay, cursor, log)))
        ours.append(timed(partial(place, shop)))
        looked.append(timed(partial(checkout_choice, shop, buyer, items)))
    mine, theirs = median(ours), median(raw)
    print(
        f"place order   ours {mine:.3f} ms  raw {theirs:.3f} ms  {mine / theirs:.2f}x  "
        f"{statements} statements, {len(items)} lines; checkout {median(looked):.3f} ms"
    )
