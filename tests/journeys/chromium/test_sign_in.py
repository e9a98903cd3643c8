"""The first person signs in, chooses a password, lets a second one in, and is found signed in again."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.shop.actions.accounts import open_account
from app.shop.shop import SYSTEM
from app.shop.store import open_shop
from app.ui import routes
from app.ui.texts import t
from tests.browser import Browsing, started
from tests.journeys.chromium.house import wall_clock

PASSWORD = "seven rivers run"
GIVEN = re.compile(r"password (\S+) and")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str, str]]:
    """Where the app is served, and the passwords of the platform's account and of putri's.

    For each try another: a password that was given works once.
    """
    with started(tmp_path, "serve", TAKEBACK_PORT="0", TAKEBACK_LANGUAGE="en") as (process, address):
        assert process.stdout is not None
        first = next(found[1] for line in process.stdout if (found := GIVEN.search(line)))
        with closing(open_shop(f"sqlite:///{tmp_path / 'takeback.db'}", wall_clock)) as shop:
            yield address, first, open_account(shop, SYSTEM, "putri", "Putri Ayu").password


def test_who_was_let_in_chooses_a_password_and_stays(browser: Browsing, served: tuple[str, str, str]) -> None:
    address, first, second = served
    tab = browser.tab(address)
    tab.visit(routes.PLATFORM)
    tab.type("sign-in-name", "platform")
    tab.type("sign-in-password", first)
    tab.tap("sign-in")
    tab.reads(t("replace_password.title"))
    tab.type("sign-in-password", PASSWORD)
    tab.tap("sign-in")
    tab.shows("go-platform-people")
    tab.visit(routes.SETTINGS)
    tab.shows("go-sign-ins")
    other = browser.tab(address, language="en")
    other.visit(routes.PLATFORM)
    other.type("sign-in-name", "putri")
    other.type("sign-in-password", PASSWORD)
    other.tap("sign-in")
    other.reads(t("sign_in_failed"))
    other.type("sign-in-password", second)
    other.tap("sign-in")
    other.reads(t("replace_password.title"))
    other.type("sign-in-password", "four quiet hills")
    other.tap("sign-in")
    other.reads(t("missing"))  # that there is a platform's page is not hers to know
    tab.visit(routes.SIGN_INS)
    tab.tap("sign-out")
    tab.shows("sign-in-name")
    tab.visit(routes.SETTINGS)
    tab.shows("sign-in-name")
    for one in (tab, other):
        assert one.complaints == []
        assert one.elsewhere() == []
