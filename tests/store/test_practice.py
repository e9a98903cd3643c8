"""A practice store: a whole small shop, made by the real actions, in each language."""

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.check import check
from app.shop.demo.practice import BUYER, LASTS, SELLER, begin_practice, practice_in
from app.shop.reads.people import profile_of
from app.shop.reads.queue import waiting
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Status
from app.shop.shop import Shop
from tests.actions.steps import column, fresh, rows
from tests.conftest import Clock

NAMES = {"en": "Practice shop", "id": "Toko latihan", "vi": "Cửa hàng luyện tập"}


@pytest.mark.parametrize("language", NAMES)
def test_a_practice_has_an_unpaid_order_and_a_paid_one_and_every_rule_holds(
    sqlite_shop: Shop, language: str
) -> None:
    cast = begin_practice(sqlite_shop, language)
    assert column(sqlite_shop, cast.unpaid, "status") == Status.UNPAID
    assert column(sqlite_shop, cast.paid, "status") == Status.AWAITING_SHIPMENT
    assert rows(sqlite_shop, "SELECT name FROM shops") == [(NAMES[language],)]
    assert profile_of(sqlite_shop, SELLER).shop_ids == {1}
    assert waiting(sqlite_shop, SELLER) == 0
    assert list(check(sqlite_shop).violations) == []


def test_a_practice_is_found_again_whatever_became_of_its_orders(sqlite_shop: Shop) -> None:
    with pytest.raises(NotFound):
        practice_in(sqlite_shop)
    cast = begin_practice(sqlite_shop, "en")
    cancel_order(sqlite_shop, BUYER, cast.unpaid, "BU_NOT_NEEDED", key=fresh())
    assert practice_in(sqlite_shop) == cast


def test_a_practice_is_too_old_before_its_unpaid_order_lapses(sqlite_shop: Shop, clock: Clock) -> None:
    cast = begin_practice(sqlite_shop, "en")
    pay_by = column(sqlite_shop, cast.unpaid, "pay_by")
    clock.move(milliseconds=LASTS)
    assert practice_in(sqlite_shop) == cast
    assert pay_by >= clock()
    clock.move(milliseconds=1)
    with pytest.raises(NotFound):
        practice_in(sqlite_shop)
