"""The languages of the app: one gettext catalogue each, every text by its code, English too.

    python -m app.languages     compiles them in place, as installing does

In the other languages the comment above a text is the English one it was translated from: where English
has moved on since, a test says so.
"""

import gettext
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia", "vi": "Tiếng Việt"}
"""By code, each by its own name; the first speaks where nobody chose."""
DEFAULT = next(iter(LANGUAGES))
FOLDER = Path(__file__).parent


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The texts in `language`, one of `LANGUAGES`. Raises FileNotFoundError where they were not compiled."""
    return gettext.translation("takeback", FOLDER, [language])
