"""Money on its way back, from a shell: how far each refund is, and a second chance for those given up."""

import secrets
from typing import Annotated, Any

import typer

from app.commands.terminal import As, AsJson, Key, acting, commands, out, print_json, the_shop
from app.shop.actions.refund import retry_refund
from app.shop.reads.orders import find_number
from app.shop.reads.people import an_operator
from app.shop.reads.refunds import RefundLine, all_refunds
from app.shop.reads.spreadsheet import iso
from app.shop.rules.refunds import RefundState
from app.ui.texts import has, money, t

refund = typer.Typer(name="refund", help="What can be done about a refund.", no_args_is_help=True)
commands.add_typer(refund)


@commands.command("refunds")
def refunds_(
    state: Annotated[RefundState | None, typer.Option(case_sensitive=False)] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 100,
    as_json: AsJson = False,
) -> None:
    """List refunds and how far each is, the newest order first."""
    with the_shop() as shop:
        found = all_refunds(shop, state=state or "", limit=limit)
    if as_json:
        print_json([as_fields(one) for one in found])
        return
    for one in found:
        out.print(_line(one))


def as_fields(line: RefundLine) -> dict[str, Any]:
    """A refund as `refunds --json` prints it."""
    one = line.refund
    return {
        "number": str(line.number),
        "refund": one.n,
        "state": one.state,
        "method": one.method,
        "currency": line.currency,
        "amount_minor": one.amount_minor,
        "requested_at": iso(one.at),
        "sent_at": iso(one.sent_at),
        "by": iso(one.by),
        "again_at": iso(one.again_at),
        "done_at": iso(one.done_at),
        "attempts": one.attempts,
        "trouble": one.trouble,
    }


def _line(line: RefundLine) -> str:
    one = line.refund
    trouble = f"trouble.{one.trouble}"
    why = t(trouble) if one.trouble and has(trouble) else ""
    state, amount = t(f"refund.{one.state}"), money(one.amount_minor, line.currency)
    return f"{line.number}  {state:<22}  {amount:>14}  {iso(one.done_at or one.again_at or one.by)}  {why}"


@refund.command()
def retry(
    number: Annotated[str, typer.Argument(help="The order's number, here or on its platform.")],
    as_: As = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Send the refunds of an order once more that were given up; the platform's to do."""
    with the_shop() as shop:
        actor = acting(shop, as_, an_operator)
        done = retry_refund(shop, actor, find_number(shop, number), key=key or secrets.token_urlsafe(12))
    if as_json:
        print_json(done.answer)
        return
    answer = done.answer
    refund_ = money(answer["refund_minor"], answer["currency"])
    out.print(t("command.refund_retried", number=answer["number"], refund=refund_))
