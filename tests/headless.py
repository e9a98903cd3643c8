"""The real app on a connection without a client: taps, typing, back, a second window, a lost connection.

It knows what a client knows. Every message is packed (Flet takes the snapshots that its next diff needs while
packing) and the tree is kept from the unpacked patches alone, then compared with the server's at the end.
These are inner classes of Flet: nothing else uses them, and Flet stays on one minor version.
"""

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import msgpack  # type: ignore[import-untyped]
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page, context
from flet.controls.id_counter import ControlId
from flet.messaging.connection import Connection
from flet.messaging.protocol import (
    Message,
    MessageAction,
    RegisterClientResponseBody,
    configure_encode_object_for_msgpack,
    decode_ext_from_msgpack,
)
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

from app.main import Process
from tests.client import FEATURES, Node, apply, difference, nodes, views

QUIET = 0.2
"""Seconds in which nothing arrives once a screen is drawn."""
PATIENCE = 20.0
"""Seconds a test waits for what it expects."""
for _ in range(1 << 16):
    ControlId.next()  # the ids of a server that has run for a while, which take more bytes
_ENCODE = configure_encode_object_for_msgpack(BaseControl)  # type: ignore[no-untyped-call]


def wire(value: Any) -> tuple[Any, int]:
    """`value` as the client gets it, and how many bytes that takes."""
    packed = msgpack.packb(value, default=_ENCODE)
    return msgpack.unpackb(packed, ext_hook=decode_ext_from_msgpack, strict_map_key=False), len(packed)


class Phone(Connection):
    """A client without a screen, over one session of the app."""

    def __init__(
        self,
        process: Process,
        route: str,
        size: tuple[int, int],
        kept: dict[str, Any],
        languages: tuple[str, ...] = ("en",),
        calm: bool | None = False,
        native: str | None = None,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.loop = asyncio.get_running_loop()
        self.pubsubhub = PubSubHub(self.loop)
        self.page_url = "ws://127.0.0.1:8000"
        self.process = process
        self.kept = kept
        self.languages = languages
        self.calm = calm
        self.picks: list[Path] | None = []
        self.called: str | None = None
        """What the device says that every file picked is called; None: what it is."""
        self.copied: str | None = None
        self.saved: dict[str, bytes] = {}
        self.saves_to: Path | None = None
        self.in_browser = True
        self.bytes_sent = self.messages = 0
        self.tree: Node = {}
        self.crashes: list[str] = []
        self.asked: list[dict[str, Any]] = []
        self._dead = False
        self.tells_after = 0.0
        """Seconds until the device tells what it keeps."""
        self.failed = 0
        """How many messages were for a connection that had ended."""
        self._drawer = ""
        self._closing: set[int] = set()
        self._props = {"route": route, "width": size[0], "height": size[1]} | {
            "web": native is None,
            "platform": native or "linux",
        }
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.session: Any = Session(self)

    async def open(self, app: Callable[..., Any] | None) -> None:
        """Connect, and run the app's entry in the order Flet's server does."""
        await self.loop.create_task(self._run_main(app))
        await self.process.desk()

    async def _run_main(self, app: Callable[..., Any] | None) -> None:
        _context_page.set(self.session.page)
        self.session.apply_page_patch(self._props)
        self._register(self.session.get_page_patch())
        context.reset_auto_update()  # type: ignore[no-untyped-call]
        self.process.open_window(self.session.page, app)
        await self.session.after_event(self.session.page)

    def _register(self, page: Any) -> None:
        self.send_message(
            Message(MessageAction.REGISTER_CLIENT, RegisterClientResponseBody(self.session.id, page, ""))
        )

    def send_message(self, message: Message) -> None:
        """Take a message from the server as a client would."""
        if self._dead:
            self.failed += 1
            raise AttributeError("'NoneType' object has no attribute 'put_nowait'")
        (action, body), size = wire([message.action, message.body])
        self.messages += 1
        self.bytes_sent += size
        self.take(action, body)

    def take(self, action: int, body: dict[str, Any]) -> None:
        """Do with a message what a client does."""
        match MessageAction(action):
            case MessageAction.REGISTER_CLIENT:
                self.tree = self._props | body["page_patch"]
            case MessageAction.PATCH_CONTROL:
                apply(self.tree, body["id"], body["patch"])
                self._close_dialogs()
            case MessageAction.INVOKE_METHOD:
                self.asked.append(body)
                self._start(self._answer(**body))
            case MessageAction.SESSION_CRASHED:
                self.crashes.append(body["message"])
        self._news.set()

    async def _answer(self, control_id: int, call_id: str, name: str, args: Any = None) -> None:
        result = error = None
        if name == "push_route":
            await self.visit(args["route"])
        elif name in ("show_drawer", "show_end_drawer", "close_drawer", "close_end_drawer"):
            verb, self._drawer = name.split("_", 1)
            self._drawer = self._drawer if verb == "show" else ""
        elif name == "set" and "data" in (args or {}):
            self.copied = args["data"]
        elif name in ("get", "set"):
            await asyncio.sleep(self.tells_after)
            result = self._remember(**args)
        elif name == "get_device_info":
            locales = [{"language_code": language} for language in self.languages]
            result = {"browser_name": "chrome", "locales": locales}
        elif name == "get_accessibility_features":
            if self.calm is None:
                return
            result = dict.fromkeys(FEATURES, False) | {"disable_animations": self.calm}
        elif name in ("pick_files", "upload", "save_file"):
            result, error = self._file_dialog(control_id, name, args)
        self.session.handle_invoke_method_results(control_id, call_id, result, error)

    def _remember(self, key: str, **given: Any) -> Any:
        """What the device keeps under this key; with a value given, keep that."""
        if given:
            self.kept[key] = given["value"]
        return True if given else self.kept.get(key)

    def _file_dialog(self, picker: int, name: str, args: Any) -> tuple[Any, str | None]:
        """What a client answers about files of its own; where they were picked or saved, a browser keeps."""
        if name == "upload":
            self._start(self._upload(picker, args["files"]))
            return None, None
        error = "no dialog" if self.picks is None else None
        if name == "pick_files":
            return self._picked(with_data=bool(args.get("with_data"))), error
        return self._saved(args["file_name"], args.get("src_bytes")), error

    def _picked(self, *, with_data: bool) -> list[dict[str, Any]]:
        """What a client tells of the files picked; a browser does not tell where they are."""
        return [
            {
                "id": n,
                "name": self.called or file.name,
                "size": file.stat().st_size,
                "path": None if self.in_browser else str(file),
                "bytes": file.read_bytes() if with_data else None,
            }
            for n, file in enumerate(self.picks or ())
        ]

    def _saved(self, name: str, content: bytes | None) -> str | None:
        """Where a client without a browser lets a file be saved; in one the content comes along."""
        self.saved[name] = content or b""
        return str(self.saves_to) if self.saves_to else None

    def get_upload_url(self, file_name: str, expires: int) -> str:
        """The address for one file, as a server signs it."""
        return f"/upload?f={file_name}"

    async def _upload(self, picker: int, files: list[dict[str, str]]) -> None:
        """Send files as a browser does: the server puts them where their address says."""
        for file in files:
            picked = next(one for one in self.picks or () if file["name"] in (one.name, self.called))
            told: dict[str, Any] = {"file_name": picked.name, "progress": 1.0, "error": None}
            try:
                shutil.copyfile(picked, Path(gettempdir(), file["upload_url"].partition("=")[2]))
            except OSError as error:
                told |= {"progress": None, "error": str(error)}
            await self.loop.create_task(self.session.dispatch_event(picker, "upload", told))

    def _close_dialogs(self) -> None:
        # Told to close, a client reports the end of the animation.
        for dialog in self._dialogs():
            if not dialog.get("open") and dialog["_i"] not in self._closing:
                self._closing.add(dialog["_i"])
                self._start(self._event(dialog, "dismiss", None, open=False))

    async def _event(self, node: Node, name: str, data: Any = None, **props: Any) -> bool:
        """Whether what it happened to was still there when the server heard of it."""
        return await self._tell(node, name, data, **props)

    def _tell(self, node: Node, name: str, data: Any = None, **props: Any) -> asyncio.Task[bool]:
        if props:
            node.update(props)
            self.session.apply_patch(node["_i"], props)
        # As a task, as Flet's server has it: each handler has a context of its own.
        return self.loop.create_task(self._dispatch(node["_i"], name, data))

    async def _dispatch(self, control_id: int, name: str, data: Any) -> bool:
        known = self.session._Session__resolve_event_control(control_id) is not None
        await self.session.dispatch_event(control_id, name, data)
        return known

    async def _settled(self) -> None:
        """A person acts once the client is done: an animation, an address that changes."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _start(self, work: Any) -> None:
        self._keep(self.loop.create_task(work))

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # What can be seen

    @property
    def route(self) -> str:
        """The address."""
        return str(self.tree["route"])

    @property
    def views(self) -> list[Node]:
        """The stack of views, the visible one last."""
        return views(self.tree)

    def _dialogs(self) -> list[Node]:
        return list(self.tree["_dialogs"].get("controls", []))

    def _seen(self) -> Iterator[Node]:
        """Every control that is not hidden: of dialogs, the newest first, of a drawer, of the top view."""
        for dialog in reversed(self._dialogs()):
            if dialog.get("open"):
                yield from nodes(dialog)
        view = self.views[-1]
        yield from nodes(view.get(self._drawer))
        yield from nodes({key: value for key, value in view.items() if not key.endswith("drawer")})

    def texts(self) -> list[str]:
        """Everything to be read, in the order of the tree."""
        return [text for node in self._seen() for text in _words(node)]

    def sees(self, part: str) -> bool:
        """Whether `part` stands in something to be read."""
        return any(part in text for text in self.texts())

    def find(self, identifier: str | None = None, *, text: str | None = None) -> Node | None:
        """The first control with this identifier, or with this text."""
        for node in self._seen():
            if identifier is not None and node.get("identifier") == identifier:
                return node
            if text is not None and text in _words(node):
                return node
        return None

    def identifiers(self) -> list[str]:
        """The names for other programs of all that is there."""
        return [node["identifier"] for node in self._seen() if "identifier" in node]

    async def until(self, condition: Callable[[], Any]) -> None:
        """Wait until `condition` holds; fails with what is on the screen instead."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"still not so at {self.route}: {self.texts()} {self.identifiers()}")
            self._news.clear()
            # Not every condition is about the screen: the store is asked again too.
            asyncio.get_running_loop().call_later(0.01, self._news.set)
            await self._news.wait()

    async def rests(self) -> None:
        """Wait until nothing more arrives: what is still being drawn is not what the next tap costs."""
        sent = -1
        while sent != self.bytes_sent:
            sent = self.bytes_sent
            await asyncio.sleep(QUIET)

    async def shows(self, identifier: str) -> Node:
        """Wait for the control with this identifier."""
        await self.until(lambda: self.find(identifier))
        found = self.find(identifier)
        assert found is not None
        return found

    # What can be done

    async def tap(self, identifier: str | Node) -> None:
        """Tap what answers to a tap in the control with this identifier; waits for it to be there.

        Once more where another took its place at that very moment: a person would.
        """
        await self._settled()
        if not isinstance(identifier, str):
            await self._event(*_answering(identifier))
            return
        missed: set[int] = set()
        while True:
            node, name = _answering(await self.shows(identifier))
            assert node["_i"] not in missed, f"the server does not know {identifier}"
            if await self._event(node, name):
                return
            missed.add(node["_i"])

    async def type(self, identifier: str, text: str) -> None:
        """Type into the field with this identifier, key by key."""
        field = next(nodes(await self.shows(identifier), "TextField"))
        for end in range(1, len(text) + 1):
            await self._event(field, "change", text[:end], value=text[:end])

    def strike(self, identifier: str, letter: str) -> None:
        """Strike one key in the field with this identifier, after what stands there, and wait for nothing."""
        field = next(nodes(self.find(identifier) or {}, "TextField"))
        text = f"{field.get('value') or ''}{letter}"
        self._keep(self._tell(field, "change", text, value=text))

    async def back(self) -> None:
        """The system's way back: closes a dialog, or leaves the top view."""
        await self._settled()
        for dialog in reversed(self._dialogs()):
            if dialog.get("open"):
                await self._event(dialog, "dismiss", None, open=False)
                return
        if len(self.views) > 1:
            await self._event(self.tree, "view_pop", {"route": self.views[-1].get("route")})

    async def press(self, key: str) -> None:
        """Press a key of a keyboard."""
        await self._settled()
        pressed = {"key": key, "shift": False, "ctrl": False, "alt": False, "meta": False}
        await self._event(self.tree, "keyboard_event", pressed)

    async def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        size = {"width": width, "height": height}
        await self._event(self.tree, "resize", size, **size)

    async def visit(self, route: str) -> None:
        """Go to an address, as typing it does."""
        await self._event(self.tree, "route_change", {"route": route}, route=route)

    # The connection

    def lose_line(self) -> None:
        """The moment between the end of a connection and the server's knowing: it fails as Flet's does."""
        self._dead = True

    async def disconnect(self) -> None:
        """Lose the connection; the session waits."""
        await self.session.disconnect(300)
        self._dead = False

    async def reconnect(self, route: str = "") -> None:
        """Be back in the same session, at `route` if that has changed meanwhile.

        The server sends the page as it last drew it, then `connect`, then the address where it differs.
        """
        self._props = self._props | {"route": route or self.route}
        moved = self._props["route"] != self.session.page.route
        self.session.apply_page_patch({"route": self._props["route"]})
        self._register(self.session.page)
        await self.loop.create_task(self.session.connect(self))
        if moved:
            await self._event(self.tree, "route_change", {"route": route})

    def compare(self) -> None:
        """Fail where the client's tree is not the server's."""
        server, _ = wire(self.session.page)
        found = list(difference(server, self.tree, self.session.index))
        assert not found, found

    async def close(self) -> None:
        """End the session; fails where it crashed, or where the client sees something else than is there."""
        await self._settled()
        if self.session.connection is not None:
            self.compare()
        self.session.close()
        await asyncio.sleep(0)
        assert not self.crashes, self.crashes


_WORDS = ("value", "text", "title", "subtitle", "content", "label", "hint_text", "helper", "error", "tooltip")


def _answering(node: Node) -> tuple[Node, str]:
    """What in `node` answers to a tap, and the name of the event."""
    for inner in nodes(node):
        for name in ("click", "tap"):
            if inner.get(f"on_{name}"):
                assert not inner.get("disabled"), f"{node.get('identifier')} is disabled"
                return inner, name
    raise AssertionError(f"nothing in {node.get('identifier')} answers to a tap")


def _words(node: Node) -> list[str]:
    return [node[name] for name in _WORDS if isinstance(node.get(name), str)]
