"""Everything people read, in the language of the window one is in.

Babel is imported where it is needed: that takes longer than all else that the first picture waits for.
"""

from app.ui.texts.amounts import money, number
from app.ui.texts.times import duration, left, moment, zone_name
from app.ui.texts.words import count, has, problem, reason_text, t

__all__ = [
    "count",
    "duration",
    "has",
    "left",
    "moment",
    "money",
    "number",
    "problem",
    "reason_text",
    "t",
    "zone_name",
]
