"""A change of an order, offered or asked for: from what to what, and what it costs more or less."""

import flet as ft

from app.shop.rules.changes import PRICED, Change
from app.shop.rules.orders import Role
from app.ui.parts.words import Body, Small, Strong
from app.ui.texts import moment, money, t


def words_of(change: Change) -> str:
    """From what to what."""
    told = " → ".join(filter(None, (change.instead_of, change.label)))
    return told or t("address.without_city")


def Offered(
    change: Change,
    difference_minor: int,
    currency: str,
    role: str,
    zone: str,
    now: int,
    *,
    asked: bool = False,
) -> ft.Control:
    """What is offered instead, or `asked` for, and what it costs more or less."""
    what = moment(change.ship_by, zone, now) if change.ship_by else words_of(change)
    heading = t(f"{'asked_for' if asked else 'offer'}.{change.kind}")
    rows: list[ft.Control] = [Small(heading), Strong(what)]
    if difference_minor:
        cheaper = "offer_cheaper" if role == Role.BUYER else "offer_cheaper_to_buyer"
        code = "offer_dearer" if difference_minor > 0 else cheaper
        rows.append(Body(t(code, amount=money(abs(difference_minor), currency))))
    elif change.kind in PRICED:
        rows.append(Body(t("offer_same_price")))
    return ft.Column(rows, spacing=2, tight=True)
