"""How slowly the body of a request may come: who sends one drop by drop holds up nobody."""

import asyncio

from app.server.door import Message, Receive

BODY_SECONDS = 10.0
"""Seconds that a body has to come in whole,"""
SLOWEST = 16 << 10
"""and one more for each so many bytes of it that came: a photo comes by a bad network, too."""


class TooSlow(Exception):
    """A body did not come in time. To be caught by `requests` alone, for all that is served."""


def in_time(receive: Receive) -> Receive:
    """A `receive` that raises TooSlow where a body does not come in time; after its end it waits for ever."""
    began, came, whole = 0.0, 0, False

    async def next_part() -> Message:
        nonlocal began, came, whole
        if whole:
            return await receive()
        began = began or asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout_at(began + BODY_SECONDS + came / SLOWEST):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        came += len(message.get("body", b""))
        whole = not message.get("more_body")
        return message

    return next_part
