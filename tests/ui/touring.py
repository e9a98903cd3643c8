"""Taking the guided tour in a test: step by step, by Next or by tapping what is pointed at."""

from dataclasses import replace
from pathlib import Path

from app.shop.rules.policy import JOURNEY
from app.shop.shop import Shop
from app.ui.texts import t
from app.ui.tour.course import Course
from app.ui.tour.steps import STEPS
from tests.actions.steps import settle
from tests.client import nodes
from tests.headless import Phone

CODES = tuple(step.code for step in STEPS)
WAITS = ("undo", "answer")


def course(phone: Phone) -> Course:
    """The course that is on in the window."""
    (window,) = (one for one in windows(phone) if one.page is phone.session.page)
    found: Course | None = window.tour.course
    assert found is not None
    return found


def windows(phone: Phone) -> list:  # type: ignore[type-arg]
    """Every window of the process, at whichever desk."""
    desks = [phone.process.windows, *(one.desk.windows for one in phone.process.practices._open.values())]
    return [window for desk in desks for window in desk._open]


def practice_shop(phone: Phone) -> Shop:
    """The practice store of the window."""
    return course(phone).practice.shop


def folder(data: Path) -> list[Path]:
    """The practice stores there are on this machine."""
    return sorted(data.glob("practice/*"))


async def begin(phone: Phone, *, undo: float = 0.3) -> None:
    """Begin the tour from its page; there are `undo` seconds to take a cancellation back."""
    await phone.tap("tour-begin")
    await phone.shows("tour-next")
    settle(practice_shop(phone), replace(JOURNEY, undo_ms=round(undo * 1000)))


def step(phone: Phone) -> str:
    """The code of the step one is at."""
    return course(phone).step.code


async def at(phone: Phone, code: str) -> None:
    """Wait until the tour is at this step and its sentence can be read."""
    await phone.until(lambda: step(phone) == code and phone.sees(t(f"tour.{code}")))


def ringed(phone: Phone) -> list[str]:
    """What has a ring around it on the screen, by identifier."""
    found = []
    for node in phone._seen():
        if node.get("identifier"):
            for inner in nodes(node):
                if inner is not node and inner.get("identifier"):
                    break
                if inner.get("foreground_decoration"):
                    found.append(node["identifier"])
                    break
    return found
