"""Garbage: all that a start imports stays, so that Python would search it in vain."""

import gc

OBJECTS = 50_000
"""New objects before Python searches for garbage; of itself it does so for each 700."""


def search_less() -> None:
    """Have Python search more rarely: a start takes a seventh less."""
    gc.set_threshold(OBJECTS)
