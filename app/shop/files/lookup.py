"""Looking up many keys at once, and finding values that nothing has yet."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import col

from app.shop.sql import Row, Statement, Work

_AT_ONCE = 400
_NAMES = [f"key{n}" for n in range(_AT_ONCE)]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)


def among(column: Any) -> ColumnElement[bool]:
    """The condition that `column` is one of the keys `found` is given.

    Of a fixed length, so that its text is worked out once; a list made for each look-up is not.
    """
    return col(column).in_([bindparam(name) for name in _NAMES])


def found(work: Work, statement: Statement, keys: Iterable[Any], **values: Any) -> Iterator[Row]:
    """The rows of `statement`, which asks `among`, for all of `keys`."""
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        some += some[-1:] * (_AT_ONCE - len(some))
        yield from work.rows(statement, **dict(zip(_NAMES, some, strict=True)), **values)


def free(wanted: Mapping[K, Iterator[V]], taken: Callable[[Sequence[V]], set[V]]) -> dict[K, V]:
    """For each key the first of its candidates that is neither `taken` nor given to a key before it."""
    given: dict[K, V] = {}
    used: set[V] = set()
    left = dict(wanted)
    while left:
        proposed = {key: next(candidates) for key, candidates in left.items()}
        used |= taken(list(dict.fromkeys(proposed.values())))
        for key, candidate in proposed.items():
            if candidate not in used:
                used.add(candidate)
                given[key] = candidate
                del left[key]
    return given
