"""Export and import: everything out as one file, and such a file in the place of everything here."""

import flet as ft

from app.ui import theme
from app.ui.moving import Found, Moving, use_moving
from app.ui.parts.caution import Caution
from app.ui.parts.faces import Alone
from app.ui.parts.frame import Aside, Foot, Pair, Pane, Scroll, Section
from app.ui.parts.progress import Progress
from app.ui.parts.tap import Filled, Outlined
from app.ui.parts.words import Body, Quiet
from app.ui.state import use_underway, use_window
from app.ui.texts import number, problem, t
from app.ui.window import Window


@ft.component
def MoveScreen(back: str | None) -> ft.Control:
    """The two ways; what is in a file that was picked is read before it replaces anything."""
    window, underway, moving = use_window(), use_underway(), use_moving()
    foot = None
    trouble = [Caution(problem(moving.trouble), name="trouble")] if moving.trouble else []
    if moving.busy:
        content = Alone([ft.Container(Progress(t(moving.busy), 0, still=window.still), width=theme.DIALOG)])
    elif moving.found:
        somebody = window.actor is not None
        content = Scroll(*trouble, *_in_it(moving.found, somebody=somebody))
        foot = Foot(
            Outlined("keep-store", t("keep_store" if somebody else "cancel_move"), moving.leave, expand=True),
            Filled(
                "replace-store",
                t("replace_store" if somebody else "put_in_store"),
                lambda: window.page.run_task(moving.put_in),
                # What was submitted a moment ago can still be taken back: that is waited for.
                disabled=bool(underway.pending),
                expand=True,
            ),
        )
    else:
        out = [_out(window, moving)] if window.actor is not None else []
        content = Scroll(*trouble, *out, _in(window, moving))
    return Pane(t("move_store"), content, back=back, foot=foot)


def _out(window: Window, moving: Moving) -> ft.Control:
    do = Outlined("export-store", t("export_store"), lambda: window.page.run_task(moving.take_out))
    return Section(Quiet(t("export_store_how")), ft.Row([do]), title=t("export_store_title"))


def _in(window: Window, moving: Moving) -> ft.Control:
    if not window.desk.is_replaceable:
        return Aside(t("import_store_shell"))
    do = Outlined("import-store", t("import_store"), lambda: window.page.run_task(moving.choose))
    return Section(Quiet(t("import_store_how")), ft.Row([do]), title=t("import_store_title"))


def _in_it(found: Found, *, somebody: bool) -> list[ft.Control]:
    rows: list[ft.Control] = [
        Pair(t("moved.orders"), Body(number(found.holds.orders))),
        Pair(t("moved.photos"), Body(number(found.holds.photos))),
    ]
    sure = [Caution(t("replace_store_how"), name="replaces")] if somebody else []
    return [*sure, Section(*rows, title=t("move_found", name=found.name))]
