"""A clock in words: when something is due and how long that is, ticking by itself."""

import flet as ft

from app.ui import theme
from app.ui.parts.words import Body, Label, Small, Strong
from app.ui.state import MINUTE, use_now
from app.ui.texts import left, moment, t

NEAR = 10 * MINUTE
"""From here on the clock takes the accent."""


@ft.component
def PayBy(deadline: int, zone: str, *, large: bool = False, expand: bool | None = None) -> ft.Control:
    """Until when an order can be paid; draws itself again each minute, and each second near the end.

    `large` on a page; `expand` where something stands beside it.
    """
    now = use_now(deadline)
    at = moment(deadline, zone, now)
    if now >= deadline:
        return Small(t("pay_by_over", at=at), expand=expand)
    color = theme.ACCENT if deadline - now <= NEAR else None
    word = Strong if large else Label if expand else Body
    return word(t("pay_by", at=at, left=left(deadline - now)), color=color, expand=expand)
