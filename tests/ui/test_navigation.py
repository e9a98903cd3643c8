"""Where one is: addresses and their screens, the way back, keys, and list and detail side by side."""

import asyncio
from functools import partial

import pytest
from flet.messaging.protocol import Message, MessageAction

from app.shop.actions.cancel import cancel_order
from app.shop.shop import Shop
from app.ui import routes
from app.ui.app import MISSING, ROUTES
from app.ui.arrows import Rows
from app.ui.entries import ENTRIES
from app.ui.leaving import FRAME
from app.ui.screens.orders import FIRST
from app.ui.stack import stack
from app.ui.trail import AGAIN
from tests.actions.steps import MAI, fresh, many, place
from tests.client import nodes
from tests.headless import Phone
from tests.ui.looking import WIDE, Look, busy, pull, scroll, scroll_on

DOWN = {"key": "Arrow Down", "shift": False, "ctrl": False, "alt": False, "meta": False}


def screens(address: str) -> list[str]:
    """The screens that an address stands for, from the bottom."""
    return [stop.route.screen.__name__ for stop in stack(address, ROUTES, MISSING)]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/", ["ProfileScreen"]),
        ("", ["ProfileScreen"]),
        ("/orders", ["ProfileScreen", "OrdersScreen"]),
        ("/orders/", ["ProfileScreen", "OrdersScreen"]),
        ("/orders/5", ["ProfileScreen", "OrdersScreen", "OrderScreen"]),
        ("/orders/5/cancel", ["ProfileScreen", "OrdersScreen", "OrderScreen", "CancelScreen"]),
        ("/inbox/5", ["ProfileScreen", "InboxScreen", "OrderScreen"]),
        ("/settings/language", ["ProfileScreen", "SettingsScreen", "LanguageScreen"]),
        ("/accounts", ["ProfileScreen", "AccountsScreen"]),
        ("/orders/abc", ["ProfileScreen", "MissingScreen"]),
        ("/orders/5/6", ["ProfileScreen", "MissingScreen"]),
        ("/orders/" + "9" * 19, ["ProfileScreen", "MissingScreen"]),
        ("//", ["ProfileScreen"]),
    ],
)
def test_an_address_stands_for_its_screens(address: str, shown: list[str]) -> None:
    assert screens(address) == shown


@pytest.mark.parametrize(
    ("route", "address"),
    [
        ("/5", "/orders/5"),
        ("takeback://orders/5", "/orders/5"),
        ("/orders/5", "/orders/5"),
        ("/", "/"),
        ("/" + "9" * 19, "/" + "9" * 19),
        ("/inbox", "/inbox"),
    ],
)
def test_a_link_that_opens_the_app_leads_to_its_order(route: str, address: str) -> None:
    assert routes.opened(route) == address


async def test_a_link_that_comes_while_the_app_is_open_leads_to_its_order(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(native="android") as phone:
        await phone.shows("menu")
        await phone.visit(f"/{number}")
        await phone.shows("cancel-order")


def test_the_query_goes_along_so_that_the_list_below_keeps_its_choice() -> None:
    stops = stack(routes.orders("to-ship", "áo len", number=5), ROUTES, MISSING)
    assert [stop.given for stop in stops] == [(), ("to-ship", "áo len"), (5,)]
    assert stops[1].address == routes.orders("to-ship", "áo len")


def test_what_is_added_to_an_order_stands_above_its_checkout() -> None:
    product = routes.product(7)
    checkout = routes.checkout(((41, 1),), product, f"{product}?category=home&q=tea")
    opened = routes.add(routes.add(checkout, ((41, 2),), "blue mug"), ((41, 2),), "blue mug", product=9)
    stops = stack(opened, ROUTES, MISSING)
    shown = ["ProfileScreen", "ShopScreen", "ProductScreen", "CheckoutScreen", "AddScreen", "ProductScreen"]
    assert [stop.route.screen.__name__ for stop in stops] == shown
    items, query = ((41, 2),), "?category=home&q=tea"
    assert [stop.given for stop in stops] == [
        *((), ("home", "tea", False), (7,), (items,), (items, "blue mug"), (9, items))
    ]
    assert [stop.address for stop in stops[1:]] == [
        *(f"/shop{query}", f"/shop/7{query}", f"/shop/7/checkout{query}&items=41x2"),
        *(f"/shop/7/checkout/add{query}&items=41x2&find=blue+mug", opened),
    ]
    assert routes.checkout_at(opened, items) == stops[3].address
    assert routes.add(stops[3].address, items) == f"/shop/7/checkout/add{query}&items=41x2"
    assert routes.add("/inbox", items) == "/checkout/add?items=41x2"


def test_every_address_we_build_has_its_screen() -> None:
    built = [routes.orders("cancelled"), routes.order(1), routes.cancel(1), routes.inbox(1), routes.inbox()]
    for address in (*built, *(entry.path for entry in ENTRIES)):
        assert "MissingScreen" not in screens(address), address


def test_rows_are_walked_across_pages_and_end_at_both_ends() -> None:
    rows = Rows()
    assert rows.beside(None, 1) is None
    rows.put(0, (9, 8))
    rows.put(1, (7,))
    assert [rows.beside(at, 1) for at in (None, 9, 8, 7, 3)] == [9, 8, 7, 7, 9]
    assert [rows.beside(at, -1) for at in (9, 7)] == [9, 8]
    rows.put(0, (9,))
    rows.drop(1)
    assert rows.beside(9, 1) == 9
    assert (rows.first_on(0, 9), rows.first_on(1, 9), rows.first_on(0, 7)) == (True, False, False)


def test_a_grid_is_walked_by_its_lines_and_each_page_begins_one() -> None:
    rows = Rows()
    rows.put(0, (9, 8, 7, 6, 5))
    rows.put(1, (4, 3))
    lines = ((9, 8, 7), (6, 5), (4, 3))
    below = {9: 6, 8: 5, 7: 5, 6: 4, 5: 3, 4: 4, 3: 3}
    above = {9: 9, 8: 8, 7: 7, 6: 9, 5: 8, 4: 6, 3: 5}
    for key in (one for line in lines for one in line):
        assert (rows.beside(key, 1, 3), rows.beside(key, -1, 3)) == (below[key], above[key])
    assert [rows.beside(key, 1) for key in (7, 5, 3)] == [6, 4, 3]
    assert [rows.beside(key, -1) for key in (9, 6, 4)] == [9, 7, 5]
    assert rows.beside(None, 1, 3) == rows.beside(2, -1, 3) == 9


def test_below_the_last_line_of_a_grid_the_next_page_goes_on() -> None:
    rows, pointed, asked = Rows(), list[int](), list[int]()
    rows.put(0, (9, 8, 7, 6))
    rows.move(6, 1, pointed.append, 2)
    assert pointed == [6]  # there is nothing further
    rows.further = lambda: asked.append(1)
    rows.move(9, 1, pointed.append, 2)
    rows.move(6, 1, pointed.append, 2)
    assert (pointed, asked) == ([6, 7], [1])
    rows.put(1, (5, 4))
    assert pointed == [6, 7, 4]


def test_what_comes_after_the_last_row_is_pointed_at_when_it_is_there() -> None:
    rows, pointed = Rows(), list[int]()
    rows.put(0, (9, 8))
    rows.follow(8, pointed.append)
    rows.put(0, (9, 8))
    assert pointed == []
    rows.put(1, (7, 6))
    rows.put(2, (5,))
    assert pointed == [7]
    rows.follow(5, pointed.append)
    rows.stay()
    rows.put(3, (4,))
    assert pointed == [7]


def marked(phone: Phone) -> list[str]:
    """The rows that stand out."""
    return [
        node["identifier"]
        for node in nodes(phone.views[-1])
        if node.get("selected") and str(node.get("identifier")).startswith(("order-", "notice-"))
    ]


def scrolled(phone: Phone) -> list[int]:
    """The orders that were brought into view, one after the other."""
    keys = [asked["args"].get("scroll_key") for asked in phone.asked if asked["name"] == "scroll_to"]
    return [int(key) for key in keys if key and key.isdecimal()]


def is_marked(phone: Phone, number: int) -> bool:
    """Whether this order stands out, and no other."""
    return marked(phone) == [f"order-{number}"]


async def test_side_by_side_the_list_stays_and_marks_what_is_open(shop: Shop, look: Look) -> None:
    older, newer = sorted((place(shop), place(shop)))
    async with look.at("/orders", size=WIDE) as phone:
        await phone.until(lambda: phone.sees("Choose an order"))
        await phone.tap(f"order-{older}")
        await phone.until(lambda: phone.route == f"/orders/{older}" and phone.sees("What happened"))
        await phone.shows(f"order-{newer}")
        assert marked(phone) == [f"order-{older}"]
        assert len(phone.views) == 1


async def test_arrows_open_one_order_after_the_other_beside_the_list(shop: Shop, look: Look) -> None:
    older, newer = sorted((place(shop), place(shop)))
    async with look.at("/orders?tab=pending-payment", size=WIDE) as phone:
        await phone.shows(f"order-{older}")
        for key, number in (("Down", newer), ("Down", older), ("Down", older), ("Up", newer)):
            await phone.press(f"Arrow {key}")
            await phone.until(partial(is_marked, phone, number))
        await phone.until(lambda: phone.route == f"/orders/{newer}?tab=pending-payment")
        await phone.press("Escape")
        await phone.until(lambda: phone.route == "/orders?tab=pending-payment")
        await phone.until(lambda: marked(phone) == [])


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
async def test_arrows_go_on_where_the_next_page_begins(shop: Shop, look: Look, size: tuple[int, int]) -> None:
    numbers = many(shop, FIRST + 2)
    async with look.at("/orders", size=size) as phone:
        await phone.shows("load-more")
        for number in (*numbers, numbers[-1], numbers[-1]):
            await phone.press("Arrow Down")
            await phone.until(partial(is_marked, phone, number))
        await phone.until(lambda: scrolled(phone)[-1:] == [numbers[-1]])


async def test_a_row_is_asked_for_again_until_the_list_moves(shop: Shop, look: Look) -> None:
    newer = place(shop)
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{newer}")
        await phone.press("Arrow Down")
        await phone.until(lambda: scrolled(phone) == [newer, newer])
        await scroll(phone, 10, 4_000)
        await asyncio.sleep(AGAIN[1] + 2 * FRAME)
        assert scrolled(phone) == [newer, newer]


async def test_a_list_that_the_person_moves_is_not_pulled_back_to_the_row(shop: Shop, look: Look) -> None:
    newer = place(shop)
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{newer}")
        await phone.press("Arrow Down")
        await phone.until(lambda: scrolled(phone) == [newer])
        await scroll_on(phone)
        await asyncio.sleep(AGAIN[0] + 2 * FRAME)
        assert scrolled(phone) == [newer]


async def test_what_a_tap_opens_beside_the_list_moves_nothing(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders", size=WIDE) as phone:
        await phone.tap(f"order-{number}")
        await phone.until(lambda: is_marked(phone, number) and phone.sees("What happened"))
        await asyncio.sleep(2 * FRAME)
        assert scrolled(phone) == []


async def test_keys_faster_than_what_they_lead_to_is_drawn_all_count(shop: Shop, look: Look) -> None:
    numbers = many(shop, 4)
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{numbers[-1]}")
        await asyncio.gather(*(phone._event(phone.tree, "keyboard_event", DOWN) for _ in numbers[:3]))
        await phone.until(partial(is_marked, phone, numbers[2]))


async def test_a_key_that_waits_for_the_next_page_gives_way_to_another(shop: Shop, look: Look) -> None:
    numbers = many(shop, FIRST + 2)
    async with look.at("/orders") as phone:
        await phone.shows("load-more")
        for number in numbers[:FIRST]:
            await phone.press("Arrow Down")
            await phone.until(partial(is_marked, phone, number))
        async with busy(phone):
            await phone.press("Arrow Down")
            await phone.press("Arrow Up")
        await phone.shows(f"order-{numbers[-1]}")
        await phone._settled()
        assert is_marked(phone, numbers[FIRST - 2])


async def test_on_a_phone_arrows_point_and_enter_opens(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{number}")
        await phone.press("Arrow Down")
        await phone.until(lambda: marked(phone) == [f"order-{number}"])
        await phone.press("Enter")
        await phone.until(lambda: phone.route == f"/orders/{number}")


async def test_keys_belong_to_a_dialog_while_it_is_open(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}", size=WIDE) as phone:
        await phone.tap("cancel-order")
        await phone.shows("submit")
        for key in ("Escape", "Arrow Down"):
            await phone.press(key)
        assert phone.route == f"/orders/{number}"
        await phone.tap("keep-order")
        await phone.until(lambda: not phone.find("submit"))
        await phone.press("Escape")
        await phone.until(lambda: phone.route == "/orders")


async def test_an_order_opened_from_the_inbox_leads_back_there(shop: Shop, look: Look) -> None:
    number = place(shop)
    cancel_order(shop, MAI, number, "BU_NOT_NEEDED", key=fresh())
    async with look.at("/inbox") as phone:
        await phone.until(lambda: any(name.startswith("notice-") for name in phone.identifiers()))
        await phone.tap(next(name for name in phone.identifiers() if name.startswith("notice-")))
        await phone.until(lambda: phone.route == f"/inbox/{number}")
        await phone.tap("back")
        await phone.until(lambda: phone.route == "/inbox" and phone.sees("Inbox"))


async def test_a_late_answer_of_the_client_does_not_undo_what_was_tapped_since(look: Look) -> None:
    async with look.at("/") as phone:
        ways = [next(nodes(await phone.shows(name), "Container")) for name in ("strip-to-ship", "inbox")]
        for way in ways:  # no person waits for the address to change
            await phone._event(way, "click")
        await phone.until(lambda: phone.sees("Nothing here yet"))
        await phone._settled()
        assert phone.route == "/inbox"
        assert phone.sees("Nothing here yet")
        await phone.visit("/orders")
        await phone.shows("tab-all")


async def test_crossing_the_width_changes_the_layout_at_the_same_address(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}") as phone:
        await phone.shows("cancel-order")
        assert phone.find("rail-orders") is None
        await phone.resize(*WIDE)
        for there in ("rail-orders", "cancel-order", "tab-all"):
            await phone.shows(there)
        await phone.resize(412, 915)
        await phone.until(lambda: not phone.find("rail-orders"))
        assert len(phone.views) == 3


def reading(phone: Phone) -> bool:
    """Whether the list says that it reads again."""
    return any(bar.get("visible", True) for bar in nodes(phone.views[-1], "ProgressBar"))


async def test_a_list_pulled_down_reads_again_and_says_so(shop: Shop, look: Look) -> None:
    place(shop)
    async with look.at("/orders") as phone:
        await phone.until(lambda: phone.sees("Pending payment 1"))
        hidden = place(shop)
        for _ in range(3):
            await pull(phone, 30)
        await phone.until(lambda: reading(phone))
        await phone.shows(f"order-{hidden}")
        await phone.until(lambda: not reading(phone))


async def test_keys_are_not_the_lists_while_a_form_stands_beside_it(shop: Shop, look: Look) -> None:
    number = place(shop)
    place(shop)
    async with look.at(f"/orders/{number}/cancel", size=WIDE) as phone:
        await phone.shows("submit")
        for key in ("Arrow Down", "Enter"):
            await phone.press(key)
        await phone._settled()
        assert phone.route == f"/orders/{number}/cancel"


async def test_keys_are_not_the_lists_below_what_one_looks_at(shop: Shop, look: Look) -> None:
    number = place(shop)
    place(shop)
    async with look.at(f"/orders/{number}") as phone:
        await phone.shows("cancel-order")
        for key in ("Arrow Down", "Enter"):
            await phone.press(key)
        await phone._settled()
        assert phone.route == f"/orders/{number}"


async def test_what_was_pointed_at_in_one_tab_is_not_opened_from_another(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{number}")
        await phone.press("Arrow Down")
        await phone.until(lambda: marked(phone))
        await phone.tap("tab-cancelled")
        await phone.until(lambda: phone.sees("You have cancelled nothing."))
        await phone.press("Enter")
        await phone._settled()
        assert phone.route == "/orders?tab=cancelled"


async def test_the_address_says_what_is_searched_whoever_changes_it(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders?q=teapot") as phone:
        await phone.until(lambda: phone.sees("No order matches"))
        await phone.visit("/orders")
        await phone.shows(f"order-{number}")
        assert phone.find("orders-search") is None
        await phone.visit("/orders?q=teapot")
        await phone.until(lambda: phone.sees("No order matches"))
        await phone.resize(*WIDE)
        await phone.until(lambda: phone.find("rail-orders") and phone.sees("No order matches"))


@pytest.mark.parametrize("address", ["//[x", "//℀", "/orders?tab=%ff&q=%", "/orders#x?y"])
async def test_any_address_leads_somewhere(look: Look, address: str) -> None:
    async with look.at(address) as phone:
        await phone.until(lambda: phone.find("back"))


async def test_arrows_in_the_inbox_read_what_they_open(shop: Shop, look: Look) -> None:
    number = place(shop)
    cancel_order(shop, MAI, number, "BU_NOT_NEEDED", key=fresh())
    async with look.at("/inbox", size=WIDE) as phone:
        await phone.shows("mark-all-read")
        await phone.until(lambda: any(name.startswith("notice-") for name in phone.identifiers()))
        await phone.press("Arrow Down")
        await phone.until(lambda: phone.route == f"/inbox/{number}" and not phone.find("mark-all-read"))


async def test_the_client_knows_where_one_goes_before_it_shows_it(look: Look) -> None:
    """Else its own way back, taken at once, leaves the screen before as well."""
    async with look.at("/") as phone:
        await phone.shows("strip-pending-payment")
        send, shown = phone.send_message, list[int]()

        def heed(message: Message) -> None:
            send(message)
            if message.action == MessageAction.INVOKE_METHOD and message.body.name == "push_route":
                shown.append(len(phone.views))

        phone.send_message = heed  # type: ignore[method-assign]
        await phone.tap("strip-pending-payment")
        await phone.shows("tab-pending-payment")
        await phone.back()
        await phone.shows("strip-pending-payment")
        assert shown == [1, 2]
