"""The address book: what is kept, what is refused, and what an order was sent to."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from app.shop.actions.addresses import add_address, change_address_entry, prefer_address, remove_address
from app.shop.actions.edit import change_address
from app.shop.actions.place import place_order
from app.shop.reads.addresses import address_book
from app.shop.reads.order import order_details
from app.shop.rules.addresses import MOST, Parts
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, KeyReused, NotFound, Refused
from app.shop.shop import SYSTEM, Actor, Shop
from tests.actions.steps import BUDI, IDS, MAI, SARI, all_at_once, everything, fresh, place, rows
from tests.conftest import Clock
from tests.people import Stocked

FLAT = Parts("Flat", "Mai Nguyễn", "+62 812-3456-789", "Jl. Melati 7", "Bandung", "", "40111", "id")


def add(shop: Shop, parts: Parts = FLAT, who: Actor = MAI, **options: Any) -> int:
    """A new address; its id."""
    return int(add_address(shop, who, parts, **{"key": fresh()} | options).answer["address"])


def book(shop: Shop, who: Actor = MAI) -> list[str]:
    """What is in the book, by what each is called."""
    return [entry.parts.label for entry in address_book(shop, who)]


def test_the_first_address_is_the_preferred_one_and_a_later_one_where_it_is_said_to_be(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    add(shop, who=SARI)
    assert [(one.parts, one.preferred) for one in address_book(shop, SARI)] == [
        (replace(FLAT, country="ID"), True)
    ]
    clock.move(seconds=1)
    add(shop, replace(FLAT, label="Shop"), SARI)
    assert book(shop, SARI) == ["Flat", "Shop"]
    add(shop, replace(FLAT, label="Mother"), SARI, preferred=True)
    assert book(shop, SARI) == ["Mother", "Shop", "Flat"]
    assert [one.preferred for one in address_book(shop, SARI)] == [True, False, False]


def test_where_none_is_preferred_the_newest_stands_in(shop: Shop, stocked: Stocked) -> None:
    assert [(one.id, one.preferred) for one in address_book(shop, MAI)] == [
        (IDS.office, True),
        (IDS.home, False),
    ]
    prefer_address(shop, MAI, IDS.home, key=fresh())
    assert [(one.id, one.preferred) for one in address_book(shop, MAI)] == [
        (IDS.home, True),
        (IDS.office, False),
    ]
    remove_address(shop, MAI, IDS.home, key=fresh())
    assert [(one.id, one.preferred) for one in address_book(shop, MAI)] == [(IDS.office, True)]


def test_an_order_keeps_where_it_was_sent_to(shop: Shop, stocked: Stocked) -> None:
    there = add(shop)
    number = place(shop, address_id=there)
    before = order_details(shop, MAI, number).address
    change_address_entry(shop, MAI, there, replace(FLAT, lines="Jl. Kenanga 1"), key=fresh())
    assert order_details(shop, MAI, number).address == before
    assert before == Parts(lines="Jl. Melati 7", city="Bandung", postal_code="40111", country="ID")
    (new,) = (one for one in address_book(shop, MAI) if one.parts.label == "Flat")
    assert (new.parts.lines, new.preferred) == ("Jl. Kenanga 1", True)
    remove_address(shop, MAI, new.id, key=fresh())
    assert order_details(shop, MAI, number).address == before
    assert "Flat" not in book(shop)


def test_nothing_is_sent_to_what_was_taken_out_of_the_book(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, address_id=IDS.home)
    remove_address(shop, MAI, IDS.office, key=fresh())
    for act in (
        partial(place_order, shop, MAI, [(IDS.cream, 1)], Method.CARD, address_id=IDS.office),
        partial(change_address, shop, MAI, number, IDS.office),
        partial(prefer_address, shop, MAI, IDS.office),
        partial(remove_address, shop, MAI, IDS.office),
        partial(change_address_entry, shop, MAI, IDS.office, FLAT),
    ):
        with pytest.raises(NotFound, match="no_such_address"):
            act(key=fresh())


def test_a_book_is_its_persons_alone(shop: Shop, stocked: Stocked) -> None:
    before = everything(shop)
    for act in (
        partial(prefer_address, shop, BUDI, IDS.home),
        partial(remove_address, shop, BUDI, IDS.home),
        partial(change_address_entry, shop, BUDI, IDS.home, FLAT),
        partial(remove_address, shop, BUDI, 2**70),
    ):
        with pytest.raises((NotFound, Invalid)):
            act(key=fresh())
    with pytest.raises(NotFound, match="no_such_person"):
        add(shop, who=SYSTEM)
    assert everything(shop) == before
    assert address_book(shop, SYSTEM) == ()


def test_each_is_done_once_however_often_it_is_sent(shop: Shop, stocked: Stocked) -> None:
    add(shop, key="k")
    for act, key in (
        (partial(add_address, shop, MAI, FLAT), "k"),
        (partial(change_address_entry, shop, MAI, IDS.home, FLAT), "l"),
        (partial(prefer_address, shop, MAI, IDS.office), "m"),
        (partial(remove_address, shop, MAI, IDS.office), "n"),
    ):
        first = act(key=key)
        before = everything(shop)
        assert act(key=key) == first
        assert everything(shop) == before
    with pytest.raises(KeyReused):
        add(shop, replace(FLAT, city="Medan"), key="k")


def test_a_part_that_will_not_do_is_named_and_nothing_is_written(shop: Shop, stocked: Stocked) -> None:
    before = everything(shop)
    for wrong, code in (
        ({"city": " "}, "address_part_missing"),
        ({"recipient": "x" * 81}, "address_part_too_long"),
        ({"phone": "call me"}, "phone_unusable"),
        ({"lines": "a\0b"}, "text_has_control_characters"),
        ({"country": "12"}, "country_unusable"),
    ):
        with pytest.raises(Invalid, match=f"^{code}") as refused:
            add(shop, replace(FLAT, **wrong))
        assert refused.value.facts["part"] == next(iter(wrong))
    assert everything(shop) == before


def test_a_book_has_an_end(shop: Shop, stocked: Stocked) -> None:
    for _ in range(MOST):
        add(shop, who=SARI)
    with pytest.raises(Refused, match="address_book_full"):
        add(shop, who=SARI)
    remove_address(shop, SARI, address_book(shop, SARI)[0].id, key=fresh())
    add(shop, who=SARI)


def test_one_is_preferred_whoever_was_faster(shop: Shop, stocked: Stocked) -> None:
    third = add(shop)
    for _ in range(5):
        tries = [partial(_prefer, shop, one) for one in (IDS.home, IDS.office, third)]
        assert all_at_once(*tries) == [IDS.home, IDS.office, third]
        assert rows(shop, "SELECT count(*) FROM addresses WHERE preferred_at IS NOT NULL") == [(1,)]


def _prefer(shop: Shop, address: int) -> int:
    return int(prefer_address(shop, MAI, address, key=fresh()).answer["address"])


def test_one_of_two_who_put_it_right_at_once_comes_too_late(shop: Shop, stocked: Stocked) -> None:
    def change(city: str) -> str:
        change_address_entry(shop, MAI, IDS.home, replace(FLAT, city=city), key=fresh())
        return "changed"

    ends = all_at_once(*[partial(change, city) for city in ("Medan", "Solo")])
    assert sorted(ends) == ["changed", "no_such_address"]
    assert len(book(shop)) == 2


def test_nothing_of_an_address_stands_where_others_read_it(shop: Shop, stocked: Stocked) -> None:
    there = add(shop)
    number = place(shop, address_id=there)
    change_address(shop, MAI, number, IDS.home, key=fresh())
    for table in ("events", "notifications", "idempotency_keys"):
        told = str(rows(shop, f"SELECT * FROM {table}"))
        assert not any(part in told for part in ("Melati", "3456", "Nguyễn"))
