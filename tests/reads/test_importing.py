"""Who may bring orders in: who answers for a shop or the platform, or anybody whose own store it is."""

import pytest

from app.shop.reads.importing import may_import
from app.shop.rules.errors import Refused
from app.shop.shop import SYSTEM, Actor, Shop
from tests.actions.steps import BUDI, MAI, OPS, SARI, TUAN, run

pytestmark = pytest.mark.usefixtures("stocked")


@pytest.mark.parametrize("actor", [SARI, TUAN, OPS, SYSTEM])
def test_who_answers_for_a_shop_or_the_platform_may_import(shop: Shop, actor: Actor) -> None:
    assert may_import(shop, actor)


@pytest.mark.parametrize("actor", [MAI, BUDI, Actor(0)])
def test_a_buyer_may_not_where_others_answer_for_the_orders(shop: Shop, actor: Actor) -> None:
    with pytest.raises(Refused, match="import_not_yours"):
        may_import(shop, actor)


def test_a_store_that_nobody_answers_for_is_the_person_s_own(shop: Shop) -> None:
    run(shop, "DELETE FROM members")
    with pytest.raises(Refused):
        may_import(shop, MAI)
    run(shop, "DELETE FROM staff")
    assert may_import(shop, MAI)
