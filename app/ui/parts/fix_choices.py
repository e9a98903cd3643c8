"""What an order can be put right with, as rows to choose from: variants, vouchers, addresses, ways to pay."""

from collections.abc import Callable, Sequence

import flet as ft

from app.shop.reads.addresses import Entry
from app.shop.reads.fixes import FixChoice
from app.shop.reads.other_vouchers import VoucherOption
from app.shop.rules.addresses import MOST
from app.shop.rules.clocks import Method
from app.shop.rules.reasons import Fix
from app.ui.parts.method_icon import METHOD_ICONS
from app.ui.parts.offer_choices import Variants
from app.ui.parts.option_row import IconBox, OptionRow
from app.ui.parts.voucher_options import VoucherOptions
from app.ui.state import Picked
from app.ui.texts import moment, t
from app.ui.texts.places import called, where

OnPick = Callable[[Picked], None]
OnWrite = Callable[[Entry | None], None]
KINDS = (Fix.VARIANT, Fix.VOUCHER, Fix.ADDRESS, Fix.PAYMENT_METHOD)
"""What can be put right, in the order it is shown in; the other fixes are about some vouchers."""
OF_VOUCHERS = (Fix.VOUCHER, Fix.FREE_SHIPPING, Fix.PROMO_TERMS)


def vouchers_for(choice: FixChoice, fix: str) -> tuple[VoucherOption, ...]:
    """The vouchers that a fix is about."""
    if fix == Fix.FREE_SHIPPING:
        return tuple(one for one in choice.vouchers if one.terms.off_shipping)
    return choice.vouchers if fix in OF_VOUCHERS else ()


def offers(choice: FixChoice, fix: str) -> bool:
    """Whether there is anything of the kind to choose."""
    match fix:
        case Fix.VARIANT:
            return any(line.variants for line in choice.lines)
        case Fix.ADDRESS:
            return True  # one can be written
        case Fix.PAYMENT_METHOD:
            return bool(choice.methods)
    return bool(vouchers_for(choice, fix))


def FixChoices(
    choice: FixChoice,
    fix: str,
    picked: Picked | None,
    zone: str,
    now: int,
    on_pick: OnPick,
    on_write: OnWrite,
    below: Sequence[ft.Control] = (),
) -> ft.Control:
    """The choices of one kind, the picked one marked; `below` it stands what comes of it.

    `on_write`: an address is to be written, a new one or this one anew.
    """
    chosen = picked.chosen if picked else None
    if fix == Fix.VARIANT:
        of_line, variant = (picked.line, int(chosen or 0)) if picked and picked.line else (0, 0)
        return Variants(
            choice.lines,
            choice.order.currency,
            of_line,
            variant,
            lambda _kind, line, one: on_pick(Picked(Fix.VARIANT, one, line)),
            below,
        )
    if fix in OF_VOUCHERS:
        return VoucherOptions(
            vouchers_for(choice, fix),
            choice.order.currency,
            zone,
            now,
            str(chosen or ""),
            lambda one: on_pick(Picked(Fix.VOUCHER, one.code)),
            below,
        )
    rows: dict[int | str, ft.Control] = {}
    written: list[ft.Control] = []
    if fix == Fix.ADDRESS:
        rows = {
            one.id: OptionRow(
                f"address-{one.id}",
                IconBox(ft.Icons.PLACE_OUTLINED),
                called(one.parts),
                [where(one.parts)],
                lambda _, one=one: on_pick(Picked(Fix.ADDRESS, one.id)),
                chosen=chosen == one.id,
            )
            for one in choice.addresses
        }
        written = _written(choice, on_write)
    elif fix == Fix.PAYMENT_METHOD:
        rows = {
            one.method: OptionRow(
                f"method-{one.method.lower()}",
                IconBox(METHOD_ICONS[Method(one.method)]),
                t(f"method.{one.method}"),
                [
                    t("checkout.pay_by", at=moment(one.pay_by, zone, now))
                    if one.pay_by
                    else t("checkout.pay_later")
                ],
                lambda _, one=one: on_pick(Picked(Fix.PAYMENT_METHOD, one.method)),
                chosen=chosen == one.method,
            )
            for one in choice.methods
        }
    shown = [each for key, row in rows.items() for each in (row, *(below if key == chosen else ()))]
    return ft.Column([*shown, *written], spacing=8, tight=True)


def _written(choice: FixChoice, on_write: OnWrite) -> list[ft.Control]:
    """Where it goes now, to be put right, and the way to one that is not in the book."""
    now, full = choice.sent_to, len(choice.addresses) + bool(choice.sent_to) >= MOST
    add = None if full else lambda: on_write(None)
    rows = [OptionRow("add-address", IconBox(ft.Icons.ADD), t("address.add"), [], add, chosen=False)]
    if now is not None:
        words = [t("address.sent_to", where=where(now.parts))]
        icon = IconBox(ft.Icons.EDIT_OUTLINED)
        right = OptionRow(
            "correct-address", icon, t("address.correct"), words, lambda: on_write(now), chosen=False
        )
        rows.insert(0, right)
    return rows


def difference_of(choice: FixChoice, picked: Picked) -> int:
    """What the order costs more with what is picked (less: negative), in minor units."""
    if picked.kind == Fix.VARIANT:
        variants = (one for line in choice.lines if line.n == picked.line for one in line.variants)
        return next((one.difference_minor for one in variants if one.id == picked.chosen), 0)
    vouchers = (one for one in choice.vouchers if picked.kind == Fix.VOUCHER and one.code == picked.chosen)
    return next((one.difference_minor for one in vouchers), 0)


def name_of(choice: FixChoice, picked: Picked) -> tuple[str, str]:
    """How what is picked is told of once it is done: the word for it, and what it is called."""
    match picked.kind:
        case Fix.VARIANT:
            variants = (one for line in choice.lines if line.n == picked.line for one in line.variants)
            return picked.kind, next((one.name for one in variants if one.id == picked.chosen), "")
        case Fix.ADDRESS:
            found = (called(one.parts) for one in choice.addresses if one.id == picked.chosen)
            return picked.kind, next(found, "")
        case Fix.VOUCHER:
            used = any(one.used for one in choice.vouchers if one.code == picked.chosen)
            return "voucher_off" if used else picked.kind, str(picked.chosen)
    return picked.kind, str(picked.chosen)
