"""What a person is asked about files: how dates are written, the currency, whose orders, the clock."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import flet as ft

from app.shop.rules.words import HANDLE
from app.shop.rules.zones import is_zone
from app.ui import theme
from app.ui.imports import Said
from app.ui.newest import use_newest
from app.ui.parts.field import Field
from app.ui.parts.frame import Section
from app.ui.parts.option_row import IconBox, OptionRow
from app.ui.parts.tap import Chip, Outlined
from app.ui.parts.words import Body, Quiet
from app.ui.parts.wrong import Wrong
from app.ui.texts import t
from app.ui.texts.reports import base_name

CURRENCIES = ("IDR", "VND", "THB", "PHP", "MYR", "SGD", "USD", "BRL", "EUR", "GBP")
"""Those of the markets whose exports are known; any other can be typed."""
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Ho_Chi_Minh", "Asia/Bangkok", "Asia/Manila")
"""The clocks of Indonesia, and those beside; any other can be typed."""
_SHOP = r"[A-Za-z0-9][A-Za-z0-9._-]*"


def DatesQuestion(
    files: Sequence[str], day_first: str, month_first: str, on_choose: Callable[[bool], object]
) -> ft.Control:
    """Which way dates are written; each with dates of the file, read that way."""
    return _question(
        t("ask_dates"),
        files,
        *(
            OptionRow(
                name, IconBox(ft.Icons.EVENT), dates, [], lambda _, way=way: on_choose(way), chosen=False
            )
            for name, dates, way in (("day-first", day_first, False), ("month-first", month_first, True))
        ),
    )


def CurrencyQuestion(files: Sequence[str], on_choose: Callable[[str], object]) -> ft.Control:
    """Which currency the amounts are in."""
    chips = [
        Chip(f"currency-{code.lower()}", code, lambda _, code=code: on_choose(code), selected=False)
        for code in CURRENCIES
    ]
    other = _OTHER(
        "currency",
        t("ask_currency_other"),
        lambda text: on_choose(text.upper()),
        3,
        lambda text: re.fullmatch("[A-Za-z]{3}", text) is not None,
        t("ask_currency_wrong"),
    )
    return _question(t("ask_currency"), files, _chips(chips), other)


def ShopQuestion(
    files: Sequence[str], shops: Sequence[str], chosen: str | None, on_choose: Callable[[str | None], object]
) -> ft.Control:
    """Whose orders they are: one of the `shops` of who looks, another, or nobody's that is said."""
    chips = [
        Chip(f"shop-{one}", f"@{one}", lambda _, one=one: on_choose(one), selected=one == chosen)
        for one in dict.fromkeys((*shops, *([chosen] if chosen else [])))
    ]
    nobody = Chip("shop-none", t("ask_shop_none"), lambda _: on_choose(None), selected=chosen is None)
    other = _OTHER(
        "shop",
        t("ask_shop_other"),
        on_choose,
        HANDLE,
        lambda text: re.fullmatch(_SHOP, text) is not None,
        t("handle_not_usable"),
    )
    return _question(t("ask_shop"), files, Quiet(t("ask_shop_how")), _chips([*chips, nobody]), other)


def ZoneQuestion(
    files: Sequence[str], taken: Sequence[str], own: str, on_choose: Callable[[str], object]
) -> ft.Control:
    """The clock of times that name none: those that were `taken`, and `own` is that of who looks."""
    chips = [
        Chip(f"zone-{one.lower()}", _city(one), lambda _, one=one: on_choose(one), selected=one in taken)
        for one in dict.fromkeys((*taken, own, *ZONES))
    ]
    other = _OTHER("zone", t("ask_zone_other"), on_choose, 40, is_zone, t("ask_zone_wrong"))
    how = t("ask_zone_how" if len(taken) == 1 else "ask_zones_how")
    return _question(t("ask_zone"), files, Quiet(how), _chips(chips), other)


def _city(zone: str) -> str:
    """The place that a clock is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def Answered(said: Mapping[str, Said], on_anew: Callable[[], object]) -> ft.Control:
    """How files are read as a person said, and the way to be asked anew."""
    told: list[ft.Control] = [
        ft.Column([Quiet(base_name(file)), *_answers(one)], spacing=0) for file, one in said.items()
    ]
    anew = ft.Row([Outlined("answer-anew", t("answer_anew"), on_anew)])
    return Section(*told, anew, title=t("answered"))


def _answers(said: Said) -> Iterator[ft.Control]:
    if said.currency:
        yield Body(t("answered_currency", currency=said.currency))
    if said.month_first is not None:
        yield Body(t("answered_month_first" if said.month_first else "answered_day_first"))


def _question(sentence: str, files: Sequence[str], *answers: ft.Control) -> ft.Control:
    return Section(*([Quiet(", ".join(map(base_name, files)))] if files else []), *answers, title=sentence)


def _chips(chips: Sequence[ft.Control]) -> ft.Control:
    return ft.Row(list(chips), wrap=True, spacing=8, run_spacing=8)


@ft.component
def _Other(
    name: str,
    hint: str,
    on_choose: Callable[[str], object],
    longest: int,
    fits: Callable[[str], bool],
    wrong: str,
) -> ft.Control:
    """An answer of one's own, to be typed; it is `wrong` where it is not one that `fits`."""
    text = use_newest("")
    refused, refuse = ft.use_state(False)

    def choose() -> None:
        told = text.now.strip().removeprefix("@")
        right = fits(told)
        refuse(not right)
        if right:
            on_choose(told)

    field = Field(f"{name}-text", text.drawn, text.write, label=hint, max_length=longest, counter="")
    field.expand = True
    row = ft.Row([field, Outlined(f"{name}-use", t("ask_use"), choose)], spacing=theme.GAP)
    return ft.Column([row, Wrong(wrong if refused else "")], spacing=theme.SPACE)


_OTHER: Any = _Other
