"""The screens behind the settings: language, appearance, policy, about."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop.reads.policy import policy_for
from app.shop.rules.policy import TIKTOK
from app.shop.shop import Shop
from app.ui import routes
from app.ui.entries import ENTRIES, Entry
from app.ui.stack import path_of
from app.ui.texts.policy import GROUPS
from tests.actions.steps import MAI, run
from tests.client import Node, nodes
from tests.headless import Phone
from tests.launch import launched
from tests.ui.looking import WIDE, Busy, Look, once_before

SCREENS = [one for one in ENTRIES if one.group in ("app", "rules", "account") and not one.guarded]


def transitions(phone: Phone) -> set[str]:
    """How screens follow each other on this client, light and dark."""
    themes = (phone.tree[name]["page_transitions"] for name in ("theme", "dark_theme"))
    return {kind for theme in themes for kind in theme.values()}


def switch(phone: Phone) -> Node:
    """The switch for less motion."""
    found = phone.find("less-motion")
    assert found is not None
    return next(nodes(found, "Switch"))


# Settings


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.identifier)
async def test_every_screen_is_reached_from_the_settings(
    look: Look, entry: Entry, size: tuple[int, int]
) -> None:
    async with look.at("/settings", size=size) as phone:
        await phone.tap(entry.identifier)
        await phone.until(lambda: path_of(phone.route) == entry.path)
        await phone.until(lambda: not phone.sees("There is nothing at this address"))
        await phone.until(
            lambda: bool((phone.find(entry.identifier) or {}).get("selected")) == (size == WIDE)
        )


async def test_settings_say_what_each_is_at(look: Look) -> None:
    async with look.at("/settings") as phone:
        await phone.until(lambda: phone.sees("@mai"))
        assert phone.sees("English")
        assert phone.sees("As on this device")
        assert phone.sees("Times are shown in Western Indonesia Time")


# Language


async def test_the_languages_stand_there_by_their_own_names(look: Look) -> None:
    async with look.at(routes.LANGUAGE) as phone:
        english = await phone.shows("language-en")
        assert english["selected"]
        assert [name for name in LANGUAGES.values() if not phone.sees(name)] == []
        assert phone.sees("Times are shown in Western Indonesia Time")


async def test_a_language_speaks_at_once_where_one_is_and_at_the_next_start(look: Look) -> None:
    async with look.at(routes.LANGUAGE) as phone:
        await phone.tap("language-id")
        await phone.until(lambda: phone.sees("Bahasa") and phone.sees("Waktu Indonesia Barat"))
        assert phone.route == routes.LANGUAGE
        chosen, english = phone.find("language-id"), phone.find("language-en")
        assert chosen
        assert english
        assert (chosen["selected"], english["selected"]) == (True, False)
        await phone.until(lambda: phone.kept.get("takeback.language") == "id")
        await phone.back()
        await phone.until(lambda: phone.sees("Bahasa Indonesia") and phone.route == "/settings")


# Appearance


async def test_an_appearance_is_worn_at_once(look: Look) -> None:
    async with look.at(routes.APPEARANCE) as phone:
        system = await phone.shows("appearance-system")
        assert system["selected"]
        await phone.tap("appearance-dark")
        await phone.until(lambda: phone.tree.get("theme_mode") == "dark")
        dark = await phone.shows("appearance-dark")
        assert dark["selected"]


async def test_an_appearance_is_kept_for_the_next_window_of_the_device(look: Look) -> None:
    kept: dict[str, Any] = {}
    async with launched(look.url, look.folder, look.clock) as app:
        phone = await app.open(routes.APPEARANCE, kept=kept)
        await phone.tap("appearance-light")
        await phone.until(lambda: kept.get("takeback.looks") == "light")
        later = await app.open("/settings", kept=kept)
        await later.until(lambda: later.tree.get("theme_mode") == "light" and later.sees("Light"))


async def test_what_was_kept_and_is_no_appearance_changes_nothing(look: Look) -> None:
    async with launched(look.url, look.folder, look.clock) as app:
        phone = await app.open("/settings", kept={"takeback.looks": "pink", "takeback.motion": "?"})
        await phone.until(lambda: phone.sees("As on this device"))
        assert phone.tree.get("theme_mode", "system") == "system"


async def test_less_motion_by_hand_stops_the_screens_from_moving_and_is_kept(look: Look) -> None:
    kept: dict[str, Any] = {}
    async with launched(look.url, look.folder, look.clock) as app:
        phone = await app.open(routes.APPEARANCE, kept=kept)
        await phone.shows("less-motion")
        assert not switch(phone).get("value")
        assert "none" not in transitions(phone)
        await phone.tap("less-motion")
        await phone.until(lambda: switch(phone).get("value") and transitions(phone) == {"none"})
        later = await app.open(routes.APPEARANCE, kept=kept)
        await later.until(lambda: later.find("less-motion") and switch(later).get("value"))
        assert transitions(later) == {"none"}
        await later.tap("less-motion")
        await later.until(lambda: not switch(later).get("value") and "none" not in transitions(later))
        await later.until(lambda: kept["takeback.motion"] == "full")


async def test_a_device_set_to_less_motion_is_heard_until_one_chooses_otherwise(look: Look) -> None:
    async with look.at(routes.APPEARANCE, calm=True) as phone:
        await phone.until(lambda: phone.find("less-motion") and switch(phone).get("value"))
        assert transitions(phone) == {"none"}
        kept = phone.kept | {"takeback.motion": "full"}
    async with launched(look.url, look.folder, look.clock) as app:
        phone = await app.open(routes.APPEARANCE, kept=kept, calm=True)
        await phone.shows("less-motion")
        assert not switch(phone).get("value")


async def test_a_device_that_does_not_tell_how_it_is_set_delays_nothing(look: Look) -> None:
    async with look.at("/", calm=None) as phone:
        await phone.until(lambda: phone.sees("@mai"))


async def test_nothing_slides_in_a_wide_window(look: Look) -> None:
    async with look.at("/settings", size=WIDE) as phone:
        await phone.shows("go-language")
        assert transitions(phone) == {"none"}
        phone.session.apply_patch(phone.tree["_i"], {"width": 412})
        await phone._event(phone.tree, "resize", {"width": 412, "height": 915}, width=412)
        await phone.until(lambda: "none" not in transitions(phone))


# Policy


async def test_the_policy_stands_there_in_words(look: Look) -> None:
    async with look.at(routes.POLICY) as phone:
        await phone.until(lambda: phone.sees("Time to pay by card"))
        told = phone.texts()
        values = {label: told[told.index(label) + 1] for label in told[:-1]}
        assert values["Time to pay by bank transfer"] == "1 day"
        assert values["Time to undo after you submit"] == "5 seconds"
        assert values["Time to cancel a paid order without asking"] == "None"
        assert values["How often you can ask to cancel an order"] == "2"
        assert values["Without an answer, the order is cancelled"] == "Yes"
        assert values["The seller ships within"] == "2 working days"
        assert values["Delivery"] == "Free"


async def test_the_policy_is_the_one_in_force(shop: Shop, look: Look) -> None:
    settings = TIKTOK.settings() | {"shipping_minor": 15_000, "pay_card_ms": 5_430_000}
    run(
        shop,
        "INSERT INTO policies (shop_id, n, at, actor_id, settings) VALUES (0, 99, 0, 0, :settings)",
        settings=json.dumps(settings),
    )
    async with look.at(routes.POLICY) as phone:
        await phone.until(lambda: phone.sees("1 hour 30 minutes 30 seconds"))
        assert phone.sees("Shown with the order")


def test_every_setting_stands_in_one_group(shop: Shop) -> None:
    listed = [code for codes in GROUPS.values() for code in codes]
    assert sorted(listed) == sorted(setting.code for setting in policy_for(shop, MAI))


async def test_the_policy_loads_in_its_own_shape(look: Look) -> None:
    machine = Busy()
    async with look.at(routes.POLICY, app=once_before(machine.begin)) as phone:
        await phone.until(lambda: phone.sees("Policy of the shop") and phone.sees("Loading"))
        assert not phone.sees("Paying")
        machine.end()
        await phone.until(lambda: phone.sees("Paying"))


async def test_a_policy_that_cannot_be_read_says_so_and_is_tried_again(shop: Shop, look: Look) -> None:
    app = once_before(lambda _: run(shop, "ALTER TABLE policies RENAME TO elsewhere"))
    async with look.at(routes.POLICY, app=app, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO policies")
        await phone.tap("try-again")
        await phone.until(lambda: phone.sees("Paying"))


# About


async def test_about_says_version_licences_and_where_the_data_is_without_a_link(look: Look) -> None:
    async with look.at(routes.ABOUT) as phone:
        await phone.until(lambda: phone.sees(f"Version {version('takeback')}"))
        for part in ("MIT licence", "SIL Open Font License", "on this device"):
            assert phone.sees(part)
        assert not any("://" in text or str(Path.home()) in text for text in phone.texts())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_speaks_every_language(look: Look, language: str) -> None:
    async with look.at("/settings", languages=(language,)) as phone:
        await phone.shows("go-about")
        unspoken = catalogue(language).gettext("unexpected")
        for entry in SCREENS:
            title = catalogue(language).gettext(entry.label)
            await phone.tap(entry.identifier)
            await phone.until(lambda: not phone.find("go-about"))
            await phone.until(lambda: len(phone.texts()) > 3)
            assert phone.texts()[1] == title
            assert not phone.sees(unspoken)
            await phone.back()
