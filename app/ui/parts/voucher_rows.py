"""The vouchers to choose from, each with what it takes off or why it does not."""

from collections.abc import Callable, Sequence

import flet as ft

from app.shop.reads.vouchers import VoucherChoice
from app.ui import theme
from app.ui.checkout_draft import can_choose, takes_shipping
from app.ui.parts.tap import Tap
from app.ui.parts.words import Body, Quiet, Small, Strong
from app.ui.texts import moment, t
from app.ui.texts.vouchers import voucher_effect, voucher_words

OnVoucher = Callable[[VoucherChoice], None]


def VoucherRows(
    vouchers: Sequence[VoucherChoice], currency: str, zone: str, now: int, on_voucher: OnVoucher
) -> ft.Control:
    """One row each; what cannot be chosen stays pale and says why."""
    if not vouchers:
        return Quiet(t("voucher.none"))
    rows = [_row(one, currency, zone, now, on_voucher) for one in vouchers]
    return ft.Column(rows, spacing=8, tight=True)


def _row(one: VoucherChoice, currency: str, zone: str, now: int, on_voucher: OnVoucher) -> ft.Control:
    can = can_choose(one)
    icon = ft.Icons.LOCAL_SHIPPING_OUTLINED if takes_shipping(one) else ft.Icons.SELL_OUTLINED
    whose = t("voucher.of_platform" if one.of_platform else "voucher.of_shop")
    until = t("voucher.until", at=moment(one.ends_at, zone, now))
    effect = voucher_effect(one, currency, zone, now)
    words = ft.Column(
        [
            Strong(voucher_words(one, currency)),
            Small(" · ".join((one.code, whose, until) if one.ends_at > now else (one.code, whose))),
            Body(effect, color=theme.BACK) if can else Quiet(effect),
        ],
        spacing=2,
        tight=True,
        expand=True,
    )
    tick = ft.Icon(
        ft.Icons.CHECK_CIRCLE if one.chosen else ft.Icons.CIRCLE_OUTLINED,
        color=theme.BACK if one.chosen else theme.EDGE if can else theme.UNSEEN,
    )
    ink = theme.BACK if can else theme.MUTED
    return Tap(
        f"voucher-{one.code.lower()}",
        ft.Row([ft.Icon(icon, color=ink), words, tick], spacing=theme.GAP),
        (lambda: on_voucher(one)) if can else None,
        selected=one.chosen,
        padding=theme.GAP,
        border_radius=theme.BUTTON_RADIUS,
        border=ft.Border.all(1, theme.BACK if one.chosen else theme.HAIRLINE),
    )
