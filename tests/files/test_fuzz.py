"""Files made wrong in every way end in a report: nothing is raised or hangs, no row is dropped silently."""

import json
import resource
import signal
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from app.shop.files.report import FileReport, Report
from app.shop.files.take_in import take_in
from app.shop.shop import Shop
from tests.files.mutants import Mutant, mutant
from tests.files.test_never_raises import undone

LONGEST = 20
"""Seconds of this process that no file may take: what others run meanwhile is not counted."""
MOST = 300 << 10
"""KiB by which memory may grow over all of them."""
BREAKS = ("broken_csv", "broken_sheet", "broken_encoding")
"""What says that nothing after its row was read."""
_NUMBERS = "SELECT outside_number FROM outside_numbers"
_UNSOUND = """SELECT count(*) FROM orders o WHERE total_minor NOT BETWEEN 0 AND 9007199254740991
    OR total_minor <> (SELECT coalesce(sum(amount_minor), 0) FROM price_entries WHERE order_number = o.number)
    OR line_count <> (SELECT count(*) FROM lines WHERE order_number = o.number)
    OR version <> (SELECT max(n) FROM events WHERE order_number = o.number)"""


@contextmanager
def in_time() -> Iterator[None]:
    """What takes too long is ended, and fails."""

    def ended(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"it takes longer than {LONGEST} s")

    before = signal.signal(signal.SIGPROF, ended)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def adds_up(file: FileReport) -> None:
    """What was read is new, changed, the same or skipped; each skip is told, and everything prints."""
    assert file.read <= file.new + file.changed + file.same + file.skipped <= file.read + len(file.problems)
    assert file.skipped <= len(file.problems)
    json.dumps(file.as_json(), ensure_ascii=False).encode("utf-8")


def accounted(made: Mutant, report: Report, here: set[str]) -> None:
    """Each data row is in an order that is here, or a problem tells its row or of the whole file."""
    (file,) = report.files
    if file.kind is None or any(problem.row is None for problem in file.problems):
        return
    told = {problem.row for problem in file.problems if problem.code not in BREAKS}
    broken = min((problem.row or 0 for problem in file.problems if problem.code in BREAKS), default=1 << 30)
    orders: dict[str, list[int]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for number, ids in made.rows.items():
        orders[ids[-1] if ids else ""].append(number)
        names[ids[-1] if ids else ""].update(ids)
    for name, rows in orders.items():
        assert names[name] & here or told & set(rows) or max(rows) >= broken, (name, rows, report.as_json())


def tried(shop: Shop, number: int, folder: Path) -> None:
    """Take a mutation in, look at what is told and stored, and take it in again."""
    folder.mkdir()
    made = mutant(number, folder)
    twice, personal = number % 4 == 0, number % 3 == 0
    with in_time(), undone(shop):
        checked = take_in(shop, [made.path], personal=personal, dry_run=True) if twice else None
        report = take_in(shop, [made.path], personal=personal)
        for file in report.files:
            adds_up(file)
        cursor = shop.place.connection().cursor()
        if len(report.files) == 1:
            accounted(made, report, {told for (told,) in cursor.execute(_NUMBERS)})
        assert cursor.execute(_UNSOUND).fetchone()[0] == 0
        if checked is None:
            return
        assert checked.as_json() == report.as_json() | {"dry_run": True}
        again = take_in(shop, [made.path], personal=personal)
        assert [(file.new, file.changed) for file in again.files] == [(0, 0)] * len(report.files)
        assert [file.skipped for file in again.files] == [file.skipped for file in report.files]


def test_every_mutation_ends_in_a_report(sqlite_shop: Shop, tmp_path: Path, full: bool) -> None:
    sqlite_shop.place.connection().execute("PRAGMA synchronous = OFF")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(100_000 if full else 300):
        try:
            tried(sqlite_shop, number, tmp_path / str(number))
        except BaseException as error:
            error.add_note(f"mutation {number}: {mutant(number, tmp_path / str(number)).what}")
            raise
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST
