"""What a window knows of its imports: the files picked, how to read them, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

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
class Wishes:
    """How files are to be read: with `personal` data or not, and what they leave open."""

    personal: bool = False
    month_first: bool | None = None
    currency: str | None = None
    zone: str | None = None
    shop: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of files that were checked or brought in at a time (ms UTC), as the window's `n`th.

    `personal` says whether with personal data.
    """

    n: int
    at: int
    report: Report
    personal: bool
