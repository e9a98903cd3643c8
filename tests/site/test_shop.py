"""`app.shop` in the Python that runs in the browser: its own tests, without a browser, in Node."""

import json
import re
import subprocess
import sysconfig
from pathlib import Path

from flet_web import get_package_web_dir  # type: ignore[import-untyped]
from playwright._impl._driver import compute_driver_executable

from app.packaging.carried import fetch
from tests.browser import ROOT
from tests.site.conftest import archives

WITHOUT = ("xdist", "rerunfailures", "schemathesis", "cacheprovider", "anyio")
"""Plugins that want threads or processes."""
SETTINGS = ("addopts=", "faulthandler_timeout=0")
TESTED = (
    "tests/rules",
    *(
        f"tests/actions/test_{name}.py"
        for name in (
            "agreed_money",
            "cancel_lines",
            "extend",
            "rebuy_agreed",
            "request_answers",
            "request_offers",
            "request_rules",
            "request_statements",
            "ship",
            "text",
            "voucher_request",
        )
    ),
    *(
        f"tests/reads/test_{name}.py"
        for name in ("feed", "inbox", "lines", "offers", "order", "orders", "product", "queue")
    ),
)
"""What needs no thread, no other process and no second connection: a page has none of these."""
LEAST = 1_500
"""Tests that there are at least in all of these."""


def test_the_shop_keeps_its_rules_in_the_python_of_the_browser(site: Path, tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    with archives(site) as packed:
        for archive in packed:
            archive.extractall(packages, filter="data")
    fetch(("hypothesis",), packages)
    node, _ = compute_driver_executable()
    web = Path(get_package_web_dir()) / "pyodide"
    folders = [str(ROOT), str(packages), sysconfig.get_path("purelib")]
    given = ["-q", "--basetemp=/tmp/tests", *TESTED]
    for name in WITHOUT:
        given += ["-p", f"no:{name}"]
    for setting in SETTINGS:
        given += ["-o", setting]
    script = Path(__file__).with_name("shop.mjs")
    told = subprocess.run(
        [str(node), str(script), str(web), json.dumps(folders), json.dumps(given)],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert told.returncode == 0, told.stdout[-5_000:] + told.stderr[-2_000:]
    passed = re.search(r"(\d+) passed", told.stdout)
    assert passed
    assert int(passed[1]) > LEAST
