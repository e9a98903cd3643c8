"""What files leave open, so that a person is asked: dates, currency, whose orders they are, the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.shop.files.report import FileReport, Report

DATES, CURRENCY, SHOP, ZONE = "day_month_open", "currency_open", "shop_not_told", "no_time_zone"
"""As a report has them: without an answer to the first two a file cannot be read."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is open, in which files (as their reports name them); `told`: the dates of each, or the zones."""

    code: str
    files: tuple[str, ...]
    told: tuple[str, ...] = ()


def questions(report: Report) -> tuple[Question, ...]:
    """What is to be asked for the files of a report."""
    found: dict[str, dict[str, str]] = {DATES: {}, CURRENCY: {}, SHOP: {}, ZONE: {}}
    for file in report.files:
        for one in (*file.problems, *file.notes):
            if one.code in found:
                found[one.code][file.file] = one.value or ""
    return tuple(
        Question(code, tuple(files), tuple(dict.fromkeys(files.values())))
        for code, files in found.items()
        if files
    )


def unread(report: Report) -> list[FileReport]:
    """The files that could not be read without an answer."""
    return [file for file in report.files if any(one.code in (DATES, CURRENCY) for one in file.problems)]


def waiting(report: Report, paths: Sequence[Path]) -> list[Path]:
    """Those of `paths` that could not be read without an answer, or were not reached before it stopped."""
    return [path for path in paths if _waits(report, path)]


def _waits(report: Report, path: Path) -> bool:
    def of_path(files: Sequence[FileReport]) -> bool:
        return any(one.file == str(path) or one.file.startswith(f"{path}/") for one in files)

    return of_path(unread(report)) or (report.stopped and not of_path(report.files))
