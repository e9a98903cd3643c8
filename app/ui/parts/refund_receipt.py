"""The receipt before the tap: how much comes back, to where, by when, and what else returns."""

import flet as ft

from app.shop.rules.receipt import Held, Kind, Receipt, Refund
from app.ui import theme
from app.ui.parts.frame import Pair
from app.ui.parts.words import Heading, Quiet, Strong
from app.ui.texts import moment, money, number, t


def RefundReceipt(
    receipt: Receipt, source: str, zone: str, now: int, *, whose: str = "you_get_back"
) -> ft.Control:
    """What cancelling gives back; `source` is the platform an imported order lives on.

    `whose` is the code of who gets it, as the reader has it.
    """
    if receipt.outside:
        return Quiet(t("outside_platform", source=source))
    rows: list[ft.Control] = [
        _refund(refund, receipt.currency, zone, now, whose) for refund in receipt.refunds
    ]
    if not rows:
        rows = [Pair(t(whose), Strong(t("nothing")))]
        rows += [Quiet(t("nothing_charged"))] if whose == "you_get_back" else []
    if receipt.returned:
        rows.append(Pair(t("also_returned"), Strong(", ".join(map(_held, receipt.returned)))))
    return ft.Column(rows, spacing=8, tight=True)


def _refund(refund: Refund, currency: str, zone: str, now: int, whose: str) -> ft.Column:
    by = t("at_once") if refund.by <= now else moment(refund.by, zone, now)
    return ft.Column(
        [
            Pair(t(whose), Heading(money(refund.amount_minor, currency), color=theme.BACK)),
            Pair(t("refund_to"), Strong(t(f"method.{refund.method}"))),
            Pair(t("refund_by"), Strong(by)),
        ],
        spacing=theme.SPACE,
        tight=True,
    )


def _held(held: Held) -> str:
    amount = number(held.amount) if held.kind is Kind.COINS else ""
    return t(f"held.{held.kind}", count=held.amount, amount=amount)
