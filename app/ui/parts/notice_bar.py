"""On top of every screen: the cancellation that can still be undone, then what became of it, until closed."""

import flet as ft

from app.ui import theme
from app.ui.parts.tap import IconTap, Plain
from app.ui.parts.words import Strong
from app.ui.state import Notice, PendingCancel, use_now, use_window
from app.ui.texts import left, money, t
from app.ui.theme import Tone


@ft.component
def NoticeBar() -> ft.Control:
    """The counts that run and the newest notice; nothing where there is neither."""
    window = use_window()
    bars: list[ft.Control] = [
        UndoBar(cancel, lambda _, number=cancel.number: window.undo(number), key=cancel.number)  # type: ignore[call-arg]
        for cancel in window.pending
    ]
    if window.notice is not None:
        bars.append(_Told(window.notice, window.close_notice))
    return ft.Column(bars, spacing=0, visible=bool(bars))


@ft.component
def UndoBar(cancel: PendingCancel, on_undo: ft.ControlEventHandler[ft.TextButton]) -> ft.Control:
    """The seconds in which a cancellation can be taken back."""
    now = use_now(cancel.ends_at)
    began = ft.use_ref(now)
    rest = max(cancel.ends_at - now, 0)
    whole = max(cancel.ends_at - (began.current or now), 1)
    ring = ft.ProgressRing(value=rest / whole, width=24, height=24, stroke_width=3, color=theme.ACCENT)
    words = t("cancelling_in", left=left(rest)) if rest else t("cancelling_now")
    undo = [Plain("undo", t("undo"), on_undo)] if rest else []
    return _bar(theme.PERSIMMON, [ring, Strong(words, expand=True), *undo])


def _Told(notice: Notice, on_close: ft.ControlEventHandler[ft.Container]) -> ft.Control:
    good = notice.code == "order_cancelled"
    tone = theme.PINE if good else theme.AMBER
    icon = ft.Icons.CHECK_CIRCLE if good else ft.Icons.INFO_OUTLINE
    close = IconTap("notice-close", t("close"), ft.Icons.CLOSE, on_close)
    told = Strong(sentence(notice))
    # The sentence is a node of its own: it is what is read aloud when it appears.
    aloud = ft.Semantics(live_region=True, container=True, expand=True, content=told)
    return ft.Semantics(
        identifier="notice", content=_bar(tone, [ft.Icon(icon, color=tone.ink), aloud, close])
    )


def sentence(notice: Notice) -> str:
    """What became of a cancellation."""
    facts = notice.facts
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


def _bar(tone: Tone, controls: list[ft.Control]) -> ft.Container:
    return ft.Container(
        ft.Row(controls, spacing=theme.GAP),
        bgcolor=tone.fill,
        padding=ft.Padding.symmetric(horizontal=16, vertical=theme.SPACE),
    )
