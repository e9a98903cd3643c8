"""Where a window opens: as it was left, but never out of reach and never larger than the screen."""

import sys
from pathlib import Path

import pytest

from app.desktop.geometry import LEAST, Geometry
from app.desktop.screen import Screen, screen

SCREEN = Screen(0, 0, 1920, 1080)
LEFT = Geometry(1000, 700, 300, 200)
"""How a window was left: 1000 by 700, at 300, 200."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where it is kept: in a folder that the first start makes."""
    return tmp_path / "data" / "window.json"


def test_the_first_window_has_room_for_list_and_detail_in_the_middle(file: Path) -> None:
    assert Geometry.restored(file, SCREEN) == Geometry(1180, 820)


def test_the_first_window_leaves_room_on_a_small_screen(file: Path) -> None:
    first = Geometry.restored(file, Screen(0, 0, 1024, 600))
    assert (first.width, first.height) == (1024 * 0.9, 560)


@pytest.mark.parametrize("maximized", [False, True])
def test_a_window_opens_as_it_was_left(file: Path, maximized: bool) -> None:
    left = Geometry(1000, 700, 300, 200, maximized)
    left.keep(file)
    assert Geometry.restored(file, SCREEN) == left
    assert [one.name for one in file.parent.iterdir()] == ["window.json"]


def test_what_is_larger_than_the_screen_is_made_smaller(file: Path) -> None:
    Geometry(3000, 2000, 0, 0).keep(file)
    assert Geometry.restored(file, SCREEN) == Geometry(1920, 1080, 0, 0)


def test_what_is_too_small_to_use_is_made_larger(file: Path) -> None:
    Geometry(1, -1, 0, 0).keep(file)
    assert Geometry.restored(file, SCREEN) == Geometry(*LEAST, 0, 0)


@pytest.mark.parametrize(
    ("left", "top"), [(1500, 200), (-600, 200), (300, -40), (300, 1080), (5000, 5000), (300, None)]
)
def test_a_place_out_of_reach_is_not_gone_back_to(file: Path, left: float, top: float | None) -> None:
    Geometry(1000, 700, left, top).keep(file)
    assert Geometry.restored(file, SCREEN) == Geometry(1000, 700)


@pytest.mark.parametrize(("left", "top"), [(1400, 1079), (-500, 0), (300, 600)])
def test_a_window_that_hangs_over_the_edge_may_do_so_again(file: Path, left: float, top: float) -> None:
    Geometry(1000, 700, left, top).keep(file)
    assert Geometry.restored(file, SCREEN) == Geometry(1000, 700, left, top)


def test_a_second_display_on_the_left_is_within_reach(file: Path) -> None:
    Geometry(1000, 700, -1500, 100).keep(file)
    both = Screen(-1920, 0, 3840, 1080)
    assert Geometry.restored(file, both).left == -1500
    assert Geometry.restored(file, SCREEN).left is None


def test_where_the_screen_is_not_known_only_the_size_is_kept(file: Path) -> None:
    LEFT.keep(file)
    assert Geometry.restored(file, None) == Geometry(1000, 700)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b"null",
        b"\xff\xfe",
        b'{"width": "wide"}',
        b'{"width": NaN, "height": 700, "left": 0, "top": 0}',
        b'{"width": 1000, "height": 700, "left": Infinity, "top": 0}',
        b'{"width": null, "height": 700}',
        b'{"width": 1%s}' % (b"0" * 400),
        b'{"depth": 3}',
    ],
)
def test_a_broken_file_costs_only_the_memory(
    file: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert Geometry.restored(file, SCREEN) == Geometry(1180, 820)
    assert "does not tell where the window was" in caplog.text
    LEFT.keep(file)
    assert Geometry.restored(file, SCREEN) == LEFT


def test_a_folder_that_cannot_be_written_costs_only_the_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("in the way")
    LEFT.keep(tmp_path / "data" / "window.json")
    assert "is not kept" in caplog.text


def test_without_a_display_no_screen_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert (screen() is None) == (sys.platform not in {"win32", "darwin"})
