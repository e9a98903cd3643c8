"""The checkout before the tap: what is shown is what is placed."""

from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.addresses import prefer_address
from app.shop.actions.place import place_order
from app.shop.reads.checkout import CheckoutChoice, checkout_choice
from app.shop.reads.order import order_details
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.items import Items
from app.shop.rules.policy import DAY, JOURNEY
from app.shop.rules.pricing import VoucherKind
from app.shop.rules.receipt import Kind
from app.shop.shop import SYSTEM, Shop
from tests.actions.steps import BUDI, IDS, MAI, fresh, place, settle
from tests.people import COINS, NAVY_PRICE, PRICE, STOCK, Stocked, put

TWO: Items = ((IDS.cream, 2), (IDS.navy, 1))


def choice(shop: Shop, items: Items = TWO, **options: Any) -> CheckoutChoice:
    """What mai's checkout shows."""
    return checkout_choice(shop, MAI, items, **options)


def more(shop: Shop, *made: t.Voucher, uses: int = 1) -> None:
    """Further vouchers, each to be used so often."""
    with shop.change() as work:
        put(work, *made)
        put(work, *(t.Balance(kind=Kind.VOUCHER, subject=one.id, taken_in=uses, free=uses) for one in made))


def voucher(shop: Shop, id_: int, code: str, **terms: Any) -> t.Voucher:
    """A voucher of kopi-house's that takes off 1,000 rupiah, valid now unless told otherwise."""
    usual: dict[str, Any] = {
        "shop_id": IDS.kopi_house,
        "currency": "IDR",
        "kind": VoucherKind.AMOUNT,
        "value": 1_000,
    }
    usual |= {"starts_at": shop.now() - DAY, "ends_at": shop.now() + DAY}
    return t.Voucher(id=id_, code=code, **usual | terms)


def test_each_line_tells_what_it_is_and_what_is_left(shop: Shop, stocked: Stocked) -> None:
    place(shop, (stocked.cream, 3), buyer=BUDI)
    shown = choice(shop)
    assert (shown.shop, shown.shop_name, shown.currency) == ("kopi-house", "Kopi House", "IDR")
    assert [(one.title, one.variant, one.unit_minor, one.pieces, one.free) for one in shown.lines] == [
        ("Enamel camp mug", "Cream", PRICE, 2, STOCK - 3),
        ("Enamel camp mug", "Navy", NAVY_PRICE, 1, STOCK),
    ]
    assert shown.can_be_placed


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"voucher_codes": ()},
        {"voucher_codes": ("KOPI10",), "coins": 300},
        {"voucher_codes": ("kopiship ", "KOPI15K"), "coins": None},
        {"method": Method.COD, "address_id": IDS.home},
    ],
)
def test_what_is_shown_is_what_is_placed(shop: Shop, stocked: Stocked, options: dict[str, Any]) -> None:
    settle(shop, JOURNEY.with_settings({"shipping_minor": 12_000}))
    shown = choice(shop, **options)
    assert shown.address is not None
    done = place_order(
        shop,
        MAI,
        shown.items,
        shown.method,
        voucher_codes=shown.voucher_codes,
        coins=shown.coins_used,
        address_id=shown.address.id,
        expected_minor=shown.total_minor,
        key=fresh(),
    )
    order = order_details(shop, MAI, int(done.answer["number"]))
    assert order.prices == shown.prices
    assert order.order.total_minor == shown.total_minor == sum(row.amount_minor for row in shown.prices)


def test_the_best_vouchers_are_taken_where_none_are_named(shop: Shop, stocked: Stocked) -> None:
    settle(shop, JOURNEY.with_settings({"shipping_minor": 12_000}))
    shown = choice(shop)
    assert shown.voucher_codes == ("KOPI10", "KOPISHIP")
    assert [one.off_minor for one in shown.vouchers if one.chosen] == [20_000, 12_000]
    assert choice(shop, voucher_codes=()).voucher_codes == ()


def test_each_voucher_says_what_it_takes_off_or_why_it_cannot_be_used(shop: Shop, stocked: Stocked) -> None:
    more(
        shop,
        voucher(shop, 81, "SOON", starts_at=shop.now() + 1),
        voucher(shop, 83, "LINEN", shop_id=IDS.linen_lab),
        voucher(shop, 84, "DONG", shop_id=None, currency="VND"),
        voucher(shop, 85, "ALL", shop_id=None),
        voucher(shop, 86, "LONGAGO", ends_at=shop.now() - 8 * DAY),
    )
    more(shop, voucher(shop, 82, "GONE"), uses=0)
    shown = choice(shop, ((IDS.cream, 1),))
    told = {one.code: (one.chosen, one.off_minor, one.why_not, one.missing_minor) for one in shown.vouchers}
    assert told == {
        "KOPI10": (True, PRICE // 10, None, 0),
        "KOPI15K": (False, 0, "voucher_below_threshold", 100_000 - PRICE),
        "KOPISHIP": (False, 0, None, 0),
        "KOPIOLD": (False, 0, "voucher_expired", 0),
        "SOON": (False, 0, "voucher_not_started", 0),
        "GONE": (False, 0, "voucher_used_up", 0),
        "ALL": (False, 1_000, "voucher_not_combinable", 0),
    }
    assert [one.code for one in shown.vouchers][:2] == ["KOPI10", "ALL"]
    assert {one.code for one in shown.vouchers if one.of_platform} == {"ALL"}


def test_of_two_that_do_not_combine_the_first_named_is_used(shop: Shop, stocked: Stocked) -> None:
    shown = choice(shop, voucher_codes=("KOPI15K", "KOPI10"))
    assert shown.voucher_codes == ("KOPI15K",)
    (other,) = (one for one in shown.vouchers if one.code == "KOPI10")
    assert (other.why_not, other.off_minor) == ("voucher_not_combinable", 20_000)


def test_one_that_is_named_is_told_about_though_it_is_not_among_the_shops(
    shop: Shop, stocked: Stocked
) -> None:
    more(
        shop,
        voucher(shop, 83, "LINEN", shop_id=IDS.linen_lab),
        voucher(shop, 86, "LONGAGO", ends_at=shop.now() - 8 * DAY),
    )
    shown = choice(shop, voucher_codes=(" linen", "LongAgo", "NONE", "KOPI10"))
    told = {one.code: one.why_not for one in shown.vouchers}
    assert (told["LINEN"], told["LONGAGO"]) == ("voucher_other_shop", "voucher_expired")
    assert "NONE" not in told
    assert shown.voucher_codes == ("KOPI10",)


def test_coins_are_shown_before_they_are_used(shop: Shop, stocked: Stocked) -> None:
    shown = choice(shop)
    assert (shown.coins_free, shown.coins_usable, shown.coins_used) == (COINS, COINS, 0)
    whole = choice(shop, coins=None)
    assert (whole.coins_used, whole.total_minor) == (COINS, shown.total_minor - COINS)
    assert choice(shop, coins=10).coins_used == 10
    assert checkout_choice(shop, BUDI, TWO, coins=None).coins_used == 0


def test_each_way_to_pay_has_its_time_and_the_last_one_used_is_chosen(shop: Shop, stocked: Stocked) -> None:
    settle(shop, JOURNEY.with_settings({"pay_wallet_ms": 900_000}))
    shown = choice(shop)
    assert [(one.method, one.pay_ms) for one in shown.methods] == [
        (Method.CARD, 3_600_000),
        (Method.WALLET, 900_000),
        (Method.TRANSFER, 86_400_000),
        (Method.COD, None),
    ]
    assert shown.method is Method.CARD
    place(shop, method=Method.TRANSFER)
    assert choice(shop).method is Method.TRANSFER
    assert choice(shop, method=Method.COD).method is Method.COD


def test_it_goes_to_the_preferred_address_unless_another_is_chosen(shop: Shop, stocked: Stocked) -> None:
    prefer_address(shop, MAI, IDS.home, key=fresh())
    shown = choice(shop)
    assert [one.id for one in shown.addresses] == [IDS.home, IDS.office]
    assert shown.address == shown.addresses[0]
    chosen = choice(shop, address_id=IDS.office).address
    assert chosen is not None
    assert chosen.id == IDS.office
    assert choice(shop, address_id=IDS.budis_home).address == shown.address


def test_what_cannot_be_ordered_is_told_per_line_and_priced_without(shop: Shop, stocked: Stocked) -> None:
    shown = choice(shop, ((IDS.cream, STOCK + 1), (IDS.navy, 1), (IDS.white, 1), (99, 1), (2**62, 1)))
    assert [one.problem for one in shown.lines] == [
        *("out_of_stock", None, "items_of_several_shops", "no_such_variant", "no_such_variant"),
    ]
    assert shown.prices[0].amount_minor == NAVY_PRICE
    assert not shown.can_be_placed


def test_of_nothing_that_is_there_nothing_is_priced(shop: Shop, stocked: Stocked) -> None:
    shown = choice(shop, ((99, 1),))
    assert (shown.prices, shown.total_minor, shown.vouchers, shown.can_be_placed) == ((), 0, (), False)


def test_what_makes_no_order_and_who_is_no_person_are_refused(shop: Shop, stocked: Stocked) -> None:
    for items in ((), ((IDS.cream, 0),), ((IDS.cream, 1), (IDS.cream, 2))):
        with pytest.raises(Invalid):
            choice(shop, items)
    with pytest.raises(NotFound, match="no_such_person"):
        checkout_choice(shop, SYSTEM, TWO)


def test_a_total_that_is_not_what_was_shown_orders_nothing(shop: Shop, stocked: Stocked) -> None:
    shown = choice(shop, voucher_codes=())
    settle(shop, JOURNEY.with_settings({"shipping_minor": 9_000}))
    with pytest.raises(Refused, match="price_changed") as refused:
        place_order(shop, MAI, shown.items, Method.CARD, expected_minor=shown.total_minor, key="k")
    new = shown.total_minor + 9_000
    assert refused.value.facts == {"old_minor": shown.total_minor, "new_minor": new, "currency": "IDR"}
    assert choice(shop, voucher_codes=()).total_minor == new
    done = place_order(shop, MAI, shown.items, Method.CARD, expected_minor=new, key="k")
    assert done.answer["total_minor"] == new
