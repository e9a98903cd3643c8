"""Reading rows by keys that were found before."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import col


def among(column: Any, most: int) -> ColumnElement[bool]:
    """The condition that `column` is one of `most` keys or fewer; `keys` makes the values for it."""
    return col(column).in_([bindparam(f"key{n}") for n in range(most)])


def keys(found: Iterable[int]) -> dict[str, Any]:
    """The values of `among`; a key that is not given is NULL there and so is no row's."""
    return {f"key{n}": key for n, key in enumerate(found)}
