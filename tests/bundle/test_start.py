"""The built program, started where there is no Python and no network."""

import json
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.clock import wall_clock
from app.shop.check import check
from app.shop.place import place_of
from app.shop.store import REVISIONS, open_shop, revision
from tests.actions.steps import rows
from tests.bundle.native import TAPS, TELLS
from tests.store.earlier import make

ALONE = ("unshare", "--map-root-user", "--net")
"""Begins a program in a network that has nothing, not even this machine."""
PATIENCE = 60
"""Seconds from the start to the end of the visit, on a machine that is busy with everything else."""


@pytest.fixture
def without_network() -> Sequence[str]:
    """What a command begins with that is to have no network; nothing where a system keeps it."""
    try:
        subprocess.run([*ALONE, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return ALONE


class Started:
    """The program, over a data folder of its own; ended when its client has gone."""

    def __init__(self, bundle: Path, folder: Path, within: Sequence[str] = (), **variables: str) -> None:
        self._tells = folder / "told.json"
        self.home, self.data = folder / "home", folder / "data"
        self.home.mkdir()
        environment = {
            "PATH": "/nowhere",
            "HOME": str(self.home),
            "DISPLAY": ":99",
            "TAKEBACK_DATA": str(self.data),
            TELLS: str(self._tells),
        }
        environment |= variables
        cleared = ["env", "-i", *(f"{name}={value}" for name, value in environment.items() if value)]
        command = [*within, *cleared, str(bundle / "Takeback")]
        self.ended = subprocess.run(
            command, cwd=self.home, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    @property
    def told(self) -> dict[str, Any]:
        """What its client saw."""
        assert self._tells.exists(), self.ended.stderr
        return dict(json.loads(self._tells.read_text(encoding="utf-8")))


def test_it_starts_from_a_folder_with_a_space_and_a_foreign_letter_without_a_network(
    bundle: Path, tmp_path: Path, without_network: Sequence[str]
) -> None:
    assert " " in str(bundle)
    assert not str(bundle).isascii()
    started = Started(bundle, tmp_path, without_network, **{TAPS: "start-examples"})
    assert started.told["networks"] == ["lo"] or not without_network
    assert (started.ended.returncode, started.ended.stdout, started.ended.stderr) == (0, "", "")
    assert {"fonts", "goods", "drawings", "icon.png"} <= set(started.told["assets"])
    with closing(open_shop(f"sqlite:///{started.data / 'takeback.db'}", wall_clock)) as shop:
        assert rows(shop, "SELECT count(*) FROM orders")[0][0] > 0
        assert check(shop).sound
    assert list(started.home.iterdir()) == []
    assert not (started.data / "takeback.log").exists()


def test_its_client_takes_the_libraries_of_the_system(bundle: Path, tmp_path: Path) -> None:
    assert Started(bundle, tmp_path).told["libraries"] is None


def test_it_brings_a_store_of_an_earlier_version_up_to_date(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(place_of(f"sqlite:///{tmp_path / 'data' / 'takeback.db'}")) as place:
        make(place, REVISIONS[0])
    Started(bundle, tmp_path).told  # noqa: B018  (the client was there)
    with closing(place_of(f"sqlite:///{tmp_path / 'data' / 'takeback.db'}")) as place:
        assert revision(place) == REVISIONS[-1]


def test_without_a_display_one_line_says_that_there_is_no_window(bundle: Path, tmp_path: Path) -> None:
    ended = Started(bundle, tmp_path, DISPLAY="").ended
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "window" in ended.stderr
