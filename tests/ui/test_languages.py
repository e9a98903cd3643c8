"""Languages on the screen: which one a window starts in, and how it changes."""

import pytest

from app.languages import LANGUAGES
from app.shop.rules.errors import ShopError
from app.shop.shop import Shop
from app.ui.window import Window
from tests.actions.steps import MAI, place
from tests.headless import Phone
from tests.launch import launched
from tests.ui.looking import WIDE, Look

INBOX = {"en": "Inbox", "id": "Kotak masuk", "vi": "Hộp thư"}
PERSON = {"takeback.person": str(MAI.id)}


def speaks(phone: Phone, language: str) -> bool:
    """Whether the screen is in `language` and in no other one."""
    return [name for name, word in INBOX.items() if phone.sees(word)] == [language]


async def speak(phone: Phone, language: str) -> None:
    """Choose `language` in the window on `phone`."""
    page = phone.session.page
    window: Window = page.session.store.get("window")
    page.run_task(window.choices.speak, language)
    await phone.until(lambda: phone.kept.get("takeback.language") == language)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_window_starts_in_the_language_of_its_device(look: Look, language: str) -> None:
    async with look.at("/", languages=("fr", language, "en")) as phone:
        await phone.until(lambda: speaks(phone, language))
        assert phone.tree["locale_configuration"]["current_locale"]["language_code"] == language


async def test_where_the_device_knows_no_language_of_ours_a_window_starts_in_english(look: Look) -> None:
    async with look.at("/", languages=("fr", "de")) as phone:
        await phone.until(lambda: speaks(phone, "en"))


async def test_what_the_environment_says_goes_before_the_device(look: Look) -> None:
    async with launched(look.url, look.folder, look.clock, language="id") as app:
        phone = await app.open(kept=dict(PERSON), languages=("vi",))
        await phone.until(lambda: speaks(phone, "id"))


async def test_what_was_chosen_goes_before_the_environment(look: Look) -> None:
    async with launched(look.url, look.folder, look.clock, language="id") as app:
        phone = await app.open(kept=PERSON | {"takeback.language": "vi"})
        await phone.until(lambda: speaks(phone, "vi"))


@pytest.mark.parametrize("kept", ["tlh", "", "../vi", 7, None])
async def test_a_choice_that_makes_no_sense_is_as_none(look: Look, kept: object) -> None:
    async with launched(look.url, look.folder, look.clock) as app:
        phone = await app.open(kept=PERSON | {"takeback.language": kept}, languages=("id",))
        await phone.until(lambda: speaks(phone, "id"))


@pytest.mark.parametrize(
    ("language", "before", "pay_by", "status"),
    [
        ("vi", "en", "Thanh toán trước 17:00, còn 1 giờ 0 phút", "Chờ thanh toán"),
        ("id", "vi", "Bayar sebelum 17.00, sisa 1 jam 0 mnt", "Belum dibayar"),
        ("en", "id", "Pay by 17:00, in 1 h 0 min", "Pending payment"),
    ],
)
async def test_the_language_changes_at_once_and_where_one_is(
    shop: Shop, look: Look, language: str, before: str, pay_by: str, status: str
) -> None:
    number = place(shop)
    async with look.at(f"/inbox/{number}", languages=(before,)) as phone:
        await phone.shows("cancel-order")
        assert not phone.sees(status)
        await speak(phone, language)
        await phone.until(lambda: phone.sees(pay_by))
        assert phone.sees(status)
        assert phone.route == f"/inbox/{number}"
        assert phone.tree["locale_configuration"]["current_locale"]["language_code"] == language
        await phone.back()
        await phone.until(lambda: speaks(phone, language))


async def test_the_next_window_of_a_device_speaks_what_was_chosen(look: Look) -> None:
    async with launched(look.url, look.folder, look.clock) as app:
        phone = await app.open(kept=dict(PERSON))
        await phone.until(lambda: speaks(phone, "en"))
        await speak(phone, "vi")
        later = await app.open(kept=phone.kept)
        await later.until(lambda: speaks(later, "vi"))


async def test_two_windows_of_one_person_each_speak_their_own(shop: Shop, look: Look) -> None:
    async with launched(look.url, look.folder, look.clock) as app:
        one = await app.open(kept=dict(PERSON), languages=("id",))
        other = await app.open(kept=dict(PERSON), languages=("vi",))
        await one.until(lambda: speaks(one, "id"))
        await speak(one, "en")
        place(shop)
        app.process.windows.tell({MAI.id})
        await one.until(lambda: one.sees("Your latest orders"))
        await other.until(lambda: other.sees("Đơn hàng mới nhất của bạn"))


async def test_a_store_that_cannot_be_opened_is_told_in_the_language_of_the_device(look: Look) -> None:
    async with launched("sqlite:////dev/null/shop.db", look.folder, look.clock) as app:
        phone = Phone(app.process, "/", (412, 915), {}, ("vi",))
        app.phones.append(phone)
        with pytest.raises(ShopError):
            await phone.open(None)
        await phone.until(lambda: phone.sees("Thử lại"))


@pytest.mark.parametrize("size", [(412, 915), WIDE])
async def test_a_tap_on_a_language_speaks_it(look: Look, size: tuple[int, int]) -> None:
    async with look.at("/settings/language", size=size) as phone:
        await phone.tap("language-id")
        await phone.until(lambda: phone.sees("Waktu ditampilkan dalam"))
        await phone.tap("language-vi")
        await phone.until(lambda: phone.sees("Thời gian hiển thị theo"))
        assert phone.route == "/settings/language"
        assert {"English", "Bahasa Indonesia", "Tiếng Việt"} <= set(phone.texts())
        await phone.back()
        await phone.until(lambda: phone.sees("Cài đặt và quyền riêng tư"))
        await phone.until(lambda: phone.kept["takeback.language"] == "vi")
