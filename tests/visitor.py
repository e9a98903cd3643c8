"""A visitor: what a browser says and keeps over one real socket, at a small part of what it costs there.

It knows each control of the tree by its id, so that a patch finds its place at once.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

import msgpack  # type: ignore[import-untyped]
from websockets.asyncio.client import ClientConnection, connect

from tests.client import FEATURES, Node, apply_to, nodes, views

T = TypeVar("T")

_FRAME = b"\x00"
REGISTER, PATCH, EVENT, PROPS, INVOKE, CRASHED = range(1, 7)
PAGE = 1
"""The id of the page itself."""
ROOM = 5_000
"""Controls that are known beyond twice those of the tree."""
PATIENCE = 30.0
"""Seconds until an answer counts as none."""


class Visitor:
    """One person with one window."""

    web, device = True, {"browser_name": "chrome"}
    """Whether it is in a browser, and how its device tells what it is."""

    def __init__(self, kept: dict[str, Any], size: tuple[int, int] = (412, 915)) -> None:
        self.kept = kept
        self._size = size
        self._ids: dict[int, Node] = {}
        self._room = ROOM
        self._closed: set[int] = set()
        self._tree: Node = {}
        self._line: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self.patched_at = 0.0
        """When the last patch came (of the performance counter)."""
        self.received = 0
        self.crashed = self.doing = ""

    async def come(self, address: str, route: str) -> None:
        """Connect, and ask for the page at `route`."""
        self._line = await self._connected(address)
        width, height = self._size
        page = {"route": route, "width": width, "height": height, "web": self.web, "platform": "linux"}
        self._tree = page
        await self._send(REGISTER, {"session_id": None, "page_name": "", "page": page})
        self._listening = asyncio.create_task(self._listen(self._line))

    async def _connected(self, address: str) -> ClientConnection:
        return await connect(f"{address}/ws", max_size=None, open_timeout=PATIENCE)

    async def leave(self) -> None:
        """Close the window."""
        if self._line is not None:
            await self._line.close(1001)
        if self._listening is not None:
            self._listening.cancel()

    async def ping(self) -> float:
        """Seconds until the server answers."""
        assert self._line
        return await (await self._line.ping())

    async def tap(self, name: str) -> float:
        """Tap what has this name; seconds until the next patch is there. Raises TimeoutError."""
        self.doing = name
        node, event = _tapped(await self._named(name))
        start = time.perf_counter()
        await self._send(EVENT, {"target": node, "name": event, "data": None})
        return await self._patch(start)

    async def back(self) -> float:
        """The system's way back; seconds until the next patch. Raises TimeoutError."""
        self.doing = "back"
        top = views(self._tree)[-1]
        start = time.perf_counter()
        await self._send(EVENT, {"target": PAGE, "name": "view_pop", "data": {"route": top.get("route")}})
        return await self._patch(start)

    async def go(self, route: str) -> None:
        """Go to another address, past whatever dialog is open."""
        for dialog in [one for one in self._dialogs() if one.get("open")]:
            await self._dismissed(dialog)
        await self._moved({"route": route})

    async def _moved(self, to: dict[str, Any]) -> None:
        await self._send(PROPS, {"id": PAGE, "props": to})
        await self._send(EVENT, {"target": PAGE, "name": "route_change", "data": to})

    async def sees(self, start: str) -> str:
        """Wait for something whose name begins so: its name. Raises TimeoutError."""
        return str((await self._named(start))["identifier"])

    async def misses(self, name: str) -> None:
        """Wait until nothing is called so any more. Raises TimeoutError."""
        await self._until(lambda: next(self._called(name), None) is None)

    async def _named(self, start: str) -> Node:
        return await self._until(lambda: next(self._called(start), None))

    def _called(self, start: str) -> Iterator[Node]:
        top = nodes([*(one for one in self._dialogs() if one.get("open")), *views(self._tree)[-1:]])
        return (one for one in top if "identifier" in one and one["identifier"].startswith(start))

    def _dialogs(self) -> list[Node]:
        return list(self._tree.get("_dialogs", {}).get("controls", []))

    async def _dismissed(self, dialog: Node) -> None:
        """A dialog that was closed, here or by the server, is gone."""
        dialog["open"] = False
        if dialog["_i"] not in self._closed:
            self._closed.add(dialog["_i"])
            await self._send(PROPS, {"id": dialog["_i"], "props": {"open": False}})
            await self._send(EVENT, {"target": dialog["_i"], "name": "dismiss", "data": None})

    async def _until(self, look: Callable[[], T | None]) -> T:
        end = time.perf_counter() + PATIENCE
        while not (found := look()):
            self._still_listens()
            if time.perf_counter() > end:
                raise TimeoutError(f"still not so: {[one['identifier'] for one in self._called('')]}")
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), max(0.0, end - time.perf_counter()))
        return found

    async def _patch(self, start: float) -> float:
        while self.patched_at < start:
            self._still_listens()
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), PATIENCE)
        return self.patched_at - start

    def _still_listens(self) -> None:
        """Raises what ended the listening: who no longer reads is sent away at the next ping, much later."""
        if self._listening is not None and self._listening.done():
            self._listening.result()

    async def _listen(self, line: ClientConnection) -> None:
        async for frame in line:
            self.received += len(frame)
            action, body = msgpack.unpackb(frame[1:], strict_map_key=False)
            if action == REGISTER:
                self._tree |= body["page_patch"]
                self._learn(self._tree)
                self._ids[PAGE] = self._tree
            elif action == PATCH:
                for new in apply_to(self._ids[body["id"]], body["patch"]):
                    self._learn(new)
                self.patched_at = time.perf_counter()
                for dialog in [one for one in self._dialogs() if not one.get("open")]:
                    await self._dismissed(dialog)
            elif action == INVOKE:
                await self._answer(**body)
            elif action == CRASHED:
                self.crashed = body["message"]
            self._news.set()

    def _learn(self, value: Any) -> None:
        for node in _controls(value):
            self._ids[node["_i"]] = node
        if len(self._ids) > self._room:  # most of them are gone from the tree
            self._ids = {node["_i"]: node for node in _controls(self._tree)} | {PAGE: self._tree}
            self._room = 2 * len(self._ids) + ROOM

    async def _answer(self, control_id: int, call_id: str, name: str, args: Any = None) -> None:
        result: Any = None
        if name == "push_route":
            await self._moved({"route": args["route"]})
        elif name in ("get", "set") and "key" in (args or {}):
            if name == "set":
                self.kept[args["key"]] = args["value"]
            result = True if name == "set" else self.kept.get(args["key"])
        elif name == "get_device_info":
            result = self.device | {"locales": [{"language_code": "en"}]}
        elif name == "get_accessibility_features":
            result = dict.fromkeys(FEATURES, False)
        answer = {"control_id": control_id, "call_id": call_id, "result": result, "error": None}
        await self._send(INVOKE, answer)

    async def _send(self, action: int, body: dict[str, Any]) -> None:
        assert self._line is not None
        self._still_listens()
        await self._line.send(_FRAME + msgpack.packb([action, body]))


def _tapped(node: Node) -> tuple[int, str]:
    for inner in nodes(node):
        for name in ("click", "tap", "select"):
            if inner.get(f"on_{name}") and not inner.get("disabled"):
                return inner["_i"], name
    raise LookupError("nothing answers to a tap")


def _controls(value: Any) -> Iterator[Node]:
    inner: Any = ()
    if isinstance(value, dict):
        if "_i" in value:
            yield value
        inner = value.values()
    elif isinstance(value, list):
        inner = value
    for one in inner:
        if isinstance(one, dict | list):
            yield from _controls(one)
