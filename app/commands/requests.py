"""The paid journey from a shell: a cancel is asked for, answered, confirmed, or decided by the platform."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import typer

from app.commands.terminal import AsJson, Key, at_time, commands, do, out, print_json, the_shop
from app.shop.actions import answer as answering
from app.shop.actions import confirm as confirming
from app.shop.actions import request as requesting
from app.shop.actions.change import accept_change
from app.shop.reads.orders import find_number
from app.shop.reads.people import an_operator, buyer_of, member_for
from app.shop.reads.requests import RequestLine, all_requests
from app.shop.reads.spreadsheet import iso
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.errors import Invalid
from app.shop.rules.requests import Queue
from app.shop.shop import Actor, Done, Shop
from app.ui.texts import reason_text, t

Number = Annotated[str, typer.Argument(help="The order's number, here or on its platform.")]
Reason = Annotated[str, typer.Option(metavar="CODE")]
Note = Annotated[str, typer.Option(help="What the platform or the other side reads.")]
AsBuyer = Annotated[str | None, typer.Option("--as", help="Handle; the order's buyer unless given.")]
AsSeller = Annotated[str | None, typer.Option("--as", help="Handle; a member of the shop unless given.")]
AsStaff = Annotated[str | None, typer.Option("--as", help="Handle; one of the staff unless given.")]


class Answer(StrEnum):
    """What a seller answers."""

    LIST = "list"
    CANCEL = "cancel"
    DECLINE = "decline"
    OFFER = "offer"
    ACCEPT = "accept"


class Reply(StrEnum):
    """What a buyer says to that."""

    CONFIRM = "confirm"
    ACCEPT = "accept"
    REFUSE = "refuse"


class Decision(StrEnum):
    """What the platform decides about a refusal."""

    OVERRULE = "overrule"
    UPHOLD = "uphold"


@commands.command("requests")
def requests_(
    order: Annotated[str | None, typer.Option(metavar="NUMBER")] = None,
    seller: Annotated[str | None, typer.Option("--shop", metavar="HANDLE")] = None,
    buyer: Annotated[str | None, typer.Option(metavar="HANDLE")] = None,
    queue: Annotated[Queue | None, typer.Option(help="Whose turn it is.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 20,
    as_json: AsJson = False,
) -> None:
    """List cancellation requests, newest first."""
    with the_shop() as shop:
        number = find_number(shop, order) if order else None
        found = all_requests(shop, seller=seller, buyer=buyer, queue=queue, number=number, limit=limit)
    if as_json:
        print_json([_fields(line) for line in found])
        return
    for line in found:
        one = line.request
        by = iso(one.answer_by) or ""
        words = reason_text(one.reason)
        out.print(f"{line.order_number}  {one.status:<20}  {by:<24}  {line.buyer:<16}  {words}")


def _fields(line: RequestLine) -> dict[str, Any]:
    one = line.request
    return {
        "request": str(one.id),
        "number": str(line.order_number),
        "shop": line.shop,
        "buyer": line.buyer,
        "kind": one.kind,
        "status": one.status,
        "queue": one.queue,
        "reason": one.reason,
        "text": one.text,
        "created_at": iso(one.created_at),
        "answer_by": iso(one.answer_by),
        "answer": {
            "by": one.answered_by,
            "reason": one.answer_reason,
            "note": one.answer_note,
            "at": iso(one.answered_at),
        }
        if one.answered_at
        else None,
    }


def _do(
    number: str,
    who: Callable[[Shop, int], Actor],
    as_: str | None,
    as_json: bool,
    key: str | None,
    action: Callable[..., Done],
    *given: Any,
) -> None:
    """Do `action` with what is `given` as the person with the handle `as_`, else as `who` finds."""
    with the_shop() as shop:
        done = do(shop, number, who, as_, key, action, *given)
        (line,) = all_requests(shop, number=int(done.answer["number"]), limit=1)
    if as_json:
        print_json(done.answer)
    else:
        state = t(f"request.{line.request.status}")
        out.print(t("command.requested", number=done.answer["number"], state=state))


@commands.command()
def ask(
    number: Number,
    reason: Reason,
    text: Annotated[str, typer.Option()] = "",
    as_: AsBuyer = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Ask the seller to cancel a paid order."""
    _do(number, buyer_of, as_, as_json, key, requesting.ask_to_cancel, reason.upper(), text)


@commands.command()
def withdraw(number: Number, as_: AsBuyer = None, key: Key = None, as_json: AsJson = False) -> None:
    """Take a request back."""
    _do(number, buyer_of, as_, as_json, key, requesting.withdraw)


@commands.command()
def escalate(
    number: Number,
    text: Annotated[str, typer.Option()] = "",
    as_: AsBuyer = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Ask the platform to look at a refusal."""
    _do(number, buyer_of, as_, as_json, key, requesting.escalate, text)


_REPLIES = {
    Reply.CONFIRM: confirming.confirm_cancel,
    Reply.ACCEPT: confirming.accept_offer,
    Reply.REFUSE: confirming.refuse_offer,
}


@commands.command()
def reply(number: Number, what: Reply, as_: AsBuyer = None, key: Key = None, as_json: AsJson = False) -> None:
    """Say yes to the cancel option, or yes or no to what the seller offers."""
    _do(number, buyer_of, as_, as_json, key, _REPLIES[what])


@commands.command()
def answer(
    number: Number,
    what: Answer,
    reason: Reason = "SP_BUYER_REQUESTED",
    note: Note = "",
    tracking: Annotated[str, typer.Option(help="Where it is declined as shipped.")] = "",
    line: Annotated[int, typer.Option(min=1, help="The line to offer another variant for.")] = 1,
    variant: Annotated[int | None, typer.Option(help="Offer this variant.")] = None,
    voucher: Annotated[str | None, typer.Option(metavar="CODE", help="Offer this voucher.")] = None,
    address: Annotated[int | None, typer.Option(help="Offer this address of the buyer's.")] = None,
    ship_by: Annotated[str | None, typer.Option(metavar="TIME", help="Offer to ship by then.")] = None,
    as_: AsSeller = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Answer a request: list the cancel option, cancel and refund, decline, offer a change, or accept one."""
    given: dict[Answer, Callable[[], tuple[Any, ...]]] = {
        Answer.LIST: lambda: (answering.list_option, reason.upper(), note),
        Answer.CANCEL: lambda: (answering.cancel_and_refund, reason.upper(), note),
        Answer.DECLINE: lambda: (answering.decline, reason.upper(), note, tracking),
        Answer.ACCEPT: lambda: (accept_change,),
        Answer.OFFER: lambda: (
            answering.offer_change,
            _change(line, variant, voucher, address, ship_by),
            note,
        ),
    }
    _do(number, member_for, as_, as_json, key, *given[what]())


def _change(
    line: int, variant: int | None, voucher: str | None, address: int | None, ship_by: str | None
) -> Change:
    given = [one for one in (variant, voucher, address, ship_by) if one is not None]
    if len(given) != 1:
        raise Invalid("offer_one_change")
    if variant is not None:
        return Change(ChangeKind.VARIANT, line=line, variant_id=variant)
    if voucher is not None:
        return Change(ChangeKind.VOUCHER, voucher=voucher)
    if address is not None:
        return Change(ChangeKind.ADDRESS, address_id=address)
    return Change(ChangeKind.SHIP_DATE, ship_by=at_time(str(ship_by), "--ship-by"))


_DECISIONS = {Decision.OVERRULE: answering.overrule, Decision.UPHOLD: answering.uphold}


@commands.command()
def decide(
    number: Number,
    what: Decision,
    reason: Reason,
    note: Note = "",
    as_: AsStaff = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Decide about a refusal that the buyer brought before the platform."""
    _do(
        number,
        lambda shop, _found: an_operator(shop),
        as_,
        as_json,
        key,
        _DECISIONS[what],
        reason.upper(),
        note,
    )
