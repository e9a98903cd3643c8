"""What is in the bundle's folder, and what is left where none can be made."""

import os
from email.parser import Parser
from importlib.metadata import version
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from app.desktop import bundled
from app.packaging.desktop import build_desktop
from app.shop.rules.errors import Refused
from tests.browser import ROOT
from tests.commands.conftest import Takeback


def test_it_has_name_icon_and_version_of_takeback(bundle: Path) -> None:
    entry = (bundle / "Takeback.desktop").read_text(encoding="utf-8").splitlines()
    assert {"Name=Takeback", f'Exec="{bundle}/Takeback"', f"Icon={bundle}/Takeback.png"} <= set(entry)
    assert (bundle / "Takeback.png").read_bytes() == (ROOT / "assets" / "icon.png").read_bytes()
    told = next(bundle.glob("_internal/takeback-*.dist-info/METADATA")).read_text(encoding="utf-8")
    assert Parser().parsestr(told)["Version"] == version("takeback")


def test_it_carries_what_no_import_leads_to(bundle: Path) -> None:
    inside = bundle / "_internal"
    for language in ("en", "id", "vi"):
        assert (inside / "app" / "languages" / language / "LC_MESSAGES" / "takeback.mo").is_file()
    assert (inside / "tzdata" / "zoneinfo" / "Asia" / "Ho_Chi_Minh").is_file()
    locales = {file.stem for file in inside.glob("babel/locale-data/*.dat")}
    assert locales == {"root", "en", "id", "vi"}
    revisions = {file.name for file in ROOT.glob("app/shop/migrations/versions/*.py")}
    assert {file.name for file in inside.glob("app/shop/migrations/versions/*.py")} == revisions
    told = {folder.name.split("-")[0] for folder in inside.glob("*.dist-info") if any(folder.rglob("LICEN*"))}
    assert told >= {"takeback", "sqlalchemy", "sqlmodel", "pydantic", "babel", "alembic", "pillow"}


def test_it_has_every_screen_and_every_form(bundle: Path) -> None:
    archive = CArchiveReader(str(bundle / "Takeback"))
    (name,) = (one for one in archive.toc if one.startswith("PYZ"))
    inside = set(archive.open_embedded_archive(name).toc)
    for kind in ("screens", "dialogs"):
        assert {f"app.ui.{kind}.{file.stem}" for file in ROOT.glob(f"app/ui/{kind}/[a-z]*.py")} <= inside


def test_nothing_in_it_names_the_folder_it_was_made_from(bundle: Path) -> None:
    client = bundle / "_internal" / bundled.CLIENT
    files = [one for one in bundle.rglob("*") if one.is_file() and client not in one.parents]
    assert [one for one in files if os.fsencode(ROOT) in one.read_bytes()] == []


def test_without_a_client_to_be_had_one_line_says_so_and_how_to_name_one(
    takeback: Takeback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))  # where a client that was fetched before would be
    monkeypatch.setenv("FLET_CLIENT_URL", "http://127.0.0.1:1/client.tar.gz")
    monkeypatch.delenv("FLET_VIEW_PATH", raising=False)
    told = takeback("build", "desktop", tmp_path / "out")
    assert (told.status, told.out, told.err.count("\n")) == (1, "", 1)
    assert "--client" in told.err
    assert "FLET_CLIENT_URL" in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_clients_is_refused(tmp_path: Path) -> None:
    (tmp_path / "client").mkdir()
    with pytest.raises(Refused) as refused:
        build_desktop(tmp_path / "out", tmp_path / "client")
    assert refused.value.code == "build_not_a_client"


def test_a_build_that_fails_leaves_nothing_half_made(
    tmp_path: Path, client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "__file__", str(tmp_path / "missing.py"))
    with pytest.raises(Refused) as refused:
        build_desktop(tmp_path / "out", client)
    assert refused.value.code == "build_pack"
    assert list(tmp_path.iterdir()) == []
