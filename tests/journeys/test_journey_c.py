"""Journey C: the wrong colour is put right in four taps, and nothing was lost on the way."""

from pathlib import Path

import pytest

from app.shop.check import check
from app.shop.rules.orders import Status
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from tests.actions.steps import IDS, MAI, SARI, balance, column, order_in, rows
from tests.conftest import Clock
from tests.headless import Phone
from tests.launch import launched
from tests.people import NAVY_PRICE, STOCK, VOUCHER_USES, stock

LANGUAGES = ("en", "id", "vi")
TAP_BYTES = 8_000
"""What the server may send for one tap on the way."""


async def tap_by_tap(phone: Phone, *taps: str) -> None:
    """Tap each, and see how much that brought."""
    for one in taps:
        await phone.shows(one)
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap(one)
        await phone._settled()
        assert phone.bytes_sent - before < TAP_BYTES, one


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "first",
    [("order-{}", "fix"), ("cancel-{}", "reason-bu_wrong_variant")],
    ids=["from the order", "from its cancel"],
)
async def test_the_wrong_colour_is_put_right_in_four_taps(
    first: tuple[str, str],
    language: str,
    sqlite_shop: Shop,
    sqlite_url: str,
    tmp_path: Path,
    clock: Clock,
) -> None:
    shop = sqlite_shop
    stock(shop)
    number = order_in(shop, Status.UNPAID, (IDS.cream, 1), voucher_codes=["KOPI10"], coins=400)
    kept = {"takeback.person": str(MAI.id), "takeback.language": language}
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open("/orders", kept=kept)
        taps = (*(one.format(number) for one in first), f"variant-{IDS.navy}", "fix-submit")
        assert len(taps) == 4
        await tap_by_tap(phone, *taps)
        await phone.shows("notice")
        await phone.until(lambda: not phone.find("fix-submit"))
        assert phone.sees("Navy")
    total = NAVY_PRICE - NAVY_PRICE // 10 - 400
    assert (column(shop, number, "status"), column(shop, number, "total_minor")) == ("UNPAID", total)
    assert balance(shop, Kind.VOUCHER, IDS.ten_percent) == (VOUCHER_USES - 1, 1, 0, 0)
    assert balance(shop, Kind.COINS, IDS.mai)[1] == 400
    assert balance(shop, Kind.STOCK, IDS.cream) == (STOCK, 0, 0, 0)
    assert balance(shop, Kind.STOCK, IDS.navy) == (STOCK - 1, 1, 0, 0)
    assert check(shop).sound


async def test_once_paid_the_seller_puts_it_right_and_the_difference_is_settled(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    shop = sqlite_shop
    stock(shop)
    number = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.navy, 1), voucher_codes=(), coins=0)
    async with launched(sqlite_url, tmp_path, clock) as app:
        buyer = await app.open("/orders", kept={"takeback.person": str(MAI.id)})
        seller = await app.open("/seller", kept={"takeback.person": str(SARI.id)})
        for one in (f"order-{number}", "fix", f"variant-{IDS.cream}", "fix-submit"):
            await buyer.tap(one)
        await seller.tap(f"accept-change-{number}")
        await seller.tap("submit")
        await buyer.until(lambda: buyer.sees("Changed as asked"))
        await buyer.visit("/inbox")
        await buyer.until(lambda: buyer.sees("The seller changed your order as you asked"))
        await buyer.until(lambda: buyer.sees("10,000"))
    assert rows(shop, "SELECT amount_minor FROM refunds") == [(10_000,)]
    assert check(shop).sound
