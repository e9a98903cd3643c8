"""What people write: kept as they wrote it, or refused plainly."""

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.reads.inbox import notices
from app.shop.reads.order import order_details
from app.shop.rules.errors import Invalid
from app.shop.rules.orders import Status
from app.shop.rules.words import NOTE, REASON_TEXT
from app.shop.shop import Shop
from tests.actions.steps import MAI, SARI, column, everything, order_in, place, rows, run
from tests.people import Stocked

KEPT = {
    "plain": "the colour is wrong",
    "emoji": "👩‍👩‍👧‍👦 wrong 🇮🇩 size 👍🏽",
    "right-to-left": "اللون غير صحيح، أريد الأزرق",
    "turned and closed": "the word \u2067כחול\u2069 means blue",
    "vietnamese": "Đặt nhầm màu, tôi muốn màu xanh",
    "quotes": """it's "wrong"; DROP TABLE orders; -- %s :x ? {number} \\""",
    "lines": "one\ntwo\n\n\tthree",
    "braces": "{title} {0} %(title)s",
    "longest": "x" * REASON_TEXT,
    "longest emoji": "🎈" * REASON_TEXT,
}
REFUSED = {
    "text_too_long": ("x" * (REASON_TEXT + 1), "line\n" * 10_000, "e\u0301" * 1_000_000, "🎈" * 501),
    "text_has_control_characters": ("a\0b", "\x1b[31mred", "bell\x07", "\x7f", "a\x85b", "half \ud83d"),
    "text_turns_direction": ("\u202eevil", "\u2067open", "closed twice\u2069"),
    "text_too_short": ("", " \t\r\n ", "\u200b\u200d\ufeff"),
}


def test_what_is_written_is_kept_as_it_is(shop: Shop, stocked: Stocked) -> None:
    for text in KEPT.values():
        number = place(shop, (stocked.cream, 1))
        cancel_order(shop, MAI, number, "BU_OTHER", text, key=f"{number}")
        details = order_details(shop, SARI, number)
        assert details.order.cancel_text == text
        assert details.events[-1].note == text
        cancel_order(shop, MAI, number, "BU_OTHER", text, key=f"{number}")


def test_line_ends_and_accents_have_one_form(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    cancel_order(shop, MAI, number, "BU_OTHER", "  mau\u0300\r\nxanh\r ", key="k")
    assert column(shop, number, "cancel_text") == "maù\nxanh"


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_kept_is_refused_plainly(shop: Shop, stocked: Stocked, code: str) -> None:
    number = place(shop)
    before = everything(shop)
    for text in REFUSED[code]:
        with pytest.raises(Invalid, match=f"^{code}"):
            cancel_order(shop, MAI, number, "BU_OTHER", text, key="k")
    assert everything(shop) == before


def test_a_note_to_the_platform_has_its_own_limit(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    with pytest.raises(Invalid, match="text_too_long"):
        cancel_order(shop, SARI, number, "SP_OTHER", "x" * (NOTE + 1), key="k")
    cancel_order(shop, SARI, number, "SP_OTHER", "x" * NOTE, key="k")


def test_a_reason_that_needs_no_text_keeps_one_that_is_given(shop: Shop, stocked: Stocked) -> None:
    first, second = place(shop), place(shop)
    cancel_order(shop, MAI, first, "BU_MISTAKE", "sorry", key="k1")
    cancel_order(shop, MAI, second, "BU_MISTAKE", "", key="k2")
    assert (column(shop, first, "cancel_text"), column(shop, second, "cancel_text")) == ("sorry", None)


def test_titles_in_every_script_reach_the_inbox(shop: Shop, stocked: Stocked) -> None:
    title = "Áo thun \u2067قميص\u2069 🎽 'x' \"y\" {z}"
    run(shop, "UPDATE products SET title = :title WHERE id = :id", title=title, id=stocked.mug)
    cancel_order(shop, MAI, place(shop), "BU_MISTAKE", key="k")
    assert [notice.facts["title"] for notice in notices(shop, MAI)] == [title]
    assert rows(shop, "SELECT DISTINCT title FROM lines") == [(title,)]
