"""The people of a demo: buyers, who sells, who watches over it all, and where parcels go."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from app.shop import tables as t
from app.shop.demo.phrases import BIOS, phrase
from app.shop.demo.places import MARKETS, VIETNAM, Market
from app.shop.demo.rows import Ids, Rows
from app.shop.rules.policy import DAY
from app.shop.rules.receipt import Kind


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders, from where, and whether they collect coins."""

    id: int
    market: Market
    address_id: int
    coins: bool


class Names:
    """Handles nobody has yet."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._next: dict[str, int] = {}

    def free(self, wanted: str) -> str:
        """`wanted`, or it with the first number that makes it free."""
        handle = wanted
        while handle in self._taken:
            self._next[wanted] = self._next.get(wanted, 1) + 1
            handle = f"{wanted}_{self._next[wanted]}"
        self._taken.add(handle)
        return handle


def plain(name: str) -> str:
    """`name` as handles are written: lower-case letters a to z, figures and dots."""
    bare = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in bare.lower() if c.isascii() and (c.isalnum() or c == "."))


class Crowd:
    """Makes people, each with a handle of their own."""

    def __init__(self, rows: Rows, ids: Ids, names: Names, chance: Random, now: int) -> None:
        self._rows, self._ids, self._names, self._chance, self._now = rows, ids, names, chance, now

    def person(
        self, market: Market, handle: str | None = None, name: str | None = None, language: str | None = None
    ) -> int:
        """A new person of `market`; what is not given is made up. Answers the id."""
        chance = self._chance
        first, last = chance.choice(market.first_names), chance.choice(market.last_names)
        person = self._ids.new(t.Person)
        handle = self._names.free(handle or _handle(chance, first, last))
        self._rows.add(t.Handle, handle=handle)
        self._rows.add(
            t.Person,
            id=person,
            handle=handle,
            name=name or f"{first} {last}",
            bio=phrase(chance, BIOS, market.language) if chance.random() < 0.3 else None,
            language=language or market.language,
            time_zone=market.zone,
            joined_at=self._now - 365 * DAY - chance.randrange(365 * DAY),
        )
        return person

    def buyer(
        self, market: Market, handle: str | None = None, name: str | None = None, language: str | None = None
    ) -> Buyer:
        """A new person who orders."""
        person = self.person(market, handle, name, language)
        home = self._home(person, market)
        coins = handle is not None or self._chance.random() < 0.4
        if coins:
            self._rows.plenty(Kind.COINS.value, person)
        return Buyer(person, market, home, coins)

    def _home(self, person: int, market: Market) -> int:
        chance = self._chance
        city, postal_code = chance.choice(market.cities)
        recipient = self._rows.of[t.Person][-1]["name"]
        for label in ("Office", "Home")[chance.random() < 0.7 :]:
            self._rows.add(
                t.Address,
                id=self._ids.new(t.Address),
                person_id=person,
                label=label,
                recipient=recipient,
                lines=f"{chance.choice(market.streets)} {chance.randrange(1, 240)}",
                city=city,
                postal_code=postal_code,
                country=market.country,
            )
        return int(self._rows.of[t.Address][-1]["id"])

    def staff(self) -> int:
        """The one who watches over the platform."""
        person = self.person(MARKETS[0], "ops", "Takeback Ops", "en")
        self._rows.add(t.Staff, person_id=person)
        return person

    def main_buyer(self) -> Buyer:
        """Whose phone the demo is shown on."""
        return self.buyer(VIETNAM, "mai", "Mai Nguyễn", "en")

    def buyers(self, count: int) -> Iterator[Buyer]:
        """So many more, of every market, most where most people live."""
        for market in self._chance.choices(MARKETS, (6, 6, 4, 2, 1), k=count):
            yield self.buyer(market)


def _handle(chance: Random, first: str, last: str) -> str:
    first, last = plain(first), plain(last)
    style = chance.randrange(6)
    year = chance.randrange(70, 108) % 100
    return (
        f"{first}.{last}",
        f"{first}_{last}{year:02}",
        f"its.{first}{year:02}",
        f"{last}{first}",
        f"{first}{chance.randrange(10_000)}",
        f"{first}.{last[:1]}{chance.randrange(1_000)}",
    )[style]
