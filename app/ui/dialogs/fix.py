"""Change it instead: another variant, voucher, address or way to pay; alone, or in place of a cancel."""

from collections.abc import Callable, Iterable

import flet as ft

from app.shop.reads.fixes import FixChoice, fix_choice
from app.shop.reads.refunds import Returned
from app.shop.rules.clocks import Method
from app.shop.rules.reasons import Fix, Reason
from app.shop.rules.receipt import Kind
from app.shop.rules.words import REASON_TEXT
from app.ui import theme
from app.ui.dialogs.address import use_address_instead, write_instead
from app.ui.dialogs.draft_field import DraftField
from app.ui.fixing import use_fixing
from app.ui.hooks import use_query
from app.ui.parts.cancel_body import CannotCancel, WhatIsCancelled
from app.ui.parts.faces import DialogFace
from app.ui.parts.fix_choices import KINDS, OF_VOUCHERS, FixChoices, OnWrite, difference_of, offers
from app.ui.parts.frame import Pair
from app.ui.parts.refund_steps import kept_words
from app.ui.parts.tap import Chip, Filled, Outlined
from app.ui.parts.why_not import WhyNot
from app.ui.parts.words import Body, Heading, Quiet, Small, Title
from app.ui.state import Draft, Fixing, Picked, use_window
from app.ui.texts import moment, money, signed, t
from app.ui.window import Window

OnClose = Callable[[], None]


def instead(draft: Draft, reasons: Iterable[Reason], on_close: OnClose) -> list[ft.Control]:
    """What would put right what the draft's reason names; nothing where that cannot be put right."""
    fix = next((one.fix for one in reasons if one.code == draft.reason), None)
    return [FixInstead(draft, fix, on_close, key=fix.value)] if fix else []  # type: ignore[call-arg]


@ft.component
def FixInstead(draft: Draft, fix: Fix, on_close: OnClose) -> ft.Control:
    """What the chosen reason can be put right with, in the dialog that would cancel."""
    window = use_window()
    choice = use_query(fix_choice, draft.number).value
    pick, submit, busy = use_fixing(choice, draft, on_close)
    if choice is None or choice.order.source != "takeback":
        return ft.Container(visible=False)
    if choice.why_not is not None:
        return WhyNot(choice.why_not, choice.next_step)
    if not offers(choice, fix):
        none = fix in OF_VOUCHERS and not choice.vouchers
        return Quiet(t("voucher.none")) if none else ft.Container(visible=False)
    picked, write = _of(choice, fix, draft.picked), _writes(choice, draft)
    # Where the finger is: the foot of the dialog is about the cancel.
    below = _end(choice, picked, window, submit, busy) if picked else []
    rows: list[ft.Control] = [
        ft.Semantics(header=True, content=Heading(t("change_instead"))),
        *([Small(_asking(choice, window.zone, window.now()))] if choice.asks else []),
        FixChoices(choice, fix, picked, window.zone, window.now(), pick, write, below),
    ]
    return ft.Container(
        ft.Column(rows, spacing=theme.GAP, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        bgcolor=theme.PINE.fill,
        border_radius=theme.CARD_RADIUS,
        padding=theme.GAP,
    )


@ft.component
def FixForm(draft: Fixing, on_close: OnClose) -> ft.Control:
    """Everything that can be put right about an order, or why nothing can."""
    window = use_window()
    found = use_query(fix_choice, draft.number)
    choice = found.value
    pick, submit, busy = use_fixing(choice, draft, on_close)
    fix, turn = ft.use_state(draft.reason)
    writing = use_address_instead(draft)
    if writing is not None:
        return writing
    if choice is None:
        return DialogFace(found.error, window.draw_again, still=window.still)
    if choice.why_not is not None and not busy:
        return CannotCancel(choice.why_not, choice.next_step, on_close, name="not-now")
    kinds = [one for one in KINDS if offers(choice, one)]
    shown = fix or kinds[0].value

    def turn_to(kind: str) -> None:
        draft.reason, draft.picked = kind, None
        turn(kind)

    chips: list[ft.Control] = [
        Chip(
            f"fix-{one.value.replace('_', '-')}",
            t(f"fix.{one}"),
            lambda _, one=one: turn_to(one.value),
            selected=one == shown,
        )
        for one in kinds
    ]
    picked, write = _of(choice, shown, draft.picked), _writes(choice, draft)
    asked: list[ft.Control] = [
        ft.Semantics(header=True, content=Title(t("ask_for_change" if choice.asks else "change_order"))),
        WhatIsCancelled(choice.order),
        *([Quiet(_asking(choice, window.zone, window.now()))] if choice.asks else []),
        ft.Row(chips, wrap=True, spacing=8, run_spacing=8),
        FixChoices(choice, shown, picked, window.zone, window.now(), pick, write),
        *(
            [DraftField("reason-text", t("ask_change_text"), draft, "text", REASON_TEXT)]
            if choice.asks
            else []
        ),
    ]
    outcome = _outcome(choice, picked, window.zone, window.now()) if picked else []
    return _Body(choice, asked, outcome, submit, on_close, busy=busy)


def _Body(
    choice: FixChoice,
    asked: list[ft.Control],
    outcome: list[ft.Control],
    submit: Callable[[], object],
    on_close: OnClose,
    *,
    busy: bool,
) -> ft.Control:
    """What can be picked scrolls; below it, in view, what comes of it and the buttons."""
    above = ft.Column(
        asked,
        spacing=theme.MARGIN,
        scroll=ft.ScrollMode.AUTO,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    keep = Outlined("not-now", t("not_now"), on_close, disabled=busy, expand=True)
    change = _Submit(choice, submit, disabled=busy or not outcome)
    foot = ft.Column(
        [*outcome, ft.Row([keep, change], spacing=theme.GAP)],
        spacing=theme.GAP,
        tight=True,
    )
    line = ft.Border.only(top=ft.BorderSide(1, theme.HAIRLINE))
    return ft.Column(
        [
            ft.Container(above, padding=theme.MARGIN, expand=True),
            ft.Container(foot, padding=theme.MARGIN, border=line),
        ],
        spacing=0,
    )


def _writes(choice: FixChoice, draft: Draft) -> OnWrite:
    """How to begin an address for the order: who gets it is taken from where it goes now."""
    book = (*([choice.sent_to] if choice.sent_to else []), *choice.addresses)
    return lambda entry: write_instead(draft, entry, book)


def _of(choice: FixChoice, fix: str, picked: Picked | None) -> Picked | None:
    """What is picked, where it is of this kind; an address that was just written, once it is read."""
    kind = Fix.VOUCHER if fix in OF_VOUCHERS else fix
    if picked is None or picked.kind != kind:
        return None
    there = kind != Fix.ADDRESS or any(one.id == picked.chosen for one in choice.addresses)
    return picked if there else None


def _asking(choice: FixChoice, zone: str, now: int) -> str:
    """Until when the seller answers, and what happens if they do not."""
    return t("ask_change_how", at=moment(choice.answer_by or now, zone, now))


def _end(
    choice: FixChoice, picked: Picked, window: Window, submit: Callable[[], object], busy: bool
) -> list[ft.Control]:
    return [
        *_outcome(choice, picked, window.zone, window.now()),
        ft.Row([_Submit(choice, submit, disabled=busy)]),
    ]


def _outcome(choice: FixChoice, picked: Picked, zone: str, now: int) -> list[ft.Control]:
    """What the order costs then, and what falls away: told before the tap."""
    currency, difference = choice.order.currency, difference_of(choice, picked)
    total = money(choice.order.total_minor + difference, currency)
    rows: list[ft.Control] = [Pair(t("new_total"), Heading(f"{total} · {signed(difference, currency)}"))]
    if _loses(choice, picked):
        rows.append(Body(t("voucher_lost_how"), color=theme.AMBER.ink))
    rows += [Small(kept_words(one, zone, now)) for one in _replaced(choice, picked)]
    if choice.asks and difference:
        cheaper = "ask_cheaper_cash" if choice.order.payment_method == Method.COD else "ask_cheaper"
        rows.append(Small(t("ask_dearer" if difference > 0 else cheaper)))
    return rows


def _loses(choice: FixChoice, picked: Picked) -> bool:
    return picked.kind == Fix.VARIANT and any(
        one.loses_voucher
        for line in choice.lines
        if line.n == picked.line
        for one in line.variants
        if one.id == picked.chosen
    )


def _replaced(choice: FixChoice, picked: Picked) -> list[Returned]:
    """The vouchers that come back because of the one that is picked."""
    chosen = (one for one in choice.vouchers if picked.kind == Fix.VOUCHER and one.code == picked.chosen)
    then = next((one.codes for one in chosen), None)
    return [
        Returned(Kind.VOUCHER, 1, one.code, one.terms.ends_at)
        for one in choice.vouchers
        if then is not None and one.used and one.code not in then
    ]


def _Submit(choice: FixChoice, submit: Callable[[], object], *, disabled: bool) -> ft.Control:
    word = t("ask_seller" if choice.asks else "change_it")
    return Filled("fix-submit", word, submit, disabled=disabled, expand=True)
