"""The app's start in a page: Python is there, and of the app what the first screen takes."""

import asyncio
import gc
import importlib
import os
import sys
from collections.abc import Awaitable, Iterable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Protocol

from app.garbage import search_later

PAUSE = 0.02
"""Seconds between two imports of what nobody waits for."""
CONTROLS = "controls.txt"
"""The file beside this one that tells what our code draws with."""


class Rest(Protocol):
    """What comes after the first screen (`site/unpack.js`)."""

    there: bool
    arrived: Awaitable[None]

    def bring(self) -> None:
        """Wait for it."""


class Later(MetaPathFinder):
    """Finds what comes later: who asks for a module of these waits until all are there."""

    def __init__(self, rest: Rest, names: set[str]) -> None:
        self._rest = rest
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module, found once the rest is there."""
        if fullname not in self._names:
            return None
        if not self._rest.there:
            self._rest.bring()
        importlib.invalidate_caches()
        return PathFinder.find_spec(fullname, path, target)


def prepare(folder: str) -> None:
    """Have Python find what is in `folder`."""
    for name, module in list(sys.modules.items()):  # of Python's own, a part came before us
        if hasattr(module, "__path__"):
            module.__path__.append(f"{folder}/{name.replace('.', '/')}")
    sys.dont_write_bytecode = True
    search_later()


def wait_for(rest: Rest, folder: str) -> None:
    """Have who asks for a module that is not yet in `folder` wait for the rest."""
    sys.meta_path.append(Later(rest, set(Path(folder, "rest.txt").read_text(encoding="utf-8").split())))


def begin(data: str, rest: Rest) -> asyncio.Task[None]:
    """Run the app with its store in `data`, once a connection begins; what it does beside."""
    os.environ["TAKEBACK_DATA"] = data
    import random  # noqa: PLC0415  (needs what was made ready)

    import flet as ft  # noqa: PLC0415

    from app.main import main  # noqa: PLC0415

    random.seed()  # else each start out of a snapshot draws what the one before drew
    ft.run(main)
    return asyncio.create_task(_open(rest))


def import_all(folder: str, early: Iterable[str]) -> set[str]:
    """Import the modules in the files `early` and all that draws, for a snapshot; the files it then has."""
    prepare(folder)
    for name in early:
        if name.endswith(".pyc"):
            importlib.import_module(module(name))
    list(_drawing())
    gc.collect()
    gc.freeze()
    held = (getattr(one, "__file__", None) or "" for one in list(sys.modules.values()))
    return {path for path in held if path.endswith(".pyc")}


def module(file: str) -> str:
    """The name of the module in a compiled file."""
    return ".".join(PurePosixPath(file).with_suffix("").parts).removesuffix(".__init__")


def _drawing() -> Iterator[object]:
    """Import the screens, and what they draw with, which Flet imports only when it is first asked for."""
    import flet as ft  # noqa: PLC0415

    from app.ui.app import screens  # noqa: PLC0415  (imported with the shop)

    yield from screens()
    names = Path(__file__).with_name(CONTROLS).read_text(encoding="utf-8").split()
    yield from (getattr(ft, name) for name in names if name not in vars(ft))


async def _open(rest: Rest) -> None:
    """Import what came with the rest, one by one: who waits for an answer comes between."""
    await rest.arrived
    for _ in _drawing():
        await asyncio.sleep(PAUSE)
