"""Ordering from a shell: variants become an order, to the preferred address unless another is named."""

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from app.commands.terminal import AsJson, Key, acting, commands, key_of, out, print_json, the_shop
from app.shop.actions.place import place_order
from app.shop.reads.addresses import address_book
from app.shop.reads.people import default_account
from app.shop.reads.spreadsheet import iso
from app.shop.rules.clocks import Method
from app.shop.rules.errors import NotFound
from app.shop.rules.items import items_from
from app.shop.shop import Actor, Shop
from app.ui.texts import money, t
from app.ui.texts.places import called, where

AsBuyer = Annotated[
    str | None, typer.Option("--as", metavar="HANDLE", help="Who; whose app it is unless given.")
]


class Way(StrEnum):
    """The ways to pay as they are written in a shell."""

    CARD = "card"
    WALLET = "wallet"
    TRANSFER = "transfer"
    COD = "cod"


@commands.command()
def order(
    variants: Annotated[list[str], typer.Argument(metavar="VARIANT[xPIECES]...", help="What: 12x2 is two.")],
    method: Annotated[Way, typer.Option(help="How it is paid.")] = Way.CARD,
    voucher: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Used; may be repeated.")] = None,
    coins: Annotated[int, typer.Option(min=0, help="Coins to use.")] = 0,
    address: Annotated[int | None, typer.Option(metavar="ID", help="Where to; see `addresses`.")] = None,
    as_: AsBuyer = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Order pieces of variants of one shop."""
    with the_shop() as shop:
        buyer = acting(shop, as_, _first)
        book = address_book(shop, buyer)
        done = place_order(
            shop,
            buyer,
            items_from(variants),
            Method(method.name),
            voucher_codes=tuple(voucher or ()),
            coins=coins,
            address_id=address if address is not None else book[0].id if book else None,
            key=key_of(key),
        )
    answer = done.answer
    if as_json:
        print_json(answer | {"pay_by": iso(answer["pay_by"])})
        return
    total = money(answer["total_minor"], answer["currency"])
    state = t(f"status.{answer['status']}")
    out.print(t("command.ordered", number=answer["number"], state=state, total=total))


@commands.command()
def addresses(as_: AsBuyer = None, as_json: AsJson = False) -> None:
    """List the address book of a person, the preferred address first."""
    with the_shop() as shop:
        book = address_book(shop, acting(shop, as_, _first))
    if as_json:
        print_json(
            [{"address": str(one.id), "preferred": one.preferred, **asdict(one.parts)} for one in book]
        )
        return
    for one in book:
        out.print(f"{one.id:<18}  {called(one.parts):<16}  {where(one.parts)}")


def _first(shop: Shop) -> Actor:
    person = default_account(shop)
    if person is None:
        raise NotFound("no_such_person", {"person": ""})
    return Actor(person)
