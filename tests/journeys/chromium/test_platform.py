"""The platform's staff in a real browser: rules are set, reasons and the audit trail looked at and saved."""

from app.shop.reads.policies import open_policy
from app.shop.rules.policy import HOUR
from app.shop.shop import SYSTEM, Actor
from app.ui import routes
from tests.actions.steps import rows
from tests.browser import DESK, Browsing, Tab
from tests.journeys.chromium.house import House


def staff(house: House) -> Actor:
    """Who works for the platform."""
    return Actor(rows(house.shop, "SELECT min(person_id) FROM staff")[0][0])


def wallet_hours(house: House) -> int:
    """How long one may take to pay from a wallet."""
    values = {one.code: one.value for one in open_policy(house.shop, SYSTEM).settings}
    wallet = values["pay_wallet_ms"]
    assert isinstance(wallet, int)
    return wallet // HOUR


def retype(tab: Tab, text: str) -> None:
    """Type `text` in place of the hours to pay from a wallet."""
    tab.focus("set-pay_wallet_ms-hour")
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type(text)


def saved(tab: Tab, identifier: str) -> str:
    """The first line of the file that a tap saves."""
    with tab.page.expect_download() as download:
        tab.tap(identifier)
    return download.value.path().read_text(encoding="utf-8-sig").splitlines()[0]


def test_staff_sets_the_rules_and_looks_at_reasons_and_trail(browser: Browsing, house: House) -> None:
    tab = browser.tab(house.address, person=staff(house).id)
    tab.visit("/")
    tab.tap("menu")
    tab.tap("go-platform")
    tab.shows("go-platform-audit")
    tab.picture("platform-phone")
    tab.tap("go-platform-policy")
    tab.shows("profile-journey")
    tab.picture("platform-policy-phone")
    retype(tab, "49")
    tab.tap("save-policy")
    tab.reads("Between 1 minute and 2 days.")
    tab.picture("platform-policy-wrong-phone")
    retype(tab, "3")
    tab.tap("save-policy")
    tab.shows("confirm-save")
    tab.picture("platform-policy-summary-phone")
    tab.tap("confirm-save")
    tab.reads("Saved. It counts from now on.")
    assert wallet_hours(house) == 3
    tab.go(routes.PLATFORM_REASONS)
    tab.tap("days-365")
    tab.chosen("days-365")
    tab.picture("platform-reasons-phone")
    assert saved(tab, "export-reasons") == "reason,by,fault,orders"
    tab.go(routes.PLATFORM_AUDIT)
    tab.shows("pick-action")
    tab.picture("platform-audit-phone")
    tab.tap("pick-action")
    tab.tap("action-cancel")
    tab.chosen("pick-action")
    assert saved(tab, "export-audit").startswith("at,order_number,n,role")
    assert tab.complaints == []
    assert tab.elsewhere() == []


def test_list_and_what_was_opened_stand_side_by_side_in_the_dark(browser: Browsing, house: House) -> None:
    tab = browser.tab(house.address, DESK, dark=True, language="vi", person=staff(house).id)
    tab.visit(routes.PLATFORM_POLICY)
    tab.shows("profile-tiktok")
    tab.chosen("go-platform-policy")
    tab.picture("platform-policy-wide-dark-vi")
    tab.tap("go-platform-audit")
    tab.shows("pick-action")
    tab.picture("platform-audit-wide-dark-vi")
    tab.tap("go-platform-reasons")
    tab.shows("days-30")
    tab.picture("platform-reasons-wide-dark-vi")
    assert tab.complaints == []
