"""The catalogues say the same in every language, and what is installed is what was written."""

import string
from re import IGNORECASE, search
from unicodedata import is_normalized

import pytest
from babel.messages.mofile import read_mo

from app.languages import DEFAULT, FOLDER, LANGUAGES
from tests.catalogues import CATALOGUES, ENGLISH, entries, forms

OTHERS = [language for language in LANGUAGES if language != DEFAULT]
FORMS = {"en": 2, "id": 1, "vi": 1}
SAME = {"menu", "price.VOUCHER", "held.VOUCHER", "role.OPERATOR", "why_cancelled"}
SAME |= {"many", "quantity", "tab_count", "command.requested", "notice.message_from", "insights.csv"}
SAME |= {"shown.live", "shown.video"}
"""Texts that read the same in every language: names, borrowed words, and what is all gaps."""
ALSO_SAME = {"id": {"total", "checkout", "category.fashion"}, "vi": set[str]()}


def gaps(text: str) -> set[str]:
    """The names of the facts a text is filled with."""
    return {gap for _, gap, _, _ in string.Formatter().parse(text) if gap is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_installed_is_what_was_written(language: str) -> None:
    with (FOLDER / language / "LC_MESSAGES" / "takeback.mo").open("rb") as file:
        installed = {code: forms(message) for code, message in entries(read_mo(file)).items()}
    written = {code: forms(message) for code, message in entries(CATALOGUES[language]).items()}
    assert installed == written, "run `uv sync`, or `python -m app.languages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_plural_forms(language: str) -> None:
    catalogue = CATALOGUES[language]
    assert (catalogue.locale_identifier, catalogue.num_plurals) == (language, FORMS[language])
    for message in entries(CATALOGUES[language]).values():
        assert len(forms(message)) == (FORMS[language] if message.pluralizable else 1)


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_texts_in_the_same_order(language: str) -> None:
    assert list(entries(CATALOGUES[language])) == list(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_or_doubted(language: str) -> None:
    found = entries(CATALOGUES[language])
    assert [code for code, message in found.items() if message.fuzzy or not all(forms(message))] == []
    assert list(CATALOGUES[language].obsolete) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_was_translated_from_the_english_one_of_today(language: str) -> None:
    stale = {
        code: (message.auto_comments, ENGLISH.get(code))
        for code, message in entries(CATALOGUES[language]).items()
        if message.auto_comments != [ENGLISH.get(code)]
    }
    assert stale == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_shouts(language: str) -> None:
    assert [
        code for code, message in entries(CATALOGUES[language]).items() if "!" in "".join(forms(message))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gap_has_a_name(language: str) -> None:
    for message in entries(CATALOGUES[language]).values():
        for text in forms(message):
            for _, gap, spec, conversion in string.Formatter().parse(text):
                assert gap is None or (gap.isidentifier() and not spec and not conversion), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_same_facts(language: str) -> None:
    for code, message in entries(CATALOGUES[language]).items():
        assert gaps(forms(message)[-1]) == gaps(ENGLISH[code]), code
        assert all(gaps(form) <= gaps(ENGLISH[code]) for form in forms(message)), code


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    found = {code: forms(message)[-1] for code, message in entries(CATALOGUES[language]).items()}
    same = {code for code, text in found.items() if text == ENGLISH.get(code)}
    assert same == SAME | ALSO_SAME[language]


def test_vietnamese_is_spelled_in_one_way() -> None:
    texts = [forms(message)[-1] for message in entries(CATALOGUES["vi"]).values()]
    assert [text for text in texts if not is_normalized("NFC", text)] == []
    # Both places of the tone mark are in use, in one text never: here it stands on the last vowel.
    assert [text for text in texts if search("[òóỏõọ]a\\b|[ùúủũụ]y\\b", text, IGNORECASE)] == []


def test_vietnamese_has_one_word_for_a_voucher_and_one_name_for_a_screen() -> None:
    texts = {code: forms(message)[-1] for code, message in entries(CATALOGUES["vi"]).items()}
    assert [text for text in texts.values() if "mã giảm giá" in text.lower() or "mã {voucher}" in text] == []
    assert texts["checkout"] not in (texts["pay"], texts["payment"])


def test_vietnamese_has_one_word_for_a_shop_and_one_for_who_sells() -> None:
    # A phrase is what people write to each other themselves: there a shop is spoken to as "shop".
    texts = {
        code: forms(message)[-1]
        for code, message in entries(CATALOGUES["vi"]).items()
        if not code.startswith("phrase.")
    }
    shop = "(?<!TikTok )(?<!{)\\bshop\\b"
    assert {code for code, text in texts.items() if search(shop, text, IGNORECASE)} == set()
    assert {code for code, text in texts.items() if search("người bán\\b", text)} == set()
