"""Python as Flet starts it on an Android phone, in a process of its own that may write its folders alone.

`python -I -S -B boot.py PROGRAM PACKAGES STORAGE`: the program's folder, what it needs (a zip and a folder),
and where it may write. Flet's packets go through stdin and stdout, each behind its length. Whoever starts
another process, or writes, listens or calls elsewhere ends this one with status 3, and where is on stderr.
"""

import os
import runpy
import struct
import sys
import threading
import traceback
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

PROGRAM, PACKAGES, STORAGE = (Path(one) for one in sys.argv[1:4])
DATA, CACHE, TEMP = (STORAGE / name for name in ("data", "cache", "temp"))
FORBIDDEN = 3
PROCESSES = ("subprocess.", "os.posix_spawn", "os.fork", "os.exec", "os.spawn", "os.system", "pty.")
CALLS = ("socket.bind", "socket.connect", "socket.sendto")
CHANGES = {
    "os.mkdir": (0,),
    "os.rename": (0, 1),
    "os.remove": (0,),
    "os.rmdir": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "os.utime": (0,),
    "sqlite3.connect": (0,),
}
"""What changes files, and which of its arguments say where."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def watch(event: str, given: tuple[Any, ...]) -> None:
    """The audit hook."""
    if event.startswith(PROCESSES + CALLS):
        end(event, given)
    places = CHANGES.get(event, ())
    if event == "open" and isinstance(given[2], int) and given[2] & WRITES:
        places = (0,)
    for place in places:
        where = given[place]
        if not isinstance(where, int) and not ours(os.fsdecode(where)):
            end(event, given)


def ours(name: str) -> bool:
    """Whether it may be written."""
    if name in (":memory:", "", os.devnull):
        return True
    path = os.path.abspath(name.removeprefix("file:").partition("?")[0])  # noqa: PTH100  (Path asks the hook again)
    return any(path == str(one) or path.startswith(f"{one}{os.sep}") for one in (DATA, CACHE, TEMP))


def end(event: str, given: tuple[Any, ...]) -> None:
    """Say what was done, and end."""
    os.write(2, f"forbidden on a phone: {event} {given!r}\n{''.join(traceback.format_stack())}".encode())
    os._exit(FORBIDDEN)


def bridge() -> Any:
    """What the phone's own code has built in: packets in and out."""
    module: Any = ModuleType("dart_bridge")
    out, lock = os.fdopen(os.dup(1), "wb"), threading.Lock()

    def take(handler: Callable[[bytes], None]) -> None:
        while len(head := sys.stdin.buffer.read(4)) == 4:
            handler(sys.stdin.buffer.read(struct.unpack("<I", head)[0]))
        os._exit(0)

    def listen(_port: int, handler: Callable[[bytes], None] | None) -> None:
        if handler is not None:
            threading.Thread(target=take, args=[handler], daemon=True).start()

    def send(_port: int, packet: bytes) -> None:
        with lock:
            out.write(struct.pack("<I", len(packet)) + packet)
            out.flush()

    module.set_enqueue_handler_func, module.send_bytes = listen, send
    return module


def start() -> None:
    """What Flet's client sets before it starts Python, and how that begins."""
    for folder in (DATA, CACHE, TEMP):
        folder.mkdir(parents=True, exist_ok=True)
    os.environ.clear()
    os.environ |= {
        "ANDROID_DATA": "/data",
        "ANDROID_ROOT": "/system",
        "FLET_PLATFORM": "android",
        "FLET_APP_STORAGE_DATA": str(DATA),
        "FLET_APP_STORAGE_CACHE": str(CACHE),
        "FLET_APP_STORAGE_TEMP": str(TEMP),
        "FLET_APP_CONSOLE": str(CACHE / "console.log"),
        "FLET_ASSETS_DIR": str(PROGRAM / "assets"),
        "FLET_DART_BRIDGE_PORT": "1",
        "FLET_DART_BRIDGE_EXIT_PORT": "2",
    }
    os.chdir(DATA)
    zoneinfo.reset_tzpath([])  # a phone keeps its zones in a file of its own kind
    sys.platform = "android"
    sys.modules["dart_bridge"] = bridge()
    sys.stdout = sys.stderr
    sys.path[:0] = [str(PROGRAM), str(PACKAGES / "packages.zip"), str(PACKAGES / "extracted")]
    sys.argv = [""]
    sys.addaudithook(watch)
    runpy.run_module("main", run_name="__main__")


start()
