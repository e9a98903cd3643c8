"""The release workflow: its actions are pinned to commits, and it may do no more than it has to."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_shape import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
RELEASE = (WORKFLOWS / "release.yml").read_text(encoding="utf-8")


def looked_through(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the linter says of the workflows in a folder, without asking anybody."""
    linter = Path(sys.executable).with_name("zizmor")
    return subprocess.run(
        [str(linter), "--offline", "--pedantic", "--strict-collection", "--collect=all", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_found_in_the_workflows() -> None:
    done = looked_through(WORKFLOWS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6"),
        ("permissions: {}", "permissions: write-all"),
        ("runs-on: ubuntu-24.04", "runs-un: ubuntu-24.04"),
        ("persist-credentials: false", "fetch-depth: 1"),
    ],
)
def test_a_workflow_that_became_worse_is_found(tmp_path: Path, right: str, wrong: str) -> None:
    assert right in RELEASE
    worse = tmp_path / ".github" / "workflows" / "release.yml"
    worse.parent.mkdir(parents=True)
    worse.write_text(RELEASE.replace(right, wrong), encoding="utf-8")
    done = looked_through(worse.parent)
    assert done.returncode != 0
    assert "release.yml" in done.stdout + done.stderr
