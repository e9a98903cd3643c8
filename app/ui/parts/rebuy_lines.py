"""What is bought again: each line with its variants and how many, and what of the old order is kept."""

from collections.abc import Callable, Mapping

import flet as ft

from app.shop.reads.rebuy import Again, Good, RebuyChoice, RebuyLine
from app.ui import theme
from app.ui.parts.frame import Pair
from app.ui.parts.picture import ProductPicture
from app.ui.parts.stepper import Stepper, fewer, more
from app.ui.parts.tap import Plain, Tap
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong
from app.ui.texts import money, number, signed, t

PICTURE = 40
Wanted = Mapping[int, tuple[int, int]]
"""What is wanted of each line, by its n: the variant and how many pieces; none is left out."""
OnWant = Callable[[int, int, int], None]


def RebuyLines(
    choice: RebuyChoice,
    wanted: Wanted,
    opened: frozenset[int],
    on_want: OnWant,
    on_open: Callable[[int], None],
) -> ft.Control:
    """The lines, each with what can be changed about it; all variants of those that are `opened`."""
    rows: list[ft.Control] = [
        _line(line, choice.order.currency, wanted[line.n], line.n in opened, on_want, on_open)
        for line in choice.lines
    ]
    return ft.Column(rows, spacing=theme.MARGIN, tight=True)


def _line(
    line: RebuyLine,
    currency: str,
    wants: tuple[int, int],
    opened: bool,
    on_want: OnWant,
    on_open: Callable[[int], None],
) -> ft.Control:
    variant, pieces = wants
    title = Strong(line.title, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS, expand=True)
    head = ft.Row([title, _Pieces(line, variant, pieces, on_want)], spacing=8)
    goods: list[ft.Control] = [
        _good(one, line, currency, one.id == variant, pieces, on_want)
        for one in line.goods
        if opened or one.id == variant
    ]
    hidden = len(line.goods) - len(goods)
    others: list[ft.Control] = [
        Plain(f"line-{line.n}-others", t("other_variants", count=hidden), lambda: on_open(line.n))
    ]
    return ft.Column([head, *goods, *([ft.Row(others)] if hidden else [])], spacing=8, tight=True)


def _Pieces(line: RebuyLine, variant: int, pieces: int, on_want: OnWant) -> ft.Control:
    """How many, with one fewer and one more."""
    most = next((one.free for one in line.goods if one.id == variant), 0)
    less = (lambda: on_want(line.n, variant, pieces - 1)) if pieces > 0 else None
    also = (lambda: on_want(line.n, variant, pieces + 1)) if pieces < most else None
    down = fewer(f"fewer-{line.n}", line.title, less)
    return Stepper(pieces, down, more(f"more-{line.n}", line.title, also))


def _good(
    one: Good, line: RebuyLine, currency: str, chosen: bool, pieces: int, on_want: OnWant
) -> ft.Control:
    enough = one.free >= max(pieces, 1)
    stock = t("in_stock", count=one.free) if enough else t("too_few", count=one.free)
    about = f"{money(one.price_minor, currency)} · {stock}"
    words = ft.Column([Strong(one.name), Small(about)], spacing=2, tight=True, expand=True)
    tick = ft.Icon(ft.Icons.CHECK_CIRCLE, color=theme.BACK if chosen else theme.UNSEEN)
    return Tap(
        f"line-{line.n}-variant-{one.id}",
        ft.Row([ProductPicture(one.picture, line.product_id, PICTURE), words, tick], spacing=theme.GAP),
        (lambda: on_want(line.n, one.id, max(pieces, 1))) if enough else None,
        selected=chosen,
        padding=8,
        border_radius=theme.BUTTON_RADIUS,
        border=ft.Border.all(1, theme.BACK if chosen else theme.HAIRLINE),
        opacity=1 if enough else 0.6,
    )


def Kept(again: Again, currency: str) -> ft.Control:
    """What the new order takes over from the old one, and what falls away."""
    lines = [t("kept_stock")]
    lines += [t("kept_voucher", voucher=", ".join(again.kept))] if again.kept else []
    lines += [t("kept_price", saved=money(again.saved_minor, currency))] if again.saved_minor else []
    lines += [t("kept_coins", count=again.coins, amount=number(again.coins))] if again.coins else []
    rows = [_said(ft.Icons.CHECK, theme.BACK, line) for line in lines]
    if again.dropped:
        gone = t("voucher_not_kept", voucher=", ".join(again.dropped))
        rows.append(_said(ft.Icons.INFO_OUTLINE, theme.AMBER.ink, gone))
    return ft.Column(rows, spacing=8, tight=True)


def _said(icon: ft.IconData, ink: ft.ColorValue, sentence: str) -> ft.Control:
    return ft.Row([ft.Icon(icon, size=20, color=ink), Body(sentence, expand=True)], spacing=8)


def NewTotal(again: Again, choice: RebuyChoice) -> ft.Control:
    """What the new order costs, beside what the old one did."""
    currency, old = choice.order.currency, choice.order.total_minor
    difference = again.total_minor - old
    words = f"{t('old_total', total=money(old, currency))} · {signed(difference, currency)}"
    price = ft.Semantics(live_region=True, content=Heading(money(again.total_minor, currency)))
    return ft.Column([Pair(t("new_order_total"), price), Quiet(words)], spacing=2, tight=True)
