"""Cancelling and buying again from a shell."""

import secrets
from collections.abc import Sequence
from typing import Annotated

import typer

from app.commands.terminal import As, AsJson, Key, acting, commands, out, print_json, the_shop
from app.shop.actions.rebuy import cancel_and_rebuy
from app.shop.reads.orders import find_number
from app.shop.reads.people import buyer_of
from app.shop.reads.rebuy import RebuyChoice, RebuyLine, rebuy_choice
from app.shop.rules.clocks import Method
from app.shop.rules.errors import NotFound
from app.ui.texts import money, t


@commands.command()
def rebuy(
    number: Annotated[str, typer.Argument(help="The order's number, here or on its platform.")],
    variant: Annotated[
        list[str] | None, typer.Option(metavar="LINE=VARIANT", help="Another variant, by its name or id.")
    ] = None,
    pieces: Annotated[
        list[str] | None, typer.Option(metavar="LINE=PIECES", help="So many of a line; 0 leaves it out.")
    ] = None,
    voucher: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="In place of the order's own vouchers.")
    ] = None,
    method: Annotated[Method | None, typer.Option(help="As the order is paid unless given.")] = None,
    reason: Annotated[
        str | None, typer.Option(metavar="CODE", help="The wrong variant unless given.")
    ] = None,
    as_: As = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Cancel an order and buy it again in one act; voucher, coins, price and stock are kept."""
    variants, counts = _by_line(variant or (), "--variant"), _by_line(pieces or (), "--pieces")
    with the_shop() as shop:
        found = find_number(shop, number)
        actor = acting(shop, as_, buyer_of, found)
        choice = rebuy_choice(shop, actor, found)
        _all_there(choice, {*variants, *counts})
        wanted = [
            (_variant(line, variants.get(line.n)), _count(line, counts.get(line.n))) for line in choice.lines
        ]
        done = cancel_and_rebuy(
            shop,
            actor,
            found,
            [one for one in wanted if one[1]],
            method=method or Method(choice.order.payment_method),
            # Sent again with its key it was done already, for the reason of then.
            reason=(reason or choice.order.cancel_reason or choice.likeliest).upper(),
            voucher_codes=voucher,
            key=key or secrets.token_urlsafe(12),
        )
    if as_json:
        print_json(done.answer)
        return
    total = money(done.answer["total_minor"], done.answer["currency"])
    out.print(t("command.rebought", number=number, new=done.answer["replaced_by"], total=total))
    if done.answer["refund_minor"]:
        refund = money(done.answer["refund_minor"], done.answer["currency"])
        out.print(t("result.paid_back", refund=refund))


def _by_line(given: Sequence[str], option: str) -> dict[int, str]:
    """What is given of each line, by its n."""
    pairs = [one.partition("=") for one in given]
    for line, _, value in pairs:
        if not (line.isascii() and line.isdecimal() and value):
            raise typer.BadParameter(t("command.line_is"), param_hint=option)
    return {int(line): value for line, _, value in pairs}


def _all_there(choice: RebuyChoice, lines: set[int]) -> None:
    unknown = lines - {line.n for line in choice.lines}
    if unknown:
        raise NotFound("no_such_line", {"line": min(unknown)})


def _variant(line: RebuyLine, word: str | None) -> int:
    """The id of the variant that `word` names, by id or by name; the line's own for none."""
    if word is None:
        return line.variant_id
    for good in line.goods:
        if word.casefold() in (str(good.id), good.name.casefold()):
            return good.id
    names = ", ".join(good.name for good in line.goods)
    raise typer.BadParameter(t("command.variant_is", names=names), param_hint="--variant")


def _count(line: RebuyLine, word: str | None) -> int:
    if word is None:
        return line.pieces
    if not (word.isascii() and word.isdecimal() and len(word) < 6):
        raise typer.BadParameter(t("command.line_is"), param_hint="--pieces")
    return int(word)
