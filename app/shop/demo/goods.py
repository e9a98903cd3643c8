"""The shops of a demo and what they sell: products, variants, prices, vouchers and policies."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from random import Random
from typing import NamedTuple

from app.shop import tables as t
from app.shop.demo.people import Crowd, Names, plain
from app.shop.demo.phrases import CREATORS, phrase
from app.shop.demo.pitches import PITCHES
from app.shop.demo.places import Market
from app.shop.demo.rows import Ids, Rows
from app.shop.demo.wares import LANGUAGES, SERIES, WARES, Ware
from app.shop.rules.policy import DAY, TIKTOK, Policy, effective
from app.shop.rules.pricing import VoucherKind, VoucherTerms
from app.shop.rules.receipt import Kind
from app.shop.sql import as_json

LOOKS, SIZES = 3, 3
"""At most so many colours or flavours, and so many sizes, of one product."""
DEAREST_SIZE = 0.25
"""What each next size costs more, as a share of the smallest, where it holds more."""


class Variant(NamedTuple):
    """A variant as orders need it."""

    id: int
    name: str
    price_minor: int
    picture: str


@dataclass(frozen=True, slots=True)
class Good:
    """A product as orders need it: `title` also as JSON, and its variants."""

    id: int
    creator_id: int | None
    title: str
    told: str
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Seller:
    """A shop as orders need it."""

    id: int
    market: Market
    policy: Policy
    members: tuple[int, ...]
    goods: tuple[Good, ...]
    vouchers: tuple[VoucherTerms, ...]
    codes: tuple[str, ...]
    """Those of its vouchers, in their order."""


class Bazaar:
    """Makes shops with their goods; `platform` is the policy they stand under, as it is stored."""

    def __init__(
        self, rows: Rows, ids: Ids, names: Names, crowd: Crowd, chance: Random, platform: str | None, now: int
    ) -> None:
        self._rows, self._ids, self._names, self._crowd = rows, ids, names, crowd
        self._chance, self._platform, self._now = chance, platform, now
        self._creators: list[int] = []

    def creators(self, known: dict[str, int]) -> None:
        """People who show products; `known` are the ids of those in the store already, by handle."""
        for handle in CREATORS:
            if handle not in known:
                known[handle] = self._ids.new(t.Creator)
                name = handle.partition(".")[0].title()
                self._rows.add(t.Creator, id=known[handle], handle=handle, name=name)
            self._creators.append(known[handle])

    def seller(self, market: Market, products: Iterable[int], *, first: bool) -> Seller:
        """A shop of `market` with products of these ids; the first one's member is `sari`."""
        chance, shop = self._chance, self._ids.new(t.Shop)
        words = chance.sample(market.shop_words, 2)
        handle = self._names.free(plain(".".join(words)))
        member = (
            self._crowd.person(market, "sari", "Sari Dewi", "en") if first else self._crowd.person(market)
        )
        self._rows.add(t.Handle, handle=handle)
        self._rows.add(
            t.Shop,
            id=shop,
            handle=handle,
            name=" ".join(words),
            time_zone=market.zone,
            joined_at=self._now - chance.randrange(400, 900) * DAY,
        )
        self._rows.add(t.Member, shop_id=shop, person_id=member)
        policy = self._policy(shop, member, market)
        goods = tuple(self._good(shop, market, product) for product in products)
        vouchers = self._vouchers(shop, handle, market)
        return Seller(shop, market, policy, (member,), goods, tuple(vouchers.values()), tuple(vouchers))

    def _policy(self, shop: int, member: int, market: Market) -> Policy:
        """Shipping costs something everywhere; some shops leave time to think after paying."""
        settings: dict[str, int | bool] = {"shipping_minor": price(market, 0.5 + self._chance.random())}
        if shop % 5 == 0:
            settings["remorse_ms"] = TIKTOK.remorse_ms
        stored = as_json(settings)
        self._rows.add(
            t.PolicyRow, shop_id=shop, n=1, at=self._now - 400 * DAY, actor_id=member, settings=stored
        )
        return effective(self._platform, stored)

    def _good(self, shop: int, market: Market, product: int) -> Good:
        chance = self._chance
        ware = chance.choice(WARES)
        title = _title(chance, ware, market.language)
        creator = chance.choice(self._creators) if self._creators and chance.random() < 0.5 else None
        variants = tuple(self._variants(market, ware))
        self._rows.add(
            t.Product,
            id=product,
            shop_id=shop,
            creator_id=creator,
            title=title,
            picture=variants[0].picture,
            category=ware.category,
            **_promoted(Random(f"{title}/{product}"), ware, market.language, by_creator=creator is not None),  # noqa: S311
        )
        self._write(product, market, variants)
        return Good(product, creator, title, as_json(title), variants)

    def _variants(self, market: Market, ware: Ware) -> Iterator[Variant]:
        chance = self._chance
        language = LANGUAGES.index(market.language)
        dollars = ware.cheapest + (ware.dearest - ware.cheapest) * chance.random() ** 2
        looks = chance.sample(range(len(ware.looks)), min(LOOKS, len(ware.looks)))
        sizes = sorted(chance.sample(range(len(ware.sizes)), min(SIZES, len(ware.sizes))))
        for look in looks:
            for size in sizes:
                more = 1 + DEAREST_SIZE * size * (ware.category in {"food", "beauty", "home"})
                name = ", ".join(part for part in (ware.looks[look][language], ware.sizes[size]) if part)
                minor = price(market, dollars * more)
                yield Variant(self._ids.new(t.Variant), name, minor, ware.picture(look))

    def _write(self, product: int, market: Market, variants: Iterable[Variant]) -> None:
        for variant in variants:
            self._rows.add(t.Variant, product_id=product, currency=market.currency, **variant._asdict())
            self._rows.plenty(Kind.STOCK.value, variant.id)

    def _vouchers(self, shop: int, handle: str, market: Market) -> dict[str, VoucherTerms]:
        stem = handle.upper()
        made: dict[str, VoucherTerms] = {}
        for code, kind, value, least, most in (
            (f"{stem}-10", VoucherKind.PERCENT, 10, 0, price(market, 3)),
            (f"{stem}-OFF", VoucherKind.AMOUNT, price(market, 1.5), price(market, 9), None),
            (f"{stem}-SHIP", VoucherKind.FREE_SHIPPING, 0, price(market, 4), None),
        ):
            terms = VoucherTerms(
                self._ids.new(t.Voucher),
                shop,
                kind,
                market.currency,
                value,
                least,
                most,
                self._now - 400 * DAY,
                self._now + 60 * DAY,
            )
            made[code] = terms
            self._rows.add(t.Voucher, **asdict(terms), code=code)
            self._rows.plenty(Kind.VOUCHER.value, terms.id)
        return made


def price(market: Market, dollars: float) -> int:
    """What costs so many dollars, as it is priced in `market`, in minor units."""
    return max(1, round(dollars * market.rate / market.step)) * market.step


def _promoted(chance: Random, ware: Ware, language: str, *, by_creator: bool) -> dict[str, str | int | None]:
    """How a creator shows it, where one does, and what buyers thought: from its own chance, so that what is
    told of goods changes nobody's orders."""
    pitch = phrase(chance, PITCHES[ware.category], language) if by_creator else None
    shown = chance.choice(("live", "video", "video", None)) if by_creator else None
    reviews = int(2_400 * chance.random() ** 4)
    stars = round(reviews * min(4.95, chance.gauss(4.6, 0.2)))
    return {"pitch": pitch, "shown": shown, "reviews": reviews, "stars": max(stars, reviews)}


def _title(chance: Random, ware: Ware, language: str) -> str:
    at = LANGUAGES.index(language)
    style, series = chance.choice(ware.styles)[at], chance.choice(SERIES)
    words = (style, ware.title[at]) if language == "en" else (ware.title[at], style)
    title = " ".join((*words, series)).strip()
    return title[:1].upper() + title[1:]
