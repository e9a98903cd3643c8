"""The way out to addresses that others chose: not into the networks this machine is in."""

import asyncio
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore
from httpcore import SOCKET_OPTION, AsyncNetworkStream

_LOOK_UPS = 16
_EMBEDDED = IPv6Network("64:ff9b::/96")
"""Addresses that lead to the IPv4 address in their last bytes."""


class Forbidden(Exception):
    """The name leads where nobody outside may have us go."""


def is_public(told: str) -> bool:
    """Whether a network address is one of the internet, whatever it is wrapped in."""
    address: IPv4Address | IPv6Address | None = ip_address(told.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        if address in _EMBEDDED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return address is not None and address.is_global and not address.is_multicast


class Outside(httpcore.AsyncNetworkBackend):
    """Connects by the very addresses that were looked at: a name cannot lead elsewhere in between.

    With `private` anywhere.
    """

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._inner = httpcore.AnyIOBackend()
        # Threads of its own: names that nobody answers for must not keep others waiting.
        self._threads = ThreadPoolExecutor(_LOOK_UPS, thread_name_prefix="names")

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """A connection; raises Forbidden, and ConnectError where nobody answers."""
        problem: Exception = httpcore.ConnectError("no address")
        for address in await self._addresses(host, port):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem

    async def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> AsyncNetworkStream:
        """Nobody asks for one."""
        raise Forbidden

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[str]:
        def look_up() -> list[str]:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            return list(dict.fromkeys(str(one[4][0]) for one in found))

        try:
            told = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("no such name") from error
        if not self._private and not all(map(is_public, told)):
            raise Forbidden
        return told

    def close(self) -> None:
        """Let go of its threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)
