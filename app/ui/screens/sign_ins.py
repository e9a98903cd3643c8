"""Sign-in and devices: where one is signed in, ending that, and another password."""

from collections.abc import Callable, Sequence

import flet as ft

from app.shop.actions.sign_in import sign_out, sign_out_elsewhere
from app.shop.reads.sign_ins import Place, sign_ins
from app.shop.rules.accounts import PASSWORD_LEAST
from app.shop.rules.errors import ShopError
from app.ui import theme
from app.ui.gate import Gate
from app.ui.handlers import use_once
from app.ui.hooks import use_action, use_query
from app.ui.newest import Newest, use_newest
from app.ui.outcome import outcome
from app.ui.parts.faces import Loading, Trouble
from app.ui.parts.frame import Pane, Scroll, Section
from app.ui.parts.secret_field import SecretField
from app.ui.parts.tap import Filled, OnTap, Outlined, Plain
from app.ui.parts.words import Quiet, Small, Strong
from app.ui.parts.wrong import Wrong
from app.ui.state import use_window
from app.ui.texts import moment, problem, t


@ft.component
def SignInsScreen(back: str | None) -> ft.Control:
    """The devices, the one in the hand first; below them the password."""
    window = use_window()
    gate = window.gate
    places, end, end_others = use_query(sign_ins), use_action(sign_out), use_action(sign_out_elsewhere)
    assert gate is not None  # noqa: S101  (it is there only where one has to sign in)
    here = gate.signed.sign_in if gate.signed else 0
    if places.value is None:
        face = Trouble(places.error, window.draw_again) if places.error else Scroll(Loading(200, 240))
        return Pane(t("sign_ins"), face, back=back)
    others = [place for place in places.value if place.id != here]
    run = window.page.run_task

    def row(place: Place) -> ft.Control:
        return _row(place, window.zone, window.now(), lambda: run(end.run, place.id))

    mine = [place for place in places.value if place.id == here]
    devices = Section(
        *(_row(place, window.zone, window.now(), None) for place in mine),
        *map(row, others),
        _ways(others, lambda: run(end_others.run, here), lambda: run(gate.leave)),
        title=t("sign_ins.devices"),
    )
    return Pane(t("sign_ins"), Scroll(devices, ChangePassword(gate)), back=back)


def _row(place: Place, zone: str, now: int, on_end: Callable[[], object] | None) -> ft.Control:
    name = place.device or t("sign_ins.unknown")
    seen = t("sign_ins.here") if on_end is None else t("sign_ins.seen", at=moment(place.seen_at, zone, now))
    words = ft.Column([Strong(name), Small(seen)], spacing=2, expand=True, tight=True)
    row: list[ft.Control] = [ft.Icon(ft.Icons.DEVICES_OUTLINED, color=theme.MUTED, size=22), words]
    if on_end:
        row.append(Plain(f"end-{place.id}", t("sign_out"), on_end, of=name))
    return ft.Row(row, spacing=theme.GAP)


def _ways(others: Sequence[Place], end_others: OnTap, leave: OnTap) -> ft.Control:
    ways: list[ft.Control] = [Outlined("sign-out", t("sign_out"), leave)]
    if others:
        ways.append(Outlined("sign-out-elsewhere", t("sign_ins.end_others"), end_others))
    return ft.Row(ways, wrap=True, spacing=theme.GAP, run_spacing=theme.GAP)


@ft.component
def ChangePassword(gate: Gate) -> ft.Control:
    """The password one has, and the one that takes its place."""
    window = use_window()
    old, new = use_newest(""), use_newest("")
    told, tell = ft.use_state("")

    def typed(into: Newest[str], text: str) -> None:
        into.write(text)
        tell("")

    async def change() -> None:
        if not (old.now and new.now):
            tell(t("new_password_missing" if old.now else "present_password_missing"))
            return
        tell("")
        changed = await outcome(gate.replace(new.now, old.now))
        old.write("")
        new.write("")
        if isinstance(changed, ShopError):
            tell(problem(changed))
        else:
            window.say(t("sign_ins.changed"))

    once, hints = use_once(change), ft.AutofillHint
    return Section(
        Quiet(t("sign_ins.password_how", least=PASSWORD_LEAST)),
        ft.AutofillGroup(
            ft.Column(
                [
                    SecretField(
                        "old-password",
                        old.drawn,
                        lambda text: typed(old, text),
                        t("sign_ins.old"),
                        hints.PASSWORD,
                    ),
                    SecretField(
                        "new-password",
                        new.drawn,
                        lambda text: typed(new, text),
                        t("sign_up.password"),
                        hints.NEW_PASSWORD,
                    ),
                ],
                spacing=theme.GAP,
                horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            )
        ),
        Wrong(told),
        ft.Row(
            [
                Filled(
                    "change-password",
                    t("sign_ins.change"),
                    lambda: window.page.run_task(once.run),
                    disabled=once.busy,
                )
            ]
        ),
        title=t("sign_in.password"),
    )
