"""Times written without a zone, as spreadsheets leave them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

_WHEN = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([AP])M)?)?",
    re.IGNORECASE,
)
_MONTHS, _NOON = 12, 12


@dataclass(frozen=True, slots=True)
class LocalTimes:
    """How one file writes its times: the clock they are on, and whether 1/2 is the second of January."""

    zone: ZoneInfo
    month_first: bool = True

    def ms(self, text: str) -> int:
        """The time in ms UTC; raises ValueError where it is none."""
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            at = self._slashed(text)
        return int((at if at.tzinfo else at.replace(tzinfo=self.zone)).timestamp() * 1000)

    def _slashed(self, text: str) -> datetime:
        found = _WHEN.fullmatch(text)
        if not found:
            raise ValueError(text)
        first, second, year, hour, minute, sec = (int(part or 0) for part in found.groups()[:6])
        month, day = (first, second) if self.month_first else (second, first)
        if found[7]:
            hour = hour % _NOON + (_NOON if found[7].upper() == "P" else 0)
        return datetime(year, month, day, hour, minute, sec)  # noqa: DTZ001  (the zone is the file's, above)


def is_iso(text: str) -> bool:
    """Whether a time is written the one way that needs no guess."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def month_first(texts: Iterable[str]) -> bool | None:
    """Whether a file writes month/day: no cell tells alone, one with a part over 12 does. None: none did."""
    for text in texts:
        found = _WHEN.fullmatch(text)
        if found and max(int(found[1]), int(found[2])) > _MONTHS:
            return int(found[2]) > _MONTHS
    return None
