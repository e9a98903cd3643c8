"""Who and what a stocked shop has: buyers, sellers, staff, products, vouchers, coins and addresses."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby

from sqlalchemy import insert
from sqlmodel import SQLModel

from app.shop import tables as t
from app.shop.product_words import write_words
from app.shop.rules.policy import DAY
from app.shop.rules.pricing import VoucherKind
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from app.shop.sql import Statement, Work

STOCK = 10
VOUCHER_USES = 5
COINS = 1_000
PRICE = 85_000
"""What one mug costs, in rupiah; navy costs `NAVY_PRICE`."""
NAVY_PRICE = 95_000


@dataclass(frozen=True, slots=True)
class Stocked:
    """The ids of what a stocked shop has."""

    mai: int = 1
    budi: int = 2
    sari: int = 3
    tuan: int = 4
    ops: int = 5
    kopi_house: int = 11
    linen_lab: int = 12
    creator: int = 21
    mug: int = 31
    cream: int = 41
    forest: int = 42
    navy: int = 43
    shirt: int = 32
    white: int = 44
    ten_percent: int = 51
    amount_off: int = 52
    free_shipping: int = 53
    expired: int = 54
    home: int = 61
    office: int = 62
    budis_home: int = 63


_IDS = Stocked()
MUGS = (_IDS.cream, _IDS.forest, _IDS.navy)
"""The variants of the mug."""
COMBINABLE = ((), ("KOPI10",), ("KOPI15K",), ("KOPISHIP",), ("KOPI15K", "KOPISHIP"))
"""Vouchers that go together."""


@cache
def _into(table: type[SQLModel]) -> Statement:
    return Statement(insert(table))


def put(work: Work, *rows: SQLModel) -> None:
    """Insert rows, in the order given, as they are."""
    for table, alike in groupby(rows, key=type):
        work.many(_into(table), (row.model_dump() for row in alike))


def stock(shop: Shop) -> Stocked:
    """Put everything `Stocked` names into an empty shop."""
    ids = Stocked()
    with shop.change() as work:
        put(work, *_people(ids, work.now), *_goods(ids), *_discounts(ids, work.now), *_addresses(ids))
        write_words(work, (ids.mug, ids.shirt))
    return ids


def _people(ids: Stocked, now: int) -> list[SQLModel]:
    zone = "Asia/Jakarta"
    people = tuple(
        t.Person(id=getattr(ids, name), handle=name, name=name.title(), time_zone=zone, joined_at=now)
        for name in ("mai", "budi", "sari", "tuan", "ops")
    )
    shops = (
        t.Shop(id=ids.kopi_house, handle="kopi-house", name="Kopi House", time_zone=zone, joined_at=now),
        t.Shop(id=ids.linen_lab, handle="linen-lab", name="Linen Lab", time_zone=zone, joined_at=now),
    )
    return [
        *(t.Handle(handle=one.handle) for one in people),
        *(t.Handle(handle=one.handle) for one in shops),
        *people,
        *shops,
        t.Member(shop_id=ids.kopi_house, person_id=ids.sari),
        t.Member(shop_id=ids.linen_lab, person_id=ids.tuan),
        t.Staff(person_id=ids.ops),
        t.Creator(id=ids.creator, handle="dewi.pours", name="Dewi"),
    ]


def _goods(ids: Stocked) -> list[SQLModel]:
    variants = (
        t.Variant(id=ids.cream, product_id=ids.mug, name="Cream", currency="IDR", price_minor=PRICE),
        t.Variant(id=ids.forest, product_id=ids.mug, name="Forest", currency="IDR", price_minor=PRICE),
        t.Variant(id=ids.navy, product_id=ids.mug, name="Navy", currency="IDR", price_minor=NAVY_PRICE),
        t.Variant(id=ids.white, product_id=ids.shirt, name="White", currency="VND", price_minor=390_000),
    )
    return [
        t.Product(id=ids.mug, shop_id=ids.kopi_house, creator_id=ids.creator, title="Enamel camp mug"),
        t.Product(id=ids.shirt, shop_id=ids.linen_lab, title="Linen shirt"),
        *variants,
        *(t.Balance(kind=Kind.STOCK, subject=one.id, taken_in=STOCK, free=STOCK) for one in variants),
    ]


def _discounts(ids: Stocked, now: int) -> list[SQLModel]:
    def voucher(code: str, kind: VoucherKind, value: int, **terms: int) -> t.Voucher:
        terms = {"shop_id": ids.kopi_house, "starts_at": now - DAY, "ends_at": now + 30 * DAY} | terms
        return t.Voucher(code=code, kind=kind, value=value, currency="IDR", **terms)

    vouchers = (
        voucher("KOPI10", VoucherKind.PERCENT, 10, id=ids.ten_percent, most_minor=20_000),
        voucher("KOPI15K", VoucherKind.AMOUNT, 15_000, id=ids.amount_off, least_minor=100_000),
        voucher("KOPISHIP", VoucherKind.FREE_SHIPPING, 0, id=ids.free_shipping),
        voucher("KOPIOLD", VoucherKind.AMOUNT, 15_000, id=ids.expired, ends_at=now - 1),
    )
    return [
        *vouchers,
        *(
            t.Balance(kind=Kind.VOUCHER, subject=one.id, taken_in=VOUCHER_USES, free=VOUCHER_USES)
            for one in vouchers
        ),
        t.Balance(kind=Kind.COINS, subject=ids.mai, taken_in=COINS, free=COINS),
    ]


def _addresses(ids: Stocked) -> list[SQLModel]:
    return [
        t.Address(id=ids.home, person_id=ids.mai, label="Home", city="Bandung", country="ID"),
        t.Address(id=ids.office, person_id=ids.mai, label="Office", city="Jakarta", country="ID"),
        t.Address(id=ids.budis_home, person_id=ids.budi, label="Home", city="Surabaya", country="ID"),
    ]
