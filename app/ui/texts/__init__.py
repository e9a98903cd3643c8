"""Everything people read, in the language of the window one is in.

Babel is imported where it is needed: that takes longer than all else that the first picture waits for.
"""

from app.ui.texts.amounts import money, number, percent, rating, signed, size
from app.ui.texts.places import country_name, country_of
from app.ui.texts.times import (
    date_words,
    day,
    day_of,
    duration,
    left,
    moment,
    same_day,
    time_of_day,
    zone_name,
)
from app.ui.texts.words import count, has, problem, reason_text, t

__all__ = [
    "count",
    "country_name",
    "country_of",
    "date_words",
    "day",
    "day_of",
    "duration",
    "has",
    "left",
    "moment",
    "money",
    "number",
    "percent",
    "problem",
    "rating",
    "reason_text",
    "same_day",
    "signed",
    "size",
    "t",
    "time_of_day",
    "zone_name",
]
