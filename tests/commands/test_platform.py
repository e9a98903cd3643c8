"""The platform from a shell: rules, reasons, audit trail."""

import json
from pathlib import Path

import pytest

from app.shop.rules.policy import DAY, HOUR, MINUTE, PROFILES
from tests.commands.conftest import Takeback

# Policy


def test_a_policy_is_shown_with_where_each_value_comes_from(demo: Takeback) -> None:
    told = demo("policy", "--json").json
    assert told == demo("policy", "show", "--json").json
    assert (told["shop"], told["n"], told["profile"]) == (None, 0, "journey")
    assert told["settings"]["respond_ms"] == {
        "value": 48 * HOUR,
        "source": "default",
        "low": HOUR,
        "high": 7 * DAY,
    }
    words = demo("policy").out
    assert "Takeback standard" in words
    assert "2 days" in words


def test_settings_are_set_as_people_write_them(demo: Takeback) -> None:
    rule = json.dumps([{"reasons": ["BP_MISTAKE"], "within_ms": HOUR}])
    done = demo(
        "policy", "set", "respond_ms=1d12h", "pay_card_ms=90min", "ship_working_days=3",
        "silence_approves=no", f"auto_approve={rule}", "--json",
    )  # fmt: skip
    assert done.status == 0
    assert set(done.json["changed"]) == {
        "respond_ms", "pay_card_ms", "ship_working_days", "silence_approves", "auto_approve",
    }  # fmt: skip
    settings = demo("policy", "--json").json["settings"]
    assert settings["respond_ms"]["value"] == 36 * HOUR
    assert settings["pay_card_ms"]["value"] == 90 * MINUTE
    assert settings["silence_approves"]["value"] is False
    assert settings["auto_approve"]["value"] == json.loads(rule)
    assert "1 setting changed: respond_ms" in demo("policy", "set", "respond_ms=default").out
    assert demo("policy", "--json").json["settings"]["respond_ms"]["source"] == "default"
    assert demo("check", "--json").json["violations"] == []


def test_a_profile_is_applied_and_the_history_tells_it(demo: Takeback) -> None:
    demo("policy", "apply", "tiktok", "--as", "ops")
    assert demo("policy", "--json").json["profile"] == "tiktok"
    (edit,) = demo("policy", "history", "--json").json
    assert (edit["n"], edit["by"]) == (1, "ops")
    assert edit["changes"]["remorse_ms"] == {"from": 0, "to": PROFILES["tiktok"].remorse_ms}
    assert "remorse_ms: From None to 1 hour" in demo("policy", "history").out


def test_a_member_sets_the_policy_of_their_shop(demo: Takeback) -> None:
    shop = next(
        one for one in {order["shop"] for order in demo("orders", "--limit", 200, "--json").json}
        if demo("policy", "--shop", one, "--as", "sari").status == 0
    )  # fmt: skip
    assert demo("policy", "set", "undo_ms=9s", "--shop", shop, "--as", "sari").status == 0
    assert demo("policy", "--shop", shop, "--json").json["settings"]["undo_ms"]["source"] == "shop"
    assert demo("policy", "--json").json["settings"]["undo_ms"]["source"] == "default"
    assert demo("policy", "set", "undo_ms=9s", "--as", "sari").status == 1


def test_the_same_key_sets_it_once(demo: Takeback) -> None:
    first = demo("policy", "set", "undo_ms=9s", "--key", "k", "--json")
    again = demo("policy", "set", "undo_ms=9s", "--key", "k", "--json")
    assert first.json == again.json
    assert len(demo("policy", "history", "--json").json) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "undo_ms=1h"), "undo_ms must be between 0 and 30000"),
        (("set", "undo=1h"), "There is no setting undo."),
        (("set", "undo_ms=soon"), "soon"),
        (("set", 'auto_approve=[{"reasons": ["X"]}]'), "X is not a reason"),
        (("show", "--shop", "nobody-here"), "nobody-here"),
        (("show", "--as", "mai"), "Only the platform's staff"),
        (("set", "undo_ms=1s", "--as", "nobody-here"), "nobody-here"),
    ],
)
def test_what_is_refused_is_one_line_and_exit_1(
    demo: Takeback, arguments: tuple[str, ...], said: str
) -> None:
    done = demo("policy", *arguments)
    assert (done.status, done.out) == (1, "")
    assert said in done.complaint


@pytest.mark.parametrize(
    "arguments",
    [
        ("policy", "set"),
        ("policy", "set", "undo_ms"),
        ("policy", "set", "auto_approve=nonsense"),
        ("policy", "apply", "generous"),
        ("report",),
        ("report", "reasons", "--days", "0"),
        ("audit", "--since", "yesterday"),
    ],
)
def test_wrong_usage_is_exit_2(demo: Takeback, arguments: tuple[str, ...]) -> None:
    done = demo(*arguments)
    assert done.status == 2


# Reasons


def test_reasons_are_counted(demo: Takeback) -> None:
    report = demo("report", "reasons", "--days", 365, "--json").json
    assert report["days"] == 365
    cancelled = [one for one in demo("orders", "--limit", 200, "--json").json if one["cancel"]]
    assert report["cancelled"] == sum(one["orders"] for one in report["reasons"]) > 0
    assert report["placed"] == 60
    assert {one["reason"] for one in report["reasons"]} == {one["cancel"]["reason"] for one in cancelled}
    said = demo("report", "reasons", "--days", 365).out
    assert f"{report['cancelled']} of 60 orders placed in the last 365 days are cancelled:" in said
    assert demo("report", "reasons", "--as", "sari").status == 1


# Audit trail


def test_the_trail_is_told_newest_first_and_narrowed(demo: Takeback) -> None:
    whole = [json.loads(line) for line in demo("audit", "--json").out.splitlines()]
    assert [one["at"] for one in whole] == sorted((one["at"] for one in whole), reverse=True)
    number = whole[0]["order_number"]
    of_order = demo("audit", "--order", number, "--json").out.splitlines()
    assert [json.loads(line) for line in of_order] == [one for one in whole if one["order_number"] == number]
    paid = [json.loads(line) for line in demo("audit", "--action", "PAY", "--json").out.splitlines()]
    assert paid == [one for one in whole if one["action"] == "pay"]
    mai = [json.loads(line) for line in demo("audit", "--person", "@mai", "--json").out.splitlines()]
    assert mai == [one for one in whole if "mai" in (one["by"], one["buyer"])]
    middle = whole[len(whole) // 2]["at"]
    since = demo("audit", "--since", middle, "--json").out.splitlines()
    until = demo("audit", "--until", middle, "--json").out.splitlines()
    assert [json.loads(line) for line in (*since, *until)] == whole
    assert len(demo("audit", "--limit", 3).out.splitlines()) == 3
    assert demo("audit", "--as", "mai").status == 1
    assert demo("audit", "--person", "nobody-here").status == 1


def test_the_trail_goes_into_a_new_file_that_is_whole(demo: Takeback, tmp_path: Path) -> None:
    whole = demo("audit", "--json").out
    table, lines = tmp_path / "trail.csv", tmp_path / "trail.jsonl"
    assert f"{len(whole.splitlines())} rows are in" in demo("audit", "--out", table).out
    others = tmp_path / "trail.jsonl.part"
    others.write_text("somebody else's")
    demo("audit", "--json", "--out", lines)
    assert others.read_text() == "somebody else's"
    others.unlink()
    assert lines.read_text(encoding="utf-8") == whole
    assert table.read_text(encoding="utf-8").startswith("at,order_number,n,role,")
    again = demo("audit", "--out", table)
    assert again.status == 1
    assert "trail.csv" in again.complaint
    demo("audit", "--as", "mai", "--out", tmp_path / "nothing.csv")
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["trail.csv", "trail.jsonl"]
