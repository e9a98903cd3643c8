"""Codes that a phone reads from a screen."""

from functools import lru_cache
from io import BytesIO

MODULE, QUIET = 6, 4
"""Pixels of a module, so that a camera reads it from an arm's length, and modules of white around it."""


@lru_cache(maxsize=256)
def qr_code(content: str) -> bytes:
    """The QR code that says `content`, black on white, as a PNG."""
    import segno  # noqa: PLC0415  (takes longer to import than the first screen may wait)

    file = BytesIO()
    segno.make(content, micro=False).save(file, kind="png", scale=MODULE, border=QUIET)
    return file.getvalue()
