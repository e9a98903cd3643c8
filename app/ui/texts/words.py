"""Texts by their code, in the language spoken."""

from app.languages import catalogue
from app.shop.rules.errors import ShopError
from app.ui.language import spoken

_COUNTS = ("count", "least", "days")
"""Facts that choose the plural form, the first that is there."""
_GROUPED = 1000
"""From here on numbers have separators."""


class _Facts(dict[str, object]):
    # A text is drawn while a screen renders, and a render may not fail: a missing fact leaves a gap.
    def __missing__(self, name: str) -> str:
        return "…"


def t(code: str, **facts: object) -> str:
    """The text for `code`, its gaps filled with `facts`; a calm sentence where the code has no text."""
    texts = catalogue(spoken())
    text = texts.gettext(code)
    if facts:
        name = next((name for name in _COUNTS if name in facts), "")
        counted = facts.get(name)
        if isinstance(counted, int):
            form = texts.ngettext(code, code, counted)
            text = text if form == code else form
            facts[name] = _written(counted)
    if text == code:
        text = texts.gettext("unexpected")
    # Most texts have no gaps: the one copy of each serves every window.
    return text.format_map(_Facts(facts)) if "{" in text else text


def _written(count: int) -> str:
    if count < _GROUPED:
        return str(count)
    from app.ui.texts.amounts import number  # noqa: PLC0415

    return number(count)


def has(code: str) -> bool:
    """Whether there is a text for `code`, in whatever plural form."""
    return catalogue(spoken()).gettext(code) != code


def problem(error: ShopError) -> str:
    """What went wrong, as one sentence."""
    return t(error.code, **error.facts)


def reason_text(code: str) -> str:
    """The label of a reason; what another platform wrote is shown as it stands."""
    label = f"reason.{code}"
    return t(label) if has(label) else code


def count(value: int, most: int = 99) -> str:
    """`value` for a badge; beyond `most` it reads "99+"."""
    return t("many", count=most) if value > most else str(value)
