"""Your data: what is kept about who looks, and all of it as a file."""

from dataclasses import asdict

import flet as ft

from app.shop.export.mine import Mine, how_much_is_mine, my_data
from app.ui import theme
from app.ui.hooks import use_query
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Aside, Foot, Pair, Pane, Scroll, Section
from app.ui.parts.tap import Filled
from app.ui.parts.words import Body
from app.ui.saving import use_save
from app.ui.state import use_window
from app.ui.texts import number, t


@ft.component
def MyDataScreen(back: str | None) -> ft.Control:
    """How much there is, and the way to have it."""
    window, save = use_window(), use_save()
    asked = use_query(how_much_is_mine)
    mine, foot = asked.value, None
    download = ("download-data", t("download_data"), lambda: save(f"takeback-{window.handle}.json", my_data))
    content: ft.Control
    if mine is None:
        loading = Loading(220, still=window.still)
        content = Trouble(asked.error, window.draw_again) if asked.error else loading
    elif not any(asdict(mine).values()):
        content = Empty(Drawing.NOBODY, t("my_data_none"), how=t("my_data_none_how"), action=download)
    else:
        content, foot = _body(mine), Foot(Filled(*download, expand=True))
    return Pane(t("my_data"), content, back=back, foot=foot)


def _body(mine: Mine) -> ft.Control:
    rows = [Pair(t(f"my_data.{name}"), Body(number(count))) for name, count in asdict(mine).items()]
    return Scroll(
        Section(ft.Column(list[ft.Control](rows), spacing=theme.GAP), title=t("my_data_kept")),
        Aside(t("my_data_how")),
    )
