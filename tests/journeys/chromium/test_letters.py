"""Letters of the world in a chat: they come from the app itself, once they are to be seen."""

import re
from io import BytesIO

from PIL import Image

from app.shop.actions.pay import pay
from app.shop.actions.talk import send_message
from app.shop.shop import Actor
from app.ui import routes
from tests.actions.steps import fresh, rows
from tests.browser import Browsing, Tab
from tests.journeys.chromium.house import House

WRITTEN = (
    "Việt: kế hoạch, được, vẫn",
    "ไทย: สวัสดี ขอเปลี่ยนสี",
    "عربي: مرحبا، أريد تغيير اللون",
    "简体: 请帮我换个颜色，谢谢您们",
    "繁體: 請幫我換個顏色，謝謝您們",
    "日本語: かな漢字 カタカナ、色を変更したい",
    "한국어: 색상을 바꿔 주세요 뷁",
    "✓ ☺ ★ ① ǎ 𝓐𝓫",
    "😀🔥👍🏽👩🏽‍🚀👨‍👩‍👧 ❤️",
)
FAMILIES = {"notosansthai", "notosansarabic", "notosanssc", "notocoloremoji"}
"""Asked for at any rate; of Chinese, Japanese and Korean the client takes what has most of a text."""

TALL = (412, 1300)
"""All of it is in view."""
YELLOW = 60
"""More pixels are yellow where two faces are drawn."""


def _yellow(tab: Tab) -> int:
    with Image.open(BytesIO(tab.page.screenshot())) as picture:
        every = picture.convert("RGB").tobytes()
    pixels = zip(every[::3], every[1::3], every[2::3], strict=True)
    return sum(red > 220 and 140 < green < 225 and blue < 90 for red, green, blue in pixels)


def test_letters_of_the_world_come_from_the_app_itself_and_only_once_they_are_to_be_seen(
    house: House, browser: Browsing
) -> None:
    buyer = house.newcomer()
    number = house.order(buyer)
    pay(house.shop, buyer, number, key=fresh())
    sql = """SELECT min(members.person_id) FROM members JOIN orders ON orders.shop_id = members.shop_id
        WHERE orders.number = :number"""
    member = Actor(int(rows(house.shop, sql, number=number)[0][0]))
    tab = browser.tab(house.address, TALL, person=buyer.id)
    answers: dict[str, int] = {}
    tab.page.on("response", lambda one: answers.update({one.url: one.status}))
    tab.visit(routes.contact(number))
    tab.shows("message-text")

    def brought() -> dict[str, int]:
        return {url: status for url, status in answers.items() if "/assets/fonts/noto" in url}

    assert brought() == {}
    send_message(house.shop, member, number, WRITTEN[0], key=fresh())
    tab.reads(WRITTEN[0])
    tab.page.wait_for_load_state("networkidle")
    assert brought() == {}
    for text in WRITTEN[1:]:
        before = _yellow(tab)
        send_message(house.shop, member, number, text, key=fresh())
        tab.reads(text)
    tab.until(lambda: {re.findall(r"/(noto\w+)/", url)[0] for url in brought()} >= FAMILIES)
    tab.until(lambda: _yellow(tab) > before + YELLOW)
    tab.picture("letters")
    assert set(brought().values()) == {200}
    assert tab.elsewhere() == []
    assert not [line for line in tab.complaints if "font" in line.lower()]
