"""Files of the person's device: picked by them, then brought to where they can be read."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import flet as ft

from app.shop.rules.errors import Invalid, ShopError
from app.shop.rules.words import PHOTO_BYTES

MOST = 50 << 20
"""Bytes that a file may have where a browser sends it."""
PATIENCE = 120
"""Seconds in which a browser has sent a file."""


class Files:
    """What a person picks in one window. In a browser a file has no path: it is sent to the server."""

    def __init__(self, page: ft.Page) -> None:
        self._page = page
        self._picker = ft.FilePicker(on_upload=self._sent)
        self._sending: asyncio.Future[None] | None = None
        self._progress: Callable[[float], None] = _untold

    async def pick(self, *, photos: bool = False) -> list[ft.FilePickerFile]:
        """The files picked, or the `photos`; none where the person thought better of it.

        Which file has orders its content tells, not how its name ends. Raises ShopError where this device has
        no dialog to pick files with.
        """
        kind = ft.FilePickerFileType.IMAGE if photos else ft.FilePickerFileType.ANY
        try:
            return await self._picker.pick_files(
                file_type=kind,
                allow_multiple=True,
                # In the site without a server there is nobody to send it to.
                with_data=self._page.pyodide,
                # A browser that reads slowly would otherwise be taken for one that cancelled.
                cancel_upload_on_window_blur=False,
            )
        except (RuntimeError, TimeoutError) as error:
            raise ShopError("no_file_dialog") from error

    async def photo(self, file: ft.FilePickerFile) -> bytes:
        """What a photo that was picked holds. Raises ShopError where it is too large or does not come."""
        if file.size > PHOTO_BYTES:  # told before it is sent
            raise Invalid("photo_too_large", {"most": PHOTO_BYTES >> 20})
        with TemporaryDirectory(prefix="takeback-") as folder:
            path = await self.fetch(file, Path(folder), _untold, "photo")
            try:
                with path.open("rb") as sent:
                    return sent.read(PHOTO_BYTES + 1)  # what it is now, whatever was said before
            except OSError as error:
                raise ShopError("file_not_sent") from error

    async def fetch(
        self, file: ft.FilePickerFile, folder: Path, progress: Callable[[float], None], name: str = ""
    ) -> Path:
        """Where `file` can be read: in its place, or in `folder`; `progress` is told the share sent.

        There it is called `name`, else as the person has it. Raises ShopError where it is too large or does
        not come.
        """
        if file.path:
            return Path(file.path)
        if file.size > MOST:
            raise ShopError("file_too_large", {"most": MOST >> 20})
        target = folder / (name or Path(file.name).name)
        if file.bytes is not None:
            target.write_bytes(file.bytes)
        elif file.size:
            await self._send(file, f"{folder.name}/{target.name}", progress)
        else:
            target.touch()  # a browser has nothing to send of it, and never says that it is done
        return target

    async def _send(self, file: ft.FilePickerFile, target: str, progress: Callable[[float], None]) -> None:
        self._sending, self._progress = asyncio.get_running_loop().create_future(), progress
        # By name: the client counts anew after each file that it has sent.
        upload = ft.FilePickerUploadFile(self._page.get_upload_url(target, PATIENCE), name=file.name)
        try:
            await self._picker.upload([upload])
            await asyncio.wait_for(self._sending, PATIENCE)
        except (RuntimeError, TimeoutError) as error:
            raise ShopError("file_not_sent") from error

    def _sent(self, e: ft.FilePickerUploadEvent) -> None:
        if self._sending is None or self._sending.done():
            return
        if e.error:
            self._sending.set_exception(RuntimeError(e.error))
        elif e.progress == 1:
            self._sending.set_result(None)
        else:
            self._progress(e.progress or 0)


def _untold(_share: float) -> None:
    """Nobody is told how far it is: it takes a moment."""
