"""Buyer and seller talk about a paid order, each in a browser of their own; pictures are kept of both."""

import re
from pathlib import Path

import pytest

from app.shop.actions.pay import pay
from app.ui import routes
from app.ui.texts import t
from tests import photographs as made
from tests.actions.steps import fresh, rows
from tests.browser import DESK, PHONE, Browsing, Tab
from tests.journeys.chromium.house import House


def paid(house: House) -> tuple[int, int, int]:
    """A paid order, its buyer, and somebody of its shop."""
    buyer = house.newcomer()
    number = house.order(buyer)
    pay(house.shop, buyer, number, key=fresh())
    sql = """SELECT min(members.person_id) FROM members JOIN orders ON orders.shop_id = members.shop_id
        WHERE orders.number = :number"""
    return number, buyer.id, int(rows(house.shop, sql, number=number)[0][0])


def say(tab: Tab, text: str) -> None:
    """Type it, and send it."""
    tab.type("message-text", text)
    tab.tap("send")


def heard(tab: Tab) -> list[str]:
    """The messages that a screen reader read out by itself, without who wrote them."""
    return [found[1] for said in tab.said if (found := re.search(": “(.*)”$", said))]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_buyer_and_seller_talk_both_ways_without_reloading(
    house: House, browser: Browsing, tmp_path: Path, theme: str
) -> None:
    number, buyer, member = paid(house)
    dark = theme == "dark"
    mine = browser.tab(house.address, PHONE, dark=dark, person=buyer)
    mine.visit(routes.order(number))
    mine.reads(t("next.contact_seller"))
    mine.picture(f"ask-seller-{theme}")
    mine.tap("contact-seller")
    mine.shows("message-text")
    mine.reads(t("phrase.please_cancel"))
    theirs = browser.tab(house.address, DESK, dark=dark, person=member)
    theirs.visit(routes.contact(number))
    theirs.shows("message-text")
    mine.picture(f"chat-empty-{theme}")

    question = "Hi, the mug I ordered is the wrong colour. Can you still change it?"
    answer = "Hello, thank you for writing. Which colour would you like?"
    say(mine, question)
    theirs.reads("Can you still change it?")
    say(theirs, answer)
    mine.reads("Which colour would you like?")
    file = tmp_path / "colour.jpg"
    file.write_bytes(made.photo(size=(1600, 1200)))
    with mine.page.expect_file_chooser() as choosing:
        mine.tap("add-photo")
    choosing.value.set_files(str(file))
    mine.shows("photo-drop-1")
    mine.picture(f"chat-photo-{theme}")
    say(mine, "Like this one, please")
    theirs.shows("photo-3-0")
    theirs.tap("phrase-sent-today")
    theirs.tap("send")
    mine.reads(t("phrase.sent_today"))
    theirs.reads(t("message_seen"))
    mine.picture(f"chat-{theme}")
    theirs.picture(f"chat-wide-{theme}")
    theirs.tap("photo-3-0")
    theirs.shows("photo-whole")
    theirs.picture(f"chat-photo-large-{theme}")
    theirs.tap("photo-close")
    theirs.gone("photo-whole")
    assert heard(mine) == [answer, t("phrase.sent_today")]
    assert heard(theirs) == [question, "Like this one, please"]
    assert mine.elsewhere() == theirs.elsewhere() == []
    assert mine.complaints == theirs.complaints == []
