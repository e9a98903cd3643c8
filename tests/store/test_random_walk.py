"""Whatever people, carriers, gateways and the clock do, in whatever order: every invariant holds."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.change import accept_change, ask_to_change
from app.shop.actions.clock import run_due
from app.shop.actions.edit import change_payment_method, change_variant, change_vouchers
from app.shop.actions.late import late_payment
from app.shop.actions.pay import Outcome, pay
from app.shop.actions.place import place_order
from app.shop.actions.rebuy import cancel_and_rebuy
from app.shop.actions.ship import arrange_shipment, complete, deliver, hand_over, lose
from app.shop.check import check
from app.shop.demo import fill
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.errors import ShopError
from app.shop.rules.orders import Role, Status
from app.shop.rules.reasons import reasons_for
from app.shop.shop import CARRIER, GATEWAY, SYSTEM, Actor, Shop
from app.shop.sql import Statement
from tests.conftest import Clock

STEPS = 600
NOTE = "told to the platform, at some length"


@dataclass
class Walk:
    """One step after the other over a random order; what is refused leaves no trace."""

    shop: Shop
    clock: Clock
    chance: Random

    def __post_init__(self) -> None:
        """A key for every step."""
        self._keys = count()

    def ask(self, sql: str, **values: int) -> list[Any]:
        """The first column of what a query finds."""
        with self.shop.look() as work:
            return [row[0] for row in work.rows(Statement(text(sql)), **values)]

    def step(self) -> str | None:
        """Do something, anybody, to some order; its name where it was done."""
        chance, key = self.chance, f"step-{next(self._keys)}"
        over = "('COMPLETED')" if chance.random() < 0.05 else "('COMPLETED', 'CANCELLED')"
        number = chance.choice(
            self.ask(f"SELECT number FROM orders WHERE status NOT IN {over} ORDER BY number")
        )
        (buyer,) = map(Actor, self.ask("SELECT buyer_id FROM orders WHERE number = :n", n=number))
        (member,) = map(
            Actor,
            self.ask("SELECT person_id FROM members JOIN orders USING (shop_id) WHERE number = :n", n=number),
        )
        (operator,) = map(Actor, self.ask("SELECT person_id FROM staff"))
        anybody = chance.choice((buyer, buyer, member, operator, CARRIER, GATEWAY, SYSTEM))
        does = self.choices(number, buyer, member, anybody, key)
        name = chance.choice(tuple(does))
        try:
            does[name]()
        except ShopError:
            return None
        return name

    def choices(
        self, number: int, buyer: Actor, member: Actor, anybody: Actor, key: str
    ) -> dict[str, Callable[[], object]]:
        """What could be done to an order now; some of it by somebody who may not."""
        chance, shop = self.chance, self.shop
        lines = self.ask("SELECT n FROM lines WHERE order_number = :n", n=number)
        some = chance.sample(lines, chance.randint(1, len(lines)))
        return {
            "place": lambda: self.place(number, buyer, key),
            "pay": lambda: pay(shop, anybody, number, chance.choice(tuple(Outcome)), key=key),
            "pay late": lambda: late_payment(shop, GATEWAY, number, chance.randint(1, 99_999), key=key),
            "cancel": lambda: cancel_order(shop, anybody, number, self.reason(number), NOTE, key=key),
            "lines": lambda: cancel_lines(shop, anybody, number, some, self.reason(number), NOTE, key=key),
            "rebuy": lambda: cancel_and_rebuy(
                shop,
                buyer,
                number,
                [(self.variant(number, some[0]), chance.randint(1, 3))],
                method=chance.choice(tuple(Method)),
                reason=self.reason(number),
                text=NOTE,
                key=key,
            ),
            "variant": lambda: change_variant(
                shop, buyer, number, some[0], self.variant(number, some[0]), key=key
            ),
            "voucher": lambda: change_vouchers(shop, buyer, number, self.vouchers(number), key=key),
            "ask": lambda: ask_to_change(shop, buyer, number, self.change(number, some[0]), key=key),
            "agree": lambda: accept_change(shop, member, number, key=key),
            "method": lambda: change_payment_method(
                shop, buyer, number, chance.choice(tuple(Method)), key=key
            ),
            "arrange": lambda: arrange_shipment(shop, member, number, chance.choice(("", "JT1")), key=key),
            "hand over": lambda: hand_over(shop, CARRIER, number, chance.choice(((), some)), key=key),
            "deliver": lambda: deliver(shop, CARRIER, number, key=key),
            "complete": lambda: complete(shop, anybody, number, key=key),
            "lose": lambda: lose(shop, CARRIER, number, self.reason(number), key=key),
            "wait": self.wait,
        }

    def place(self, like: int, buyer: Actor, key: str) -> None:
        """Another order of the same shop."""
        chance = self.chance
        variants = self.ask(
            "SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id "
            "JOIN orders o ON o.shop_id = p.shop_id WHERE o.number = :n ORDER BY v.id",
            n=like,
        )
        items = [(variant, chance.randint(1, 3)) for variant in chance.sample(variants, chance.randint(1, 4))]
        method, vouchers = chance.choice(tuple(Method)), self.vouchers(like)
        coins = chance.choice((0, 0, 90))
        place_order(self.shop, buyer, items, method, voucher_codes=vouchers, coins=coins, key=key)

    def reason(self, number: int) -> str:
        """A reason somebody may give for an order like this."""
        (word,) = self.ask("SELECT status FROM orders WHERE number = :n", n=number)
        fit = [
            one.code for role in Role for one in reasons_for(role, Status(word), now=self.clock.at, ship_by=0)
        ]
        return self.chance.choice(fit or ["BU_OTHER"])

    def variant(self, number: int, line: int) -> int:
        """A variant of the product of a line."""
        found = self.chance.choice(
            self.ask(
                "SELECT v.id FROM variants v JOIN lines l ON l.product_id = v.product_id "
                "WHERE l.order_number = :n AND l.n = :line ORDER BY v.id",
                n=number,
                line=line,
            )
        )
        return int(found)

    def change(self, number: int, line: int) -> Change:
        """Another variant, or a voucher, for an order that is paid."""
        codes = self.vouchers(number)
        if not codes:
            return Change(ChangeKind.VARIANT, line=line, variant_id=self.variant(number, line))
        return Change(ChangeKind.VOUCHER, voucher=codes[0])

    def vouchers(self, number: int) -> list[str]:
        """Up to two vouchers of the order's shop."""
        codes = "SELECT code FROM vouchers JOIN orders USING (shop_id) WHERE number = :n ORDER BY code"
        found = self.ask(codes, n=number)
        return self.chance.sample(found, min(self.chance.randint(0, 2), len(found)))

    def wait(self) -> None:
        """Some time goes by, and what is due then is done."""
        self.clock.move(minutes=self.chance.choice((1, 10, 60)))
        run_due(self.shop)


@pytest.mark.parametrize("seed", range(3))
def test_a_store_stays_sound_whatever_is_done_to_it(shop: Shop, clock: Clock, seed: int) -> None:
    fill(shop, orders=70, seed=seed)
    walk = Walk(shop, clock, Random(seed))
    done = {walk.step() for _ in range(STEPS)}
    assert len(done - {None}) > 9
    assert check(shop).violations == ()
