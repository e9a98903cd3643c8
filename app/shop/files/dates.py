"""Times as files write them: with an offset, or without a zone, as spreadsheets leave them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.shop.files.findings import Unusable

_WHEN = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([AP])M)?)?",
    re.IGNORECASE,
)
_ZONED = re.compile(r"(\d{4}-\d\d-\d\d[ T][\d:.]+) ?(?:([+-]\d\d:?\d\d)(?: [A-Z]{3,4})?|UTC|GMT)")
_MONTHS, _NOON = 12, 12
_EXAMPLES, _BETWEEN = 2, ", "


@dataclass(frozen=True, slots=True)
class LocalTimes:
    """How one file writes its times: the clock they are on, and whether 1/2 is the second of January."""

    zone: ZoneInfo
    month_first: bool = True

    def ms(self, text: str) -> int:
        """The time in ms UTC; raises ValueError where it is none."""
        try:
            at = _iso(text)
        except ValueError:
            at = self._slashed(text)
        return round((at if at.tzinfo else at.replace(tzinfo=self.zone)).timestamp() * 1000)

    def day(self, text: str) -> date:
        """The day alone of a time without a year in front; raises ValueError where it is none."""
        return self._slashed(text).date()

    def _slashed(self, text: str) -> datetime:
        found = _WHEN.fullmatch(text)
        if not found:
            raise ValueError(text)
        first, second, year, hour, minute, sec = (int(part or 0) for part in found.groups()[:6])
        month, day = (first, second) if self.month_first else (second, first)
        if found[7]:
            hour = hour % _NOON + (_NOON if found[7].upper() == "P" else 0)
        return datetime(year, month, day, hour, minute, sec)  # noqa: DTZ001  (the zone is the file's, above)


@dataclass(slots=True)
class DayMonth:
    """Looks at all the times of a file to tell how it writes them: no single one tells."""

    _proved: set[bool] = field(default_factory=set)
    _halves: bool = False
    _iso: bool = False
    _slashed: str = ""
    _open: dict[tuple[int, int], str] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Look at a time."""
        if found := _WHEN.fullmatch(text):
            first, second = int(found[1]), int(found[2])
            self._slashed, self._halves = self._slashed or text, self._halves or bool(found[7])
            if (first > _MONTHS) is not (second > _MONTHS):
                self._proved.add(second > _MONTHS)
            elif first != second and len(self._open) < _EXAMPLES:
                self._open.setdefault((first, second), text)
        elif text and not self._iso:
            self._iso = is_iso(text)

    def local_times(self, zone: ZoneInfo, month_first: bool | None) -> LocalTimes:
        """How the file writes its times; `month_first` is what a person says of it.

        Raises Unusable where a spreadsheet changed some of them, so that the others cannot be trusted either,
        and where neither they nor the person tell day from month.
        """
        if len(self._proved) > 1 or (self._iso and self._slashed):
            raise Unusable("dates_mixed", None, self._slashed)
        # Where times have AM and PM the month comes first.
        stated = (True if self._halves else None) if month_first is None else month_first
        told = next(iter(self._proved), stated)
        if self._open and told is None:
            raise Unusable("day_month_open", None, _BETWEEN.join(self._open.values()))
        return LocalTimes(zone, month_first=told is not False)


def readings(examples: str, *, month_first: bool) -> list[tuple[str, date]]:
    """The dates of what was found to be open, as the file writes them and read one way."""
    times = LocalTimes(ZoneInfo("UTC"), month_first)
    return [(text, times.day(text)) for text in examples.split(_BETWEEN)]


def _iso(text: str) -> datetime:
    """A time that starts with its year; after it, an offset may stand with a blank between, or a name."""
    found = _ZONED.fullmatch(text)
    return datetime.fromisoformat(f"{found[1]}{found[2] or '+00:00'}" if found else text)


def is_iso(text: str) -> bool:
    """Whether a time is written the one way that needs no guess."""
    try:
        _iso(text)
    except ValueError:
        return False
    return True


def has_offset(text: str) -> bool:
    """Whether a time says itself which clock it is on."""
    return is_iso(text) and _iso(text).tzinfo is not None


@dataclass(slots=True)
class Offsets:
    """Looks at all the times of a file to tell which clock it is on; `bare` says that one has no offset."""

    bare: bool = False
    _told: dict[tuple[int, int, timedelta], datetime] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Look at a time."""
        at = _iso(text) if is_iso(text) else None
        if at and (offset := at.utcoffset()) is not None:
            # One of each month and offset tells as much as all of them.
            self._told[at.year, at.month, offset] = at
        elif text:
            self.bare = True

    def zone(self, zones: Sequence[str]) -> str:
        """Which of `zones` agrees with most of the offsets; UTC where none does."""
        fits = {zone: sum(_on(ZoneInfo(zone), at) for at in self._told.values()) for zone in zones}
        best = max(fits, key=lambda zone: fits[zone])
        return best if fits[best] else "UTC"


def _on(zone: ZoneInfo, at: datetime) -> bool:
    return at.astimezone(zone).utcoffset() == at.utcoffset()
