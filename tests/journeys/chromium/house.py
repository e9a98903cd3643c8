"""The store and the app behind all browser tests: each test comes as a person that no other one is."""

import time
from dataclasses import dataclass, replace

from app.shop import tables as t
from app.shop.actions.place import place_order
from app.shop.rules.clocks import Method
from app.shop.rules.policy import JOURNEY, SECOND
from app.shop.shop import Actor, Shop
from tests.actions.steps import fresh, rows, settle
from tests.people import put

ZONES = {"en": "Asia/Manila", "id": "Asia/Jakarta", "vi": "Asia/Ho_Chi_Minh"}
CURRENCIES = {"en": "PHP", "id": "IDR", "vi": "VND"}
_GOODS = """
    SELECT min(variants.id) FROM variants JOIN products ON products.id = variants.product_id
    WHERE variants.currency = :currency GROUP BY variants.product_id ORDER BY variants.product_id
"""


def wall_clock() -> int:
    """The served app has the machine's time, and so has what it finds in its store."""
    return time.time_ns() // 1_000_000


@dataclass
class House:
    """A store that was filled with a demo, and where the app is served over it."""

    shop: Shop
    address: str
    _orders: int = 0

    def count(self, seconds: float) -> None:
        """From now on this long is there to undo."""
        settle(self.shop, replace(JOURNEY, undo_ms=round(seconds * SECOND)))

    def regular(self, language: str) -> Actor:
        """The person who ordered most where `language` is spoken."""
        sql = """
            SELECT orders.buyer_id FROM orders JOIN people ON people.id = orders.buyer_id
            WHERE people.time_zone = :zone GROUP BY orders.buyer_id ORDER BY count(*) DESC, 1 LIMIT 1
        """
        return Actor(rows(self.shop, sql, zone=ZONES[language])[0][0])

    def newcomer(self) -> Actor:
        """A person who was not there before."""
        with self.shop.change() as work:
            number = 1 + rows(self.shop, "SELECT max(id) FROM people")[0][0]
            handle = f"newcomer.{number}"
            person = t.Person(
                id=number, handle=handle, name="Lan Anh", time_zone=ZONES["vi"], joined_at=work.now
            )
            put(work, t.Handle(handle=handle), person)
        return Actor(number)

    def order(self, buyer: Actor, language: str = "en") -> int:
        """An unpaid order of something that was not ordered here before; its number."""
        goods = rows(self.shop, _GOODS, currency=CURRENCIES[language])
        self._orders += 1
        variant = goods[self._orders % len(goods)][0]
        done = place_order(self.shop, buyer, ((variant, 1),), Method.CARD, key=fresh())
        return int(done.answer["number"])

    def title(self, number: int) -> str:
        """What the order is called in a sentence."""
        sql = "SELECT title FROM lines WHERE order_number = :number AND n = 1"
        return str(rows(self.shop, sql, number=number)[0][0])
