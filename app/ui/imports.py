"""What a window knows of its imports: the files picked, how to read them, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.shop.rules.errors import ShopError

if TYPE_CHECKING:
    from app.shop.files.report import Report


class Stage(StrEnum):
    """What is under way."""

    EXAMPLES = "examples"
    FETCHING = "fetching"
    CHECKING = "checking"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that could not even be read, and why."""

    name: str
    why: ShopError


@dataclass(frozen=True, slots=True)
class Picked:
    """A file that was picked, where it can be read, and its bytes."""

    name: str
    size: int
    path: Path


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of one file that left it open."""

    month_first: bool | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """How files are to be read: with `personal` data or not, and what they leave open.

    `said` of each file by the name that its report has; clock and shop count for all that name none.
    """

    personal: bool = False
    said: Mapping[str, Said] = field(default_factory=dict)
    zone: str | None = None
    shop: str | None = None

    def told(self, files: Sequence[str], **answered: Any) -> Mapping[str, Said]:
        """What was said of files, with one more answer for these."""
        return {
            **self.said,
            **{file: replace(self.said.get(file, Said()), **answered) for file in files},
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of files that were checked or brought in at a time (ms UTC), as the window's `n`th.

    `personal` says whether with personal data.
    """

    n: int
    at: int
    report: Report
    personal: bool
