"""Journey D: from the shop to a paid order, and one that is not paid in time, by identifiers alone."""

from pathlib import Path

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop.actions.clock import run_due
from app.shop.check import check
from app.shop.rules.policy import JOURNEY, MINUTE
from app.shop.shop import Shop
from app.ui import routes
from tests.actions.steps import IDS, MAI, column, rows
from tests.conftest import Clock
from tests.headless import Phone
from tests.launch import launched
from tests.people import stock


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """A stocked shop."""
    stock(sqlite_shop)
    return sqlite_shop


async def ordered(phone: Phone) -> int:
    """From the profile to where an order of one navy mug is paid; its number."""
    for name in ("go-shop", f"product-{IDS.mug}", f"variant-{IDS.navy}", "buy", "place-order"):
        await phone.tap(name)
    await phone.shows("more-time")
    return int(phone.route.removeprefix(f"{routes.ORDERS}/").removesuffix("/pay"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_product_is_found_ordered_and_paid(
    language: str, shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    says = catalogue(language).gettext
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open(kept={"takeback.person": str(MAI.id), "takeback.language": language})
        number = await ordered(phone)
        assert rows(shop, "SELECT variant_id, quantity FROM lines") == [(IDS.navy, 1)]
        assert column(shop, number, "status") == "UNPAID"
        await phone.tap("pay")
        await phone.shows("payment-paid")
        assert phone.sees(says("pay.paid_how"))
        assert column(shop, number, "status") == "AWAITING_SHIPMENT"
        await phone.tap("see-order")
        await phone.until(lambda: phone.route == routes.order(number))
        await phone.until(lambda: phone.sees("Enamel camp mug"))
    assert check(shop).violations == ()


async def test_what_is_not_paid_in_time_is_cancelled_and_all_of_it_released(
    shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    free = "SELECT kind, subject, free, held FROM balances ORDER BY kind, subject"
    before = rows(shop, free)
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open(kept={"takeback.person": str(MAI.id)})
        number = await ordered(phone)
        assert rows(shop, free) != before
        clock.at = column(shop, number, "pay_by") + JOURNEY.grace_ms + MINUTE
        run_due(shop)
        app.process.windows.tell({MAI.id})
        await phone.until(lambda: phone.find("pay") is None)
        await phone.shows("see-order")
    assert column(shop, number, "status") == "CANCELLED"
    assert rows(shop, free) == before
    assert check(shop).violations == ()
