"""Whom and what the orders of another store name, here: by the id the platform gave them, else by handle."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from sqlalchemy import insert, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.export.fields import ELSEWHERE, VOUCHER, Values
from app.shop.files.lookup import among, found, free
from app.shop.files.subjects import Subjects
from app.shop.files.takeback_record import KeptOrder
from app.shop.rules.words import HANDLE
from app.shop.sql import Statement, Work

_CODES = Statement(select(col(t.Voucher.code)).where(among(t.Voucher.code)))
_VOUCHERS = Statement(insert(t.Voucher))


class Kin(Subjects):
    """Subjects of several sources at once: each is known by its source and its id there, a blank between."""

    def __init__(self, work: Work) -> None:
        super().__init__(work, ELSEWHERE, "takeback")
        self._vouchers: list[Values] = []
        self.names: dict[str, str] = {}
        """The handle of whom each key means."""
        self.called: dict[str, str] = {}
        """What creators are called, by handle."""

    def _known_by(self, key: str) -> tuple[str, str]:
        source, _, outside_id = key.partition(" ")
        return source, outside_id

    def _handles(self, kind: str, outside_id: str) -> Iterator[str]:
        handle = self.names[f"{kind} {outside_id}"]
        yield handle
        for n in count(2):
            yield f"{handle[: HANDLE - 1 - len(str(n))]}-{n}"

    def meet(self, orders: Sequence[KeptOrder], *, shops: bool) -> None:
        """Know everyone that `orders` name, with `shops` the shops too; make those who are new."""
        people: dict[str, str] = {}
        sellers: dict[str, str] = {}
        for order in orders:
            if order.creator and order.creator_name:
                self.called.setdefault(order.creator, order.creator_name)
            for kind, named, zones in (("person", order.whose, people), ("shop", order.seller, sellers)):
                key = " ".join(named.key)
                zones.setdefault(key, named.zone)
                self.names[f"{kind} {key}"] = named.handle
            for event in order.rows["events"]:
                if isinstance(actor := event["actor"], str):
                    key = key_of_actor(order, actor)
                    people.setdefault(key, order.zone)
                    self.names.setdefault(f"person {key}", actor)
        self.add_named("person", people)
        if shops:
            self.add_named("shop", sellers)
            called = {self.of("shop", " ".join(order.seller.key)): order.seller.name for order in orders}
            for row in self._new["shop"]:
                row["name"] = called[row["id"]]

    def creators(self, handles: Iterable[str]) -> dict[str, int]:
        """The creators with these handles; those nobody knows are made."""
        found_or_made = super().creators(handles)
        for row in self._new["creator"]:
            row["name"] = self.called.get(row["handle"])
        return found_or_made

    def vouchers(self, orders: Sequence[tuple[KeptOrder, int]]) -> None:
        """Know every voucher that was used; a new one keeps its terms and has no use left."""
        told: dict[str, Values] = {}
        for order, shop in orders:
            for row in order.rows["prices"]:
                if voucher := row["voucher"]:
                    terms = {name: voucher[name] for name in VOUCHER}
                    of = {"shop_id": None if voucher["of_platform"] else shop, "currency": order.currency}
                    told.setdefault(voucher_key(voucher["code"]), terms | of)
        self.load("voucher", told)
        new = [key for key in told if self.known("voucher", key) is None]
        codes = free(
            {key: _codes(told[key]["code"]) for key in new},
            lambda some: {code for (code,) in found(self._work, _CODES, some)},
        )
        for key, code in codes.items():
            subject = self._add("voucher", key, {})
            self._vouchers.append(told[key] | {"id": subject, "code": code})
        self._new.pop("voucher", None)

    def write(self, names: Mapping[int, str]) -> None:
        """Store what was made, and the `names` of people who have none yet."""
        super().write(names)
        self._work.many(_VOUCHERS, self._vouchers)


def _codes(code: str) -> Iterator[str]:
    yield code
    for n in count(2):
        yield f"{code}-{n}"


def key_of_actor(order: KeptOrder, handle: str) -> str:
    """Whom the handle of an event names: the order's buyer, or somebody of the other store."""
    return " ".join(order.whose.key) if handle == order.whose.handle else f"{ELSEWHERE} {handle}"


def voucher_key(code: str) -> str:
    """What a voucher of another store is known by."""
    return f"{ELSEWHERE} {code}"
