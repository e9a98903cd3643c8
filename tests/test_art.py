"""The pictures of the wares: drawn from this repository's code, one for each look, small, asking nobody."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.art.__main__ import draw
from app.art.compact import compact
from app.art.gallery import pictures
from app.art.studio import mirrored
from app.home import ASSETS
from app.shop.demo.wares import WARES
from app.ui.parts.picture import PARCELS
from tests.test_shape import MODULES, imports, within

GOODS = ASSETS / "goods"
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"path", "rect", "circle", "ellipse"}
DRAWN = {"svg", "g", "defs", "use", "clipPath", "linearGradient", "radialGradient", "stop", *SHAPES}
"""Elements that Flutter's renderer and a browser draw alike."""
LARGEST, USUAL = 4_096, 2_800
"""Bytes of one picture, and of all of them on average."""

FILES = sorted(GOODS.glob("*.svg"))
each = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def test_the_pictures_are_what_the_command_draws(tmp_path: Path) -> None:
    draw(tmp_path)
    drawn = {file.name: file.read_bytes() for file in (tmp_path / "goods").iterdir()}
    assert drawn == {file.name: file.read_bytes() for file in GOODS.iterdir()}


def test_every_look_of_every_ware_has_a_picture_of_its_own() -> None:
    named = [ware.picture(look) for ware in WARES for look in range(len(ware.looks))]
    assert len(set(named)) == len(named)
    assert all((ASSETS / one).is_file() for one in named)
    drawn = [svg for address, svg in pictures() if address in named]
    assert len(set(drawn)) == len(named)


def test_there_are_as_many_parcels_as_the_screens_choose_from() -> None:
    assert sorted(GOODS.glob("parcel-*")) == [GOODS / f"parcel-{n}.svg" for n in range(PARCELS)]


@each
def test_a_picture_is_made_of_plain_shapes(file: Path) -> None:
    nodes = list(ElementTree.parse(file).getroot().iter())
    assert {node.tag.removeprefix(SVG) for node in nodes} <= DRAWN
    assert not any((node.text or "").strip() or (node.tail or "").strip() for node in nodes)


@each
def test_a_picture_asks_nothing_of_another_host(file: Path) -> None:
    root = ElementTree.parse(file).getroot()
    values = [value for node in root.iter() for value in node.attrib.values()]
    assert not any("//" in value or "data:" in value for value in values)
    named = {f"#{node.get('id')}" for node in root.iter()}
    assert {node.get("href") for node in root.iter(f"{SVG}use")} <= named
    asked = {value[4:-1] for value in values if value.startswith("url(")}
    assert asked <= named


@each
def test_flutter_draws_every_dash_of_a_picture(file: Path) -> None:
    # It leaves out dashes of no length, and does not know where in a pattern to begin.
    for node in ElementTree.parse(file).getroot().iter():
        assert min(map(float, node.get("stroke-dasharray", "1").split())) > 0
        assert "stroke-dashoffset" not in node.attrib


@each
def test_a_picture_is_small(file: Path) -> None:
    assert file.stat().st_size <= LARGEST


def test_pictures_are_small_on_the_whole() -> None:
    assert sum(file.stat().st_size for file in FILES) <= USUAL * len(FILES)


def test_a_path_is_written_in_steps_as_short_as_it_goes() -> None:
    assert compact("M10 20 L30 20 L30 5.5 C31 6 32 7.25 33 8ZM0 0 H12.5") == (
        "m10 20h20v-14.5c1 .5 2 1.8 3 2.5zm-10-20h12.5"
    )


def test_a_mirrored_path_is_the_other_half() -> None:
    assert mirrored("M100 20 C90 30 80 40 70.5 50Z") == "M140 20 C150 30 160 40 169.5 50Z"


@pytest.mark.parametrize("module", [name for name in MODULES if not within(name, ("app.art",))])
def test_nothing_that_runs_needs_the_drawing_of_pictures(module: str) -> None:
    assert not any(within(name, ("app.art",)) for name in imports(MODULES[module]))
