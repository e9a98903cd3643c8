"""Accounts from a shell: a password that is told once, and a link that makes a member."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.clock import wall_clock
from app.shop.actions.invitations import join_shop
from app.shop.actions.sign_in import sign_in
from app.shop.reads.members import members
from app.shop.rules.errors import NotFound
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.commands.conftest import Takeback


@pytest.fixture
def shop(demo: Takeback) -> Iterator[Shop]:
    """The store of the commands."""
    with closing(
        open_shop(f"sqlite:///{Path(os.environ['TAKEBACK_DATA']) / 'takeback.db'}", wall_clock)
    ) as shop:
        yield shop


def test_somebody_of_the_store_gets_a_password(demo: Takeback, shop: Shop) -> None:
    buyer = demo("orders", "--limit", "1", "--json").json[0]["buyer"]
    given = demo("account", f"@{buyer}", "--json").json
    assert given["handle"] == buyer
    assert sign_in(shop, buyer, given["password"], address="-", device="").replace_password
    assert given["password"] not in demo("account", buyer).out


def test_somebody_new_gets_an_account_once(demo: Takeback, shop: Shop) -> None:
    given = demo("account", "putri", "--new", "--name", "Putri Ayu", "--json").json
    assert sign_in(shop, "putri", given["password"], address="-", device="").replace_password
    assert "putri" in demo("account", "putri", "--new").complaint
    assert demo("account", "Putri Ayu", "--new").status == 1


def test_an_account_is_the_platforms_to_give(demo: Takeback) -> None:
    buyer = demo("orders", "--limit", "1", "--json").json[0]["buyer"]
    for arguments in (("account", buyer), ("account", "putri", "--new")):
        assert demo(*arguments, "--as", buyer).status == 1
        assert demo(*arguments, "--as", "ops").status == 0


def test_who_opens_the_link_acts_for_the_shop_once(demo: Takeback, shop: Shop) -> None:
    handle = demo("orders", "--limit", "1", "--json").json[0]["shop"]
    path = demo("invite", handle, "--json").json["path"]
    given = demo("account", "putri", "--new", "--json").json
    putri = sign_in(shop, "putri", given["password"], address="-", device="").actor
    join_shop(shop, putri, path.removeprefix("/join/"))
    assert [one.handle for one in members(shop, putri)] == [handle]
    with pytest.raises(NotFound):
        join_shop(shop, putri, path.removeprefix("/join/"))
    assert demo("invite", handle, "--as", "putri").status == 0
    assert demo("invite", "no-such-shop").status == 1
