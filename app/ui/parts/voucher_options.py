"""The vouchers an order could have instead, as rows to choose from: what each is worth and comes to."""

from collections.abc import Callable, Sequence

import flet as ft

from app.shop.reads.other_vouchers import VoucherOption
from app.ui.parts.option_row import IconBox, OptionRow
from app.ui.texts import moment, money, signed, t
from app.ui.texts.vouchers import voucher_words


def VoucherOptions(
    vouchers: Sequence[VoucherOption],
    currency: str,
    zone: str,
    now: int,
    chosen: str,
    on_pick: Callable[[VoucherOption], None],
    below: Sequence[ft.Control] = (),
) -> ft.Control:
    """A row each, that of the `chosen` code marked; `below` it stands what comes of it."""
    rows: list[ft.Control] = []
    for one in vouchers:
        rows.append(_row(one, currency, zone, now, on_pick, chosen=one.code == chosen))
        rows += below if one.code == chosen else ()
    return ft.Column(rows, spacing=8, tight=True)


def _row(
    one: VoucherOption,
    currency: str,
    zone: str,
    now: int,
    on_pick: Callable[[VoucherOption], None],
    *,
    chosen: bool,
) -> ft.Control:
    icon = ft.Icons.LOCAL_SHIPPING_OUTLINED if one.terms.off_shipping else ft.Icons.LOCAL_OFFER_OUTLINED
    return OptionRow(
        f"voucher-{one.code.lower()}",
        IconBox(icon),
        voucher_words(one.terms, currency),
        [" · ".join((one.code, *_terms(one, currency, zone, now))), _comes_of(one, currency)],
        None if one.why_not else lambda: on_pick(one),
        chosen=chosen,
    )


def _terms(one: VoucherOption, currency: str, zone: str, now: int) -> list[str]:
    """From what amount on, and until when."""
    least = one.terms.least_minor
    from_here = [t("voucher_from", amount=money(least, currency))] if least else []
    return [*from_here, t("voucher.until", at=moment(one.terms.ends_at, zone, now))]


def _comes_of(one: VoucherOption, currency: str) -> str:
    """What the order costs with it, or why it is not to be had."""
    if one.missing_minor:
        return t("voucher.missing", amount=money(one.missing_minor, currency))
    if one.why_not:
        return t(one.why_not)
    change = signed(one.difference_minor, currency)
    return t("voucher_in_use", change=change) if one.used else change
