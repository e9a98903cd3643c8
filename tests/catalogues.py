"""The catalogues as they are written, for tests that compare them."""

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app.languages import FOLDER, LANGUAGES


def _read(language: str) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / "takeback.po").open("rb") as file:
        return read_po(file)


def entries(catalogue: Catalog) -> dict[str, Message]:
    """Every entry by its code, in the order of the file."""
    messages = (message for message in catalogue if message.id)
    return {message.id[0] if message.pluralizable else str(message.id): message for message in messages}


def forms(message: Message) -> tuple[str, ...]:
    """The text in each of its plural forms, the one for most counts last."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


CATALOGUES = {language: _read(language) for language in LANGUAGES}
ENGLISH = {code: forms(message)[-1] for code, message in entries(CATALOGUES["en"]).items()}
"""Every English text by its code."""
