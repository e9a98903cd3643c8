"""People: their profile, and the accounts one can switch to."""

import pytest

from app.shop import tables as t
from app.shop.actions.pay import pay
from app.shop.reads import people
from app.shop.reads.people import accounts, buyer_of, default_account, person_by_handle, profile_of
from app.shop.rules.errors import NotFound
from app.shop.shop import Actor, Shop
from tests.actions.steps import BUDI, MAI, OPS, SARI, place
from tests.conftest import Clock
from tests.people import Stocked, put, stock


def add(shop: Shop, id_: int, handle: str, name: str | None) -> None:
    """One more person."""
    with shop.change() as work:
        put(work, t.Handle(handle=handle), t.Person(id=id_, handle=handle, name=name, joined_at=work.now))


def found(shop: Shop, search: str) -> list[str]:
    """The handles a search finds."""
    return [account.handle for account in accounts(shop, search)]


def test_a_profile_says_who_one_is(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    place(shop)
    profile = profile_of(shop, MAI)
    assert (profile.handle, profile.name, profile.orders) == ("mai", "Mai", 1)
    assert (profile.shops, profile.staff, profile.joined_at) == ((), False, clock.at)
    assert (profile_of(shop, SARI).shops, profile_of(shop, OPS).staff) == (("kopi-house",), True)
    with pytest.raises(NotFound, match="no_such_person"):
        profile_of(shop, Actor(99))


def test_accounts_are_found_by_a_part_of_handle_or_name(shop: Shop, stocked: Stocked) -> None:
    assert found(shop, "") == ["ops", "budi", "mai", "sari", "tuan"]  # staff first
    assert found(shop, " AR ") == ["sari"]
    add(shop, 91, "ngoc.anh", "Đặng Ngọc Ánh")
    add(shop, 92, "kopi_92", None)
    assert found(shop, "NGOC.") == found(shop, "anh") == ["ngoc.anh"]
    (account,) = accounts(shop, "sari")
    assert (account.shop, account.staff, account.orders) == ("kopi-house", False, 0)


def test_names_are_found_whatever_the_case_of_their_letters(sqlite_shop: Shop) -> None:
    add(sqlite_shop, 91, "ngoc.anh", "Đặng Ngọc Ánh")
    for search in ("Ngọc", "ngọc", "Đặng", "đặng", "ÁNH"):
        assert found(sqlite_shop, search) == ["ngoc.anh"], search


def test_names_are_found_without_their_accents_in_any_script(shop: Shop) -> None:
    add(shop, 91, "m.nguyen", "Mai Nguyễn")
    add(shop, 92, "ngoc.anh", "Đặng Ngọc Ánh")
    add(shop, 93, "elena", "Елена Ёлкина")
    for search in ("mai nguyen", "NGUYEN mai", "nguyễn", "Mai  Nguyễn ", "@m.nguyen"):
        assert found(shop, search) == ["m.nguyen"], search
    assert found(shop, "dang anh") == ["ngoc.anh"]
    assert found(shop, "елкина") == ["elena"]
    assert found(shop, "mai anh") == found(shop, "nguyendang") == []


def test_whose_handle_begins_so_comes_first(shop: Shop) -> None:
    for n, handle in enumerate(("anmai", "mai", "mai.b", "zoe", "zed"), 91):
        add(shop, n, handle, "Mai" if handle == "zed" else None)
    assert found(shop, "mai") == ["mai", "mai.b", "anmai", "zed"]
    assert [account.handle for account in accounts(shop, "mai", limit=3)] == ["mai", "mai.b", "anmai"]
    assert [account.handle for account in accounts(shop, "mai", limit=1)] == ["mai"]


def test_everybody_is_looked_at_and_beyond_reach_whose_handle_begins_so(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "CHUNK", 5)
    monkeypatch.setattr(people, "REACH", 15)
    for n in range(20):
        add(shop, 100 + n, f"user{n:02}", f"Lê No-{n:02}")
    for n in (0, 4, 5, 14):
        assert found(shop, f"le no-{n:02}") == [f"user{n:02}"]
    assert found(shop, "no-15") == []
    assert found(shop, "user15") == ["user15"]
    assert len(found(shop, "le")) == 15


@pytest.mark.parametrize(
    "search", ["zz\0zz", "zz\ud83dzz", "x" * 100_000, "ﷺ" * 500, "a" + "\u0301" * 498 + "z"]
)
def test_whatever_is_searched_does_no_harm(shop: Shop, stocked: Stocked, search: str) -> None:
    assert found(shop, search) == []


def test_signs_of_a_search_language_are_just_signs(shop: Shop, stocked: Stocked) -> None:
    add(shop, 91, "hundred", "100% Mai")
    add(shop, 92, "line", "under_score")
    add(shop, 93, "slash", "back\\slash")
    assert found(shop, "%") == ["hundred"]
    assert found(shop, "_") == ["line"]
    assert found(shop, "\\") == ["slash"]
    assert found(shop, "0%") == ["hundred"]
    assert found(shop, "' OR 1=1") == []


def test_no_more_accounts_than_asked_for(shop: Shop, stocked: Stocked) -> None:
    assert len(accounts(shop, limit=2)) == 2


def test_people_are_found_by_their_whole_handle(shop: Shop, stocked: Stocked) -> None:
    assert person_by_handle(shop, "mai") == MAI
    for handle in ("", "ma", "MAI", "kopi-house", "m%"):
        with pytest.raises(NotFound, match="no_such_person"):
            person_by_handle(shop, handle)


def test_the_first_start_is_whose_order_waits_to_be_paid(shop: Shop, clock: Clock) -> None:
    assert default_account(shop) is None
    ids = stock(shop)
    assert default_account(shop) == ids.mai
    place(shop, (ids.cream, 1), buyer=BUDI)
    clock.move(minutes=1)
    number = place(shop, (ids.cream, 1))
    pay(shop, MAI, number, key="k")
    assert default_account(shop) == ids.budi
    assert buyer_of(shop, number) == MAI
    with pytest.raises(NotFound, match="no_such_order"):
        buyer_of(shop, number + 1)
