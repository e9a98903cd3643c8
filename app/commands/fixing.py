"""Putting an order right from a shell: at once while unpaid, by asking the seller once paid."""

import secrets
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import typer

from app.commands.requests import Number
from app.commands.terminal import As, AsJson, Key, acting, commands, out, print_json, the_shop
from app.shop.actions.change import ask_to_change
from app.shop.actions.edit import change_address, change_payment_method, change_variant, change_vouchers
from app.shop.reads.fixes import FixChoice, fix_choice
from app.shop.reads.orders import find_number
from app.shop.reads.people import buyer_of
from app.shop.reads.spreadsheet import iso
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.shop import Done
from app.ui.texts import money, t
from app.ui.texts.places import called

Doing = tuple[Callable[..., Done], tuple[Any, ...]]


class What(StrEnum):
    """What can be put right."""

    VARIANT = "variant"
    VOUCHERS = "vouchers"
    ADDRESS = "address"
    METHOD = "method"


TO_WHAT = {
    What.VARIANT: "LINE VARIANT",
    What.VOUCHERS: "[CODE]...",
    What.ADDRESS: "ID",
    What.METHOD: "|".join(one.value.lower() for one in Method),
}


@commands.command()
def change(
    number: Number,
    what: Annotated[
        What | None, typer.Argument(help="Without it, all there is to choose is printed.")
    ] = None,
    to: Annotated[
        list[str] | None, typer.Argument(help="; ".join(f"{one}: {to}" for one, to in TO_WHAT.items()))
    ] = None,
    text: Annotated[str, typer.Option(help="What the seller reads, where they are asked.")] = "",
    as_: As = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Change an unpaid order; of a paid one, ask the seller for it."""
    with the_shop() as shop:
        found = find_number(shop, number)
        actor = acting(shop, as_, buyer_of, found)
        choice = fix_choice(shop, actor, found)
        if what is None:
            _print_choice(choice, as_json)
            return
        action, given = (_asked if choice.asks else _done)(what, to or [], text)
        done = action(shop, actor, found, *given, key=key or secrets.token_urlsafe(12))
    if as_json:
        print_json(done.answer)
    elif choice.asks:
        state = t(f"request.{done.answer['request_status']}")
        out.print(t("command.requested", number=done.answer["number"], state=state))
    else:
        total = money(done.answer["total_minor"], done.answer["currency"])
        out.print(t("command.fixed", number=done.answer["number"], total=total))


def _done(what: What, to: list[str], _text: str) -> Doing:
    match what:
        case What.VARIANT:
            return change_variant, tuple(_numbers(what, to, 2))
        case What.VOUCHERS:
            return change_vouchers, (to,)
        case What.ADDRESS:
            return change_address, tuple(_numbers(what, to, 1))
    if len(to) != 1 or to[0].upper() not in tuple(Method):
        raise _wrong(what)
    return change_payment_method, (Method(to[0].upper()),)


def _asked(what: What, to: list[str], text: str) -> Doing:
    if what is What.VARIANT:
        line, variant = _numbers(what, to, 2)
        return ask_to_change, (Change(ChangeKind.VARIANT, line=line, variant_id=variant), text)
    if what is What.ADDRESS:
        return ask_to_change, (Change(ChangeKind.ADDRESS, address_id=_numbers(what, to, 1)[0]), text)
    if what is What.VOUCHERS:
        if len(to) != 1:
            raise _wrong(what)
        return ask_to_change, (Change(ChangeKind.VOUCHER, voucher=to[0]), text)
    raise Refused("already_paid")


def _numbers(what: What, to: list[str], count: int) -> list[int]:
    if len(to) != count or not all(one.isdecimal() for one in to):
        raise _wrong(what)
    return [int(one) for one in to]


def _wrong(what: What) -> typer.BadParameter:
    return typer.BadParameter(f"{what} {TO_WHAT[what]}", param_hint="TO")


def _print_choice(choice: FixChoice, as_json: bool) -> None:
    """All that can be chosen, a line each, as it is to be written after the number."""
    if choice.why_not is not None:
        raise Refused(choice.why_not, {"number": str(choice.order.number)}, choice.next_step)
    rows: list[dict[str, Any]] = [
        {"what": f"variant {line.n} {one.id}", "name": one.name, "difference_minor": one.difference_minor}
        for line in choice.lines
        for one in line.variants
        if one.enough
    ]
    rows += [
        {
            "what": " ".join(("vouchers", *((one.code,) if choice.asks else one.codes))),
            "name": one.code,
            "difference_minor": one.difference_minor,
        }
        for one in choice.vouchers
        if one.why_not is None
    ]
    rows += [{"what": f"address {one.id}", "name": called(one.parts)} for one in choice.addresses]
    rows += [
        {"what": f"method {one.method.lower()}", "name": t(f"method.{one.method}"), "pay_by": iso(one.pay_by)}
        for one in choice.methods
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        more = int(row.get("difference_minor") or 0)
        out.print(
            f"{row['what']:<24}  {row['name']:<24}  {money(more, choice.order.currency) if more else ''}"
        )
