"""The orders of a demo: who buys what and when, and then how it goes."""

from collections.abc import Collection, Container, Iterator
from itertools import cycle
from random import Random

from app.shop.demo.cast import Cast
from app.shop.demo.courses import live
from app.shop.demo.featured import FEATURED, Wanted
from app.shop.demo.goods import Seller
from app.shop.demo.people import Buyer
from app.shop.demo.placing import Chosen, place
from app.shop.demo.record import Record
from app.shop.demo.turns import Turn
from app.shop.numbers import SUFFIXES
from app.shop.rules.clocks import Method

_METHODS = (Method.WALLET,) * 7 + (Method.COD,) * 6 + (Method.TRANSFER,) * 4 + (Method.CARD,) * 3
_LINES = (1,) * 27 + (2,) * 8 + (3,) * 3 + (4, 6)
_PIECES = (1,) * 8 + (2, 3)

TRIES = 400
"""How often an order is lived anew until it stands as it should."""


class Orders:
    """Makes orders, one after the other; `placed` counts those lived in vain as well."""

    def __init__(self, cast: Cast, chance: Random, now: int) -> None:
        self._cast, self._chance, self._now = cast, chance, now
        self.placed = 0
        self._by_country: dict[str, list[Seller]] = {}
        for seller in cast.sellers:
            self._by_country.setdefault(seller.market.country, []).append(seller)

    def featured(self, count: int) -> Iterator[Record]:
        """The first so many of what every demo shows; the newest order of all is the main buyer's."""
        shops = cycle(self._cast.sellers)
        for wanted in FEATURED[:count]:
            yield self._like(wanted, shops)

    def _like(self, wanted: Wanted, shops: Iterator[Seller]) -> Record:
        for _ in range(TRIES):
            seller = self._cast.sellers[0] if wanted.at_first_shop else next(shops)
            at = self._now - self._chance.randrange(wanted.youngest, wanted.oldest)
            buyer = self._cast.buyers[0] if wanted.mine else self._somebody()
            record = self._placed(buyer, seller, at, wanted.turns)
            live(record)
            if wanted.stands(record):
                break
        return record

    def placed_at(self, at: int, taken: Container[int]) -> Record:
        """Somebody's, placed at `at`, with a number that is not taken."""
        buyer = self._somebody()
        record = self._placed(buyer, self._shop_of(buyer), at, taken=taken)
        live(record)
        return record

    def _somebody(self) -> Buyer:
        buyers = self._cast.buyers
        return buyers[int(len(buyers) * self._chance.random())]

    def _shop_of(self, buyer: Buyer) -> Seller:
        near = self._by_country.get(buyer.market.country)
        if near is None or self._chance.random() < 0.12:
            near = list(self._cast.sellers)
        return near[int(len(near) * self._chance.random())]

    def _placed(
        self,
        buyer: Buyer,
        seller: Seller,
        at: int,
        turns: Collection[Turn] = (),
        taken: Container[int] = (),
    ) -> Record:
        chance = self._chance
        self.placed += 1
        record = Record(buyer, seller, self._cast.staff, chance, self._now, turns)
        chosen = self._basket(seller)
        vouchers = (chance.choice(seller.vouchers),) if chance.random() < 0.3 else ()
        coins = sum(variant.price_minor * pieces for _, variant, pieces in chosen) // 20
        coins = coins if buyer.coins and chance.random() < 0.4 else 0
        number = at * SUFFIXES + int(SUFFIXES * chance.random())
        while number in taken:
            number += 1
        place(record, number, at, chosen, chance.choice(_METHODS), vouchers, coins)
        return record

    def _basket(self, seller: Seller) -> list[Chosen]:
        """Some of a shop's products, the first ones likelier."""
        chance, goods = self._chance, seller.goods
        wanted = {int(len(goods) * chance.random() ** 1.5) for _ in range(chance.choice(_LINES))}
        return [(goods[n], chance.choice(goods[n].variants), chance.choice(_PIECES)) for n in sorted(wanted)]
