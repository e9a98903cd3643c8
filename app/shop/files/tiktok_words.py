"""The words of TikTok Shop and what they are here: who cancelled and why."""

from app.shop.files.market_words import role_of
from app.shop.files.outside import Cancellation
from app.shop.files.record import Record
from app.shop.files.tiktok_reasons import code_of
from app.shop.rules.reasons import by_alias

ORIGIN, PREFIX = "tiktok-api", "tiktok"


def cancellation(record: Record, reason: str, role: str, *, unpaid: bool) -> Cancellation:
    """Who cancelled and why; what is no word of ours is kept as written and flagged."""
    word, text = record.text(role) or "", record.text(reason)
    by = role_of(word)
    key = by_alias(text, unpaid=unpaid) if text else None
    known = key.code if key else code_of(text, by, unpaid=unpaid) if text else None
    if word and not by:
        record.flag("unknown_role", role, word)
    if text and not known:
        record.flag("unknown_reason", reason, text)
    return Cancellation(by, known, None if known else text)
