"""What is in the site's folder, without a browser."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from app.packaging import site as site_of
from app.packaging.site import build_site
from app.shop.rules.errors import Refused


def test_it_is_installed_as_takeback_with_an_icon_of_its_own(site: Path) -> None:
    told = json.loads((site / "manifest.json").read_text())
    assert (told["name"], told["start_url"], told["scope"]) == ("Takeback", "./", "./")
    assert {one["purpose"] for one in told["icons"]} == {"any", "maskable", "monochrome"}
    for one in told["icons"]:
        with Image.open(site / one["src"]) as icon:
            assert one["sizes"] == f"{icon.width}x{icon.height}"


def test_whatever_is_there_is_kept_for_a_start_without_a_network(site: Path) -> None:
    worker = (site / "offline.js").read_text()
    files = json.loads(re.search(r"const FILES = (\{.*?\});", worker)[1])  # type: ignore[index]
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert set(files) == there - {"offline.js"}


def test_nothing_in_it_asks_another_host(site: Path) -> None:
    page = (site / "index.html").read_text()
    assert "default-src 'none'" in page
    assert "connect-src 'self'" in page
    for name in ("index.html", "start.js", "worker.js", "lasting.js", "offline.js"):
        assert "//" not in re.sub(r"(^|\s)//.*", "", (site / name).read_text()).replace("/\\/", "")


def test_what_others_wrote_says_whose_it_is(site: Path) -> None:
    with ZipFile(site / "app.zip") as packed:
        told = {name.split("-")[0] for name in packed.namelist() if ".dist-info/" in name}
    assert told >= {"sqlalchemy", "pydantic", "pydantic_core", "sqlmodel", "msgpack", "babel", "alembic"}


def test_a_build_that_fails_leaves_nothing_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_into: Path) -> None:
        raise Refused("build_wheels")

    monkeypatch.setattr(site_of, "gather", failing)
    with pytest.raises(Refused):
        build_site(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused) as refused:
        build_site(tmp_path)
    assert refused.value.code == "build_not_empty"
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
