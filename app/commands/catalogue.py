"""What is for sale, from a shell."""

from typing import Annotated, Any

import typer

from app.commands.terminal import AsJson, commands, out, print_json, the_shop
from app.shop.reads.feed import ProductSummary, feed
from app.shop.reads.orders import PAGE
from app.shop.shop import SYSTEM, Shop
from app.ui.texts import money, rating


@commands.command()
def products(
    search: Annotated[str, typer.Option(help="Words of the title, or of its shop or creator.")] = "",
    category: Annotated[str | None, typer.Option()] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 20,
    as_json: AsJson = False,
) -> None:
    """List what is for sale, newest first."""
    with the_shop() as shop:
        found = _found(shop, search, category, limit)
    if as_json:
        print_json([_fields(one) for one in found])
        return
    for one in found:
        price = money(one.price_minor, one.currency)
        stars = rating(one.stars, one.reviews) if one.reviews else "–"
        out.print(f"{one.id:<18}  {price:>14}  {stars:>4}  {one.shop:<20}  {one.title}")


def _found(shop: Shop, search: str, category: str | None, limit: int) -> list[ProductSummary]:
    found: list[ProductSummary] = []
    before: int | None = None
    while len(found) < limit:
        page = feed(shop, SYSTEM, search, category, before=before, limit=PAGE)
        found += page.products
        before = page.end
        if before is None:
            break
    return found[:limit]


def _fields(one: ProductSummary) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "title": one.title,
        "shop": one.shop,
        "creator": one.creator,
        "pitch": one.pitch,
        "shown": one.shown,
        "currency": one.currency,
        "price_minor": one.price_minor,
        "dearer_variants": one.dearer,
        "sold_out": one.sold_out,
        "reviews": one.reviews,
        "stars": one.stars,
    }
