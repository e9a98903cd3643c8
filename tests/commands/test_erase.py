"""A person is erased from a shell; what stands in the way is said with what settles it."""

from pathlib import Path

import pytest

from app.languages import LANGUAGES
from tests.commands.conftest import Takeback


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_owed_something_is_told_what_to_do_first(
    demo: Takeback, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
    buyer = demo("orders", "--tab", "to-ship", "--limit", "1", "--json").json[0]["buyer"]
    refused = demo("erase", buyer)
    assert refused.status == 1
    assert refused.complaint.count(".") >= 2
    assert demo("orders", "--buyer", buyer, "--json").json


def test_a_person_is_erased_and_their_orders_stay(demo: Takeback, tmp_path: Path) -> None:
    orders = demo("orders", "--limit", "1000", "--json").json
    over = {"COMPLETED", "CANCELLED", "UNPAID"}
    buyers = sorted({order["buyer"] for order in orders})
    told = [demo("erase", one, "--json") for one in buyers]
    erased = [buyer for buyer, one in zip(buyers, told, strict=True) if one.status == 0]
    assert erased
    assert all(order["status"] in over for order in orders if order["buyer"] in erased)
    assert all(buyer.encode() not in (tmp_path / "data" / "takeback.db").read_bytes() for buyer in erased)
    after = demo("orders", "--limit", "1000", "--json").json
    assert [one["total_minor"] for one in after] == [one["total_minor"] for one in orders]
    assert demo("check").status == 0
    assert not any(one.json["traces"] for one in told if one.status == 0)
    handle = next(one.json["handle"] for one in told if one.status == 0)
    assert handle in {one["buyer"] for one in after}
    assert handle in demo("erase", f"@{handle}", "--as", "ops").out


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_was_erased_is_told_of_when_a_backup_has_them_still(
    demo: Takeback, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    buyers = {order["buyer"] for order in demo("orders", "--limit", "1000", "--json").json}
    demo("backup", str(tmp_path / "saved"))
    erased = next(one for one in sorted(buyers) if demo("erase", one).status == 0)
    monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
    *_, told = demo("restore", str(tmp_path / "saved")).out.splitlines()
    assert told.endswith(": 1.")
    assert demo("erase", erased).status != 0
    (tmp_path / "data" / "takeback.db").write_bytes(b"no database at all, but as long as one " * 100)
    *_, told = demo("restore", str(tmp_path / "saved")).out.splitlines()
    assert told.count(":") == 1
    assert demo("erase", erased).status == 0
