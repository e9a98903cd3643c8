"""A native client as the bundle starts it, without a screen: `-m tests.bundle.native SOCKET PID_FILE ASSETS`.

Its person taps what `NATIVE_TAPS` names, one after the other, and closes the window as soon as there is
something to see. What it saw is written to the file that `NATIVE_TELLS` names.
"""

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

from websockets.asyncio.client import ClientConnection

from tests.visitor import Visitor

TAPS, TELLS = "NATIVE_TAPS", "NATIVE_TELLS"


class _Socket:
    """Frames over a socket, as Flet's native clients send them: the length in four bytes, least first."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, frame: bytes) -> None:
        """Send a frame."""
        self._writer.write(len(frame).to_bytes(4, "little") + frame)
        await self._writer.drain()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Those that come."""
        while True:
            length = int.from_bytes(await self._reader.readexactly(4), "little")
            yield await self._reader.readexactly(length)

    async def close(self, _code: int) -> None:
        """Hang up."""
        self._writer.close()


class Native(Visitor):
    """A person with a window of the system's."""

    web, device = False, {"name": "Linux", "id": "linux", "pretty_name": "Linux"}

    async def _connected(self, address: str) -> ClientConnection:
        return cast("ClientConnection", _Socket(*await asyncio.open_unix_connection(address)))


async def visit(address: str) -> None:
    """See the app, and tap."""
    person = Native({})
    await person.come(address, "/")
    for name in os.environ.get(TAPS, "").split():
        await person.tap(name)
    await person.sees("menu" if TAPS in os.environ else "")
    await person.leave()


def main(address: str, _pid_file: str, assets: str) -> None:
    """Come, and tell."""
    asyncio.run(visit(address))
    told = {
        "assets": sorted(file.name for file in Path(assets).iterdir()),
        "networks": [name for _, name in socket.if_nameindex()],
        "libraries": os.environ.get("LD_LIBRARY_PATH"),
    }
    Path(os.environ[TELLS]).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
