"""Day and month that a file does not tell apart: two of its own dates stand for it, read both ways."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from app.shop.files.dates import DayMonth, readings
from app.shop.files.findings import Unusable

UTC = ZoneInfo("UTC")


def written(*times: str) -> DayMonth:
    """A file with these times."""
    seen = DayMonth()
    for time in times:
        seen.add(time)
    return seen


def test_two_different_days_stand_for_the_file_and_are_read_both_ways() -> None:
    seen = written(
        "05/08/2026 10:15:00", "05/08/2026 11:00:00", "07/07/2026 09:00", "06/08/2026", "09/01/2026"
    )
    with pytest.raises(Unusable) as refused:
        seen.local_times(UTC, None)
    told = refused.value.finding.value or ""
    texts = ["05/08/2026 10:15:00", "06/08/2026"]
    days = [date(2026, 8, 5), date(2026, 8, 6)]
    months = [date(2026, 5, 8), date(2026, 6, 8)]
    assert readings(told, month_first=False) == list(zip(texts, days, strict=True))
    assert readings(told, month_first=True) == list(zip(texts, months, strict=True))


def test_days_that_read_the_same_both_ways_leave_nothing_open() -> None:
    times = written("07/07/2026 09:00", "08/08/2026 10:00").local_times(UTC, None)
    assert times.day("07/07/2026 09:00") == date(2026, 7, 7)


def test_one_day_that_tells_is_enough_whatever_a_person_says() -> None:
    assert written("05/08/2026", "13/08/2026").local_times(UTC, True).day("05/08/2026") == date(2026, 8, 5)
