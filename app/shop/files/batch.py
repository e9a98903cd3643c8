"""The orders of one file, read and checked, and what is counted of them once they are written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.shop.files.findings import LISTED, UNMAPPED, Finding, Unusable
from app.shop.files.outside import NOT_TOLD, Format, OutsideOrder
from app.shop.files.plan import Verdict
from app.shop.files.recognise import Input
from app.shop.files.report import FileReport, Report
from app.shop.rules.money import LARGEST_MINOR


@dataclass(frozen=True, slots=True)
class Batch:
    """The usable orders of a file by outside number; `kind` None where the file could not be read.

    All of them go to the shop with the handle `shop`, where one was named for them.
    """

    report: FileReport
    kind: Format | None
    orders: Mapping[str, Sequence[OutsideOrder]]
    shop: str | None


def batch_of(one: Input, shop_handle: str | None, *, personal: bool) -> Batch:
    """Read a file; what it has that cannot be used, and why, is in its report.

    Its orders go to the shop with this handle, else to the one chosen for files that name none.
    """
    orders: dict[str, list[OutsideOrder]] = {}
    try:
        if one.kind:
            whole = shop_handle is not None
            _gather(orders, one.kind.read(one.source, whole), one.report, personal=personal)
    except Unusable as error:
        one.report.problems.append(error.finding)
    except OSError as error:
        one.report.problems.append(Finding("not_readable", value=error.strerror))
    shop = _chosen_shop(one) if shop_handle is None else shop_handle
    return Batch(one.report, one.kind, orders, shop)


def _chosen_shop(one: Input) -> str | None:
    """The shop chosen for a file that names none; its report has then nothing to tell of that."""
    notes, chosen = one.report.notes, one.source.choices.shop
    told = [note for note in notes if note.code != "shop_not_told"]
    if chosen is None or len(told) == len(notes):
        return None
    one.report.notes = told
    return chosen


def _gather(
    found: dict[str, list[OutsideOrder]], read: Iterable[OutsideOrder], report: FileReport, *, personal: bool
) -> None:
    for (number, row), several in groupby(read, key=lambda order: (order.number, order.row)):
        parts = [order if personal else replace(order, personal=NOT_TOLD) for order in several]
        if not all(_exact(order) for order in parts):
            report.skip(Finding("amount_too_large", row=row, file=parts[0].file))
            continue
        there = found.get(number)
        later = there is None or _updated(parts[0]) >= _updated(there[0])
        if there:
            earlier = there[0] if later else parts[0]
            report.skip(Finding("order_twice", value=number, row=earlier.row, file=earlier.file))
        if later:
            found[number] = parts


def _updated(order: OutsideOrder) -> int:
    return order.times.updated_at or 0


def _exact(order: OutsideOrder) -> bool:
    """Whether every amount is one that other programs keep exactly too."""
    lines = (amount for line in order.lines for amount in (line.total_minor, line.discount_minor))
    amounts = (order.total_minor, *lines, *(amount for _, amount in order.prices))
    return all(abs(amount) <= LARGEST_MINOR for amount in amounts)


def count(report: Report, batch: Batch, verdicts: Mapping[str, Sequence[Verdict]]) -> None:
    """Enter into the report what became of each order of a file."""
    file = batch.report
    report.files.append(file)
    kept = dict.fromkeys((Verdict.OLDER, Verdict.ELSEWHERE), 0)
    for number, told in verdicts.items():
        parts = batch.orders[number]
        if all(verdict is Verdict.NEW for verdict in told):
            file.new += 1
        elif Verdict.NEW in told or Verdict.CHANGED in told:
            file.changed += 1
        else:
            file.same += 1
        for verdict in kept:
            kept[verdict] += verdict in told
        _flag(file, parts, conflict=Verdict.CONFLICT in told)
        key = (batch.kind.origin if batch.kind else "", number)
        report.seen[key] = max(report.seen.get(key, 0), sum(len(part.lines) for part in parts))
    file.notes += [Finding(str(verdict), value=str(number)) for verdict, number in kept.items() if number]
    file.problems.sort(key=lambda problem: (problem.file or "", problem.row or 0))


def _flag(file: FileReport, parts: Sequence[OutsideOrder], *, conflict: bool) -> None:
    flags = dict.fromkeys(flag for part in parts for flag in part.flags)
    if conflict:
        flags[Finding("changed_here", "status", parts[0].status)] = None
    file.flagged += bool(flags)
    file.flags.update({flag.code for flag in flags})
    file.unmapped.update(flag for flag in flags if flag.code in UNMAPPED)
    file.problems += [
        replace(flag, row=parts[0].row, file=parts[0].file) for flag in flags if flag.code in LISTED
    ]
