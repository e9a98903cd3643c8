"""What a worker's thread does for a window that imports. It is imported there: few windows ever need it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.shop.files.findings import Finding
from app.shop.files.report import FileReport, Report
from app.shop.files.source import Choices
from app.shop.files.take_in import take_in_as
from app.shop.shop import Actor, Shop
from app.ui.imports import LeftOut, Picked, Wishes


def take(
    shop: Shop,
    actor: Actor,
    picked: Sequence[Picked],
    left_out: Sequence[LeftOut],
    wishes: Wishes,
    progress: Callable[[int, int], None],
    stop: Callable[[], bool],
    *,
    dry_run: bool,
) -> Report:
    """Bring the files in as `actor`, or only see what that would do; what was left out is told with it.

    Raises Refused where they may not, and what `take_in_as` raises.
    """
    report = take_in_as(
        shop,
        actor,
        [one.path for one in picked],
        personal=wishes.personal,
        dry_run=dry_run,
        choices=_choices(wishes),
        progress=progress,
        stop=stop,
    )
    report.files += [FileReport(one.name, problems=[Finding(one.why.code)]) for one in left_out]
    return report


def _choices(wishes: Wishes) -> Choices:
    of_all = Choices(zone=wishes.zone, shop=wishes.shop)
    alone = {
        file: replace(of_all, month_first=said.month_first, currency=said.currency)
        for file, said in wishes.said.items()
    }
    return replace(of_all, alone=alone)
