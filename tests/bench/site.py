"""The static site against a bare counter of `flet publish`: `uv run python -m tests.bench.site [RUNS]`.

Start to the first usable screen, cold and at the second visit (after a quiet moment, and at once); what a
first visit fetches; a tap on *cancel*.
Builds both first, which takes two minutes; the counter's packages come from the package index.
"""

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import brotli  # type: ignore[import-untyped]
import flet.version

from app.packaging.carried import ABI, BROWSER, PLATFORM
from app.packaging.packed import REST
from app.packaging.site import build_site
from tests.browser import Tab, browsing
from tests.site.conftest import hosted
from tests.site.test_site import Visit
from tests.site.test_snapshot import has_snapshot

COUNTER = """
import flet as ft

def main(page):
    count = ft.Text("0")
    def more(event):
        count.value = str(int(count.value) + 1)
        page.update()
    page.add(count, ft.Semantics(identifier="more", content=ft.Button("More", on_click=more)))

ft.run(main)
"""
PUBLISH = """
import shutil, sys
from flet_cli import cli
from flet_cli.commands import publish
from flet_web import get_package_web_dir

publish.ensure_pyodide = lambda version, into: shutil.copytree(
    get_package_web_dir() + "/pyodide", into, dirs_exist_ok=True
)
cli.main()
"""
"""`flet publish`, which would fetch from elsewhere what is installed."""
SINCE_THE_TAP = """
    identifier => {
        const found = () => document.querySelector(`[flt-semantics-identifier="${identifier}"]`);
        self.since = new Promise((resolve) => addEventListener("pointerup", () => {
            const began = performance.now();
            const look = () => found() ? resolve(performance.now() - began) : requestAnimationFrame(look);
            look();
        }, { once: true, capture: true }));
    }
"""
"""Milliseconds from the next tap until there is what has this identifier."""


def publish(folder: Path) -> Path:
    """Have `flet publish` make the site of a counter, with its packages inside; its folder."""
    app = folder / "counter"
    app.mkdir()
    (app / "main.py").write_text(COUNTER)
    target = ["--target", str(app / "__pypackages__"), "--only-binary=:all:", "--implementation", "cp"]
    target += ["--python-version", BROWSER["python_version"], "--abi", ABI, "--platform", PLATFORM]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *target, f"flet=={flet.version.flet_version}"]
    subprocess.run(pip, check=True)
    release = {"full_version": "3.14.2", "pyodide_version": "314.0.7", "android_abis": ["arm64-v8a"]}
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({"default_python_version": "3.14", "pythons": {"3.14": release}}))
    command = [sys.executable, "-c", PUBLISH, "publish", "--no-cdn", "--distpath", str(folder / "bare")]
    environment = os.environ | {"FLET_PYTHON_BUILD_MANIFEST": str(manifest)}
    subprocess.run([*command, str(app / "main.py")], env=environment, check=True, stdout=subprocess.DEVNULL)
    page = folder / "bare" / "index.html"
    # A module worker refuses an address without a beginning.
    page.write_text(page.read_text().replace('"pyodide/pyodide.mjs"', '"/pyodide/pyodide.mjs"'))
    return folder / "bare"


def timed(load: Callable[[], object], tab: Tab, identifier: str) -> float:
    """Seconds until that can be tapped."""
    began = time.perf_counter()
    load()
    tab.listen()
    tab.shows(identifier)
    return time.perf_counter() - began


def fetched(tab: Tab, folder: Path) -> dict[str, tuple[int, int]]:
    """By name, what the page and its worker asked for: bytes under brotli, and under gzip."""
    names = {url.split("#")[0].removeprefix(tab.address.rstrip("#")) or "index.html" for url in tab.asked}
    return {name: compressed(folder / name) for name in sorted(names) if (folder / name).is_file()}


@cache
def compressed(file: Path) -> tuple[int, int]:
    """Its bytes under brotli, and under gzip."""
    content = file.read_bytes()
    small = brotli.compress(content, quality=11), gzip.compress(content, 9)
    return min(len(small[0]), len(content)), min(len(small[1]), len(content))


def cancelled(visit: Visit) -> float:
    """Milliseconds from the tap that takes an unpaid order back until it says so and counts."""
    tab = visit.tab
    tab.go("/orders?tab=pending-payment")
    order = visit.orders()[0]
    tab.tap(order)
    tab.tap("cancel-order")
    tab.tap("reason-bu_not_needed")
    tab.shows("submit")
    tab.page.wait_for_timeout(500)
    tab.page.evaluate(SINCE_THE_TAP, "undo")
    tab.tap("submit")
    since = float(tab.page.evaluate("self.since"))
    tab.shows("notice")
    tab.go("/orders?tab=pending-payment")
    tab.shows("tab-all")
    tab.gone(order)
    return since


def main() -> None:
    """Print seconds and bytes, and their ratios."""
    runs = int(sys.argv[1]) if sys.argv[1:] else 3
    seconds: dict[str, list[float]] = {}
    taps: list[float] = []

    def note(what: str, time: float) -> None:
        seconds.setdefault(what, []).append(time)

    with TemporaryDirectory() as made:
        ours, bare = Path(made, "site"), publish(Path(made))
        build_site(ours)
        for _ in range(runs):
            with hosted(bare) as host, browsing() as browser:
                visit = Visit(browser, f"{host}/")
                note("bare, cold", timed(partial(visit.tab.page.goto, host), visit.tab, "more"))
                note("bare, warm", timed(visit.tab.page.reload, visit.tab, "more"))
            with hosted(ours) as host, browsing() as browser:
                visit = Visit(browser, f"{host}/")
                tab = visit.tab
                note("cold", timed(partial(tab.page.goto, host), tab, "start-examples"))
                first = {name: size for name, size in fetched(tab, ours).items() if name != REST}
                tab.page.wait_for_load_state("networkidle")
                tab.tap("start-examples")
                tab.shows("menu")
                tab.page.wait_for_load_state("networkidle")
                everything = fetched(tab, ours)
                note("warm, but never quiet", timed(tab.page.reload, tab, "menu"))
                tab.until(partial(has_snapshot, tab))
                note("warm, with the demo store", timed(tab.page.reload, tab, "menu"))
                note("warm, with the demo store", timed(tab.page.reload, tab, "menu"))
                taps += [cancelled(visit) for _ in range(3)]
    base = median(seconds["bare, cold"])
    for what, times in seconds.items():
        print(f"{what:<28} {median(times):6.2f} s {median(times) / base:5.2f}x   of {sorted(times)}")
    print(f"{'a cancel, to its answer':<28} {median(taps):6.0f} ms   of {sorted(taps)}")
    for name, sizes in (("first screen", first), ("after the first list", everything)):
        by_brotli, by_gzip = (sum(size[n] for size in sizes.values()) for n in (0, 1))
        print(f"{name:<28} {by_brotli / 1e6:6.2f} MB under brotli, {by_gzip / 1e6:.2f} under gzip")
    for name, (by_brotli, by_gzip) in sorted(everything.items(), key=lambda one: -one[1][0])[:24]:
        print(f"{by_brotli:>10} {by_gzip:>10} {'' if name in first else 'later '}{name}")


if __name__ == "__main__":
    main()
