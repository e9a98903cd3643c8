"""What files leave open, so that a person is asked: dates, currency, whose orders they are, the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.shop.files.report import Report

DATES, CURRENCY, SHOP, ZONE = "day_month_open", "currency_open", "shop_not_told", "no_time_zone"
"""As a report has them: without an answer to the first two a file cannot be read."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is open, in which files (their names); `examples` are dates that one has, or the zone taken."""

    code: str
    files: tuple[str, ...]
    examples: str = ""


def questions(report: Report) -> tuple[Question, ...]:
    """What is to be asked for the files of a report."""
    found: dict[str, dict[str, str]] = {DATES: {}, CURRENCY: {}, SHOP: {}, ZONE: {}}
    for file in report.files:
        for one in (*file.problems, *file.notes):
            if one.code in found:
                found[one.code][Path(file.file).name] = one.value or ""
    return tuple(
        Question(code, tuple(files), next(iter(files.values()))) for code, files in found.items() if files
    )


def waiting(report: Report, paths: Sequence[Path]) -> list[Path]:
    """Those of `paths` that could not be read without an answer, or were not reached before it stopped."""
    return [path for path in paths if _waits(report, path)]


def _waits(report: Report, path: Path) -> bool:
    files = [one for one in report.files if one.file == str(path) or one.file.startswith(f"{path}/")]
    unread = any(one.code in (DATES, CURRENCY) for file in files for one in file.problems)
    return unread or (report.stopped and not files)
