"""Moments, zones and lengths of time as the language spoken tells them."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from math import inf
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.ui.language import locale
from app.ui.texts.words import t

_SECOND, _MINUTE, _HOUR, _DAY = 1_000, 60_000, 3_600_000, 86_400_000
_UNITS: tuple[tuple[Literal["day", "hour", "minute", "second"], int], ...] = (
    ("day", _DAY),
    ("hour", _HOUR),
    ("minute", _MINUTE),
    ("second", _SECOND),
)


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def moment(at: int, zone: str, now: int) -> str:
    """A time (ms UTC) on the clock of `zone`, as short as `now` allows: 18:40, Tue 18:40, Nov 23, 2024."""
    from babel.dates import format_skeleton  # noqa: PLC0415

    when, today = (datetime.fromtimestamp(ms / 1000, _zone(zone)) for ms in (at, now))
    days = abs((when.date() - today.date()).days)
    if days >= 7:
        return _date(when, today)
    return str(format_skeleton("EHm" if days else "Hm", when, locale=locale()))


def _date(when: datetime, today: datetime) -> str:
    from babel.dates import format_skeleton  # noqa: PLC0415

    return str(format_skeleton("MMMd" if when.year == today.year else "yMMMd", when, locale=locale()))


def day(at: int, zone: str, now: int) -> str:
    """The day of a time (ms UTC) on the clock of `zone`: Today, Yesterday, Tuesday, Nov 23, Nov 23, 2024."""
    from babel.dates import format_date  # noqa: PLC0415

    when, today = (datetime.fromtimestamp(ms / 1000, _zone(zone)) for ms in (at, now))
    days = (today.date() - when.date()).days
    if days in (0, 1):
        return t("yesterday" if days else "today")
    if 0 < days < 7:
        return str(format_date(when, "EEEE", locale=locale()))
    return _date(when, today)


def date_words(day: date) -> str:
    """A day whose month is a word, so that it can be taken for no other: 3 April 2026."""
    from babel.dates import format_date  # noqa: PLC0415

    return str(format_date(day, "long", locale=locale()))


def same_day(at: int, other: int, zone: str) -> bool:
    """Whether two times (ms UTC) are of one day on the clock of `zone`."""
    one, two = (datetime.fromtimestamp(ms / 1000, _zone(zone)).date() for ms in (at, other))
    return one == two


def time_of_day(at: int, zone: str) -> str:
    """A time (ms UTC) on the clock of `zone`, whatever its day: 18:40."""
    from babel.dates import format_skeleton  # noqa: PLC0415

    return str(format_skeleton("Hm", datetime.fromtimestamp(at / 1000, _zone(zone)), locale=locale()))


def day_of(number: int, today: int) -> str:
    """A day by its number (UTC, from 1970 on), as short as `today` allows: Nov 23, Nov 23, 2024."""
    return _date(*(datetime.fromtimestamp(one * _DAY // _SECOND, UTC) for one in (number, today)))


def zone_name(zone: str, now: int) -> str:
    """The clock of `zone` in words, as it goes at `now` (ms UTC): Western Indonesia Time, Giờ Việt Nam."""
    from babel.core import get_global  # noqa: PLC0415
    from babel.dates import get_timezone_location, get_timezone_name  # noqa: PLC0415

    here = locale()
    # Babel has lost the names of zones that were renamed, Ho Chi Minh's too: those go by their country.
    name = str(get_timezone_name(datetime.fromtimestamp(now / 1000, _zone(zone)), locale=here))
    if name.startswith("GMT") and get_global("zone_territories").get(zone, "ZZ") != "ZZ":
        return str(get_timezone_location(zone, here))
    return name


def duration(ms: int) -> str:
    """A length of time in words, to the second: 2 days, 1 hour 30 minutes."""
    from babel.dates import format_timedelta  # noqa: PLC0415

    parts = []
    for unit, size in _UNITS:
        length, ms = timedelta(milliseconds=ms - ms % size), ms % size
        if length:
            # A threshold that is never reached: each part in its own unit. (`format_unit` has no Vietnamese.)
            parts.append(format_timedelta(length, granularity=unit, threshold=inf, locale=locale()))
    return " ".join(parts)


def left(ms: int) -> str:
    """How long until something is due: the two largest units; seconds only in the last two minutes."""
    ms = max(ms, 0)
    if ms < 2 * _MINUTE:
        minutes, seconds = divmod(-(-ms // _SECOND), 60)
        return t("left.last" if minutes else "left.seconds", minutes=minutes, seconds=seconds)
    if ms < _HOUR:
        return t("left.minutes", minutes=ms // _MINUTE)
    if ms < _DAY:
        return t("left.hours", hours=ms // _HOUR, minutes=ms % _HOUR // _MINUTE)
    return t("left.days", days=ms // _DAY, hours=ms % _DAY // _HOUR)
