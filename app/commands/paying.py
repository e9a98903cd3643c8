"""Paying from a shell: an order is paid through the test bank, and given more time."""

from typing import Annotated

import typer

from app.commands.terminal import REFUSED, As, AsJson, Key, commands, do, out, print_json, the_shop
from app.complaint import complain
from app.shop.actions import charge, extend
from app.shop.gateway import Bank
from app.shop.reads.people import buyer_of
from app.shop.reads.spreadsheet import iso
from app.shop.rules.payments import Outcome
from app.ui.texts import money, t

Number = Annotated[str, typer.Argument(help="The order's number, here or on its platform.")]


@commands.command("pay")
def pay_(
    number: Number,
    bank: Annotated[Bank, typer.Option(help="How the test bank answers.")] = Bank.APPROVES,
    as_: As = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Pay an order; a slow bank is asked again by the clock."""
    with the_shop() as shop:
        answer = do(shop, number, buyer_of, as_, key, charge.charge, bank.value).answer
    if as_json:
        print_json(answer)
    said = {"number": answer["number"]}
    if answer.get("outcome") == Outcome.FAILED:
        raise typer.Exit(complain(t("command.payment_failed", **said), REFUSED))
    if as_json:
        return
    if "outcome" not in answer:
        amount = money(answer["refund_minor"], answer["currency"])
        out.print(t("command.payment_late", amount=amount, **said))
    elif answer["outcome"] == Outcome.CAPTURED:
        out.print(t("command.paid", amount=money(answer["paid_minor"], answer["currency"]), **said))
    else:
        out.print(t("command.payment_waits", **said))


@commands.command("extend")
def extend_(number: Number, as_: As = None, key: Key = None, as_json: AsJson = False) -> None:
    """Have more time to pay an order, once."""
    with the_shop() as shop:
        answer = do(shop, number, buyer_of, as_, key, extend.extend_pay_by).answer
    if as_json:
        print_json(answer | {"pay_by": iso(answer["pay_by"])})
        return
    out.print(t("command.extended", number=answer["number"], at=iso(answer["pay_by"])))
