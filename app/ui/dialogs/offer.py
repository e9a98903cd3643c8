"""Offering a change instead of a cancel: another variant or address, a later day; its price beside it."""

from collections.abc import Callable

import flet as ft

from app.shop.actions.answer import offer_change
from app.shop.reads.offers import OfferChoice, offer_choice
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.errors import Invalid
from app.shop.rules.words import NOTE, clean
from app.ui.dialogs.draft_field import DraftField
from app.ui.dialogs.sending import use_sending
from app.ui.hooks import use_query
from app.ui.parts.cancel_body import CancelBody
from app.ui.parts.faces import DialogFace
from app.ui.parts.offer_choices import Choices, Difference, difference_of
from app.ui.parts.tap import Chip
from app.ui.parts.words import Quiet, Title
from app.ui.parts.wrong import Wrong
from app.ui.state import Answering, use_window
from app.ui.texts import problem, t

OnClose = Callable[[], None]
ROOMY, ROWS = 760, 3
"""A window of this height shows so many variants without scrolling."""


@ft.component
def OfferForm(draft: Answering, on_close: OnClose) -> ft.Control:
    """What can be offered, and what the order costs then, before it is sent."""
    window = use_window()
    found = use_query(offer_choice, next(iter(draft.keys)))
    if found.value is None:
        return DialogFace(found.error, window.draw_again, still=window.still)
    return Offering(found.value, draft, on_close)


@ft.component
def Offering(choice: OfferChoice, draft: Answering, on_close: OnClose) -> ft.Control:
    """The dialog once it is known what can be offered."""
    window = use_window()
    send, busy = use_sending(draft)
    kinds = kinds_of(choice)
    (kind, line, chosen), choose = ft.use_state((draft.kind or kinds[0].value, draft.line, draft.chosen))
    (place, wrong), set_wrong = ft.use_state(("", ""))

    def pick(kind: str, line: int = 0, chosen: int = 0) -> None:
        draft.kind, draft.line, draft.chosen = kind, line, chosen
        choose((kind, line, chosen))
        set_wrong(("", ""))

    async def submit() -> None:
        if not chosen:
            set_wrong(("all", t("choose_change")))
            return
        try:
            note = clean(draft.text, NOTE)
        except Invalid as error:
            set_wrong(("note", problem(error)))
            return
        if why := await send(offer_change, _change(choice, kind, line, chosen), note):
            set_wrong(("all", why))

    chips: list[ft.Control] = [
        Chip(
            f"offer-{one.value}", t(f"change.{one}"), lambda _, one=one: pick(one.value), selected=one == kind
        )
        for one in kinds
    ]
    asked = [
        ft.Semantics(header=True, content=Title(t("answer.offer_change"))),
        Quiet(t("answer_how.offer_change")),
        ft.Row(chips, wrap=True, spacing=8, run_spacing=8),
        Choices(choice, kind, line, chosen, window.zone, window.now(), pick),
        DraftField(
            "reason-note", t("comment_to_buyer"), draft, "text", NOTE, wrong if place == "note" else ""
        ),
        *([Wrong(wrong)] if place == "all" else []),
    ]
    difference = difference_of(choice, kind, line, chosen)
    foot = None if difference is None else Difference(difference, choice.order.currency)
    most = {
        ChangeKind.VARIANT: sum(len(one.variants) for one in choice.lines),
        ChangeKind.VOUCHER: len(choice.vouchers),
    }
    rows = most.get(ChangeKind(kind), 0)
    tall = rows > ROWS or (window.page.height or 0) < ROOMY
    return CancelBody(
        asked, foot, on_close, submit, tall=tall, keep=t("not_now"), submit=t("send_offer"), busy=busy
    )


def kinds_of(choice: OfferChoice) -> tuple[ChangeKind, ...]:
    """The kinds of changes that can be offered at all; a later day always can."""
    some = {
        ChangeKind.VARIANT: any(line.variants for line in choice.lines),
        ChangeKind.VOUCHER: bool(choice.vouchers),
        ChangeKind.ADDRESS: bool(choice.addresses),
        ChangeKind.SHIP_DATE: True,
    }
    return tuple(kind for kind in ChangeKind if some[kind])


def _change(choice: OfferChoice, kind: str, line: int, chosen: int) -> Change:
    if kind == ChangeKind.VARIANT:
        return Change(ChangeKind.VARIANT, line=line, variant_id=chosen)
    if kind == ChangeKind.VOUCHER:
        code = next(one.code for one in choice.vouchers if one.terms.id == chosen)
        return Change(ChangeKind.VOUCHER, voucher=code)
    if kind == ChangeKind.ADDRESS:
        return Change(ChangeKind.ADDRESS, address_id=chosen)
    return Change(ChangeKind.SHIP_DATE, ship_by=chosen)
