"""Limits of what people write and send along."""

import unicodedata

from app.shop.rules.errors import Invalid

REASON_TEXT = 500
NOTE = 500
NOTE_LEAST = 10
OTHER_NOTE_LEAST = 30
HANDLE = 40
DEVICE = 60
NAME = 60
TRACKING = 60
MESSAGE = 1000
PHOTOS = 3
"""How many photos one message takes along."""
PHOTOS_WAITING = 10
"""How many photos of one person wait in one thread to be sent; of more, the oldest are taken away."""
PHOTO_BYTES = 10 << 20
"""How large a photo may be as it is picked; it is kept far smaller."""

_KEPT_CONTROLS = "\n\t"
# Marks that turn the direction of everything after them, and the mark that ends each: a text may be
# right-to-left, not make others so.
_PDF, _PDI = "\u202c", "\u2069"
_ENDED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", _PDF) | dict.fromkeys("\u2066\u2067\u2068", _PDI)
# Composed (NFC) texts are shorter, a Hangul syllable three times.
_DECOMPOSED = 4


def clean(text: str, limit: int) -> str:
    """`text` as it is kept: NFC, line ends as \\n, no blanks at either end, directions closed.

    A text of nothing but invisible characters is empty. Raises Invalid where a control character stands in
    it, where it has more than `limit` characters, or turns the direction of what comes after it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    # Composing takes time by the square of a run of accents: minutes for a megabyte of them.
    if len(text) <= limit * _DECOMPOSED:
        text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise Invalid("text_too_long", {"limit": limit, "length": len(text)})
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in _KEPT_CONTROLS for c in text):
        raise Invalid("text_has_control_characters")
    if not _directions_closed(text):
        raise Invalid("text_turns_direction")
    return text if any(not c.isspace() and unicodedata.category(c) != "Cf" for c in text) else ""


def _directions_closed(text: str) -> bool:
    """Whether every mark that turns the direction is ended in the text, the last first."""
    open_marks: list[str] = []
    for c in text:
        if c in _ENDED_BY:
            open_marks.append(_ENDED_BY[c])
        elif c in (_PDF, _PDI) and (not open_marks or open_marks.pop() != c):
            return False
    return not open_marks
