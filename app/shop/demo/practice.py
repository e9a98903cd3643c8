"""A practice store: one shop, its seller, a buyer, an unpaid order and a paid one, for the guided tour."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.shop import tables as t
from app.shop.access import for_owner
from app.shop.actions.pay import pay
from app.shop.actions.place import place_order
from app.shop.demo.goods import price
from app.shop.demo.places import INDONESIA, PHILIPPINES, VIETNAM, Market
from app.shop.demo.rows import Packed, Rows
from app.shop.demo.wares import LANGUAGES, WARES
from app.shop.numbers import SUFFIXES
from app.shop.product_words import write_words
from app.shop.reads.orders import orders_of
from app.shop.rules.clocks import Method
from app.shop.rules.errors import NotFound
from app.shop.rules.policy import DAY
from app.shop.rules.receipt import Kind
from app.shop.shop import Actor, Shop

LASTS = DAY
"""Milliseconds for which what was begun can be gone on with: later its orders have lapsed."""
STOCK = 10
BUYER, SELLER = Actor(1), Actor(2)
_SHOP, _ADDRESS = 1, 1
_UNPAID, _PAID = 1, 2
"""The products, and with one variant each their variants: that of the unpaid order, that of the paid one."""
_WARES = {_UNPAID: ("tote", 2, 14.0), _PAID: ("mug", 1, 7.0)}
"""What is ordered: the slug of a ware, which of its looks, and the price in US dollars."""
_NAMES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "practice.buyer": ("You, practising", "Kamu, berlatih", "Bạn, đang luyện tập"),
        "practice.seller": ("Practice seller", "Penjual latihan", "Người bán luyện tập"),
        "practice.shop": ("Practice shop", "Toko latihan", "Cửa hàng luyện tập"),
        "home": ("Home", "Rumah", "Nhà"),
    }
)
_MARKETS = {"en": PHILIPPINES, "id": INDONESIA, "vi": VIETNAM}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who practises, who sells to them, and the numbers of the two orders."""

    buyer: Actor
    seller: Actor
    unpaid: int
    paid: int


@for_owner
def begin_practice(shop: Shop, language: str) -> Cast:
    """Put a practice into an empty store, its names in `language`; the orders come to be as all orders do."""
    market, at = _MARKETS[language], LANGUAGES.index(language)
    with shop.change() as work:
        packed = Packed()
        packed.take(_people(market, at, work.now))
        packed.take(_goods(market, at))
        packed.write(work)
        write_words(work, _WARES)
    for product, key in ((_PAID, "paid"), (_UNPAID, "unpaid")):
        place_order(shop, BUYER, ((product, 1),), _METHODS[product], address_id=_ADDRESS, key=key)
    cast = practice_in(shop)
    pay(shop, BUYER, cast.paid, key="pay")
    return cast


_METHODS = {_UNPAID: Method.TRANSFER, _PAID: Method.CARD}
"""A transfer leaves a day to pay: the order does not lapse while one reads."""


@for_owner
def practice_in(shop: Shop) -> Cast:
    """The practice that a store holds. Raises NotFound where it is not whole, or too long ago."""
    numbers = {order.lines[0].product_id: order.number for order in orders_of(shop, BUYER)}
    if set(numbers) != {_UNPAID, _PAID} or shop.now() - min(numbers.values()) // SUFFIXES > LASTS:
        raise NotFound("missing")
    return Cast(BUYER, SELLER, numbers[_UNPAID], numbers[_PAID])


def _people(market: Market, at: int, now: int) -> Rows:
    rows = Rows()
    for handle in ("practice.buyer", "practice.seller", "practice.shop"):
        rows.add(t.Handle, handle=handle)
    joined = {"time_zone": market.zone, "joined_at": now}
    for person, handle in ((BUYER, "practice.buyer"), (SELLER, "practice.seller")):
        name = _NAMES[handle][at]
        rows.add(t.Person, id=person.id, handle=handle, name=name, language=market.language, **joined)
    shop = "practice.shop"
    rows.add(t.Shop, id=_SHOP, handle=shop, name=_NAMES[shop][at], **joined)
    rows.add(t.Member, shop_id=_SHOP, person_id=SELLER.id)
    city, postal_code = market.cities[0]
    rows.add(
        t.Address,
        id=_ADDRESS,
        person_id=BUYER.id,
        label=_NAMES["home"][at],
        lines=f"{market.streets[0]} 1",
        city=city,
        postal_code=postal_code,
        country=market.country,
    )
    return rows


def _goods(market: Market, at: int) -> Rows:
    rows = Rows()
    for product, (slug, look, dollars) in _WARES.items():
        ware = next(one for one in WARES if one.slug == slug)
        title, picture = ware.title[at], ware.picture(look)
        rows.add(
            t.Product,
            id=product,
            shop_id=_SHOP,
            title=title[:1].upper() + title[1:],
            picture=picture,
            category=ware.category,
            reviews=0,
            stars=0,
        )
        rows.add(
            t.Variant,
            id=product,
            product_id=product,
            name=ware.looks[look][at],
            currency=market.currency,
            price_minor=price(market, dollars),
            picture=picture,
        )
        rows.add(
            t.Balance,
            kind=Kind.STOCK.value,
            subject=product,
            taken_in=STOCK,
            free=STOCK,
            held=0,
            used=0,
            lost=0,
        )
    return rows
