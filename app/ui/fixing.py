"""Putting an order right: what is picked is done at once while unpaid, or asked of the seller."""

from collections.abc import Callable, Coroutine
from typing import Any

import flet as ft

from app.shop.actions.change import ask_to_change
from app.shop.actions.edit import change_address, change_payment_method, change_variant, change_vouchers
from app.shop.reads.fixes import FixChoice
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.reasons import Fix
from app.ui.hooks import new_key, use_action
from app.ui.parts.cancel_body import title_of
from app.ui.parts.fix_choices import difference_of, name_of
from app.ui.state import Draft, Fixing, Notice, Picked, use_window
from app.ui.window import Window

Submit = Callable[[], Coroutine[Any, Any, None]]


def open_fix(window: Window, number: int) -> None:
    """Open the dialog that puts order `number` right."""
    window.above.draft = Fixing(number, new_key())


def use_fixing(
    choice: FixChoice | None, draft: Draft, on_done: Callable[[], None]
) -> tuple[Callable[[Picked], None], Submit, bool]:
    """How to pick, how to have it done, and whether that is on its way; what came of it stays as a notice.

    What is typed into the draft goes along where the seller is asked.
    """
    window = use_window()
    acts = {
        action.__name__: use_action(action)
        for action in (change_variant, change_vouchers, change_address, change_payment_method, ask_to_change)
    }
    _, show = ft.use_state(draft.picked)

    def pick(one: Picked) -> None:
        draft.picked = one
        show(one)

    async def submit() -> None:
        picked = draft.picked
        if picked is None or choice is None:
            return
        name, given = _act(choice, picked, draft.text)
        shown = choice.order.total_minor + difference_of(choice, picked)
        agreed = {"expected_minor": shown} if choice.asks else {}
        # Of each choice its own key: a second tap on one is the same change, another one is not.
        key = f"{draft.key}:{picked.kind}:{picked.line}:{picked.chosen}"
        done = await acts[name].run(draft.number, *given, **agreed, key=key)
        if done is None:
            window.look_again()
        else:
            window.underway.tell(_notice(choice, picked))
            on_done()

    return pick, submit, any(act.busy for act in acts.values())


def _act(choice: FixChoice, picked: Picked, text: str) -> tuple[str, tuple[Any, ...]]:
    """The action that does what is picked, and what it is given."""
    chosen, line = picked.chosen, picked.line
    if choice.asks:
        wanted = {
            Fix.VARIANT: lambda: Change(ChangeKind.VARIANT, line=line, variant_id=int(chosen)),
            Fix.VOUCHER: lambda: Change(ChangeKind.VOUCHER, voucher=str(chosen)),
            Fix.ADDRESS: lambda: Change(ChangeKind.ADDRESS, address_id=int(chosen)),
        }
        return ask_to_change.__name__, (wanted[Fix(picked.kind)](), text)
    match picked.kind:
        case Fix.VARIANT:
            return change_variant.__name__, (line, int(chosen))
        case Fix.ADDRESS:
            return change_address.__name__, (int(chosen),)
        case Fix.PAYMENT_METHOD:
            return change_payment_method.__name__, (Method(str(chosen)),)
    codes = next((one.codes for one in choice.vouchers if one.code == chosen), (str(chosen),))
    return change_vouchers.__name__, (codes,)


def _notice(choice: FixChoice, picked: Picked) -> Notice:
    kind, what = name_of(choice, picked)
    facts: dict[str, str | int] = {
        "fixed": kind,
        "what": what,
        "asked": choice.asks,
        "currency": choice.order.currency,
        "difference_minor": difference_of(choice, picked),
    }
    return Notice("order_fixed", choice.order.number, title_of(choice.order), facts)
