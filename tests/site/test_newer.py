"""The site as what is installed: a newer one is brought in whole, and begins when nothing has begun yet."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browsing
from tests.site.conftest import hosted
from tests.site.test_site import Visit

NEWER = "/* newer */"
STYLE = "async () => (await fetch('start.css')).text()"
KEPT = "async () => (await caches.keys()).length"


@pytest.fixture
def folder(site: Path, tmp_path: Path) -> Path:
    """A site of its own, which can be replaced."""
    return Path(shutil.copytree(site, tmp_path / "site"))


@pytest.fixture
def visit(browser: Browsing, folder: Path) -> Iterator[Visit]:
    """A visit of somebody new."""
    with hosted(folder) as address:
        yield Visit(browser, f"{address}/")


def replaced(folder: Path) -> None:
    """Put a newer site in its place: another style sheet."""
    with (folder / "start.css").open("a") as style:
        style.write(NEWER)
    worker = (folder / "offline.js").read_text()
    files = json.loads(re.search(r"const FILES = (\{.*?\});", worker)[1])  # type: ignore[index]
    worker = worker.replace(files["start.css"], "0" * 16)
    (folder / "offline.js").write_text(re.sub(r"(const KEPT = `\$\{OURS\})\w+", r"\g<1>newer", worker))


def test_a_newer_site_begins_at_the_next_load_and_not_before(visit: Visit, folder: Path) -> None:
    tab = visit.begins()
    tab.shows("start-examples")
    tab.until(lambda: tab.page.evaluate("() => navigator.serviceWorker.controller != null"))
    replaced(folder)
    visit.returns()
    tab.shows("start-examples")
    tab.until(
        lambda: tab.page.evaluate("async () => !!(await navigator.serviceWorker.getRegistration()).waiting")
    )
    assert NEWER not in tab.page.evaluate(STYLE)
    visit.returns()
    tab.shows("start-examples")
    tab.until(lambda: NEWER in tab.page.evaluate(STYLE) and tab.page.evaluate(KEPT) == 1)


def test_a_browser_finds_what_it_needs_to_install_the_site(visit: Visit) -> None:
    tab = visit.begins()
    tab.shows("start-examples")
    found = tab.page.context.new_cdp_session(tab.page).send("Page.getAppManifest")
    assert found["errors"] == []
    assert json.loads(found["data"])["start_url"] == "./"
    assert tab.page.evaluate("document.querySelector('link[rel=apple-touch-icon]').href").endswith(".png")
