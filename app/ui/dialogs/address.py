"""Writing an address, a new one or one of the book to be put right."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import flet as ft

from app.shop.actions.addresses import add_address, change_address_entry
from app.shop.reads.addresses import Entry
from app.shop.rules.addresses import checked_parts
from app.shop.rules.errors import Invalid
from app.shop.rules.reasons import Fix
from app.ui.address_draft import COUNTRIES, AddressDraft, countries, draft_of, new_draft
from app.ui.dialogs.modal import use_panel
from app.ui.hooks import use_action
from app.ui.kept import use_kept
from app.ui.parts.cancel_body import CancelBody
from app.ui.parts.field import Field
from app.ui.parts.tap import Chip, Plain
from app.ui.parts.words import Quiet, Small, Title
from app.ui.parts.wrong import Wrong
from app.ui.state import Draft, Picked, use_window, use_window_unwatched
from app.ui.texts import country_name, country_of, problem, t

OnSaved = Callable[[int], None]

_H, _K = ft.AutofillHint, ft.KeyboardType
FIELDS: dict[str, dict[str, Any]] = {
    "recipient": {"autofill_hints": _H.NAME, "capitalization": ft.TextCapitalization.WORDS},
    "phone": {"autofill_hints": _H.TELEPHONE_NUMBER, "keyboard_type": _K.PHONE},
    "lines": {"autofill_hints": _H.FULL_STREET_ADDRESS, "multiline": True, "max_lines": 3},
    "city": {"autofill_hints": _H.ADDRESS_CITY},
    "region": {"autofill_hints": _H.ADDRESS_STATE},
    "postal_code": {"autofill_hints": _H.POSTAL_CODE},
    "label": {},
}
"""The fields in their order, and what the device is told of each; below them the country is chosen."""


@dataclass(frozen=True, slots=True)
class Writing:
    """The address being written, if any, and whether its form is there."""

    draft: AddressDraft | None = None
    shown: bool = False


def use_address_form(on_saved: OnSaved) -> tuple[AddressDraft | None, Callable[[AddressDraft], None]]:
    """What was begun, and how to open the form about a draft.

    `on_saved` gets the id of the address that is in the book then.
    """
    kept = use_kept("address", Writing)
    draft = kept.value.draft

    def close() -> None:
        kept.set(replace(kept.value, shown=False))

    def saved(address: int) -> None:
        kept.set(Writing())
        on_saved(address)

    form: Any = AddressForm
    use_panel(form(draft, close, saved, key=draft.key) if draft and kept.value.shown else None, close)
    return draft, lambda draft: kept.set(Writing(draft, shown=True))


def use_address_instead(draft: Draft) -> ft.Control | None:
    """The form in place of the dialog of `draft` while an address is written for it.

    Once it is saved, it is what `draft` has picked to put the order right with.
    """
    kept = use_kept(begun_for(draft), Writing)
    writing = kept.value

    def close() -> None:
        kept.set(replace(kept.value, shown=False))

    def saved(address: int) -> None:
        draft.picked = Picked(Fix.ADDRESS, address)
        kept.set(Writing())

    form: Any = AddressForm
    shown = form(writing.draft, close, saved, key=writing.draft.key) if writing.draft else None
    return shown if writing.shown else None


def write_instead(draft: Draft, entry: Entry | None, book: tuple[Entry, ...]) -> None:
    """Have an address written for `draft`: a new one, or `entry` put right."""
    window = use_window_unwatched()
    kept = window.kept.at(begun_for(draft), Writing)
    begun = kept.value.draft
    new = draft_of(entry, begun) if entry else new_draft(book, country_of(window.zone), begun)
    kept.set(Writing(new, shown=True))


def begun_for(draft: Draft) -> tuple[str, str]:
    """What the window keeps an address below that is written for `draft`."""
    return "address for", draft.key


@ft.component
def AddressForm(draft: AddressDraft, on_close: Callable[[], None], on_saved: OnSaved) -> ft.Control:
    """The fields; what will not do is said below its own."""
    window = use_window()
    adding, changing = use_action(add_address), use_action(change_address_entry)
    country, choose = ft.use_state(draft.parts.country)
    more, show_more = ft.use_state(False)
    (place, wrong), set_wrong = ft.use_state(("", ""))

    def pick(code: str) -> None:
        draft.parts = replace(draft.parts, country=code)
        choose(code)

    async def submit() -> None:
        try:
            parts = checked_parts(draft.parts)
        except Invalid as error:
            set_wrong((str(error.facts["part"]), problem(error)))
            return
        set_wrong(("", ""))
        if draft.address is None:
            done = await adding.run(parts, key=draft.key)
        else:
            done = await changing.run(draft.address, parts, key=draft.key)
        if done is not None:
            on_saved(int(done.answer["address"]))

    fields: list[ft.Control] = [PartField(draft, part, wrong if part == place else "") for part in FIELDS]
    chips: list[ft.Control] = [
        _country(code, pick, chosen=code == country)
        for code in countries(country, country_of(window.zone), more=more)
    ]
    if not more and len(chips) < len(COUNTRIES):
        chips.append(Plain("more-countries", t("address.more_countries"), lambda: show_more(True)))
    asked = [
        ft.Semantics(
            header=True, content=Title(t("address.add" if draft.address is None else "address.edit"))
        ),
        *fields,
        Small(t("address.country")),
        ft.Row(chips, wrap=True, spacing=8, run_spacing=8),
        *([Wrong(wrong)] if place == "country" else []),
        Quiet(t("address.private")),
    ]
    busy = adding.busy or changing.busy
    return CancelBody(
        asked,
        None,
        on_close,
        submit,
        tall=True,
        keep=t("not_now"),
        submit=t("address.save"),
        name="save-address",
        keep_name="not-now",
        busy=busy,
    )


@ft.component
def PartField(draft: AddressDraft, part: str, wrong: str) -> ft.Control:
    """One part of the address: it draws itself alone."""
    text, set_text = ft.use_state(str(getattr(draft.parts, part)))

    def typed(now: str) -> None:
        draft.parts = replace(draft.parts, **{part: now})
        set_text(now)

    label = t(f"address.{part}")
    return Field(f"address-{part}", text, typed, label=label, error=wrong or None, **FIELDS[part])


def _country(code: str, on_pick: Callable[[str], None], *, chosen: bool) -> ft.Control:
    return Chip(f"country-{code.lower()}", country_name(code), lambda: on_pick(code), selected=chosen)
