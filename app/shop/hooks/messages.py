"""Messages: an event of an order as other systems are told it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.shop.export.fields import SOURCE
from app.shop.export.lines import events
from app.shop.export.reading import Told, of_numbers
from app.shop.sql import Work, as_json

Key = tuple[int, int]
"""An event: the number of its order, and its n."""


@dataclass(frozen=True, slots=True)
class Message:
    """An event on its way to an address: signed with `secret`, tried for the so many-th time.

    `until` is when it counts as not sent (ms UTC).
    """

    hook: int
    url: str
    secret: str
    number: int
    n: int
    attempt: int
    until: int
    body: bytes

    @property
    def id(self) -> str:
        """What the event is called: the same however often, and wherever, it is told."""
        return message_id(self.number, self.n)


def message_id(number: int, n: int) -> str:
    """What an event is called."""
    return f"event_{number}_{n}"


def bodies(work: Work, wanted: Collection[Key]) -> dict[Key, bytes]:
    """What is told of these events: nothing that the buyer wrote to another platform."""
    numbers = sorted({number for number, _ in wanted})
    orders = of_numbers(work, numbers, ("events", "prices"))
    return {
        (told.order["number"], n): body
        for told in orders
        for n, body in _bodies(told)
        if (told.order["number"], n) in wanted
    }


def _bodies(told: Told) -> Iterator[tuple[int, bytes]]:
    order = told.order
    came = order["source"] != SOURCE
    whose = {
        "number": str(order["number"]),
        **({"source": order["source"], "outside_number": order["outside_number"]} if came else {}),
        "shop": order["shop"],
    }
    for event in events(told, personal=False):
        message = {"type": f"order.{event['action']}", "timestamp": event["at"], "data": whose | event}
        yield event["n"], as_json(message).encode()
