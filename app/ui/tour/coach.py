"""The coach: what to do next in one sentence, how far one is, and the ways on and out.

It stands below the screens, and within each dialog: what is behind one can neither be tapped nor read out.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any

import flet as ft

from app.shop.rules.errors import ShopError
from app.ui import theme
from app.ui.outcome import outcome
from app.ui.parts.notice_bar import QUIET
from app.ui.parts.ring import pointer
from app.ui.parts.tap import Filled, Tap
from app.ui.parts.words import Body, Label
from app.ui.state import stop, use_above, use_underway, use_window, use_window_unwatched
from app.ui.texts import problem, t
from app.ui.tour.course import Course
from app.ui.tour.steps import ANSWER, LAST, Step, progress

WIDEST, _MARGIN = 960, 8
_INK = theme.CHOSEN.ink


def coach(address: str | None = None) -> list[ft.Control]:
    """The coach, if a tour is on, below the screens of `address`; None: within a dialog."""
    course = use_window_unwatched().tour.course if pointer() else None
    return [Coach(course, address)] if course else []


def coached(content: ft.Control | None) -> ft.Control | None:
    """What a dialog holds, with the coach below it if a tour is on."""
    below = coach()
    if not below or content is None:
        return content
    above = ft.Container(content, expand=True, expand_loose=True)
    return ft.Column([above, *below], spacing=0, tight=True)


@ft.component
def _Coach(course: Course, address: str | None) -> ft.Control:
    """The coach of `course`; it looks what was done whenever the window shows something else."""
    window, underway = use_window(), use_underway()
    shown = [address, use_above().draft, underway.pending, underway.notices]

    async def look() -> None:
        await course.look(address)

    ft.use_effect(look, shown, cleanup=stop)
    step = course.step
    said = _said(step, _use_loud(step))

    async def tell(work: Awaitable[None]) -> None:
        came = await outcome(work)
        if isinstance(came, ShopError):
            window.say(problem(came))

    async def leave() -> None:
        await tell(window.tour.leave())

    async def go_on() -> None:
        await tell(window.tour.finish() if course.step is LAST else course.go_on())

    on, waits = t("tour.finish" if step is LAST else "tour.next"), step.waits and step.code != ANSWER
    # One and the same from step to step: in a dialog, what is made anew may no longer answer (Flet 1.0.5).
    leave_it = ft.use_memo(lambda: Tap("tour-leave", _word(t("tour.leave")), leave, **_ROOM), [])
    next_one = ft.use_memo(lambda: Filled("tour-next", on, go_on), [on])
    ways: list[ft.Control] = [leave_it, *([] if waits else [next_one])]
    if address is None:
        return _card(_above(step, said, ways), theme.DIALOG if window.wide else None)
    return _card(_beside(step, said, ways) if window.wide else _above(step, said, ways), WIDEST)


# Where a dialog is drawn again that holds the same component as before, one that is not memoised is made anew
# on the server alone: the client would be told of things it does not have (Flet 1.0.5).
_memo: Any = ft.memo
Coach = _memo(_Coach)

_ROOM: dict[str, Any] = {
    "height": theme.TOUCH,
    "padding": ft.Padding.symmetric(horizontal=theme.GAP),
    "border_radius": theme.BUTTON_RADIUS,
    "alignment": ft.Alignment.CENTER,
}


def _word(word: str) -> ft.Control:
    return ft.Text(word, theme_style=ft.TextThemeStyle.LABEL_LARGE, color=_INK)


def _above(step: Step, said: ft.Control, ways: list[ft.Control]) -> ft.Control:
    leave, *go_on = ways
    return ft.Column(
        [said, ft.Row([leave, ft.Container(_far(step), expand=True), *go_on], spacing=theme.GAP)],
        spacing=8,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _beside(step: Step, said: ft.Control, ways: list[ft.Control]) -> ft.Control:
    words = ft.Column([_far(step, ft.TextAlign.START), said], spacing=0, tight=True, expand=True)
    return ft.Row([words, *ways], spacing=theme.GAP)


def _said(step: Step, loud: bool) -> ft.Control:
    words = Body(t(f"tour.{step.code}"), color=_INK)
    # A node of its own for each sentence: one that has spoken does not speak again (Flutter 3.44). Alone in a
    # container: a list in which it changed would be made anew, with the buttons in it.
    return ft.Container(ft.Semantics(live_region=loud, container=True, content=words, key=step.code))


def _use_loud(step: Step) -> bool:
    """Whether to read the sentence out: soon after it appears, as what is said while a dialog closes goes."""
    loud, be_loud = ft.use_state("")

    async def wait() -> None:
        await asyncio.sleep(QUIET)
        be_loud(step.code)

    ft.use_effect(wait, [step.code], cleanup=stop)
    return loud == step.code


def _far(step: Step, align: ft.TextAlign = ft.TextAlign.CENTER) -> ft.Control:
    at, of = progress(step)
    journey = t(f"tour.journey.{step.journey}")
    return Label(t("tour.progress", journey=journey, at=at, of=of), color=_INK, text_align=align)


def _card(content: ft.Control, width: int | None) -> ft.Control:
    card = ft.Container(
        content,
        bgcolor=theme.CHOSEN.fill,
        border_radius=theme.CARD_RADIUS,
        padding=ft.Padding.only(left=theme.MARGIN, right=theme.GAP, top=theme.GAP, bottom=theme.GAP),
        width=width and width - 2 * _MARGIN,
    )
    margin = ft.Container(
        card, padding=_MARGIN, alignment=ft.Alignment.TOP_CENTER if width == WIDEST else None
    )
    return ft.SafeArea(margin, avoid_intrusions_top=False)
