"""A request in a seller's queue: who asks, for what and why, what happens without an answer."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.tasks import Ending, SellerTask
from app.shop.rules.changes import PRICED
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import Queue, RequestAction
from app.ui import theme
from app.ui.parts.anchor import anchored
from app.ui.parts.offered import words_of
from app.ui.parts.picture import Avatar, ProductPicture
from app.ui.parts.request_card import LOOKS, AnswerBy
from app.ui.parts.tap import Outlined, Tap
from app.ui.parts.words import Body, Label, Quiet, Small, Strong
from app.ui.texts import moment, money, reason_text, signed, t

OnTask = Callable[[SellerTask], None]
CLOCKS = {
    Ending.APPROVES: "clock.approves",
    Ending.PLATFORM: "clock.platform",
    Ending.LAPSES: "clock.buyer",
    Ending.GOES_ON: "clock.goes_on",
}
PICTURE = 72


def likely_answer(task: SellerTask) -> RequestAction:
    """What most buyers hope for."""
    return RequestAction.ACCEPT_CHANGE if _changes(task) else RequestAction.APPROVE


def title_of(task: SellerTask) -> str:
    """What a request is called in a sentence: by its buyer and the order's first line, else its number."""
    return f"@{task.buyer} · {task.title or task.outside_number or task.number}"


@ft.component
def _TaskCard(
    task: SellerTask,
    zone: str,
    today: int,
    marked: bool,
    selected: bool | None,
    on_open: Callable[[int], None],
    on_answer: OnTask | None = None,
    on_select: OnTask | None = None,
    shop: bool = False,
) -> ft.Control:
    def tap() -> None:
        if selected is None or on_select is None:
            on_open(task.number)
        else:
            on_select(task)

    return ft.Card(
        Tap(
            f"seller-request-{task.number}",
            ft.Column(
                [
                    _head(task, zone, today, marked, selected, shop),
                    _goods(task),
                    _asked(task),
                    _foot(task, zone, today, on_answer if selected is None else None),
                ],
                spacing=theme.GAP,
            ),
            tap,
            link=selected is None,
            # Another control: of one whose role changes the client forgets the name (Flutter 3.44).
            key="card" if selected is None else "box",
            selected=(marked or None) if selected is None else selected,
            bgcolor=theme.MARKED if marked or selected else None,
            padding=theme.MARGIN,
        ),
        semantic_container=False,
    )


TaskCard = ft.memo(_TaskCard)  # type: ignore[no-untyped-call]
"""A card; `selected` is None while nothing is selected, `today` any moment of the day.

`shop`: whether to name it.
"""


def _head(
    task: SellerTask, zone: str, today: int, marked: bool, selected: bool | None, shop: bool
) -> ft.Control:
    who = Avatar(task.buyer)
    box = []
    if selected is not None:
        mark = ft.Icons.CHECK_BOX if selected else ft.Icons.CHECK_BOX_OUTLINE_BLANK
        box = [ft.Icon(mark, color=theme.ACCENT if selected else theme.MUTED)]
    return ft.Row(
        [
            *box,
            anchored(who, task.number) if marked else who,
            Strong(f"@{task.buyer}", expand=True, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS),
            *(_at(task) if shop else _state(task, zone, today)),
        ],
        spacing=8,
    )


def _state(task: SellerTask, zone: str, today: int) -> list[ft.Control]:
    """When it was asked; where it has been answered, how it stands."""
    if task.queue == Queue.TO_ANSWER:
        return [Small(t("asked_at", at=moment(task.created_at, zone, today)))]
    icon, tone = LOOKS[task.status]
    return [ft.Icon(icon, size=16, color=tone.ink), Label(t(f"task.{task.status}"), color=tone.ink)]


def _at(task: SellerTask) -> list[ft.Control]:
    """Whose the order is."""
    name = Label(task.shop_name or task.shop, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS)
    return [
        ft.Icon(ft.Icons.STOREFRONT_OUTLINED, size=16, color=theme.MUTED),
        ft.Container(name, expand_loose=True),
    ]


def _goods(task: SellerTask) -> ft.Control:
    pieces = t("quantity", count=task.quantity) if task.quantity > 1 else ""
    more = t("more_items", count=task.line_count - 1) if task.line_count > 1 else ""
    kind = " · ".join(part for part in (task.variant, pieces, more) if part)
    title = task.title or t("order_number", number=task.outside_number or task.number)
    words = ft.Column(
        [
            Body(title, max_lines=2, overflow=ft.TextOverflow.ELLIPSIS),
            *([Small(kind)] if kind else []),
            Strong(money(task.total_minor, task.currency)),
        ],
        spacing=theme.SPACE,
        expand=True,
    )
    return ft.Row([ProductPicture(task.picture, task.product_id, PICTURE), words], spacing=theme.GAP)


def _asked(task: SellerTask) -> ft.Control:
    """Why, in the buyer's words where they wrote some."""
    rows: list[ft.Control] = [Strong(_what(task), color=theme.VIOLET.ink), *_change(task)]
    if task.text:
        rows.append(Quiet(f"“{task.text}”", max_lines=2, overflow=ft.TextOverflow.ELLIPSIS))
    if task.photos:
        camera = ft.Icon(ft.Icons.PHOTO_CAMERA_OUTLINED, size=16, color=theme.MUTED)
        rows.append(ft.Row([camera, Small(t("photos_sent", count=task.photos))], spacing=theme.SPACE))
    return ft.Container(
        ft.Column(rows, spacing=2, tight=True),
        padding=ft.Padding.only(left=theme.GAP),
        border=ft.Border.only(left=ft.BorderSide(3, theme.VIOLET.ink)),
    )


def _what(task: SellerTask) -> str:
    return t(f"wants.{task.change.kind}") if _changes(task) and task.change else reason_text(task.reason)


def _changes(task: SellerTask) -> bool:
    return task.kind == RequestKind.CHANGE


def _change(task: SellerTask) -> list[ft.Control]:
    """What is to become what, and what it costs more or less."""
    if not _changes(task) or task.change is None:
        return []
    told = [words_of(task.change)]
    if task.change.kind in PRICED:
        told.append(signed(task.difference_minor, task.currency))
    return [Body(" · ".join(told), max_lines=2, overflow=ft.TextOverflow.ELLIPSIS)]


def _foot(task: SellerTask, zone: str, today: int, on_answer: OnTask | None) -> ft.Control:
    """The clock, and below it the answer that most buyers hope for."""
    rows = [_clock(task, zone, today)]
    if on_answer is not None and task.queue == Queue.TO_ANSWER:
        answer = likely_answer(task)
        identifier = f"{answer.replace('_', '-')}-{task.number}"
        rows.append(Outlined(identifier, t(f"answer.{answer}"), lambda: on_answer(task)))
    return ft.Row(
        rows,
        wrap=True,
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
        run_spacing=8,
    )


def _clock(task: SellerTask, zone: str, today: int) -> ft.Control:
    if task.answer_by is not None and task.ending is not None:
        return AnswerBy(task.answer_by, CLOCKS[task.ending], zone)
    if task.queue == Queue.TO_ANSWER:
        return Small(t("clock.elsewhere", source=task.source))
    since = "clock.closed" if task.queue == Queue.CLOSED else "clock.since"
    return Small(t(since, at=moment(task.queue_at, zone, today)))
