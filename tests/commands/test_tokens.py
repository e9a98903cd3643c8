"""Tokens of programs from a shell: made once, listed without what they are shown by, ended."""

from tests.commands.conftest import Takeback


def test_a_token_is_told_once_listed_and_ended(demo: Takeback) -> None:
    made = demo(
        "token", "@mai", "--scope", "orders:read", "--scope", "orders:write", "--name", "ERP", "--json"
    ).json
    (listed,) = demo("tokens", "mai", "--json").json
    assert (listed["id"], listed["name"], listed["scopes"]) == (
        made["id"],
        "ERP",
        ["orders:read", "orders:write"],
    )
    assert listed["ends_at"] > listed["made_at"]
    assert made["token"] not in str(listed)
    assert made["id"] in demo("tokens", "mai").out
    assert demo("tokens", "mai", "--end", made["id"]).out == f"Token {made['id']} has ended.\n"
    assert demo("tokens", "mai").out == "mai has no tokens.\n"
    assert demo("tokens", "mai", "--end", made["id"]).status == 1
    assert "takeback_" in demo("token", "mai", "--scope", "goods:read").out


def test_a_token_that_cannot_be_is_refused_in_one_line(demo: Takeback) -> None:
    assert demo("token", "nobody-here", "--scope", "orders:read").status == 1
    assert demo("token", "mai", "--scope", "everything").status == 2
    assert demo("token", "mai").status == 2
    assert "365" in demo("token", "mai", "--scope", "orders:read", "--days", "366").complaint
