"""The error tree: drawn where people look for it, and safe to print."""

from collections.abc import Iterator

from app.shop.rules import errors
from app.shop.rules.errors import Refused, ShopError, StoreBusy


def family(kind: type[ShopError]) -> Iterator[type[ShopError]]:
    """A class and everything below it, of the rules."""
    yield kind
    for below in kind.__subclasses__():
        yield from family(below)


def test_the_drawing_shows_every_error() -> None:
    drawn = {word for line in str(errors.__doc__).splitlines() for word in line.split()[:3]}
    assert {kind.__name__ for kind in family(ShopError)} <= drawn


def test_an_error_prints_its_code_and_facts() -> None:
    assert str(StoreBusy("store_busy")) == "store_busy"
    assert str(Refused("on_its_way", {"number": "17"}, "refuse_or_return")) == "on_its_way (number=17)"
