"""From starting the process to its first picture, as a client sees it that waits at the door."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import msgpack  # type: ignore[import-untyped]
from websockets.asyncio.client import connect

TIMES = 7
_FRAME = b"\x00"


def starts(folder: Path) -> None:
    """Print the medians: ours, and the bare app's."""
    environment = os.environ | {"TAKEBACK_DATA": str(folder / "start")}
    ours, bare = [], []
    for _ in range(TIMES):
        port = _free_port()
        ours.append(asyncio.run(_first_frame([*_PYTHON, _OURS, str(port)], port, environment)))
        port = _free_port()
        command = [sys.executable, "-m", "tests.bench.bare", str(port)]
        bare.append(asyncio.run(_first_frame(command, port, environment | {"FLET_FORCE_WEB_SERVER": "1"})))
    mine, plain = median(ours), median(bare)
    print(f"first frame   ours {mine:7.0f} ms  bare {plain:7.0f} ms  {mine / plain:.2f}x")


_PYTHON = [sys.executable, "-c"]
_OURS = "import sys; from app.start import open_web; open_web(int(sys.argv[1]))"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def _first_frame(command: list[str], port: int, environment: dict[str, str]) -> float:
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        async with asyncio.timeout(30), await _connected(port) as line:
            page = {"route": "/", "width": 412, "height": 915, "web": True, "platform": "linux"}
            hello: list[Any] = [1, {"session_id": None, "page_name": "", "page": page}]
            await line.send(_FRAME + msgpack.packb(hello))
            async for message in line:
                if b"View" in message:
                    break
        return (time.perf_counter() - start) * 1000
    finally:
        process.terminate()
        process.wait()


async def _connected(port: int) -> Any:
    while True:
        try:
            return await connect(f"ws://127.0.0.1:{port}/ws", max_size=None)
        except OSError:
            await asyncio.sleep(0.005)
