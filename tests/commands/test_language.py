"""The command line speaks the language of its environment."""

import pytest

from tests.commands.conftest import Takeback


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "takeback: There is no order 7."),
        ("id", "takeback: Tidak ada pesanan 7."),
        ("vi", "takeback: Không có đơn 7."),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_environment(
    takeback: Takeback, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
    refused = takeback("cancel", 7, "--reason", "bu_mistake")
    assert (refused.status, refused.complaint) == (1, said)


def test_a_language_that_is_not_there_is_refused_with_those_that_are(
    takeback: Takeback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAKEBACK_LANGUAGE", "tlh")
    refused = takeback("orders")
    assert refused.status == 1
    assert refused.complaint == "takeback: The language tlh is not available; choose one of en, id, vi."


def test_json_is_the_same_in_every_language(takeback: Takeback, monkeypatch: pytest.MonkeyPatch) -> None:
    takeback("demo", "--orders", 5)
    english = takeback("orders", "--json").out
    monkeypatch.setenv("TAKEBACK_LANGUAGE", "vi")
    assert takeback("orders", "--json").out == english
