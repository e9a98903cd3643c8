"""The entrance of the served app: one signs in, makes an account, or replaces a password that was given."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import flet as ft

from app.shop.rules.accounts import PASSWORD_LEAST
from app.shop.rules.errors import ShopError
from app.ui import theme
from app.ui.gate import Gate
from app.ui.handlers import use_once
from app.ui.newest import use_newest
from app.ui.outcome import outcome
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.faces import Alone
from app.ui.parts.field import Field
from app.ui.parts.frame import Pane
from app.ui.parts.language_chips import LanguageChips
from app.ui.parts.secret_field import SecretField
from app.ui.parts.tap import Filled, Plain
from app.ui.parts.words import Quiet, Title
from app.ui.parts.wrong import Wrong
from app.ui.state import use_window
from app.ui.texts import problem, t

WIDTH, HEIGHT, HERO = 364, 760, 200
"""How wide it is at most, how high with the bar above, and how wide its drawing."""


class Way(StrEnum):
    """What is asked for at the entrance."""

    IN = "sign_in"
    UP = "sign_up"
    REPLACE = "replace_password"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields; they belong to one window and are never kept."""

    handle: str = ""
    name: str = ""
    given: str = ""
    password: str = ""


@ft.component
def EntranceScreen(_back: str | None) -> ft.Control:
    """The fields that are needed to come in; what is wrong is said above the button."""
    window = use_window()
    gate = window.gate
    assert gate is not None  # noqa: S101  (only a window that is shut has an entrance)
    chosen, choose = ft.use_state(Way.IN)
    typed = use_newest(Typed())
    trouble, tell = ft.use_state("")
    way = Way.REPLACE if gate.signed else chosen

    def put(**fields: str) -> None:
        typed.write(replace(typed.now, **fields))
        tell("")

    def turn() -> None:
        put(password="")
        choose(Way.UP if way is Way.IN else Way.IN)

    async def submit() -> None:
        missing = _missing(way, typed.now)
        tell(missing)
        if missing:
            return
        came = await outcome(_submitted(way, gate, typed.now))
        put(password="")
        if isinstance(came, ShopError):
            tell(problem(came))

    once = use_once(submit)

    def go_on() -> None:
        window.page.run_task(once.run)

    column = ft.Column(
        [
            *_greeting(way),
            ft.AutofillGroup(_fields(way, typed.drawn, put, go_on, given=gate.knows_given)),
            Wrong(trouble, align=ft.TextAlign.CENTER),
            _buttons(way, busy=once.busy, on_submit=go_on, on_turn=turn, gate=gate),
            LanguageChips(window),
        ],
        spacing=theme.WIDE_MARGIN,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return Pane("", Alone([ft.Container(column, width=WIDTH)], HEIGHT))


def _missing(way: Way, typed: Typed) -> str:
    """What is still to be typed; nothing where all is there."""
    if way is not Way.REPLACE and not typed.handle.strip():
        return t("handle_missing")
    return "" if typed.password else t("password_missing" if way is Way.IN else "new_password_missing")


def _submitted(way: Way, gate: Gate, typed: Typed) -> Coroutine[Any, Any, None]:
    if way is Way.UP:
        return gate.sign_up(typed.handle, typed.password, typed.name)
    return (
        gate.replace(typed.password, typed.given)
        if way is Way.REPLACE
        else gate.enter(typed.handle, typed.password)
    )


def _greeting(way: Way) -> list[ft.Control]:
    centred = ft.TextAlign.CENTER
    words = ft.Column(
        [
            ft.Semantics(header=True, content=Title(t(f"{way}.title"), text_align=centred)),
            Quiet(t(f"{way}.how", least=PASSWORD_LEAST), text_align=centred),
        ],
        spacing=8,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return [ft.Row([Spot(Drawing.WELCOME, HERO)], alignment=ft.MainAxisAlignment.CENTER), words]


def _fields(
    way: Way, typed: Typed, put: Callable[..., None], on_submit: Callable[[], None], *, given: bool
) -> ft.Control:
    new, hints = way is not Way.IN, ft.AutofillHint

    handle = Field(
        "sign-in-name",
        typed.handle,
        lambda text: put(handle=text),
        label=t("sign_in.name"),
        autofill_hints=hints.NEW_USERNAME if new else hints.USERNAME,
        autofocus=True,
    )
    name = Field(
        "sign-up-name",
        typed.name,
        lambda text: put(name=text),
        label=t("sign_up.name"),
        autofill_hints=hints.NAME,
        capitalization=ft.TextCapitalization.WORDS,
    )
    before = SecretField(
        "given-password",
        typed.given,
        lambda text: put(given=text),
        t("replace_password.given"),
        hints.PASSWORD,
        autofocus=True,
    )
    password = SecretField(
        "sign-in-password",
        typed.password,
        lambda text: put(password=text),
        t("sign_up.password" if new else "sign_in.password"),
        hints.NEW_PASSWORD if new else hints.PASSWORD,
        on_submit=on_submit,
        autofocus=way is Way.REPLACE and given,
        key=way,  # another field than the one before: the client puts the cursor there
    )
    asked: dict[Way, list[ft.Control]] = {
        Way.IN: [handle, password],
        Way.UP: [handle, name, password],
        Way.REPLACE: [password] if given else [before, password],
    }
    return ft.Column(asked[way], spacing=theme.GAP, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _buttons(
    way: Way,
    *,
    busy: bool,
    on_submit: Callable[[], None],
    on_turn: Callable[[], None],
    gate: Gate,
) -> ft.Control:
    # Never disabled for what is missing: until the keys on their way are here, a tap would go by.
    ways: list[ft.Control] = [Filled("sign-in", t(f"{way}.do"), on_submit, disabled=busy)]
    if way is Way.REPLACE:
        ways.append(Plain("sign-out", t("sign_out"), gate.leave))
    elif gate.takes_new:
        ways.append(Plain("sign-up" if way is Way.IN else "have-account", t(f"{way}.other"), on_turn))
    return ft.Column(
        ways,
        spacing=theme.SPACE,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
