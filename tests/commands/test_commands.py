"""The journeys and the care of the store from a shell."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.garbage import OBJECTS, STARTING
from tests.commands.conftest import Takeback
from tests.files.seller import OPEN_COLUMNS, as_csv, sku_row


def unpaid(takeback: Takeback) -> dict[str, object]:
    """An order that can be taken back."""
    orders = takeback("orders", "--tab", "pending-payment", "--limit", 200, "--json").json
    order: dict[str, object] = next(one for one in orders if one["why_not_cancel"] is None)
    return order


def test_demo_fills_a_store_that_passes_the_check(takeback: Takeback) -> None:
    filled = takeback("demo", "--orders", 40, "--json").json
    assert filled["orders"] == 40
    checked = takeback("check", "--json").json
    assert checked["checked"]["orders"] == 40
    assert checked["violations"] == []


def test_an_unpaid_order_is_taken_back_and_stands_under_cancelled(demo: Takeback) -> None:
    order = unpaid(demo)
    done = demo("cancel", order["number"], "--reason", "bu_mistake", "--json")
    assert done.status == 0
    assert {"number", "status", "refund_minor", "currency", "released", "event"} <= set(done.json)
    assert done.json["status"] == "CANCELLED"
    cancelled = demo("orders", "--buyer", order["buyer"], "--tab", "cancelled", "--limit", 200, "--json").json
    (found,) = [one for one in cancelled if one["number"] == order["number"]]
    assert found["cancel"]["by"] == "BUYER"
    assert found["cancel"]["reason"] == "BU_MISTAKE"
    assert found["cancel"]["at"].endswith("Z")
    assert found["why_not_cancel"] == "already_cancelled"
    assert demo("check", "--json").json["violations"] == []


def test_people_read_a_sentence_where_programs_read_json(demo: Takeback) -> None:
    order = unpaid(demo)
    done = demo("cancel", order["number"], "--reason", "BU_MISTAKE")
    assert str(order["number"]) in done.out
    assert "{" not in done.out


def test_orders_are_listed_with_the_fields_other_programs_rely_on(demo: Takeback) -> None:
    (order,) = demo("orders", "--limit", 1, "--json").json
    assert set(order) >= {
        "number", "outside_number", "status", "tab", "buyer", "shop", "currency", "total_minor", "created_at",
        "pay_by", "lines", "cancel", "why_not_cancel",
    }  # fmt: skip
    assert isinstance(order["number"], str)
    assert set(order["lines"][0]) >= {"product", "variant", "quantity", "status"}


def test_orders_go_on_after_a_number_without_gap_or_repeat(demo: Takeback) -> None:
    whole = [one["number"] for one in demo("orders", "--limit", 30, "--json").json]
    first = [one["number"] for one in demo("orders", "--limit", 12, "--json").json]
    rest = [one["number"] for one in demo("orders", "--limit", 18, "--after", first[-1], "--json").json]
    assert first + rest == whole


def test_the_same_key_takes_an_order_back_once_and_answers_the_same(demo: Takeback) -> None:
    number = unpaid(demo)["number"]
    first = demo("cancel", number, "--reason", "BU_MISTAKE", "--key", "k", "--json")
    again = demo("cancel", number, "--reason", "BU_MISTAKE", "--key", "k", "--json")
    assert first.json == again.json


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("cancel", "123", "--reason", "BU_MISTAKE"), "123"),
        (("cancel", "{unpaid}", "--reason", "NONSENSE"), "NONSENSE"),
        (("cancel", "{unpaid}", "--reason", "BU_OTHER"), ""),
        (("cancel", "{unpaid}", "--reason", "BU_MISTAKE", "--as", "nobody-here"), "nobody-here"),
        (("orders", "--buyer", "nobody-here"), "nobody-here"),
    ],
)
def test_what_is_refused_is_one_line_and_exit_1(
    demo: Takeback, arguments: tuple[str, ...], said: str
) -> None:
    number = str(unpaid(demo)["number"])
    done = demo(*(part.format(unpaid=number) for part in arguments))
    assert done.status == 1
    assert done.out == ""
    assert said in done.complaint
    assert done.complaint.startswith("takeback: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("cancel",),
        ("nonsense",),
        ("orders", "--limit", "many"),
        ("orders", "--tab", "soon"),
        ("clock", "--now", "later"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(takeback: Takeback, arguments: tuple[str, ...]) -> None:
    done = takeback(*arguments)
    assert done.status == 2
    assert done.complaint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAKEBACK_POLICY", "generous"),
        ("TAKEBACK_LANGUAGE", "tlh"),
        ("TAKEBACK_SECRET", "short"),
        ("TAKEBACK_GATEWAY", "settle,perhaps"),
        ("TAKEBACK_API_RATE", "0"),
        ("TAKEBACK_API_RATE", "fast"),
        ("TAKEBACK_DATABASE", "mysql://localhost/shop"),
        ("TAKEBACK_DATABASE", "nonsense"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line(
    takeback: Takeback, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    done = takeback("orders")
    assert done.status == 1
    assert done.complaint


def test_the_policy_of_the_environment_seeds_an_empty_store(
    takeback: Takeback, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TAKEBACK_POLICY", "tiktok")
    assert takeback("migrate", "--json").json["revision"]
    with closing(sqlite3.connect(tmp_path / "data" / "takeback.db")) as store:
        ((settings,),) = store.execute("SELECT settings FROM policies")
    assert json.loads(settings)["remorse_ms"] == 3_600_000


def test_the_clock_applies_what_is_due_once(demo: Takeback) -> None:
    first = demo("clock", "--now", "2099-01-01T00:00:00", "--json").json
    again = demo("clock", "--now", "2099-01-01T00:00:00", "--json").json
    assert first
    assert again == []
    assert demo("orders", "--tab", "pending-payment", "--json").json == []


def test_help_names_every_setting_and_command(takeback: Takeback) -> None:
    said = takeback("--help").out
    for word in (
        "TAKEBACK_DATABASE",
        "TAKEBACK_DATA",
        "TAKEBACK_LANGUAGE",
        "TAKEBACK_POLICY",
        "TAKEBACK_SECRET",
        "TAKEBACK_GATEWAY",
        "TAKEBACK_API_RATE",
    ):
        assert word in said
    for word in (
        "web",
        "import",
        "demo",
        "orders",
        "cancel",
        "clock",
        "check",
        "migrate",
        "backup",
        "refunds",
    ):
        assert f"  {word} " in said


def test_a_broken_file_is_one_line_and_exit_1_where_nothing_could_be_read(
    takeback: Takeback, tmp_path: Path
) -> None:
    broken = tmp_path / "orders.json"
    broken.write_bytes(b"\x00\x01 not orders")
    done = takeback("import", broken, "--json")
    assert done.status == 1
    assert done.complaint
    assert done.json["orders"] == 0


def test_the_installed_command_answers(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("takeback")
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0
    assert "takeback" in done.stdout.lower()


def test_what_a_file_leaves_open_is_asked_for_and_told(takeback: Takeback, tmp_path: Path) -> None:
    open_dates = {"Created Time": "05/08/2026 10:15:00", "Paid Time": ""}
    path = as_csv(tmp_path / "orders", [sku_row(1, 1, open_dates)], columns=OPEN_COLUMNS)
    refused = takeback("import", path)
    assert (refused.status, "--currency" in refused.err) == (1, True)
    refused = takeback("import", path, "--currency", "idr")
    assert (refused.status, "--dates dmy" in refused.err) == (1, True)
    assert takeback("import", path, "--currency", "rupiah").status == 2
    for zone in ("Asia/Atlantis", "../localtime", ""):
        assert takeback("import", path, "--zone", zone).status == 2
    done = takeback(
        "import", path, "--currency", "idr", "--dates", "dmy", "--zone", "Asia/Jayapura", "--json"
    )
    assert (done.status, done.json["files"][0]["new"]) == (0, 1)
    (order,) = takeback("orders", "--json").json
    assert (order["currency"], order["created_at"]) == ("IDR", "2026-08-05T01:15:00Z")
    assert takeback("check", "--json").json["violations"] == []


def test_a_start_searches_for_garbage_a_few_times_not_hundreds_of_times() -> None:
    code = """
import gc, sys
from app.cli import main
sys.argv.append("--help")
try:
    main()
finally:
    print("searched", sum(kind["collections"] for kind in gc.get_stats()))
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert int(told.rpartition("searched ")[2]) < 50


@pytest.mark.parametrize("program", ["app.cli", "app.desktop.bundled"])
def test_what_opens_a_window_searches_for_garbage_later(program: str) -> None:
    code = f"""
import gc, sys, types
def tell():
    print(gc.get_threshold()[0])
sys.modules["app.start"] = types.SimpleNamespace(open_app=tell, open_window=tell)
sys.argv[1:] = []
from {program} import main
main()
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert int(told) == STARTING


def test_until_the_store_is_open_nothing_is_searched_for_garbage(tmp_path: Path) -> None:
    code = """
import asyncio, gc
from app.garbage import search_later

def searches():
    return sum(kind["collections"] for kind in gc.get_stats())

async def main():
    search_later()
    before = searches()
    from app.main import Process
    from app.settings import Settings
    process = Process(Settings.from_env())
    await process.desk()
    print(searches() - before, gc.get_freeze_count() > 0, gc.get_threshold()[0])
    await process.close()

asyncio.run(main())
"""
    environment = os.environ | {"TAKEBACK_DATA": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert told.stdout.split() == ["0", "True", str(OBJECTS)]
