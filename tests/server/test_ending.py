"""The end of the served app has its time, whatever hangs, and the log says what was left."""

import json
import os
import time
from pathlib import Path

import pytest

from tests.browser import environment, started
from tests.served import Served
from tests.server.test_workers import children

HANGING = """
import time
import app.background
import app.server.ending as ending

ending.GOODBYE_SECONDS, ending.CLOSE_SECONDS = 1, 2

def hang(*_, **__):
    while True:
        time.sleep(3600)

app.background.ask_due = hang
"""
"""What Python runs first in each process: asking the gateway never ends."""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_hangs_does_not_lengthen_the_end_and_the_log_names_it(workers: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HANGING, encoding="utf-8")
    path = os.pathsep.join((str(tmp_path), environment(tmp_path)["PYTHONPATH"]))
    variables = {"TAKEBACK_PORT": "0", "TAKEBACK_LOG": "warning", "PYTHONPATH": path}
    with started(tmp_path / "data", "serve", "--workers", workers, **variables) as (process, address):
        served, ready = Served(process, address), 0
        end = time.monotonic() + 60
        while ready < 3 * int(workers):  # in turns
            assert time.monotonic() < end
            ready = ready + 1 if served.get("/readyz")[0].status == 200 else 0
        time.sleep(0.5)  # the stores are open, and are looked at
        those = children(process.pid)
        began = time.monotonic()
        process.terminate()
        _, complaints = process.communicate(timeout=30)
    assert time.monotonic() - began < 10
    assert not any(Path(f"/proc/{one}").exists() for one in those)
    told = [json.loads(line)["message"] for line in complaints.splitlines()]
    left = [one for one in told if "left undone" in one]
    assert len(left) == int(workers), complaints
    assert all("background_0 in settle (background, line" in one for one in left), left
