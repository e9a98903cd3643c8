"""Building without what builds."""

import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Takeback


@pytest.mark.parametrize("place", ["web", "apk", "desktop"])
def test_where_the_parts_that_build_are_missing_one_line_says_so(
    place: str, takeback: Takeback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one.startswith("app.packaging.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "packaging.requirements", None)
    told = takeback("build", place, tmp_path / "out")
    assert told.status == 1
    assert "--extra build" in told.complaint
    assert not (tmp_path / "out").exists()
