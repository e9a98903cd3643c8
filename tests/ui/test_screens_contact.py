"""The seller contact page: every face of it, two people at once, photos, phrases, and what is unread."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from app.shop.actions.photos import add_photo
from app.shop.actions.ship import arrange_shipment
from app.shop.actions.talk import send_message
from app.shop.reads.talk import PAGE
from app.shop.rules.orders import Status
from app.shop.rules.words import MESSAGE, PHOTO_BYTES
from app.shop.shop import Actor, Shop
from app.ui import routes
from app.ui.texts import t
from tests import photographs as made
from tests.actions.steps import BUDI, IDS, MAI, OPS, SARI, fresh, order_in, place, rows, run
from tests.client import Node, nodes
from tests.conftest import Clock
from tests.headless import Phone
from tests.launch import launched
from tests.ui.looking import WIDE, Busy, Look, broken, busy, once_before, scroll
from tests.ui.test_screens_import import left_over


@pytest.fixture
def number(shop: Shop) -> int:
    """A paid order of mai's in sari's shop."""
    return order_in(shop, Status.AWAITING_SHIPMENT)


def say(shop: Shop, who: Actor, number: int, text: str) -> None:
    """One message, from elsewhere."""
    send_message(shop, who, number, text, key=fresh())


@asynccontextmanager
async def two(look: Look, number: int) -> AsyncIterator[tuple[Phone, Phone]]:
    """Mai and sari, each at their own window on the thread."""
    async with launched(look.url, look.folder, look.clock) as app:
        buyer, seller = [
            await app.open(routes.contact(number), kept={"takeback.person": str(who.id)})
            for who in (MAI, SARI)
        ]
        for phone in (buyer, seller):
            await phone.shows("message-text")
        yield buyer, seller


def field(phone: Phone) -> str:
    """What stands in the field."""
    found = phone.find("message-text")
    assert found is not None
    return str(next(nodes(found, "TextField")).get("value", ""))


def drops(phone: Phone) -> list[str]:
    """The buttons that take a photo out again."""
    return [name for name in phone.identifiers() if name.startswith("photo-drop")]


def aloud(phone: Phone) -> list[Node]:
    """What of the thread a screen reader says by itself."""
    return [node for node in nodes(phone.tree["views"]) if node.get("live_region")]


async def write(phone: Phone, text: str) -> None:
    """Type a message and send it."""
    await phone.type("message-text", text)
    await phone.tap("send")


def image(file: Path, kind: str = "JPEG") -> Path:
    """A photo on somebody's device."""
    file.write_bytes(made.photo(kind))
    return file


async def test_a_paid_order_leads_to_its_seller(look: Look, number: int) -> None:
    async with look.at(f"/orders/{number}") as phone:
        await phone.until(lambda: phone.sees("Contact seller"))
        await phone.tap("contact-seller")
        await phone.shows("pinned-order")
        await phone.until(lambda: phone.route == f"/orders/{number}/contact")
        await phone.until(lambda: phone.sees("Kopi House") and phone.sees("Enamel camp mug"))
        await phone.tap("pinned-order")
        await phone.shows("why-not")
        await phone.until(lambda: phone.route == f"/orders/{number}")


async def test_a_seller_is_led_to_the_buyer_and_the_platform_to_both(look: Look, number: int) -> None:
    for who, words, other in ((SARI, "Contact buyer", "mai"), (OPS, "Open the chat", "Kopi House")):
        async with look.at(f"/orders/{number}", person=who) as phone:
            await phone.until(partial(phone.sees, words))
            await phone.tap("contact-seller")
            await phone.shows("pinned-order")
            assert phone.sees(other)


async def test_an_order_that_can_be_cancelled_has_both_ways(shop: Shop, look: Look) -> None:
    async with look.at(f"/orders/{place(shop)}") as phone:
        await phone.shows("cancel-order")
        await phone.shows("contact-seller")


async def test_where_nobody_has_written_there_is_a_friendly_sentence(look: Look, number: int) -> None:
    for who, words in (
        (MAI, "Ask Kopi House anything about this order"),
        (SARI, "Write to mai about this order"),
        (OPS, "Nobody has written about this order yet"),
    ):
        async with look.at(routes.contact(number), person=who) as phone:
            await phone.until(partial(phone.sees, words))
            assert phone.sees("Paid")  # what happened to the order stands there all the same


async def test_an_order_of_somebody_else_has_no_thread_either(look: Look, number: int) -> None:
    async with look.at(routes.contact(number), person=BUDI) as phone:
        await phone.until(lambda: phone.sees("There is no such order in your account."))
        assert phone.find("message-text") is None


async def test_the_thread_loads_in_its_own_shape(look: Look, number: int) -> None:
    machine = Busy()
    async with look.at(routes.contact(number), app=once_before(machine.begin)) as phone:
        await phone.until(lambda: phone.sees("Chat") and phone.sees("Loading"))
        machine.end()
        await phone.shows("message-text")


async def test_a_thread_that_cannot_be_read_says_so_and_tries_again(
    shop: Shop, look: Look, number: int
) -> None:
    screen = once_before(lambda _: run(shop, "ALTER TABLE messages RENAME TO elsewhere"))
    async with look.at(routes.contact(number), app=screen, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO messages")
        await phone.tap("try-again")
        await phone.shows("message-text")


async def test_two_windows_talk_without_reloading(shop: Shop, look: Look, number: int) -> None:
    async with two(look, number) as (buyer, seller):
        await write(buyer, "Is the navy one still here?")
        await seller.until(lambda: seller.sees("Is the navy one still here?"))
        await buyer.until(lambda: field(buyer) == "")
        await write(seller, "Yes, one is left")
        await buyer.until(lambda: buyer.sees("Yes, one is left"))
        assert buyer.sees("Kopi House")
        assert seller.sees("mai")
        await seller.until(lambda: seller.sees("Read"))
        sql = "SELECT count(*) FROM notifications WHERE n < 0 AND read_at IS NULL"
        await buyer.until(lambda: rows(shop, sql) == [(0,)])


async def test_a_message_is_in_the_other_window_within_a_fifth_of_a_second(look: Look, number: int) -> None:
    async with two(look, number) as (buyer, seller):
        times = []
        for n in range(8):
            await buyer.type("message-text", f"message {n}")
            start = time.perf_counter()
            await buyer.tap("send")
            await seller.until(partial(seller.sees, f"message {n}"))
            times.append(time.perf_counter() - start)
            await buyer.until(lambda: field(buyer) == "")
        print(f"in the other window after {median(times) * 1000:.0f} ms, at most {max(times) * 1000:.0f}")
        assert median(times) < 0.2


async def test_what_happens_to_the_order_appears_in_the_thread(shop: Shop, look: Look, number: int) -> None:
    async with look.at(routes.contact(number)) as phone:
        await phone.shows("message-text")
        desk = await phone.process.desk()
        await desk.act(lambda shop: arrange_shipment(shop, SARI, number, key="k"))
        await phone.until(lambda: phone.sees("Parcel arranged · The seller") or phone.sees("The seller"))
        assert phone.sees("17:00") or phone.sees("16:00")


async def test_the_field_keeps_what_is_typed_while_the_other_writes(look: Look, number: int) -> None:
    async with two(look, number) as (buyer, seller):
        await buyer.type("message-text", "I am still thin")
        await write(seller, "Take your time")
        await buyer.until(lambda: buyer.sees("Take your time"))
        assert field(buyer) == "I am still thin"
        await buyer.type("message-text", "I am still thinking")
        await buyer.tap("send")
        await seller.until(lambda: seller.sees("I am still thinking"))


async def test_two_taps_send_once_and_an_empty_field_nothing(shop: Shop, look: Look, number: int) -> None:
    async with look.at(routes.contact(number)) as phone:
        send = await phone.shows("send")
        assert send["disabled"]
        box = next(nodes(await phone.shows("message-text"), "TextField"))
        await phone.type("message-text", "   ")
        await phone._event(box, "submit", "   ")
        assert (phone.find("send") or {})["disabled"]
        await phone.type("message-text", "hello")
        await phone.until(lambda: not (phone.find("send") or {}).get("disabled"))
        button = next(node for node in nodes(phone.find("send")) if node.get("on_click"))
        for _ in range(2):
            await phone._event(button, "click")
        await phone.until(lambda: field(phone) == "")
        assert rows(shop, "SELECT text FROM messages") == [("hello",)]


async def test_what_could_not_be_sent_stays_and_is_sent_once_afterwards(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(routes.contact(number), fails=True) as phone:
        await phone.type("message-text", "keep me")
        with broken(shop, "read_marks"):
            await phone.tap("send")
            await phone.until(lambda: phone.sees(t("unexpected")))
        assert field(phone) == "keep me"
        await phone.tap("send")
        await phone.until(lambda: field(phone) == "")
        assert rows(shop, "SELECT text FROM messages") == [("keep me",)]


async def test_the_same_text_can_be_said_twice(shop: Shop, look: Look, number: int) -> None:
    async with look.at(routes.contact(number)) as phone:
        for _ in range(2):
            await write(phone, "hello?")
            await phone.until(lambda: field(phone) == "")
        assert rows(shop, "SELECT text FROM messages") == [("hello?",)] * 2


async def test_enter_sends(shop: Shop, look: Look, number: int) -> None:
    async with look.at(routes.contact(number)) as phone:
        await phone.type("message-text", "by keyboard")
        await phone._event(next(nodes(phone.find("message-text"), "TextField")), "submit", "by keyboard")
        await phone.until(lambda: field(phone) == "")
        assert rows(shop, "SELECT text FROM messages") == [("by keyboard",)]


async def test_the_field_tells_how_much_fits_near_its_end(look: Look, number: int) -> None:
    async with look.at(routes.contact(number)) as phone:
        box = next(nodes(await phone.shows("message-text"), "TextField"))
        assert box["max_length"] == MESSAGE
        for length, words in ((MESSAGE - 100, "100 characters left"), (MESSAGE - 1, "1 character left")):
            await phone._event(box, "change", "x" * length, value="x" * length)
            await phone.until(partial(_counts, box, words))


def _counts(box: Node, words: str) -> bool:
    return bool(box.get("counter") == words)


@pytest.mark.parametrize(("who", "code"), [(MAI, "when_sent"), (SARI, "sent_today")])
async def test_a_phrase_goes_into_the_field_to_be_sent(
    shop: Shop, look: Look, number: int, who: Actor, code: str
) -> None:
    async with look.at(routes.contact(number), person=who) as phone:
        await phone.tap(f"phrase-{code.replace('_', '-')}")
        await phone.until(lambda: field(phone) == t(f"phrase.{code}"))
        await phone.until(lambda: not [one for one in phone.identifiers() if one.startswith("phrase-")])
        await phone.tap("send")
        await phone.until(lambda: field(phone) == "")
        assert rows(shop, "SELECT text FROM messages") == [(t(f"phrase.{code}"),)]


async def test_a_photo_is_picked_sent_and_opened_large_by_the_other(
    shop: Shop, look: Look, number: int, tmp_path: Path
) -> None:
    async with two(look, number) as (buyer, seller):
        buyer.picks = [image(tmp_path / "mug.jpg"), image(tmp_path / "box.png", "PNG")]
        await buyer.tap("add-photo")
        assert buyer.sees("Up to 3 photos, 10 MB each.")
        await buyer.until(lambda: drops(buyer) == ["photo-drop-1", "photo-drop-2"])
        await write(buyer, "The colour is not what I ordered")
        await seller.shows("photo-1-0")
        await buyer.until(lambda: drops(buyer) == [])
        await seller.tap("photo-1-1")
        await seller.shows("photo-whole")
        assert seller.sees("Photo from mai")
        await seller.tap("photo-close")
        await seller.until(lambda: not seller.find("photo-close"))
        assert len(rows(shop, "SELECT id FROM photos WHERE message_n = 1")) == 2
        assert left_over() == []


async def test_a_turned_window_keeps_the_message_and_its_photos(
    shop: Shop, look: Look, number: int, tmp_path: Path
) -> None:
    async with look.at(routes.contact(number)) as phone:
        phone.picks = [image(tmp_path / "mug.jpg")]
        await phone.tap("add-photo")
        await phone.shows("photo-drop-1")
        await phone.type("message-text", "half a")
        await phone.resize(*WIDE)
        await phone.shows("rail-orders")
        await phone.until(lambda: phone.find("message-text") and phone.find("photo-drop-1"))
        assert field(phone) == "half a"
        await phone.type("message-text", "half a sentence")
        await phone.resize(412, 915)
        await phone.until(lambda: not phone.find("rail-orders") and phone.find("photo-drop-1"))
        assert field(phone) == "half a sentence"
        await phone.tap("send")
        await phone.shows("photo-1-0")
        await phone.until(lambda: field(phone) == "" and not phone.find("photo-drop-1"))
    assert rows(shop, "SELECT text FROM messages") == [("half a sentence",)]


async def test_a_message_begun_for_one_order_is_not_in_another(shop: Shop, look: Look, number: int) -> None:
    other = place(shop)
    async with look.at(routes.contact(number)) as phone:
        await phone.type("message-text", "for this one")
        await phone.visit(routes.contact(other))
        await phone.until(lambda: phone.sees("Pending payment") and phone.find("message-text"))
        await phone.until(lambda: field(phone) == "")
        await phone.visit(routes.contact(number))
        await phone.until(lambda: phone.find("message-text") and field(phone) == "for this one")


async def test_a_photo_can_be_sent_without_a_word(
    shop: Shop, look: Look, number: int, tmp_path: Path
) -> None:
    async with look.at(routes.contact(number)) as phone:
        phone.in_browser = False
        phone.picks = [image(tmp_path / "mug.webp", "WEBP")]
        await phone.tap("add-photo")
        await phone.shows("photo-drop-1")
        await phone.tap("send")
        await phone.shows("photo-1-0")
        assert rows(shop, "SELECT text FROM messages") == [("",)]


async def test_a_photo_can_be_taken_out_again(shop: Shop, look: Look, number: int, tmp_path: Path) -> None:
    async with look.at(routes.contact(number)) as phone:
        phone.picks = [image(tmp_path / "mug.jpg")]
        await phone.tap("add-photo")
        await phone.tap("photo-drop-1")
        await phone.until(lambda: not phone.find("photo-drop-1"))
        await phone.until(lambda: rows(shop, "SELECT id FROM photos") == [])


async def test_of_several_photos_one_can_be_taken_out(
    shop: Shop, look: Look, number: int, tmp_path: Path
) -> None:
    async with look.at(routes.contact(number)) as phone:
        phone.picks = [image(tmp_path / f"{n}.jpg") for n in range(3)]
        await phone.tap("add-photo")
        await phone.until(lambda: len(drops(phone)) == 3)
        await phone.tap("photo-drop-1")
        await phone.until(lambda: drops(phone) == ["photo-drop-2", "photo-drop-3"])
        await phone.until(lambda: len(rows(shop, "SELECT id FROM photos")) == 2)
        phone.compare()
        phone.picks = [image(tmp_path / "3.jpg")]
        await phone.tap("add-photo")
        await phone.until(lambda: len(drops(phone)) == 3)
        phone.compare()


async def test_a_message_is_read_aloud_as_it_comes_and_the_thread_before_it_is_not(
    shop: Shop, look: Look, number: int, clock: Clock
) -> None:
    say(shop, SARI, number, "an hour ago")
    clock.move(hours=1)
    async with look.at(routes.contact(number)) as phone:
        await phone.shows("message-1")
        assert (await phone.shows("message-text"))["label"] == "Your message"
        assert aloud(phone) == []
        desk = await phone.process.desk()
        told = []
        for n in (2, 3):
            await desk.act(lambda shop: send_message(shop, SARI, number, "just now", key=fresh()))
            await phone.shows(f"message-{n}")
            told += aloud(phone)
        assert [node["label"] for node in told] == ["Kopi House: “just now”"] * 2
        assert told[0]["_i"] != told[1]["_i"]  # what stays the same node is not said twice
        await write(phone, "I see")
        await phone.shows("message-4")
        assert aloud(phone) == []
        phone.compare()


async def test_a_fourth_photo_is_left_out_and_none_can_be_added_then(
    look: Look, number: int, tmp_path: Path
) -> None:
    async with look.at(routes.contact(number)) as phone:
        phone.picks = [image(tmp_path / f"{n}.jpg") for n in range(4)]
        await phone.tap("add-photo")
        await phone.until(lambda: drops(phone) == [f"photo-drop-{n}" for n in (1, 2, 3)])
        assert phone.sees("At most 3 photos can go along.")
        assert not any(node.get("on_click") for node in nodes(phone.find("add-photo")))


async def test_while_photos_are_on_their_way_no_others_are_picked(
    look: Look, number: int, tmp_path: Path
) -> None:
    async with look.at(routes.contact(number)) as phone:
        await phone.shows("message-text")
        phone.picks = [image(tmp_path / "mug.jpg")]
        async with busy(phone):
            adding = asyncio.create_task(phone.tap("add-photo"))
            await phone.until(lambda: phone.sees("The photo is on its way"))
            assert not any(node.get("on_click") for node in nodes(phone.find("add-photo")))
        await adding
        await phone.until(lambda: drops(phone) == ["photo-drop-1"])
        assert any(node.get("on_click") for node in nodes(phone.find("add-photo")))


async def test_what_is_no_photo_says_why_and_the_rest_comes(look: Look, number: int, tmp_path: Path) -> None:
    liar, huge = tmp_path / "liar.jpg", tmp_path / "huge.jpg"
    liar.write_text("<svg/>")
    with huge.open("wb") as file:
        file.truncate(100 << 20)
    async with look.at(routes.contact(number)) as phone:
        for wrong, code in ((liar, "photo_kind"), (huge, "photo_too_large")):
            phone.picks = [wrong]
            await phone.tap("add-photo")
            await phone.until(partial(phone.sees, t(code, most=PHOTO_BYTES >> 20)))
        phone.picks = [liar, image(tmp_path / "mug.jpg")]
        await phone.tap("add-photo")
        await phone.shows("photo-drop-1")
        assert left_over() == []


async def test_a_photo_of_100_megabytes_is_not_even_sent(look: Look, number: int, tmp_path: Path) -> None:
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.truncate(100 << 20)
    async with look.at(routes.contact(number)) as phone:
        asked: list[str] = []
        phone.get_upload_url = lambda name, expires: asked.append(name) or "/upload?f="  # type: ignore
        phone.picks = [huge]
        await phone.tap("add-photo")
        await phone.until(lambda: phone.sees("This photo is larger than 10 MB"))
        assert asked == []


async def test_the_name_of_a_file_leads_nowhere(look: Look, number: int, tmp_path: Path) -> None:
    file = image(tmp_path / "mug.jpg")
    async with look.at(routes.contact(number)) as phone:
        asked: list[str] = []

        def address(file_name: str, expires: int) -> str:
            asked.append(file_name)
            return f"/upload?f={file_name}"

        phone.get_upload_url = address  # type: ignore[method-assign]
        phone.picks = [file]
        phone.called = "../../../etc/passwd"
        await phone.tap("add-photo")
        await phone.shows("photo-drop-1")
        assert len(asked) == 1
        folder, name = asked[0].split("/")
        assert folder.startswith("takeback-")
        assert name == "photo"


async def test_where_no_photo_can_be_picked_it_says_so(look: Look, number: int) -> None:
    async with look.at(routes.contact(number)) as phone:
        phone.picks = None
        await phone.tap("add-photo")
        await phone.until(lambda: phone.sees(t("no_file_dialog")))


async def test_a_photo_that_is_lost_leaves_a_place_where_it_was(
    shop: Shop, look: Look, number: int, tmp_path: Path
) -> None:
    one = str(add_photo(shop, MAI, number, made.photo(), key="p").answer["photo"])
    send_message(shop, MAI, number, "look", [one], key="m")
    for file in (tmp_path / "photos").rglob("*.jpg"):
        file.unlink()
    async with look.at(routes.contact(number), person=SARI) as phone:
        await phone.shows("photo-1-0")
        assert phone.sees(t("photo_lost"))


async def test_older_messages_come_when_one_scrolls_to_them(
    shop: Shop, look: Look, number: int, clock: Clock
) -> None:
    for n in range(PAGE + 5):
        clock.move(seconds=1)
        say(shop, MAI if n % 3 else SARI, number, f"line {n:02}")
    async with look.at(routes.contact(number)) as phone:
        await phone.until(lambda: phone.sees(f"line {PAGE + 4}"))
        assert not phone.sees("line 04")
        await scroll(phone, 2_000, 2_400)
        await phone.until(lambda: phone.sees("line 00"))
        assert not phone.find("load-older")
        texts = [text for text in phone.texts() if text.startswith("line ")]
        assert texts == sorted(texts, reverse=True)  # the list is drawn from the bottom up


async def test_messages_stand_below_the_day_they_were_written_on(
    shop: Shop, look: Look, number: int, clock: Clock
) -> None:
    say(shop, MAI, number, "on monday")
    clock.move(days=1)
    say(shop, SARI, number, "on tuesday")
    clock.move(days=1)
    say(shop, MAI, number, "on wednesday")
    async with look.at(routes.contact(number)) as phone:
        await phone.until(lambda: phone.sees("on wednesday"))
        told = [
            one for one in phone.texts() if one in ("Today", "Yesterday", "Monday") or one.startswith("on ")
        ]
        assert told == ["on wednesday", "Today", "on tuesday", "Yesterday", "on monday", "Monday"]


async def test_unread_messages_are_told_on_the_way_and_gone_once_read(
    shop: Shop, look: Look, number: int
) -> None:
    say(shop, SARI, number, "one")
    say(shop, SARI, number, "two")
    async with look.at() as phone:
        await phone.until(lambda: phone.sees("1"))
        await phone.visit(f"/orders/{number}")
        await phone.until(lambda: phone.sees("Contact seller · 2 new"))
        await phone.tap("contact-seller")
        await phone.until(lambda: phone.sees("two"))
        await phone.until(lambda: rows(shop, "SELECT n FROM read_marks") == [(2,)])
        await phone.back()
        await phone.until(lambda: phone.find("why-not") and not phone.sees("2 new"))


async def test_the_inbox_tells_of_a_message_and_leads_into_the_thread(
    shop: Shop, look: Look, number: int
) -> None:
    say(shop, SARI, number, "It is packed already")
    async with look.at("/inbox") as phone:
        await phone.until(lambda: phone.sees("New message"))
        assert phone.sees("The seller: “It is packed already”")
        await phone.tap(f"notice-{number}--1")
        await phone.shows("message-1")
        await phone.until(lambda: phone.route == f"/inbox/{number}/contact")
        await phone.tap("back")
        await phone.until(lambda: phone.route == f"/inbox/{number}")
        await phone.back()
        await phone.until(lambda: phone.route == "/inbox" and phone.texts().count(t("unread_entry")) == 1)


async def test_a_photo_without_words_is_told_as_one(shop: Shop, look: Look, number: int) -> None:
    one = str(add_photo(shop, MAI, number, made.photo(), key="p").answer["photo"])
    send_message(shop, MAI, number, "", [one], key="m")
    async with look.at("/inbox", person=SARI) as phone:
        await phone.until(lambda: phone.sees("The buyer sent a photo"))


async def test_side_by_side_the_list_stays_and_the_keys_of_the_field_are_its_own(
    shop: Shop, look: Look, number: int, clock: Clock
) -> None:
    clock.move(seconds=1)
    other = place(shop)
    async with look.at(f"/orders/{number}?tab=to-ship", size=WIDE) as phone:
        await phone.tap("contact-seller")
        await phone.shows("message-text")
        await phone.until(lambda: phone.route == f"/orders/{number}/contact?tab=to-ship")
        await phone.shows(f"order-{number}")
        await phone.visit(routes.contact(number))
        await phone.shows(f"order-{other}")
        await phone.type("message-text", "keys")
        for key in ("Arrow Up", "Arrow Down", "Enter"):
            await phone.press(key)
        await phone.tap("pinned-order")
        await phone.until(lambda: phone.route == routes.order(number))


async def test_two_members_of_a_shop_see_who_of_them_wrote(shop: Shop, look: Look, number: int) -> None:
    run(shop, f"INSERT INTO members (shop_id, person_id) VALUES ({IDS.kopi_house}, {IDS.budi})")
    say(shop, BUDI, number, "We look into it")
    async with look.at(routes.contact(number), person=SARI) as phone:
        await phone.until(lambda: phone.sees("@budi"))
    async with look.at(routes.contact(number)) as phone:
        await phone.until(lambda: phone.sees("We look into it"))
        assert not phone.sees("budi")


@pytest.mark.parametrize("language", ["en", "id", "vi"])
async def test_it_speaks_every_language(shop: Shop, look: Look, number: int, language: str) -> None:
    say(shop, SARI, number, "🙏")
    async with look.at(routes.contact(number), kept={"takeback.language": language}) as phone:
        await phone.shows("message-1")
        hint = {"en": "Write a message", "id": "Tulis pesan", "vi": "Nhập tin nhắn"}[language]
        assert phone.sees(hint)


async def test_another_message_draws_itself_alone(shop: Shop, look: Look, number: int) -> None:
    for n in range(20):
        say(shop, MAI, number, f"line {n}")
    async with look.at(routes.contact(number)) as phone:
        await phone.until(lambda: phone.sees("line 19") and phone.find("ask-to-cancel"))
        await phone.until(lambda: any(nodes(phone.views[-2], "FilledButton")))
        await phone.rests()
        before = phone.bytes_sent
        desk = await phone.process.desk()
        await desk.act(lambda shop: send_message(shop, SARI, number, "the newest", key="k"))
        await phone.until(lambda: phone.sees("the newest"))
        assert phone.bytes_sent - before < 9_000
