"""What is in the site's folder, without a browser."""

import json
import pickle
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import flet as ft
import pytest
from PIL import Image

from app.packaging import site as site_of
from app.packaging.packed import FIRST, NAMES, REST, STDLIB
from app.packaging.page import CONTROLS
from app.packaging.site import build_site
from app.packaging.unasked import UNSAID
from app.shop.rules.errors import Refused
from tests.site.conftest import archives


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
    for file in (site_of.HERE / "site").iterdir():
        assert "//" not in re.sub(r"(^|\s)//.*", "", (site / file.name).read_text()).replace("/\\/", "")


def test_each_module_is_fetched_once_at_first_or_later(site: Path) -> None:
    with archives(site) as (first, rest), ZipFile(site / "pyodide" / STDLIB) as python:
        at_once = first.getnames()
        fetched = [*at_once, *rest.getnames(), *python.namelist()]
        later = (first.extractfile(NAMES) or BytesIO()).read().decode().split()
    assert len(fetched) == len(set(fetched))
    assert {"app/main.pyc", "app/ui/screens/orders.pyc"} <= set(at_once)
    assert {"alembic.context", "app.ui.screens.orders"} & set(later) == {"alembic.context"}


def test_it_tells_what_the_screens_draw_with_so_that_it_is_there_before_it_is_asked_for(site: Path) -> None:
    with archives(site) as (first, _):
        named = (first.extractfile(f"app/packaging/{CONTROLS}") or BytesIO()).read().decode().split()
    assert {"BottomSheet", "ProgressRing"} <= set(named) <= set(dir(ft))


def test_data_comes_later_only_where_who_asks_for_its_package_waits(site: Path) -> None:
    with archives(site) as (first, rest):
        later = (first.extractfile(NAMES) or BytesIO()).read().decode().split()
        data = [name for name in rest.getnames() if not name.endswith(".pyc") and ".dist-info/" not in name]
    assert "tzdata/zoneinfo/Europe/London" in data
    assert {name.rpartition("/")[0].replace("/", ".") for name in data} <= set(later)


def test_what_no_screen_tells_is_not_fetched(site: Path) -> None:
    with archives(site) as (first, _):
        icons = json.load(first.extractfile("flet/controls/material/icons.json") or BytesIO())
        assert {"SEARCH", "ABC"} & set(icons) == {"SEARCH"}
        for name in ("global.dat", *(f"locale-data/{language}.dat" for language in ("en", "id", "vi"))):
            assert not UNSAID & set(pickle.load(first.extractfile(f"babel/{name}") or BytesIO()))


def test_what_a_first_visit_fetches_stays_small(site: Path) -> None:
    first, rest = (site / FIRST, site / "pyodide" / STDLIB), (site / REST,)
    assert sum(file.stat().st_size for file in first) < 4_350_000
    assert sum(file.stat().st_size for file in rest) < 1_800_000


def test_what_others_wrote_says_whose_it_is(site: Path) -> None:
    with archives(site) as (_, rest):
        told = {name.split("-")[0] for name in rest.getnames() if ".dist-info/" in name}
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
