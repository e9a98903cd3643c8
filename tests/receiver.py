"""Another system: a real server on loopback that takes messages, and tells whether they are signed."""

import asyncio
import hashlib
import hmac
import json
import time
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Answer = Callable[[int], bytes]
"""What the so many-th message is answered, byte by byte; nothing where it is left waiting."""


def answered(status: int = 200, *headers: str, body: bytes = b"") -> bytes:
    """A whole answer."""
    told = [f"HTTP/1.1 {status} x", f"content-length: {len(body)}", *headers, "", ""]
    return "\r\n".join(told).encode() + body


def signed(secret: str, message: str, at: int, body: bytes) -> str:
    """The signature as standardwebhooks.com describes it, from its words and not from our code."""
    key = b64decode(secret.split("_")[1])
    mac = hmac.digest(key, f"{message}.{at}.".encode() + body, hashlib.sha256)
    return "v1," + b64encode(mac).decode("ascii")


@dataclass
class Got:
    """A message that came, and when (of the monotonic clock)."""

    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def id(self) -> str:
        """What it calls itself."""
        return self.headers["webhook-id"]

    @property
    def json(self) -> dict[str, Any]:
        """What it tells."""
        told: dict[str, Any] = json.loads(self.body)
        return told

    def is_signed(self, secret: str) -> bool:
        """Whether the holder of `secret` signed it."""
        at = int(self.headers["webhook-timestamp"])
        return self.headers["webhook-signature"] == signed(secret, self.id, at, self.body)


@dataclass
class Receiver:
    """What came, and how it is answered."""

    port: int = 0
    answer: Answer = field(default=lambda _: answered())
    got: list[Got] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    closed: int = 0

    @property
    def url(self) -> str:
        """Where it takes messages."""
        return f"http://127.0.0.1:{self.port}/told"

    async def come(self, count: int, within: float = 10) -> list[Got]:
        """What came, as soon as it is so many."""
        end = time.monotonic() + within
        while len(self.got) < count and time.monotonic() < end:
            await asyncio.sleep(0.01)
        assert len(self.got) >= count, f"{len(self.got)} came, not {count}"
        return self.got

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take the messages of a connection."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = dict(_pair(line) for line in head[1:-2])
                body = await reader.readexactly(int(headers["content-length"]))
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                self.got.append(Got(headers, body, time.monotonic()))
                try:
                    if not (told := self.answer(len(self.got))):
                        await reader.read()
                        break
                    writer.write(told)
                    await writer.drain()
                finally:
                    self.at_once -= 1
        self.closed += 1
        writer.close()


def _pair(line: str) -> tuple[str, str]:
    name, _, value = line.partition(": ")
    return name.lower(), value


@asynccontextmanager
async def receiving(port: int = 0) -> AsyncIterator[Receiver]:
    """A receiver on loopback."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", port)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
