"""An Android phone without a screen: the app as it is packed for one, and Flet's client on the other side."""

import asyncio
import compileall
import shutil
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import fields
from importlib.metadata import distribution
from importlib.util import cache_from_source
from pathlib import Path
from tomllib import loads
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import msgpack  # type: ignore[import-untyped]
from flet.controls.device_info import AndroidDeviceInfo
from flet.messaging.protocol import decode_ext_from_msgpack

from app.packaging.carried import needed
from app.packaging.phone import COMPILED, PHONE
from tests.browser import ROOT
from tests.client import Node
from tests.headless import Phone

SIZE = (411, 890)
REGISTER, _PATCH, EVENT, PROPS, ANSWER = 1, 2, 3, 4, 5
ANSWERS = 5.0
"""Seconds after which an event that nothing came of was about something that is no longer there."""
BOOT = Path(__file__).with_name("boot.py")


def install(folder: Path) -> None:
    """The program and what it needs, as they are on a phone: compiled, most packages in a zip."""
    told = loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["flet"]["android"]
    program, zipped, extracted = folder / "program", folder / "zipped", folder / "packages" / "extracted"
    program.mkdir(parents=True)
    for name in ("main.py", "app", "assets"):
        _take(ROOT / name, program / name, {str(ROOT / one) for one in told["app"]["exclude"]})
    for name in sorted(needed(PHONE, ())):
        _unpack(name, extracted if name in (*COMPILED, *told["extract_packages"]) else zipped)
    for one in (program, zipped, extracted):
        compileall.compile_dir(one, quiet=1, legacy=True, workers=0)
        for source in one.rglob("*.py"):
            if source.with_suffix(".pyc").exists():
                source.unlink()
    with ZipFile(folder / "packages" / "packages.zip", "w", ZIP_STORED) as packed:
        for file in sorted(zipped.rglob("*")):
            packed.write(file, file.relative_to(zipped))
    shutil.rmtree(zipped)
    for file in program.rglob("*"):
        file.chmod(0o555 if file.is_dir() else 0o444)
    program.chmod(0o555)


def _take(here: Path, there: Path, without: set[str]) -> None:
    if here.is_file():
        shutil.copyfile(here, there)
    else:
        shutil.copytree(
            here,
            there,
            ignore=lambda at, names: [
                one for one in names if one == "__pycache__" or f"{at}/{one}" in without
            ],
        )


def _unpack(name: str, into: Path) -> None:
    for file in distribution(name).files or ():
        plain = file.suffix != ".pyc" and (file.suffix != ".so" or name in COMPILED)
        if plain and ".." not in file.parts:
            here, there = Path(str(file.locate())), into / file
            there.parent.mkdir(parents=True, exist_ok=True)
            if (compiled := Path(cache_from_source(str(here)))).exists() and file.suffix == ".py":
                here, there = compiled, there.with_suffix(".pyc")
            shutil.copyfile(here, there)


class Device(Phone):
    """Flet's client on a phone, and the app's process."""

    def __init__(self, process: asyncio.subprocess.Process, route: str, kept: dict[str, Any]) -> None:
        super().__init__(None, route, SIZE, kept, native="android")  # type: ignore[arg-type]
        self.python = process
        self.session = self  # what a client tells goes over the bridge

    async def begin(self) -> None:
        """Say who is there, and listen from then on."""
        self._listening = asyncio.create_task(self._listen())
        self._post(REGISTER, {"session_id": None, "page_name": "", "page": self._props})
        await self.until(lambda: self.tree)

    async def _listen(self) -> None:
        assert self.python.stdout is not None
        with suppress(asyncio.IncompleteReadError):  # how it ends
            while True:
                (length,) = struct.unpack("<I", await self.python.stdout.readexactly(4))
                packet = await self.python.stdout.readexactly(length)
                told = msgpack.unpackb(packet[1:], ext_hook=decode_ext_from_msgpack, strict_map_key=False)
                self.messages += 1
                self.bytes_sent += length
                self.take(*told)

    def _post(self, action: int, body: dict[str, Any]) -> None:
        assert self.python.stdin is not None
        packet = b"\0" + msgpack.packb([action, body])
        self.python.stdin.write(struct.pack("<I", len(packet)) + packet)

    async def tap(self, identifier: str | Node) -> None:
        """Tap it once the screen stands still: what is seen is then what the app, in its process, knows."""
        if isinstance(identifier, str):
            await self.shows(identifier)
        await self.rests()
        await super().tap(identifier)

    def apply_patch(self, control: int, props: dict[str, Any]) -> None:
        """What a control of the client became."""
        self._post(PROPS, {"id": control, "props": props})

    async def _answer(self, control_id: int, call_id: str, name: str, args: Any = None) -> None:
        if name == "get_device_info":
            told: dict[str, Any] = dict.fromkeys(field.name for field in fields(AndroidDeviceInfo))
            told["locales"] = [{"language_code": language} for language in self.languages]
            self.handle_invoke_method_results(control_id, call_id, told, None)
        else:
            await super()._answer(control_id, call_id, name, args)

    async def _dispatch(self, control_id: int, name: str, data: Any) -> bool:
        before, end = self.messages, self.loop.time() + ANSWERS
        self._post(EVENT, {"target": control_id, "name": name, "data": data})
        while self.messages == before and self.loop.time() < end:
            await asyncio.sleep(0.01)
        return self.messages > before

    def handle_invoke_method_results(self, control: int, call: str, result: Any, error: str | None) -> None:
        """What the client answers."""
        self._post(ANSWER, {"control_id": control, "call_id": call, "result": result, "error": error})


@asynccontextmanager
async def started(
    folder: Path, storage: Path, route: str = "/", kept: dict[str, Any] | None = None
) -> AsyncIterator[Device]:
    """The app that is installed in `folder`, opened at `route`; nothing it does is forbidden.

    `kept` is what the device remembers for it, `storage` where it writes.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-S", "-B", str(BOOT), str(folder / "program"), str(folder / "packages"), str(storage)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=1 << 24,
    )
    assert process.stderr is not None
    said = asyncio.create_task(process.stderr.read())
    device = Device(process, route, {} if kept is None else kept)
    try:
        await device.begin()
        yield device
    except AssertionError as error:
        error.add_note(await _ended(process, said))
        raise
    told = await _ended(process, said)
    assert process.returncode == 0, told
    assert "Traceback" not in told, told
    assert not device.crashes, device.crashes


async def _ended(process: asyncio.subprocess.Process, said: asyncio.Task[bytes]) -> str:
    """What it said, once it has ended."""
    assert process.stdin is not None
    process.stdin.close()
    await process.wait()
    return (await said).decode()
