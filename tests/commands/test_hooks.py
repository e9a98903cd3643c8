"""Webhooks from a shell: added with a secret that is told once, listed, removed."""

import pytest

from tests.commands.conftest import Takeback

URL = "https://erp.example/hooks"


def shop_of_demo(demo: Takeback) -> str:
    """The handle of a shop of the demo."""
    found: str = demo("products", "--json").json[0]["shop"]
    return found


def test_an_address_is_added_listed_and_removed(demo: Takeback) -> None:
    shop = shop_of_demo(demo)
    added = demo("hooks", "add", "--shop", shop, URL, "--json").json
    assert added["secret"].startswith("whsec_")
    (one,) = demo("hooks", "--shop", shop, "--json").json
    assert (one["id"], one["shop"], one["url"], one["off_at"]) == (added["id"], shop, URL, None)
    assert "secret" not in one
    listed = demo("hooks").out
    assert URL in listed
    assert added["secret"] not in listed
    assert demo("hooks", "failed", "--json").json == []
    assert demo("hooks", "resend", added["id"]).out == "0 are sent again.\n"
    assert demo("hooks", "remove", added["id"]).status == 0
    assert demo("hooks", "--json").json == []
    gone = demo("hooks", "remove", added["id"])
    assert (gone.status, gone.complaint) == (1, "takeback: There is no such address.")


def test_a_source_is_added_listed_and_removed(demo: Takeback) -> None:
    shop = shop_of_demo(demo)
    added = demo("sources", "add", "--shop", shop, "--with-personal-data", "--json").json
    (one,) = demo("sources", "--json").json
    assert (one["id"], one["shop"], one["personal"], one["unbooked"]) == (added["id"], shop, True, 0)
    assert f"/hooks/in/{added['id']}" in demo("sources").out
    told = demo("sources", "add", "--shop", shop).out
    assert "/hooks/in/" in told
    assert "whsec_" in told
    assert demo("sources", "remove", added["id"]).status == 0
    assert len(demo("sources", "--json").json) == 1


def test_only_who_may_connect_a_shop_does(demo: Takeback) -> None:
    shop = shop_of_demo(demo)
    buyer = demo("orders", "--json").json[0]["buyer"]
    for command in (("hooks", "add", "--shop", shop, URL), ("hooks",), ("sources", "add", "--shop", shop)):
        assert demo(*command, "--as", buyer).status == 1
    assert demo("hooks", "add", URL, "--as", "ops").status == 0


def test_an_address_within_ones_own_network_has_to_be_allowed(
    demo: Takeback, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = demo("hooks", "add", "http://127.0.0.1:9/x")
    assert refused.complaint == "takeback: The address has to begin with https."
    monkeypatch.setenv("TAKEBACK_HOOKS_PRIVATE", "yes")
    assert demo("hooks", "add", "http://127.0.0.1:9/x").status == 0
    monkeypatch.setenv("TAKEBACK_HOOKS_PRIVATE", "perhaps")
    assert demo("hooks").complaint == "takeback: TAKEBACK_HOOKS_PRIVATE is yes or no, not perhaps."
