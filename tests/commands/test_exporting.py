"""Orders from a shell into a file: whole or not there, and back into another store."""

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.languages import LANGUAGES
from app.shop.export import orders as exporting
from app.shop.export.tiktok import rows_of
from tests.commands.conftest import Takeback

KILLED = """
import os, signal
from app.cli import main
from app.shop.export import orders

whole = orders.rows_of

def killed(*given, **options):
    yield from list(whole(*given, **options))[:20]
    os.kill(os.getpid(), signal.SIGKILL)

orders.rows_of = killed
main()
"""
"""The command, killed after twenty rows."""


def test_orders_go_out_and_come_into_another_store(
    demo: Takeback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "orders.jsonl"
    told = demo("export", out, "--format", "json", "--with-personal-data", "--json").json
    assert told == {"file": str(out), "format": "json", "orders": 60, "rows": 60}
    orders = demo("orders", "--json", "--limit", 60).json
    monkeypatch.setenv("TAKEBACK_DATA", str(tmp_path / "other"))
    (file,) = demo("import", out, "--with-personal-data", "--json").json["files"]
    assert (file["kind"], file["new"], file["skipped"]) == ("takeback-export", 60, 0)
    there = demo("orders", "--json", "--limit", 60).json
    same = (
        "number",
        "status",
        "tab",
        "buyer",
        "shop",
        "currency",
        "total_minor",
        "created_at",
        "lines",
        "cancel",
    )
    assert [[one[name] for name in same] for one in there] == [[one[name] for name in same] for one in orders]
    assert demo("check").status == 0
    again = tmp_path / "again.jsonl"
    demo("export", again, "--format", "json", "--with-personal-data")
    assert again.read_bytes() == out.read_bytes()


def test_a_file_that_is_there_is_written_over_only_when_asked(demo: Takeback, tmp_path: Path) -> None:
    out = tmp_path / "orders.csv"
    out.write_text("mine", encoding="utf-8")
    refused = demo("export", out)
    assert (refused.status, out.read_text(encoding="utf-8")) == (1, "mine")
    assert str(out) in refused.complaint
    assert demo("export", out, "--overwrite").status == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["Order ID"] for row in rows}) == 60
    assert list(tmp_path.glob("orders.csv*")) == [out]


def test_what_is_asked_for_can_be_narrowed(demo: Takeback, tmp_path: Path) -> None:
    orders = demo("orders", "--json", "--limit", 60).json
    shop, middle = orders[0]["shop"], orders[30]["created_at"]
    counted = [
        demo("export", tmp_path / f"{n}.csv", "--json", *narrowed).json["orders"]
        for n, narrowed in enumerate(
            (("--since", middle), ("--until", middle), ("--shop", f"@{shop}"), ("--cancelled-here",))
        )
    ]
    assert counted == [31, 29, sum(one["shop"] == shop for one in orders), 0]
    missing = demo("export", tmp_path / "missing.csv", "--shop", "nobody")
    assert (missing.status, (tmp_path / "missing.csv").exists()) == (1, False)
    assert demo("export", tmp_path / "x.csv", "--since", "yesterday").status == 2
    assert demo("export", tmp_path / "x.csv", "--format", "xml").status == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_much_went_out_is_said(
    demo: Takeback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
    said = demo("export", tmp_path / "orders.csv").out
    assert "60" in said
    assert str(tmp_path / "orders.csv") in said


def test_an_export_that_breaks_off_leaves_nothing(
    demo: Takeback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def breaks_off(*given: object, **options: object) -> object:
        yield from list(rows_of(*given, **options))[:20]  # type: ignore[arg-type]
        raise OSError(28, "No space left on device", "orders.csv")

    monkeypatch.setattr(exporting, "rows_of", breaks_off)
    out = tmp_path / "orders.csv"
    assert demo("export", out).status == 1
    assert list(tmp_path.glob("orders.csv*")) == []


def test_an_export_that_is_killed_leaves_what_was_there(demo: Takeback, tmp_path: Path) -> None:
    assert demo("orders").status == 0
    out = tmp_path / "orders.csv"
    out.write_text("mine", encoding="utf-8")
    program = (sys.executable, "-c", KILLED, "export", str(out), "--overwrite")
    assert subprocess.run(program, check=False).returncode == -signal.SIGKILL
    assert out.read_text(encoding="utf-8") == "mine"
    assert [file.suffix for file in tmp_path.glob("orders*") if file != out] == [".part"]


def test_lines_are_json_whatever_stands_in_a_text(demo: Takeback, tmp_path: Path) -> None:
    out = tmp_path / "orders.jsonl"
    demo("export", out, "--format", "json")
    for line in out.read_text(encoding="utf-8").splitlines():
        assert json.loads(line)["takeback"] == 1
