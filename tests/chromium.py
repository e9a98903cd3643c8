"""Where Chromium is on this machine, and how one gets there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium(playwright: Playwright) -> Path:
    """The Chromium to use: the one that is named, that is installed, that Playwright has or can get.

    Fails with what to do where there is none and none can be had.
    """
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return Path(found)
    own = Path(playwright.chromium.executable_path)
    for install in _INSTALLS:
        if own.exists():
            return own
        subprocess.run(install, check=False, capture_output=True, timeout=600)
        if found := next(filter(None, map(shutil.which, NAMES)), None):
            return Path(found)
    if own.exists():
        return own
    raise RuntimeError("there is no Chromium here and none could be installed: name one in CHROMIUM")


_APT: tuple[tuple[str, ...], ...] = (("apt-get", "update"), ("apt-get", "install", "-y", "chromium"))
_INSTALLS = (
    (sys.executable, "-m", "playwright", "install", "chromium"),
    *(_APT if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") else ()),
)
