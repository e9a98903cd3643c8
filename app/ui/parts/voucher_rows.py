"""The vouchers to choose from, each with what it takes off or why it does not."""

from collections.abc import Callable, Sequence

import flet as ft

from app.shop.reads.vouchers import VoucherChoice
from app.ui import theme
from app.ui.checkout_draft import can_choose, takes_shipping
from app.ui.parts.field import Field
from app.ui.parts.tap import Outlined, Tap
from app.ui.parts.words import Body, Quiet, Small, Strong
from app.ui.texts import moment, t
from app.ui.texts.vouchers import voucher_effect, voucher_words

OnVoucher = Callable[[VoucherChoice], None]
OnCode = Callable[[str], None]


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


@ft.component
def CodeField(begun: str, wrong: str, on_type: OnCode, on_code: OnCode) -> ft.Control:
    """A voucher by its code, `begun` before; `wrong` is why the one that was used last cannot be."""
    text, set_text = ft.use_state(begun)

    def typed(now: str) -> None:
        on_type(now)
        set_text(now)

    def use() -> None:
        if text.strip():
            on_code(text)

    field = Field(
        "voucher-code",
        text,
        typed,
        label=t("voucher.code"),
        error=wrong or None,
        capitalization=ft.TextCapitalization.CHARACTERS,
        on_submit=use,
    )
    field.expand = True
    button = ft.Container(Outlined("use-code", t("voucher.use"), use), padding=ft.Padding.only(top=3))
    return ft.Row([field, button], spacing=8, vertical_alignment=ft.CrossAxisAlignment.START)


def why_not_typed(typed: str, vouchers: Sequence[VoucherChoice], currency: str, zone: str, now: int) -> str:
    """Why the voucher that was typed is not used; nothing where it is, or none was typed."""
    if not typed:
        return ""
    one = next((one for one in vouchers if one.code == typed), None)
    if one is None:
        return t("no_such_voucher", voucher=typed)
    return "" if one.chosen else voucher_effect(one, currency, zone, now)
