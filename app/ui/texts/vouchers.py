"""A voucher in words: what it takes off, and why it does not."""

from typing import Protocol

from app.shop.reads.vouchers import VoucherChoice
from app.shop.rules.pricing import VoucherKind
from app.ui.texts import moment, money, t


class Worth(Protocol):
    """A voucher, as far as its worth goes; amounts in minor units."""

    @property
    def kind(self) -> VoucherKind: ...
    @property
    def value(self) -> int: ...
    @property
    def most_minor(self) -> int | None: ...


def voucher_words(one: Worth, currency: str) -> str:
    """What a voucher is worth: 10% off, at most Rp20.000."""
    if one.kind is VoucherKind.PERCENT:
        words = t("voucher.percent", percent=one.value)
    elif one.kind is VoucherKind.AMOUNT:
        words = t("voucher.amount", amount=money(one.value, currency))
    else:
        words = t("voucher.shipping")
    if one.most_minor is None or one.kind is VoucherKind.AMOUNT:
        return words
    return t("voucher.at_most", words=words, amount=money(one.most_minor, currency))


def voucher_effect(one: VoucherChoice, currency: str, zone: str, now: int) -> str:
    """What it does to this order, or why it does nothing."""
    match one.why_not:
        case "voucher_below_threshold":
            return t("voucher.missing", amount=money(one.missing_minor, currency))
        case "voucher_not_started":
            return t("voucher.from", at=moment(one.starts_at, zone, now))
        case "voucher_not_combinable":
            return t("voucher.instead", amount=money(-one.off_minor, currency))
        case None if one.off_minor:
            return money(-one.off_minor, currency)
        case None:
            return t("voucher.nothing")
        case code:
            return t(code)
