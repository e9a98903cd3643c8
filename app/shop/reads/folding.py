"""Text as a search compares it: what people type on phones leaves out case and accents."""

import unicodedata

LONGEST = 500
"""Characters of a search that count: putting a long run of accents in order takes time by its square."""

_UNSEEN = {"Cc", "Cf", "Cs"}
_SELECTORS = range(0xFE00, 0xFE10)  # whether a sign is drawn as text or as an emoji
_SYLLABLES_BEGIN = 0x2E80  # below are the letters of alphabets; from here on the many signs of East Asia


class _Letters(dict[int, str]):
    """What each character of a decomposed text is compared as: itself, or nothing where it is not seen.

    An accent is known by its combining class: its category has the vowels of Thai and Hindi too.
    """

    def __missing__(self, code: int) -> str:
        c = chr(code)
        unseen = unicodedata.category(c) in _UNSEEN and not c.isspace()
        compared = "" if unseen or unicodedata.combining(c) or code in _SELECTORS else c
        if code < _SYLLABLES_BEGIN:
            self[code] = compared
        return compared


# What does not decompose: letters with a stroke, and those that two others stand for.
_LETTERS = _Letters(zip(map(ord, "ĐđŁłØøĦħŦŧı"), "DdLlOoHhTti", strict=True))
_LETTERS.update(zip(map(ord, "ÆæŒœ"), ("ae", "ae", "oe", "oe"), strict=True))


def folded(text: str) -> str:
    """`text` without case, accents and what is not seen: "Áo sơ mi" and "ao so mi" become the same."""
    return unicodedata.normalize("NFKD", text).translate(_LETTERS).casefold()


def words_of(search: str) -> tuple[str, ...]:
    """The words a search asks for, folded, without the signs that people put before numbers and handles."""
    words = (word.strip("#@") for word in folded(search[:LONGEST]).split())
    return tuple(word for word in words if word)
