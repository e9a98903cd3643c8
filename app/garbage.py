"""Garbage: all that a start imports stays, so that Python would search it in vain."""

import gc

STARTING, OBJECTS = 1_000_000, 50_000
"""New objects before Python searches for garbage, in a start and from then on; of itself it takes 700."""


def search_less() -> None:
    """Have Python search more rarely, from before the imports on."""
    gc.set_threshold(OBJECTS)


def search_later() -> None:
    """Have Python not search until `started`: the first screen comes a tenth sooner."""
    gc.set_threshold(STARTING)


def started() -> None:
    """What is there now stays and is searched no more; a search that walked it would stop everyone longer."""
    gc.freeze()
    gc.set_threshold(OBJECTS)
