"""Photos that go along with what somebody writes: picked, sent ahead, shown small, taken out again."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import flet as ft

from app.shop.actions.photos import add_photo, drop_photo
from app.shop.reads.talk import photo
from app.shop.rules.errors import ShopError
from app.shop.rules.words import PHOTOS
from app.ui.files import Files
from app.ui.hooks import new_key, use_action, use_query
from app.ui.kept import Kept
from app.ui.parts.compose import PhotoTile
from app.ui.parts.tap import OnTap
from app.ui.state import use_window_unwatched
from app.ui.texts import problem, t
from app.ui.window import Window


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos that go along, each at a place that stays its own, and how many more are on their way.

    Its key is that of these very photos.
    """

    places: tuple[str | None, ...] = (None,) * PHOTOS
    coming: int = 0
    key: str = field(default_factory=new_key)

    @property
    def ids(self) -> tuple[str, ...]:
        """The photos that are there."""
        return tuple(one for one in self.places if one is not None)

    @property
    def any(self) -> bool:
        """Whether one is there or on its way."""
        return self.room < PHOTOS

    @property
    def room(self) -> int:
        """How many can be added."""
        return PHOTOS - len(self.ids) - self.coming

    def take(self, one: str) -> "Photos":
        """With a photo more."""
        at = self.places.index(None)
        return Photos((*self.places[:at], one, *self.places[at + 1 :]), self.coming)

    def expect(self, more: int) -> "Photos":
        """With so many more on their way; what there is stays the same."""
        return replace(self, coming=self.coming + more)

    def without(self, *gone: str) -> "Photos":
        """Without these; the others stay where they are."""
        return Photos(tuple(None if one in gone else one for one in self.places), self.coming)


@dataclass(frozen=True, slots=True)
class Picking:
    """How photos are picked (None: no more fit) and taken out; `asked` while they are being picked."""

    asked: bool
    pick: OnTap | None
    drop: Callable[[str], None]


def use_photos(number: int, kept: Kept[Photos]) -> Picking:
    """How photos of order `number` come into what is kept, wherever that is shown by now, and out of it."""
    window = use_window_unwatched()
    asked, ask = ft.use_state(False)
    files: Files = ft.use_memo(lambda: Files(window.page), [])
    adding, dropping = use_action(add_photo), use_action(drop_photo)

    async def pick() -> None:
        ask(True)  # the limits are told before anything is sent
        try:
            await take(await files.pick(photos=True))
        except ShopError as error:
            window.say(problem(error))
        finally:
            ask(False)

    async def take(picked: list[ft.FilePickerFile]) -> None:
        taken = picked[: max(kept.value.room, 0)]
        if len(picked) > len(taken):
            window.say(t("photos_at_most", count=PHOTOS))
        kept.set(kept.value.expect(len(taken)))
        for file in taken:
            try:
                await add(file)
            finally:
                kept.set(kept.value.expect(-1))

    async def add(file: ft.FilePickerFile) -> None:
        sent = await _content(window, files, file)
        done = await adding.run(number, sent, key=new_key()) if sent is not None else None
        if done is not None:
            kept.set(kept.value.take(str(done.answer["photo"])))

    async def take_out(one: str) -> None:
        kept.set(kept.value.without(one))
        await dropping.run(number, one, key=new_key())

    def drop(one: str) -> None:
        window.page.run_task(take_out, one)

    # One picking at a time: the next would take the place of what is still being sent.
    more = kept.value.room > 0 and not (asked or kept.value.coming)
    return Picking(asked, pick if more else None, ft.use_callback(drop, [number, kept]))


async def _content(window: Window, files: Files, file: ft.FilePickerFile) -> bytes | None:
    """What a photo holds, ready to be added; None where it cannot be sent, which the person has been told."""
    try:
        sent = await files.photo(file)
        await window.desk.prepare(sent)
    except ShopError as error:
        window.say(problem(error))
        return None
    return sent


@ft.component
def _PhotoTiles(photos: Photos, on_drop: Callable[[str], None]) -> ft.Control:
    """The photos, and a ring for each that is on its way.

    Nothing is put into the row or taken from it: of a list that grows or shrinks, while something behind that
    changes, Flet (1.0.5) makes a patch that no client can apply.
    """
    coming = photos.coming
    tiles: list[ft.Control] = []
    for n, one in enumerate(photos.places, 1):
        if one is not None:
            tiles.append(ft.Container(Added(one, n, on_drop, key=one)))
        else:
            tiles.append(ft.Container(PhotoTile(None, n, None), visible=coming > 0))
            coming -= 1
    return ft.Row(tiles, spacing=8, wrap=True)


@ft.component
def _Added(one: str, n: int, on_drop: Callable[[str], None]) -> ft.Control:
    """The `n`th photo."""
    found = use_query(photo, one, small=True)
    return PhotoTile(found.value, n, lambda: on_drop(one))


_memo: Any = ft.memo
PhotoTiles, Added = _memo(_PhotoTiles), _memo(_Added)
