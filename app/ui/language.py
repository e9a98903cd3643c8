"""Which language is spoken: each window has its own, a shell has that of its environment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from flet.controls.context import context

from app.languages import DEFAULT, LANGUAGES

if TYPE_CHECKING:
    import flet as ft
    from babel import Locale

_HERE = "language"
_ASKED_FOR: ContextVar[str | None] = ContextVar("_ASKED_FOR", default=None)


def speak(page: "ft.Page", language: str) -> None:
    """From now on every text drawn on `page` is in `language`, those that Flutter itself writes too."""
    import flet as ft  # noqa: PLC0415  (a shell speaks without it)

    page.session.store.set(_HERE, language)
    page.locale_configuration = ft.LocaleConfiguration(
        [ft.Locale(one) for one in LANGUAGES], ft.Locale(language)
    )


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Have what is said outside of any window be in `language`, where that is one of ours."""
    before = _ASKED_FOR.set(chosen(language))
    try:
        yield
    finally:
        _ASKED_FOR.reset(before)


def spoken() -> str:
    """The language of the window one is in; else that asked for, that of `TAKEBACK_LANGUAGE`, or English."""
    try:
        here: str | None = context.page.session.store.get(_HERE)
    except RuntimeError:
        here = _ASKED_FOR.get()
    return here or chosen(os.environ.get("TAKEBACK_LANGUAGE")) or DEFAULT


def locale() -> "Locale":
    """What Babel knows of the language spoken: its forms of money, numbers and times."""
    return _locale(spoken())


@cache
def _locale(language: str) -> "Locale":
    from babel import Locale  # noqa: PLC0415  (the first picture does not wait for Babel)

    return Locale(language)


def chosen(*wanted: str | None) -> str | None:
    """The first of `wanted` that is one of our languages."""
    return next((language for language in wanted if language in LANGUAGES), None)
