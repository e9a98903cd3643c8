"""Cancel and rebuy: another variant, another number, another way to pay, and nothing lost on the way."""

from collections.abc import Awaitable, Callable

import flet as ft

from app.shop.actions.rebuy import cancel_and_rebuy
from app.shop.reads.rebuy import RebuyChoice, rebuy_choice
from app.shop.rules.clocks import Method
from app.ui import routes
from app.ui.hooks import use_action, use_query
from app.ui.parts.cancel_body import CancelBody, CannotCancel
from app.ui.parts.faces import DialogFace
from app.ui.parts.reason_picker import ReasonPicker
from app.ui.parts.rebuy_lines import Kept, NewTotal, RebuyLines
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.tap import Chip
from app.ui.parts.words import Heading, Quiet, Title
from app.ui.state import Notice, Rebuying, use_window
from app.ui.texts import t

OnClose = Callable[[], None]
OnSend = Callable[[tuple[tuple[int, int], ...], int, Method, str], Awaitable[None]]


@ft.component
def RebuyForm(draft: Rebuying, on_close: OnClose) -> ft.Control:
    """Everything between the tap on Cancel and rebuy and the new order."""
    window = use_window()
    found = use_query(rebuy_choice, draft.number)
    rebuy = use_action(cancel_and_rebuy)
    if found.value is None:
        return DialogFace(found.error, window.draw_again, still=window.still)
    choice = found.value
    if choice.why_not is not None and not rebuy.busy:
        return CannotCancel(choice.why_not, choice.next_step, on_close)

    async def send(items: tuple[tuple[int, int], ...], total: int, method: Method, reason: str) -> None:
        done = await rebuy.run(
            draft.number, items, method=method, reason=reason, expected_minor=total, key=draft.key
        )
        if done is None:
            window.look_again()
            return
        new = int(done.answer["replaced_by"])
        title = choice.lines[0].title if choice.lines else str(new)
        facts = {name: done.answer[name] for name in ("currency", "refund_minor", "total_minor")}
        on_close()
        window.underway.tell(Notice("order_replaced", new, title, facts))
        pays = done.answer["pay_by"] is not None
        window.navigation.go(routes.pay(new) if pays else routes.order(new))

    return Rebuy(choice, draft, send, rebuy.busy, on_close)


@ft.component
def Rebuy(
    choice: RebuyChoice,
    draft: Rebuying,
    on_send: OnSend,
    busy: bool,
    on_close: OnClose,
) -> ft.Control:
    """The dialog once it is known what can be chosen."""
    window = use_window()
    _, draw = ft.use_state(0)
    wanted = {line.n: draft.wanted.get(line.n, (line.variant_id, line.pieces)) for line in choice.lines}
    method, reason = draft.method or choice.order.payment_method, draft.reason or choice.likeliest
    opened = draft.opened if len(choice.lines) > 1 else frozenset(wanted)
    more, show_more = ft.use_state(draft.more)

    def want(n: int, variant: int, pieces: int) -> None:
        draft.wanted = {**draft.wanted, n: (variant, pieces)}
        draw(lambda count: count + 1)

    def open_line(n: int) -> None:
        draft.opened |= {n}
        draw(lambda count: count + 1)

    def pay_by(word: str) -> None:
        draft.method = word
        draw(lambda count: count + 1)

    def pick(code: str) -> None:
        draft.reason = code
        draw(lambda count: count + 1)

    def all_reasons() -> None:
        draft.more = True
        show_more(True)

    items = tuple(one for one in wanted.values() if one[1])
    again = choice.again(items) if items else None

    async def send() -> None:
        if again is not None:
            await on_send(items, again.total_minor, Method(method), reason)

    asked: list[ft.Control] = [
        ft.Semantics(header=True, content=Title(t("rebuy"))),
        RebuyLines(choice, wanted, opened, want, open_line),
        *([Kept(again, choice.order.currency)] if again else []),
        _titled(t("payment"), _methods(method, choice.order.payment_method, pay_by)),
        _titled(
            t("rebuy_why"),
            ReasonPicker(choice.reasons, reason, more=more, on_choose=pick, on_more=all_reasons),
        ),
    ]
    foot: list[ft.Control] = [NewTotal(again, choice) if again else Quiet(t("choose_lines"))]
    if choice.receipt.refunds:
        foot.append(RefundReceipt(choice.receipt, "", window.zone, window.now()))
    return CancelBody(
        asked,
        ft.Column(foot, spacing=8, tight=True),
        on_close,
        send,
        tall=True,
        submit=t("rebuy"),
        name="rebuy",
        busy=busy,
        ready=again is not None and again.enough,
    )


def _titled(title: str, content: ft.Control) -> ft.Control:
    heading = ft.Semantics(header=True, content=Heading(title))
    return ft.Column([heading, content], spacing=8, tight=True)


def _methods(chosen: str, old: str, on_choose: Callable[[str], None]) -> ft.Control:
    ways = [one for one in Method if one is not Method.OTHER or one == old]
    chips: list[ft.Control] = [
        Chip(
            f"method-{one.lower()}",
            t(f"method.{one}"),
            lambda _, one=one: on_choose(one.value),
            selected=one == chosen,
        )
        for one in ways
    ]
    return ft.Row(chips, wrap=True, spacing=8, run_spacing=8)
