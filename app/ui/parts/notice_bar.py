"""On top of every screen: the cancellation that can still be undone, then what became of it, until closed."""

from collections.abc import Callable

import flet as ft

from app.shop.rules.reasons import Fix
from app.ui import theme
from app.ui.parts.late import use_due
from app.ui.parts.tap import Filled, IconTap
from app.ui.parts.time_ring import TimeRing
from app.ui.parts.words import Label, Strong
from app.ui.state import (
    SECOND,
    Notice,
    PendingCancel,
    use_now,
    use_underway,
    use_window,
    use_window_unwatched,
)
from app.ui.texts import left, money, t
from app.ui.theme import Tone

QUIET = 1.0
"""Seconds before the count is read out: what is said while a dialog closes goes with it (Flutter 3.44)."""


@ft.component
def NoticeBar(told: bool = True) -> ft.Control:
    """The counts that run and the newest notice; nothing where there is neither, or where none is `told`."""
    window, underway = use_window(), use_underway()
    if not told:
        return ft.Container(visible=False)
    bars: list[ft.Control] = [
        UndoBar(cancel, lambda _, number=cancel.number: underway.undo(number), key=cancel.number)  # type: ignore[call-arg]
        for cancel in underway.pending
    ]
    if window.passing:
        bars.append(PassingBar(lambda: setattr(window, "passing", False)))
    if underway.notices:
        bars.append(ToldBar(underway.notices[-1], underway.close_notice))
    return ft.Container(
        ft.Column(bars, spacing=8),
        visible=bool(bars),
        padding=ft.Padding.only(left=theme.GAP, right=theme.GAP, top=8),
    )


@ft.component
def UndoBar(cancel: PendingCancel, on_undo: ft.ControlEventHandler[ft.FilledButton]) -> ft.Control:
    """The seconds in which a cancellation can be taken back; read out once, not each second."""
    now, heard = use_now(cancel.ends_at), use_due(QUIET)
    rest = max(cancel.ends_at - now, 0)
    seconds = -(-rest // SECOND)
    told = Label(str(seconds) if seconds else "", color=theme.PERSIMMON.ink)
    ring = TimeRing(rest / max(cancel.undo_ms, rest, 1), told, theme.PERSIMMON)
    words = t("cancelling_in", left=left(rest)) if rest else t("cancelling_now")
    count = ft.Row([ring, Strong(words, expand=True, color=theme.PERSIMMON.ink)], spacing=theme.GAP)
    aloud = ft.Semantics(
        label=t("cancelling_aloud", title=cancel.title),
        live_region=heard,
        container=True,
        exclude_semantics=True,
        expand=True,
        content=count,
    )
    undo = [Filled("undo", t("undo"), on_undo)] if rest else []
    return _bar(theme.PERSIMMON, [aloud, *undo])


@ft.component
def ToldBar(notice: Notice, on_close: ft.ControlEventHandler[ft.Container]) -> ft.Control:
    """What became of it; read out by the first screen that shows it, not by each that does."""
    nothing: Notice | None = None
    heard = use_window_unwatched().kept.at("heard notice", lambda: nothing)
    shown, loud = ft.use_ref(nothing), ft.use_ref(False)
    if shown.current is not notice:
        shown.current, loud.current = notice, heard.value is not notice

    def remember() -> None:
        heard.value = notice

    ft.use_effect(remember, [notice])
    good = notice.code in ("order_cancelled", *GOES_ON)
    tone = theme.PINE if good else theme.AMBER
    icon = ft.Icons.CHECK_CIRCLE if good else ft.Icons.INFO_OUTLINE
    close = IconTap("notice-close", t("close"), ft.Icons.CLOSE, on_close)
    told = Strong(sentence(notice), color=tone.ink)
    # The sentence is a node of its own: it is what is read aloud when it appears.
    aloud = ft.Semantics(live_region=loud.current, container=True, expand=True, content=told)
    return ft.Semantics(
        identifier="notice", content=_bar(tone, [ft.Icon(icon, size=28, color=tone.ink), aloud, close])
    )


def PassingBar(on_close: Callable[[], None]) -> ft.Control:
    """That nothing is kept here."""
    told = Strong(t("nothing_lasts"), color=theme.AMBER.ink)
    aloud = ft.Semantics(live_region=True, container=True, expand=True, content=told)
    close = IconTap("passing-close", t("close"), ft.Icons.CLOSE, on_close)
    return _bar(theme.AMBER, [ft.Icon(ft.Icons.INFO_OUTLINE, size=28, color=theme.AMBER.ink), aloud, close])


def sentence(notice: Notice) -> str:
    """What became of a cancellation, or of putting an order right."""
    facts = notice.facts
    if notice.code in GOES_ON:
        return GOES_ON[notice.code](notice)
    if notice.code == "cancel_not_sent":
        return t("result.unsent", title=notice.title)
    if notice.code != "order_cancelled":
        return t("result.refused", title=notice.title, why=t(notice.code, **facts))
    refund = int(facts.get("refund_minor", 0))
    if facts.get("outside"):
        return t("result.outside", title=notice.title, source=facts["outside"])
    if not refund:
        return t("result.nothing", title=notice.title)
    return t("result.refund", title=notice.title, refund=money(refund, str(facts.get("currency", ""))))


def _fixed(notice: Notice) -> str:
    """How an order was put right and what it costs more or less, or that its seller is asked."""
    facts = notice.facts
    kind, what, difference = facts["fixed"], str(facts["what"]), int(facts["difference_minor"])
    if kind == Fix.PAYMENT_METHOD:
        what = t(f"method.{what}")
    if facts["asked"]:
        return t("fixed.asked", what=what)
    told = [t(f"fixed.{kind}", what=what)]
    if difference:
        amount = money(abs(difference), str(facts["currency"]))
        told.append(t("fixed_more" if difference > 0 else "fixed_less", amount=amount))
    elif kind == Fix.VARIANT:
        told.append(t("fixed_same"))
    return " ".join(told)


def _replaced(notice: Notice) -> str:
    """That some of an order is cancelled, or all of it for another one, and what money goes back."""
    facts, refund = notice.facts, int(notice.facts.get("refund_minor", 0))
    done = "result.lines" if notice.code == "lines_cancelled" else "result.replaced"
    told = [t(done, title=notice.title, count=facts.get("count", 0))]
    if refund:
        told.append(t("result.paid_back", refund=money(refund, str(facts.get("currency", "")))))
    return " ".join(told)


GOES_ON = {"order_fixed": _fixed, "lines_cancelled": _replaced, "order_replaced": _replaced}
"""What is told where something is bought all the same."""


def _bar(tone: Tone, controls: list[ft.Control]) -> ft.Container:
    return ft.Container(
        ft.Row(controls, spacing=theme.GAP),
        bgcolor=tone.fill,
        border_radius=theme.CARD_RADIUS,
        padding=ft.Padding.only(left=theme.MARGIN, right=8, top=8, bottom=8),
    )
