"""Writing a message: the field, phrases to begin with, photos to go along; what fails to be sent stays."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import flet as ft

from app.shop.actions.photos import add_photo, drop_photo
from app.shop.actions.talk import send_message
from app.shop.reads.talk import photo
from app.shop.rules.errors import ShopError
from app.shop.rules.words import MESSAGE, PHOTOS
from app.ui import theme
from app.ui.files import Files
from app.ui.hooks import new_key, use_action, use_query
from app.ui.kept import Kept, use_kept
from app.ui.parts.compose import Hint, PhotoTile, Phrases, Writing
from app.ui.parts.frame import Foot
from app.ui.parts.tap import OnTap
from app.ui.state import use_window_unwatched
from app.ui.texts import problem, t
from app.ui.window import Window


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written, its photos by numbers that stay theirs, and how many more are on their way.

    Its key is that of this very content, so that sending it twice sends it once.
    """

    text: str = ""
    photos: tuple[tuple[int, str], ...] = ()
    coming: int = 0
    key: str = field(default_factory=new_key)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to send."""
        return not (self.text.strip() or self.photos)

    @property
    def room(self) -> int:
        """How many photos can be added."""
        return PHOTOS - len(self.photos) - self.coming

    def write(self, text: str) -> "Draft":
        """With this text instead."""
        return Draft(text, self.photos, self.coming)

    def take(self, one: str) -> "Draft":
        """With a photo more."""
        n = 1 + max((n for n, _ in self.photos), default=0)
        return Draft(self.text, (*self.photos, (n, one)), self.coming)

    def expect(self, more: int) -> "Draft":
        """With so many more photos on their way; what there is stays the same."""
        return replace(self, coming=self.coming + more)

    def leave(self, one: str) -> "Draft":
        """Without a photo."""
        return Draft(self.text, tuple(it for it in self.photos if it[1] != one), self.coming)

    def after(self, sent: "Draft") -> "Draft":
        """What came in since then stays for the next message."""
        return Draft(self.text.removeprefix(sent.text), self.photos[len(sent.photos) :], self.coming)


@ft.component
def _Composer(number: int, role: str) -> ft.Control:
    """The foot of a thread; nothing that happens above it draws it again."""
    kept = use_kept(("message", number), Draft())
    draft = kept.value
    sending = use_action(send_message)
    photos = _use_photos(number, kept)

    def write(text: str) -> None:
        kept.set(kept.value.write(text))

    async def send() -> None:
        now = kept.value
        along = tuple(one for _, one in now.photos)
        if not now.empty and await sending.run(number, now.text, along, key=now.key) is not None:
            kept.set(kept.value.after(now))

    above: list[ft.Control] = []
    if draft.photos or draft.coming:
        tiles = [Added(one, n, photos.drop, key=one) for n, one in draft.photos]
        tiles += [PhotoTile(None, 0, None) for _ in range(draft.coming)]
        above.append(ft.Row(tiles, spacing=8, wrap=True))
    if draft.photos or photos.asked:
        above.append(Hint())
    elif draft.empty:
        above.append(Phrases(role, write))
    left, ready = MESSAGE - len(draft.text), not draft.empty and not sending.busy
    add = photos.pick if draft.room > 0 else None
    # The field stays in its place whatever is above it: one that moves is another one, and loses the focus.
    helps = ft.Column(above, spacing=8, tight=True, visible=bool(above))
    writing = Writing(draft.text, write, send, add, ready=ready, left=left)
    return Foot(ft.Column([helps, writing], spacing=8, tight=True, expand=True), padding=theme.GAP)


@dataclass(frozen=True, slots=True)
class _Photos:
    """How photos come into a draft, and whether they are being picked."""

    asked: bool
    pick: OnTap
    drop: Callable[[str], None]


def _use_photos(number: int, kept: Kept[Draft]) -> _Photos:
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
        kept.set(kept.value.leave(one))
        await dropping.run(number, one, key=new_key())

    def drop(one: str) -> None:
        window.page.run_task(take_out, one)

    return _Photos(asked, pick, ft.use_callback(drop, [number, kept]))


async def _content(window: Window, files: Files, file: ft.FilePickerFile) -> bytes | None:
    """What a photo holds; None where it cannot be sent, which the person has been told."""
    try:
        return await files.photo(file)
    except ShopError as error:
        window.say(problem(error))
        return None


@ft.component
def _Added(one: str, n: int, on_drop: Callable[[str], None]) -> ft.Control:
    """The `n`th photo of the draft."""
    found = use_query(photo, one, small=True)
    return PhotoTile(found.value, n, lambda: on_drop(one))


_memo: Any = ft.memo
Composer, Added = _memo(_Composer), _memo(_Added)
