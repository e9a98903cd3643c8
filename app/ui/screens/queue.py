"""Shop requests: who waits for the shop, the most urgent first; answered one by one or several at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from app.shop.reads.queue import Tasks, queue_counts, tasks_of
from app.shop.reads.tasks import SellerTask
from app.shop.rules.reasons import BUYER_PAID
from app.shop.rules.requests import Queue
from app.ui import routes, theme
from app.ui.arrows import Rows, use_arrows, use_rows
from app.ui.dialogs.answer import answering
from app.ui.handlers import use_handler
from app.ui.hooks import use_query
from app.ui.kept import Kept, use_kept
from app.ui.pages import Pages, Place, Report, use_end, use_page
from app.ui.parts.bulk_foot import BulkFoot
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, LoadingMore, LoadingOrders, Trouble
from app.ui.parts.frame import Pane
from app.ui.parts.reason_picker import likely_first
from app.ui.parts.tab_strip import TabStrip
from app.ui.parts.tap import Chip, Plain
from app.ui.parts.task_card import OnTask, TaskCard, likely_answer, title_of
from app.ui.searching import use_search
from app.ui.state import Answering, go, quarter, use_above, use_window, use_window_unwatched
from app.ui.texts import reason_text, t

FIRST, PAGE = 6, 20
"""Cards on the first page, more than a screen shows, and on each further one."""
Selected = dict[int, SellerTask]
"""The selected requests by the numbers of their orders."""
Of = tuple[Queue, str, str]
"""Which list: its queue, the reason and the words it is narrowed to."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is selected in the list `of`; `tasks` is None while nothing is to be."""

    of: Of | None = None
    tasks: Selected | None = None


@ft.component
def QueueScreen(
    back: str | None, queue_word: str | None, reason: str, search: str, opened: int | None = None
) -> ft.Control:
    """The requests of the shops of who looks; `opened` is the order whose request is shown beside."""
    window = use_window()
    queue = next((one for one in Queue if one == queue_word), Queue.TO_ANSWER)
    of = (queue, reason, search.strip())
    open_request = use_handler(lambda one: go(routes.seller(queue, reason, search, number=one)))
    rows, marked = use_arrows(of, open_request, opened)
    kept, chosen = _use_chosen(of, rows)
    _use_answered(lambda: kept.set(Chosen()))
    field, find = use_search(
        "requests",
        t("search_requests"),
        search,
        lambda words: routes.seller(queue, reason, words, number=opened),
    )

    def answer_several(answer: str) -> None:
        if chosen:
            shown = _shown(chosen, rows)
            titles = {number: title_of(task) for number, task in shown.items()}
            window.above.draft = answering(
                answer, titles, {number: task.id for number, task in shown.items()}
            )

    def answer_one(task: SellerTask) -> None:
        titles, seen = {task.number: title_of(task)}, {task.number: task.id}
        window.above.draft = answering(likely_answer(task), titles, seen)

    toggle = use_handler(lambda task: kept.set(_toggled(kept.value, of, task)))
    one_by_one = use_handler(answer_one)
    narrow = use_handler(lambda one: go(routes.seller(queue, one, search)))
    turn_to = use_handler(lambda one: go(routes.seller(one, reason, search)))
    if not window.shops:
        return Pane(t("shop_requests"), Empty(Drawing.NOBODY, t("no_shop_of_yours")), back=back)
    selecting = queue is Queue.TO_ANSWER and chosen is not None
    word = t("select_none" if selecting else "select_several")
    several = Plain("select-several", word, lambda: kept.set(Chosen() if selecting else Chosen(of, {})))
    ticked = frozenset(chosen or ()) if selecting else None
    top: list[ft.Control] = [Tabs(queue, turn_to), Reasons(reason, narrow)]
    today = quarter(window.now())
    listed = Pages(QueuePage, of, rows, marked, today, ticked, open_request, one_by_one, toggle)
    return Pane(
        t("shop_requests"),
        ft.Column([*top, listed], spacing=0, expand=True),
        back=back,
        bar=field,
        actions=[*([several] if queue is Queue.TO_ANSWER else []), find],
        foot=BulkFoot(len(chosen or ()), answer_several) if selecting else None,
    )


def _use_answered(on_answered: Callable[[], None]) -> None:
    """Call it when the dialog that answered several requests is closed."""
    draft = use_above().draft
    nothing: Answering | None = None
    last = ft.use_ref(nothing)
    asked = draft if isinstance(draft, Answering) else None

    def attend() -> None:
        answered, last.current = last.current, asked
        if asked is None and answered is not None and answered.refused is not None:
            on_answered()

    ft.use_effect(attend, [id(asked)])


def _use_chosen(of: Of, rows: Rows) -> tuple[Kept[Chosen], Selected | None]:
    """What is selected, and what of it is on the screen: what nobody sees is not answered."""
    kept = use_kept("requests chosen", Chosen)
    _, draw = ft.use_state(0)
    chosen = kept.value.tasks if kept.value.of == of else None

    def attend() -> None:
        rows.changed = None if chosen is None else lambda: draw(lambda times: times + 1)

    def let_go() -> None:
        if kept.value.of != of:
            kept.value = Chosen()

    ft.use_effect(attend, [rows, chosen is None])
    ft.use_effect(let_go, [of])
    return kept, None if chosen is None else _shown(chosen, rows)


def _shown(tasks: Selected, rows: Rows) -> Selected:
    return {number: task for number, task in tasks.items() if number in rows.keys}


def _toggled(chosen: Chosen, of: Of, task: SellerTask) -> Chosen:
    tasks = (chosen.tasks if chosen.of == of else None) or {}
    rest = {number: one for number, one in tasks.items() if number != task.number}
    return Chosen(of, rest if len(rest) < len(tasks) else rest | {task.number: task})


@ft.component
def _Tabs(queue: Queue, on_choose: Callable[[Queue], None]) -> ft.Control:
    """The queues with their counts; apart, so that another count draws no card again."""
    return TabStrip(tuple(Queue), queue, use_query(queue_counts).value or {}, on_choose)


@ft.component
def _Reasons(chosen: str, on_choose: Callable[[str], None]) -> ft.Control:
    """The reasons to narrow the list to, the likeliest first."""
    chips: list[ft.Control] = [
        Chip(
            f"filter-{code.lower() or 'all'}",
            reason_text(code) if code else t("every_reason"),
            lambda _, code=code: on_choose(code),
            selected=code == chosen,
        )
        for code in ("", *(one.code for one in likely_first(BUYER_PAID)))
    ]
    strip = ft.Row(chips, spacing=8, scroll=ft.ScrollMode.HIDDEN)
    return ft.Container(strip, padding=ft.Padding.only(left=theme.MARGIN, top=8))


@ft.component
def _QueuePage(
    place: Place,
    report: Report,
    rows: Rows,
    marked: int | None,
    today: int,
    chosen: frozenset[int] | None,
    on_open: Callable[[int], None],
    on_answer: OnTask,
    on_select: OnTask,
) -> ft.Control:
    """One page of cards."""
    window = use_window_unwatched()
    of: Of = place.of
    queue, reason, words = of
    limit = PAGE if place.index else FIRST
    page = use_page(
        place, tasks_of, queue, reason=reason or None, search=words, after=place.before, limit=limit
    )
    found = page.value or Tasks((), None)
    use_end(place, found.end, report, loading=page.loading, short=len(found.tasks) < limit)
    use_rows(rows, place.index, tuple(task.number for task in found.tasks))
    if page.value is None or (page.loading and not found.tasks):
        loading = LoadingMore() if place.index else LoadingOrders(still=window.still)
        return Trouble(page.error, window.draw_again) if page.error else loading
    if not found.tasks and found.end is None and place.index == 0:
        return _none(queue, reason, words)
    today = max(today, quarter(window.now()))
    cards: list[ft.Control] = [
        TaskCard(
            task,
            window.zone,
            today,
            task.number == marked,
            None if chosen is None else task.number in chosen,
            on_open,
            on_answer,
            on_select,
            key=task.id,
        )
        for task in found.tasks
    ]
    return ft.Column(cards)


def _none(queue: Queue, reason: str, words: str) -> ft.Control:
    if words or reason:
        everything = ("show-all", t("all_requests"), lambda: go(routes.seller(queue)))
        return Empty(Drawing.NO_RESULTS, t("no_request_found"), how=t("search_how"), action=everything)
    drawing = Drawing.COMPLETED if queue is Queue.TO_ANSWER else Drawing.ORDERS
    return Empty(drawing, t(f"queue_empty.{queue}"), how=t("queue_how"))


_memo: Any = ft.memo
QueuePage, Tabs, Reasons = _memo(_QueuePage), _memo(_Tabs), _memo(_Reasons)
