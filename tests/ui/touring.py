"""Taking the guided tour in a test: step by step, by Next or by tapping what is pointed at."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.shop.rules.policy import JOURNEY, SECOND
from app.shop.shop import Shop
from app.ui.texts import t
from app.ui.tour.course import Course
from app.ui.tour.steps import STEPS
from app.ui.window import Window
from tests.actions.steps import settle
from tests.client import nodes
from tests.headless import Phone

CODES = tuple(step.code for step in STEPS)


def window(phone: Phone) -> Window:
    """The window that the phone shows."""
    process = phone.process
    desks = process.windows, *(one.desk.windows for one in process.practices._open.values())
    return next(one for windows in desks for one in windows._open if one.page is phone.session.page)


def course(phone: Phone) -> Course:
    """The course that is on in the window."""
    found: Course | None = window(phone).tour.course
    assert found is not None
    return found


def practice_shop(phone: Phone) -> Shop:
    """The practice store of the window."""
    return course(phone).practice.shop


def folders(data: Path) -> list[Path]:
    """The practice stores there are on this machine."""
    return sorted(data.glob("practice/*"))


async def begin(phone: Phone, *, undo: float = 0.3) -> None:
    """Begin the tour from its page; there are `undo` seconds to take a cancellation back."""
    await phone.tap("tour-begin")
    await phone.shows("tour-next")
    settle(practice_shop(phone), replace(JOURNEY, undo_ms=round(undo * SECOND)))


def step(phone: Phone) -> str:
    """The code of the step one is at; nothing where no tour is on."""
    here = window(phone)
    on = here.tour.course if here.opened else None
    return on.step.code if on else ""


async def at(phone: Phone, code: str) -> None:
    """Wait until the tour is at this step and its sentence can be read."""
    await phone.until(lambda: step(phone) == code and phone.sees(t(f"tour.{code}")))


async def by_next(phone: Phone, code: str) -> None:
    """Have the tour do the step; the seconds to undo pass by themselves."""
    if code != "undo":
        await phone.tap("tour-next")
        await phone.until(lambda: step(phone) != code)


async def by_hand(phone: Phone, code: str) -> None:
    """Tap what has the ring; what the shop does, it does when asked to go on."""
    if code == "answer":
        await phone.tap("tour-next")
    elif code != "undo":
        await phone.until(lambda: ringed(phone))
        await phone.tap(ringed(phone)[0])
        if code in ("cancelled", "to-ship") and step(phone) == code:  # the way back was the first of two
            await phone.until(lambda: code not in course(phone).mark.passed and "back" not in ringed(phone))
            await phone.tap(ringed(phone)[0])


async def walk(phone: Phone, do: Callable[[Phone, str], object], until: str = "") -> None:
    """Take the steps that are left, or those before `until`; `do` does one of them."""
    for code in CODES[CODES.index(step(phone)) :]:
        await at(phone, code)
        if code == until:
            return
        await do(phone, code)  # type: ignore[misc]


def ringed(phone: Phone) -> list[str]:
    """What has a ring around it on the screen, by identifier."""
    found = []
    for node in phone._seen():
        content = node.get("content")
        if node.get("identifier") and isinstance(content, dict) and content["_c"] == "Stack":
            _, ring = content["controls"]
            if any(nodes(ring, "Container")):
                found.append(node["identifier"])
    return found
