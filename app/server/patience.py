"""How long a connection may say nothing, and how many of those there may be: they hold up nobody."""

import asyncio
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from ipaddress import ip_address

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0
"""How long the head of a request may take."""
LARGEST_HEAD = 65_536
"""Bytes of the largest head."""
MOST_SILENT = 4_096
"""How many connections may be without a request; of more, the longest silent ones are ended."""
MOST_OF_ONE = 500
"""How many connections one address may have, proxies and this machine aside: behind one are whole towns.

As many sockets of pages again, which `connection` counts by the address that a proxy names."""


class Limits:
    """The connections of one server, as far as they count against a limit."""

    def __init__(self, exempt: Collection[str] = ()) -> None:
        self._exempt = exempt
        self._of = Counter[str]()
        self._silent: dict[Patient, None] = {}

    def come(self, one: "Patient", address: str) -> bool:
        """Whether one more from `address` is taken."""
        if not self._is_exempt(address):
            if self._of[address] >= MOST_OF_ONE:
                return False
            self._of[address] += 1
        while len(self._silent) >= MOST_SILENT:
            self._silent.pop(longest := next(iter(self._silent)))
            longest.transport.abort()
        self._silent[one] = None
        return True

    def speak(self, one: "Patient") -> None:
        """It asked for something."""
        self._silent.pop(one, None)

    def go(self, one: "Patient", address: str) -> None:
        """It ended."""
        self.speak(one)
        if not self._is_exempt(address):
            self._of[address] -= 1
            if self._of[address] <= 0:
                del self._of[address]

    def _is_exempt(self, address: str) -> bool:
        return address in self._exempt or is_here(address)


def is_here(address: str) -> bool:
    """Whether an address is this machine's own; so is none, that of a socket without a network."""
    with suppress(ValueError):
        known = ip_address(address)
        return ((known.version == 6 and known.ipv4_mapped) or known).is_loopback
    return not address


class Patient(HttpToolsProtocol):
    """Uvicorn's connection, that ends where a request does not come to its end."""

    limits: Limits
    _address = ""
    _counted = False
    _timer: asyncio.TimerHandle | None = None
    _under_way = False
    """Whether a request has begun and is not whole."""
    _head: int | None = None
    """Bytes of the head that is being sent."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """It is taken, or ended at once where there are too many."""
        super().connection_made(transport)
        self._address = (transport.get_extra_info("peername") or ("",))[0]
        self._counted = self.limits.come(self, self._address)
        if self._counted:
            self._wait()
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """It ended, before or after its first request."""
        self._leave()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Something came; a request has to be whole in time."""
        in_body = self._under_way and self._head is None
        super().data_received(data)
        # Of what comes with the end of another request it is not known how much belongs to the head.
        if self._head is not None and not in_body:
            self._head += len(data)
            if self._head > LARGEST_HEAD:
                self.send_400_response("The head of the request is too large.")
                return
        if self.cycle is not None:
            self.limits.speak(self)
        if self._timer is None and self._counted:
            self._wait()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._under_way, self._head = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it is here."""
        self._under_way = False
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """From here on the page's connection has limits of its own."""
        self._leave()
        super().handle_websocket_upgrade()

    def _wait(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self._look)

    def _look(self) -> None:
        self._timer = None
        if self.cycle is None or (self.cycle.response_complete and self._under_way):
            self.transport.abort()

    def _leave(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._counted:
            self._counted = False
            self.limits.go(self, self._address)


def patient(proxies: Collection[str]) -> type[Patient]:
    """The connections of one server that has these proxies in front."""
    return type("PatientHere", (Patient,), {"limits": Limits(proxies)})
