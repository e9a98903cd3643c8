"""What is wrong with what was typed or chosen."""

import flet as ft

from app.ui import theme
from app.ui.parts.words import Body


def Wrong(sentence: str, *, align: ft.TextAlign | None = None) -> ft.Control:
    """What is wrong, read aloud when it appears; nothing to be seen where that is an empty sentence.

    In a list it keeps its place with nothing to say: what stands behind would be made anew each time.
    """
    words = Body(sentence, color=theme.TROUBLE, text_align=align)
    return ft.Semantics(live_region=True, content=words, visible=bool(sentence))
