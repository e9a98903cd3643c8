"""The drawings: each is there, small, made of what every client can draw, and asks nothing of anybody."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.home import ASSETS
from app.ui.parts.drawing import Drawing, Spot

FOLDER = ASSETS / "drawings"
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"path", "rect", "circle", "ellipse"}
DRAWN = {"svg", "g", "clipPath", *SHAPES}
"""Elements that Flutter's renderer and a browser draw alike."""
LOOKS = {"fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"}
LOOKS |= {"stroke-linecap", "stroke-linejoin", "transform", "clip-path"}
PLACES = {"d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "id", "viewBox"}
LARGEST = 4_200
"""Bytes."""

each = pytest.mark.parametrize("drawing", Drawing)


def read(drawing: Drawing) -> ElementTree.Element:
    """The drawing's root element."""
    return ElementTree.parse(FOLDER / f"{drawing}.svg").getroot()


def test_every_name_has_its_file_and_every_file_its_name() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{drawing}.svg" for drawing in Drawing}


@each
def test_a_drawing_is_made_of_plain_shapes(drawing: Drawing) -> None:
    nodes = list(read(drawing).iter())
    assert {node.tag.removeprefix(SVG) for node in nodes} <= DRAWN
    assert {name for node in nodes for name in node.attrib} <= LOOKS | PLACES
    assert not any((node.text or "").strip() or (node.tail or "").strip() for node in nodes)


@each
def test_every_shape_of_a_drawing_can_be_seen(drawing: Drawing) -> None:
    root = read(drawing)
    clips = {shape for clip in root.iter(f"{SVG}clipPath") for shape in clip}
    for node in root.iter():
        if node.tag.removeprefix(SVG) in SHAPES and node not in clips:
            assert {"fill", "stroke"} & set(node.attrib), node.attrib


@each
def test_a_drawing_is_small(drawing: Drawing) -> None:
    assert (FOLDER / f"{drawing}.svg").stat().st_size <= LARGEST


@each
def test_a_drawing_asks_nothing_of_another_host(drawing: Drawing) -> None:
    text = (FOLDER / f"{drawing}.svg").read_text(encoding="utf-8")
    assert "://" not in text.replace(f'xmlns="{SVG[1:-1]}"', "", 1)
    assert "href" not in text
    assert text.count("url(") == text.count("url(#")


@each
def test_a_drawing_fills_the_room_that_is_kept_for_it(drawing: Drawing) -> None:
    left, top, width, height = (float(part) for part in read(drawing).attrib["viewBox"].split())
    spot = Spot(drawing, 240)
    assert (left, top) == (0, 0)
    assert spot.width == 240
    assert spot.height == 240 * height / width


def test_a_screen_reader_passes_a_drawing_by() -> None:
    spot = Spot(Drawing.ORDERS)
    assert spot.exclude_from_semantics
    assert Path(str(spot.src)).name == "orders.svg"
