"""Writing a message: the field, phrases to begin with, photos to go along; what fails to be sent stays."""

from dataclasses import dataclass, field
from typing import Any

import flet as ft

from app.shop.actions.talk import send_message
from app.shop.rules.words import MESSAGE
from app.ui import theme
from app.ui.hooks import new_key, use_action
from app.ui.kept import use_kept
from app.ui.parts.compose import Hint, Phrases, Writing
from app.ui.parts.frame import Foot
from app.ui.photos import Photos, PhotoTiles, use_photos


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written; its key is that of this very text, so that sending it twice sends it once."""

    text: str = ""
    key: str = field(default_factory=new_key)

    def after(self, sent: "Draft") -> "Draft":
        """What came in since then stays for the next message."""
        return Draft(self.text.removeprefix(sent.text))


@ft.component
def _Composer(number: int, role: str) -> ft.Control:
    """The foot of a thread; nothing that happens above it draws it again."""
    kept = use_kept(("message", number), Draft)
    along = use_kept(("photos", number), Photos)
    draft, photos = kept.value, along.value
    sending = use_action(send_message)
    picking = use_photos(number, along)

    def write(text: str) -> None:
        kept.set(Draft(text))

    async def send() -> None:
        now, ids = kept.value, along.value.ids
        key = now.key + along.value.key
        if _empty(now, along.value) or await sending.run(number, now.text, ids, key=key) is None:
            return
        kept.set(kept.value.after(now))
        along.set(along.value.without(*ids))

    above: list[ft.Control] = []
    if photos.any:
        above.append(PhotoTiles(photos, picking.drop))
    if photos.any or picking.asked:
        above.append(Hint())
    elif not draft.text.strip():
        above.append(Phrases(role, write))
    left, ready = MESSAGE - len(draft.text), not _empty(draft, photos) and not sending.busy
    # The field stays in its place whatever is above it: one that moves is another one, and loses the focus.
    helps = ft.Column(above, spacing=8, tight=True, visible=bool(above))
    writing = Writing(draft.text, write, send, picking.pick, ready=ready, left=left)
    return Foot(ft.Column([helps, writing], spacing=8, tight=True, expand=True), padding=theme.GAP)


def _empty(draft: Draft, photos: Photos) -> bool:
    """Whether there is nothing to send."""
    return not (draft.text.strip() or photos.ids)


_memo: Any = ft.memo
Composer = _memo(_Composer)
