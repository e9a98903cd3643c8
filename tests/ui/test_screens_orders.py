"""The orders page: tabs, cards, paging, and what each of them costs on the wire."""

import asyncio
import time
from typing import Any

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.reads.search import Found, search_orders
from app.shop.rules.orders import Status, Tab
from app.shop.shop import Actor, Shop
from app.ui.parts.late import BEHIND, PATIENCE
from app.ui.screens import orders
from app.ui.screens.orders import FIRST, PAGE
from tests.actions.steps import BUDI, IDS, MAI, fresh, many, order_in, place, run
from tests.client import nodes
from tests.headless import Phone
from tests.ui.looking import Busy, Look, busy, once_before, scroll

OPENING, TAB_SWITCH, TAB_BACK, CARD, ONE_CHANGED = 25_000, 12_000, 1_500, 1_500, 2_000
"""Bytes the server may send for the orders page, another tab, one that was shown before, each further card,
and one changed order."""


def listed(phone: Phone) -> list[int]:
    """The orders on the page, from the top."""
    return [int(name[6:]) for name in phone.identifiers() if name.startswith("order-")]


def fading(phone: Phone) -> bool:
    """Whether a card is about to leave."""
    return any(card.get("animate_opacity") for card in nodes(phone.views[-1], "Card"))


async def test_a_card_says_what_was_bought_where_it_stands_and_until_when(shop: Shop, look: Look) -> None:
    number = place(shop, (IDS.cream, 2), (IDS.navy, 1))
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{number}")
        for words in ("Kopi House", "Pending payment", "Enamel camp mug", "Cream · × 2", "and 1 more item"):
            assert phone.sees(words)
        assert phone.sees("IDR\u00a0265,000")
        assert phone.sees("Pay by 17:00, in 1 h 0 min")
        assert phone.find(f"cancel-{number}")


async def test_nothing_to_tap_is_hidden_inside_a_button(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        assert (await phone.shows(f"order-{number}"))["link"]
        assert phone.find(f"cancel-{number}")
        buttons = [node for node in nodes(phone.views[-1], "Semantics") if node.get("button")]
        assert [len(list(nodes(button, "Semantics"))) for button in buttons] == [1] * len(buttons)


async def test_only_ones_own_orders_are_listed(shop: Shop, look: Look) -> None:
    mine, other = place(shop), place(shop, buyer=BUDI)
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{mine}")
        assert listed(phone) == [mine]
        assert str(other) not in str(phone.tree)


async def test_a_card_of_a_paid_order_has_no_cancel_button(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{number}")
        assert phone.find(f"cancel-{number}") is None
        assert phone.sees("Ships by Wed 16:00")


async def test_a_cancelled_card_says_who_and_why(shop: Shop, look: Look) -> None:
    number = place(shop)
    cancel_order(shop, MAI, number, "BU_NOT_NEEDED", key=fresh())
    async with look.at("/orders?tab=cancelled") as phone:
        await phone.shows(f"order-{number}")
        assert phone.sees("You: No longer needed")


async def test_each_tab_shows_its_orders_and_counts_them(shop: Shop, look: Look) -> None:
    unpaid, paid = place(shop), order_in(shop, Status.AWAITING_SHIPMENT)
    both = sorted((unpaid, paid), reverse=True)
    async with look.at("/orders") as phone:
        await phone.until(lambda: listed(phone) == both)
        await phone.until(lambda: phone.sees("To ship 1"))
        assert phone.sees("Pending payment 1")
        await phone.tap("tab-to-ship")
        await phone.until(lambda: listed(phone) == [paid])
        await phone.tap("tab-pending-payment")
        await phone.until(lambda: listed(phone) == [unpaid])
        await phone.tap("tab-all")
        await phone.until(lambda: listed(phone) == both)


@pytest.mark.parametrize("tab", Tab)
async def test_a_link_opens_its_tab(shop: Shop, look: Look, tab: Tab) -> None:
    place(shop)
    async with look.at(f"/orders?tab={tab}") as phone:
        await phone.until(lambda: (phone.find(f"tab-{tab}") or {}).get("selected"))


@pytest.mark.parametrize("tab", ["all", *Tab])
async def test_an_empty_tab_says_so(look: Look, tab: str) -> None:
    async with look.at(f"/orders?tab={tab}") as phone:
        await phone.until(lambda: any("." in text for text in phone.texts()))
        assert listed(phone) == []


async def test_the_list_loads_in_its_own_shape(shop: Shop, look: Look) -> None:
    number, machine = place(shop), Busy()
    async with look.at("/orders", app=once_before(machine.begin)) as phone:
        await phone.shows("tab-all")
        await phone.until(lambda: phone.sees("Loading"))
        machine.end()
        await phone.shows(f"order-{number}")


async def test_a_list_that_cannot_be_read_says_so_and_tries_again(shop: Shop, look: Look) -> None:
    number = place(shop)
    screen = once_before(lambda _: run(shop, "ALTER TABLE lines RENAME TO elsewhere"))
    async with look.at("/orders", app=screen, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO lines")
        await phone.tap("try-again")
        await phone.shows(f"order-{number}")


async def test_paging_shows_every_order_once_in_order(shop: Shop, look: Look) -> None:
    numbers = many(shop, FIRST + PAGE + 3)
    async with look.at("/orders") as phone:
        await phone.until(lambda: listed(phone) == numbers[:FIRST])
        await phone.tap("load-more")
        await phone.until(lambda: listed(phone) == numbers[: FIRST + PAGE])
        await phone.tap("load-more")
        await phone.until(lambda: listed(phone) == numbers)
        await phone.until(lambda: phone.find("load-more") is None)


async def test_scrolling_near_the_end_asks_for_the_next_page(shop: Shop, look: Look) -> None:
    numbers = many(shop, FIRST + 1)
    async with look.at("/orders") as phone:
        await phone.shows("load-more")
        await scroll(phone, 3_900, 4_000)
        await phone.until(lambda: listed(phone) == numbers)


async def test_a_new_order_moves_the_pages_on_without_losing_one(shop: Shop, look: Look) -> None:
    numbers = many(shop, FIRST + PAGE)
    async with look.at("/orders") as phone:
        await phone.tap("load-more")
        await phone.until(lambda: listed(phone) == numbers)
        look.clock.move(minutes=1)
        new = place(shop, (IDS.cream, 1))
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: listed(phone)[:1] == [new])
        await phone.tap("load-more")
        await phone.until(lambda: listed(phone) == [new, *numbers])


async def test_opening_a_page_of_twenty_orders_stays_small(shop: Shop, look: Look) -> None:
    numbers = many(shop, 20)
    async with look.at("/") as phone:
        await phone.shows(f"latest-{numbers[0]}")
        await phone.until(lambda: phone.sees("20"))
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap("all-orders")
        await phone.until(lambda: listed(phone) == numbers[:FIRST] and phone.sees("payment 20"))
        await phone.shows("load-more")
        assert phone.bytes_sent - before < OPENING


@pytest.mark.parametrize("slow", [False, True])
async def test_a_further_page_stays_small_whether_or_not_one_waits_for_it(
    shop: Shop, look: Look, slow: bool
) -> None:
    numbers = many(shop, FIRST + PAGE)
    async with look.at("/") as phone:
        await phone.shows(f"latest-{numbers[0]}")
        await phone.tap("all-orders")
        await phone.shows("load-more")
        await phone.until(lambda: phone.sees(f"payment {len(numbers)}"))
        await phone.rests()
        before = phone.bytes_sent
        if slow:
            async with busy(phone):
                await phone.tap("load-more")
                await phone.until(lambda: any(nodes(phone.views[-1], "ProgressBar")))
        else:
            await phone.tap("load-more")
        await phone.until(lambda: listed(phone) == numbers)
        assert phone.bytes_sent - before < PAGE * CARD


async def test_a_tab_switch_stays_small(shop: Shop, look: Look) -> None:
    numbers = many(shop, FIRST + 1)
    async with look.at("/") as phone:
        await phone.shows(f"latest-{numbers[0]}")
        await phone.visit("/orders?tab=cancelled")
        await phone.until(
            lambda: phone.sees("You have cancelled nothing.") and phone.sees(f"payment {FIRST + 1}")
        )
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap("tab-pending-payment")
        await phone.until(
            lambda: listed(phone) == numbers[:FIRST] and phone.route.endswith("pending-payment")
        )
        await phone.shows("load-more")
        assert phone.bytes_sent - before < TAB_SWITCH


async def test_a_tab_one_comes_back_to_is_there_at_once_and_costs_next_to_nothing(
    shop: Shop, look: Look
) -> None:
    numbers = many(shop, FIRST)
    async with look.at("/orders") as phone:
        await phone.until(lambda: listed(phone) == numbers and phone.sees(f"Pending payment {FIRST}"))
        await phone.tap("tab-cancelled")
        await phone.until(lambda: phone.sees("You have cancelled nothing."))
        await phone.rests()
        before = phone.bytes_sent
        async with busy(phone):
            await phone.tap("tab-all")
            await phone.until(lambda: listed(phone) == numbers)
        await phone.rests()
        assert phone.bytes_sent - before < TAB_BACK


async def test_a_tab_one_comes_back_to_shows_what_happened_meanwhile(shop: Shop, look: Look) -> None:
    numbers = many(shop, 3)
    async with look.at("/orders?tab=pending-payment") as phone:
        await phone.until(lambda: listed(phone) == numbers)
        await phone.tap("tab-cancelled")
        await phone.until(lambda: phone.sees("You have cancelled nothing."))
        cancel_order(shop, MAI, numbers[1], "BU_NOT_NEEDED", key=fresh())
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: listed(phone) == [numbers[1]])
        await phone.tap("tab-pending-payment")
        await phone.until(lambda: listed(phone) == [numbers[0], numbers[2]])


async def test_a_list_out_of_sight_asks_the_store_nothing(
    shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers, asked = many(shop, 2), list[Tab | None]()

    def search(shop: Shop, actor: Actor, words: str, tab: Tab | None, **page: Any) -> Found:
        asked.append(tab)
        return search_orders(shop, actor, words, tab, **page)

    monkeypatch.setattr(orders, "search_orders", search)
    async with look.at("/orders") as phone:
        await phone.until(lambda: listed(phone) == numbers)
        await phone.tap("tab-cancelled")
        await phone.until(lambda: phone.sees("You have cancelled nothing."))
        await phone.rests()
        asked.clear()
        cancel_order(shop, MAI, numbers[0], "BU_NOT_NEEDED", key=fresh())  # as another process does
        await phone.until(lambda: listed(phone) == [numbers[0]])
        assert asked == [Tab.CANCELLED]
        await phone.tap("tab-all")
        await phone.until(lambda: listed(phone) == numbers and phone.sees("You: No longer needed"))
        assert asked == [Tab.CANCELLED, None]


async def test_a_list_one_comes_back_to_is_not_kept_further_than_its_first_page(
    shop: Shop, look: Look
) -> None:
    numbers = many(shop, FIRST + 3)
    async with look.at("/orders") as phone:
        await phone.tap("load-more")
        await phone.until(lambda: listed(phone) == numbers)
        await phone.tap("tab-cancelled")
        await phone.until(lambda: phone.sees("You have cancelled nothing."))
        await phone.rests()
        await phone.tap("tab-all")
        await phone.until(lambda: listed(phone) == numbers[:FIRST])
        await phone.tap("load-more")
        await phone.until(lambda: listed(phone) == numbers)


@pytest.mark.parametrize("behind", [False, True])
async def test_what_was_listed_stays_until_another_tab_has_something_to_show(
    shop: Shop, look: Look, behind: bool
) -> None:
    numbers = many(shop, 2)
    async with look.at("/orders") as phone:
        await phone.until(lambda: listed(phone) == numbers)
        async with busy(phone):
            await phone.tap("tab-cancelled")
            await phone.until(lambda: phone.route.endswith("tab=cancelled"))
            if behind:  # so much to do that its timers are late: it does not draw a skeleton on top
                time.sleep(PATIENCE + 3 * BEHIND)
                await asyncio.sleep(BEHIND)
            assert listed(phone) == numbers
            await phone.until(lambda: not listed(phone))  # but not for long enough to be taken for it
        await phone.until(lambda: phone.sees("You have cancelled nothing."))


async def test_the_tab_turned_to_last_is_shown_whichever_answers_first(shop: Shop, look: Look) -> None:
    numbers = many(shop, 2)
    async with look.at("/orders") as phone:
        await phone.until(lambda: listed(phone) == numbers)
        async with busy(phone):
            for tab in ("cancelled", "completed", "to-ship", "to-receive"):
                await phone.tap(f"tab-{tab}")
        await phone.until(lambda: phone.sees("Nothing is on its way."))
        await phone.rests()
        assert listed(phone) == []
        await phone.tap("tab-pending-payment")
        await phone.until(lambda: listed(phone) == numbers)


async def test_a_change_of_one_order_draws_its_card_alone(shop: Shop, look: Look) -> None:
    numbers = many(shop, FIRST)
    async with look.at("/") as phone:
        await phone.shows(f"latest-{numbers[0]}")
        await phone.until(lambda: phone.sees(str(FIRST)))
        await phone.visit("/orders")
        await phone.until(lambda: listed(phone) == numbers and phone.sees(f"Pending payment {FIRST}"))
        await phone.rests()
        before = phone.bytes_sent
        cancel_order(shop, MAI, numbers[5], "BU_NOT_NEEDED", key=fresh())
        phone.process.windows.tell({MAI.id})
        await phone.until(
            lambda: phone.sees(f"Pending payment {FIRST - 1}") and phone.sees("You: No longer needed")
        )
        assert phone.bytes_sent - before < ONE_CHANGED


async def test_a_tap_on_a_card_opens_the_order(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap(f"order-{number}")
        await phone.shows("cancel-order")
        await phone.until(lambda: phone.route == f"/orders/{number}")
        await phone.back()
        await phone.shows(f"order-{number}")


async def test_a_search_narrows_the_list_and_can_be_left(shop: Shop, look: Look) -> None:
    mug, both = place(shop, (IDS.cream, 1)), place(shop, (IDS.cream, 1), (IDS.navy, 1))
    async with look.at("/orders") as phone:
        await phone.tap("find-orders")
        await phone.type("orders-search", "navy")
        await phone.until(lambda: listed(phone) == [both])
        await phone.tap("close-search")
        await phone.until(lambda: set(listed(phone)) == {mug, both})
        assert phone.find("orders-search") is None


async def test_nothing_around_the_field_is_replaced_by_a_search(shop: Shop, look: Look) -> None:
    place(shop)
    async with look.at("/orders") as phone:
        await phone.tap("find-orders")
        await phone.shows("orders-search")

        def around() -> list[int]:
            bar = next(row for row in nodes(phone.views[-1], "Row") if list(nodes(row, "TextField")))
            return [node["_i"] for node in nodes(bar)]

        async def search(words: str) -> list[int]:
            await phone.type("orders-search", words)
            await phone.until(lambda: phone.sees(f"No order matches “{words}”"))
            return around()

        assert around() == await search("kettle") == await search("teapot")


async def test_escape_leaves_the_search_before_it_goes_back(shop: Shop, look: Look) -> None:
    place(shop)
    async with look.at("/orders?q=teapot") as phone:
        await phone.shows("orders-search")
        await phone.press("Escape")
        await phone.until(lambda: not phone.find("orders-search") and len(listed(phone)) == 1)
        await phone.until(lambda: phone.route == "/orders")
        await phone.press("Escape")
        await phone.shows("menu")


async def test_a_search_stays_in_the_address_of_what_is_opened_from_it(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders?q=kopi") as phone:
        await phone.tap(f"order-{number}")
        await phone.until(lambda: phone.route == f"/orders/{number}?q=kopi")
        await phone.tap("back")
        await phone.until(lambda: phone.route == "/orders?q=kopi" and phone.find("orders-search"))


async def test_a_search_that_finds_nothing_says_so(shop: Shop, look: Look) -> None:
    place(shop)
    async with look.at("/orders?q=teapot") as phone:
        await phone.until(lambda: phone.sees("No order matches “teapot”"))
        assert listed(phone) == []


async def test_a_tab_keeps_its_place_in_the_address(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap("tab-pending-payment")
        await phone.until(lambda: phone.route == "/orders?tab=pending-payment")
        await phone.tap(f"order-{number}")
        await phone.tap("back")
        await phone.until(lambda: phone.route == "/orders?tab=pending-payment")
        await phone.until(lambda: (phone.find("tab-pending-payment") or {}).get("selected"))


async def test_an_order_that_leaves_its_tab_closes_up_and_is_gone(shop: Shop, look: Look) -> None:
    older, newer = place(shop), place(shop)
    async with look.at("/orders?tab=pending-payment") as phone:
        await phone.until(lambda: set(listed(phone)) == {older, newer})
        cancel_order(shop, MAI, newer, "BU_NOT_NEEDED", key=fresh())
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: fading(phone))
        assert older in listed(phone)
        await phone.until(lambda: listed(phone) == [older] and not fading(phone))


async def test_who_asked_for_less_motion_sees_it_gone_at_once(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders?tab=pending-payment", kept={"takeback.motion": "less"}) as phone:
        await phone.shows(f"order-{number}")
        await phone.until(lambda: phone.session.page.session.store.get("window").still)
        cancel_order(shop, MAI, number, "BU_NOT_NEEDED", key=fresh())
        phone.process.windows.tell({MAI.id})
        while listed(phone):
            assert not fading(phone)
            await asyncio.sleep(0.01)
