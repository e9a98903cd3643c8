"""Orders that a source tells: they come in as those of a file do."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.files import takeback, tiktok_api, tiktok_api_v1
from app.shop.files.batch import Batch, batches
from app.shop.files.bring_in import bring_in
from app.shop.files.findings import Unusable
from app.shop.files.lookup import among, found
from app.shop.files.plan import Verdict
from app.shop.files.recognise import Input
from app.shop.files.report import FileReport
from app.shop.files.source import Source as Told
from app.shop.files.takeback_record import KeptOrder
from app.shop.hooks.payments import settle_waiting
from app.shop.hooks.received import came_before
from app.shop.hooks.sources import Source
from app.shop.retry import anew
from app.shop.rules.errors import Invalid, NotFound
from app.shop.shop import Done, Shop
from app.shop.sql import Statement, Work

FORMATS = (takeback.FORMAT, tiktok_api.FORMAT, tiktok_api_v1.FORMAT)

_x = t.OutsideNumber
_ELSEWHERE = Statement(
    select(col(_x.outside_number)).where(
        col(_x.source) == bindparam("origin"), col(_x.shop_id) != bindparam("shop"), among(_x.outside_number)
    )
)
_BUYERS = Statement(
    select(col(t.Order.buyer_id))
    .join(_x, col(_x.order_number) == col(t.Order.number))
    .where(col(_x.shop_id) == bindparam("shop"), among(_x.outside_number))
    .distinct()
)
_OF_OTHERS = Statement(
    select(col(t.Order.number)).where(col(t.Order.shop_id) != bindparam("shop"), among(t.Order.number))
)


def push_orders(shop: Shop, source: Source, message: str, body: bytes) -> Done:
    """Bring the orders of a message in, or up to date: all of them, once; what became of each.

    Payments that waited for them are booked.

    Taken are the lines of JSON that are exported here, and orders as TikTok's interface tells them. An older
    state that comes late changes nothing. Raises Invalid where the body is neither or one of its orders
    cannot be used, NotFound where one of them is another shop's.
    """
    with TemporaryDirectory(prefix="takeback-") as folder:
        path = Path(folder) / "pushed"
        path.write_bytes(body)
        with closing(_batches(path, source)) as found_batches:
            told = list(found_batches)
    done = anew(lambda: _bring(shop, source, message, told))
    booked = (one.people for one in settle_waiting(shop))
    return replace(done, people=done.people.union(*booked))


def _batches(path: Path, source: Source) -> Any:
    told = Told(path, FileReport("pushed"))
    try:
        kind = next((one for one in FORMATS if one.recognises(told)), None)
    except Unusable as error:
        raise Invalid("hook_body_unusable", {"why": error.finding.code}) from error
    if kind is None:
        raise Invalid("hook_body_unknown")
    yield from batches(Input(told, kind), whole=True, personal=source.personal)
    if told.report.problems:
        problem = told.report.problems[0]
        # Not its value: that may be personal.
        why = problem.code if problem.column is None else f"{problem.code}: {problem.column}"
        raise Invalid("hook_body_unusable", {"why": why})


def _bring(shop: Shop, source: Source, message: str, told: Iterable[Batch]) -> Done:
    verdicts: dict[str, str] = {}
    with shop.change() as work:
        if came_before(work, source.id, message):
            return Done({"orders": {}, "again": True})
        for batch in told:
            _refuse_others(work, source, batch)
            write = batch.kind.bring_in or bring_in
            brought: dict[str, list[Verdict]] = write(
                batch.kind, batch.orders, source.shop, None, lambda _: None, work
            )
            verdicts |= {number: str(some[0]) for number, some in brought.items() if some}
        buyers = found(work, _BUYERS, verdicts, shop=source.shop_id)
        people = frozenset(buyer for (buyer,) in buyers)
    return Done({"orders": verdicts, "again": False}, people, source.shop_id)


def _refuse_others(work: Work, source: Source, batch: Batch) -> None:
    """A source speaks for its own shop: what another has under one of these numbers is not its to change."""
    every = [order for parts in batch.orders.values() for order in parts]
    kept = [order for order in every if isinstance(order, KeptOrder)]
    numbers: dict[str, list[str]] = {}
    for order in every:
        if isinstance(order, KeptOrder):
            numbers.setdefault(order.source, []).append(order.outside_number)
        else:
            numbers.setdefault(batch.kind.origin, []).append(order.number)
    others = [
        row
        for origin, some in numbers.items()
        for row in found(work, _ELSEWHERE, some, origin=origin, shop=source.shop_id)
    ]
    others += found(work, _OF_OTHERS, [one.own for one in kept if one.native], shop=source.shop_id)
    if others:
        raise NotFound("no_such_order", {"number": str(others[0][0])})
