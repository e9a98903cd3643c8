"""What a seller can offer instead of cancelling, as rows and chips to choose from."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

import flet as ft

from app.shop.reads.offers import OfferChoice
from app.shop.reads.swaps import LineChoice, VariantChoice
from app.shop.rules.changes import ChangeKind
from app.ui import theme
from app.ui.parts.frame import Pair
from app.ui.parts.option_row import OptionRow
from app.ui.parts.picture import ProductPicture
from app.ui.parts.tap import Chip
from app.ui.parts.voucher_options import VoucherOptions
from app.ui.parts.words import Heading, Small
from app.ui.texts import day, money, signed, t

OnPick = Callable[[str, int, int], None]
PICTURE = 48


def Choices(
    choice: OfferChoice, kind: str, line: int, chosen: int, zone: str, now: int, on_pick: OnPick
) -> ft.Control:
    """The choices of one kind, the chosen one marked."""
    if kind == ChangeKind.VARIANT:
        return Variants(choice.lines, choice.order.currency, line, chosen, on_pick)
    if kind == ChangeKind.VOUCHER:
        code = next((one.code for one in choice.vouchers if one.terms.id == chosen), "")
        return VoucherOptions(
            choice.vouchers,
            choice.order.currency,
            zone,
            now,
            code,
            lambda one: on_pick(kind, 0, one.terms.id),
        )
    if kind == ChangeKind.ADDRESS:
        return _chips(
            [
                (f"address-{one.id}", one.city or t("address.without_city"), one.id)
                for one in choice.addresses
            ],
            kind,
            chosen,
            on_pick,
        )
    days = [(f"day-{n}", day(one, zone, now), one) for n, one in enumerate(choice.days, 1)]
    return _chips(days, kind, chosen, on_pick)


def _chips(choices: list[tuple[str, str, int]], kind: str, chosen: int, on_pick: OnPick) -> ft.Control:
    chips: list[ft.Control] = [
        Chip(name, label, lambda _, value=value: on_pick(kind, 0, value), selected=value == chosen)
        for name, label, value in choices
    ]
    return ft.Row(chips, wrap=True, spacing=8, run_spacing=8)


def Variants(
    lines: Iterable[LineChoice],
    currency: str,
    line: int,
    chosen: int,
    on_pick: OnPick,
    below: Sequence[ft.Control] = (),
) -> ft.Control:
    """The other variants of each line that has some; `below` the chosen one stands what comes of it."""
    rows: list[ft.Control] = []
    named: set[int] = set()
    for one in lines:
        if one.variants:
            rows.append(_line(one, currency, chosen if one.n == line else 0, on_pick, below, named))
            named |= {variant.id for variant in one.variants}
    return ft.Column(rows, spacing=theme.GAP, tight=True)


def _line(
    line: LineChoice,
    currency: str,
    chosen: int,
    on_pick: OnPick,
    below: Sequence[ft.Control],
    named: AbstractSet[int],
) -> ft.Control:
    """The variants of a line; those that another line `named` already have its number in their names."""
    bought = t("instead_of", title=line.title, variant=line.variant)
    rows: list[ft.Control] = [Small(bought)]
    for one in line.variants:
        name = f"line-{line.n}-variant-{one.id}" if one.id in named else f"variant-{one.id}"
        rows.append(_variant(name, one, line, currency, one.id == chosen, on_pick))
        rows += below if one.id == chosen else ()
    return ft.Column(rows, spacing=8, tight=True)


def _variant(
    name: str, one: VariantChoice, line: LineChoice, currency: str, chosen: bool, on_pick: OnPick
) -> ft.Control:
    stock = t("in_stock", count=one.free) if one.enough else t("too_few", count=one.free)
    picture = ProductPicture(one.picture, line.product_id, PICTURE)
    return OptionRow(
        name,
        picture,
        one.name,
        [
            f"{signed(one.difference_minor, currency)} · {stock}",
            t("voucher_lost") if one.loses_voucher else "",
        ],
        (lambda: on_pick(ChangeKind.VARIANT, line.n, one.id)) if one.enough else None,
        chosen=chosen,
    )


def difference_of(choice: OfferChoice, kind: str, line: int, chosen: int) -> int | None:
    """What the order costs more with the chosen change (less: negative); None while none is chosen."""
    if not chosen:
        return None
    if kind == ChangeKind.VOUCHER:
        return next((one.difference_minor for one in choice.vouchers if one.terms.id == chosen), None)
    if kind != ChangeKind.VARIANT:
        return 0
    variants = (one for each in choice.lines if each.n == line for one in each.variants)
    return next((one.difference_minor for one in variants if one.id == chosen), None)


def Difference(minor: int, currency: str) -> ft.Control:
    """Who pays what once the buyer accepts."""
    if not minor:
        return Pair(t("buyer_pays_more"), Heading(t("nothing")))
    if minor > 0:
        return Pair(t("buyer_pays_more"), Heading(money(minor, currency)))
    return Pair(t("buyer_gets_back"), Heading(money(-minor, currency), color=theme.BACK))
