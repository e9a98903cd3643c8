"""Platform: what its staff can look at and decide."""

from collections.abc import Mapping, Sequence
from typing import Any

import flet as ft

from app.shop.reads.escalations import to_decide
from app.shop.reads.policies import ShopPolicy, open_policy, policy_shops
from app.shop.rules.errors import NotFound
from app.ui import routes, theme
from app.ui.entries import PLATFORM_ENTRIES, Entry
from app.ui.hooks import use_query
from app.ui.parts.drawing import Drawing
from app.ui.parts.entry_list import EntryList
from app.ui.parts.faces import Empty, Loading, Missing, Trouble
from app.ui.parts.frame import Aside, Pane, Scroll
from app.ui.parts.picture import Avatar
from app.ui.parts.search_field import SearchField
from app.ui.parts.tap import Tap
from app.ui.parts.words import Small, Strong
from app.ui.state import go, use_window
from app.ui.texts import count, t


@ft.component
def PlatformScreen(back: str | None, opened: Any = None) -> ft.Control:
    """The ways of the platform's staff; `opened` is the address shown beside."""
    window = use_window()
    policy = use_query(open_policy)
    waiting = use_query(to_decide).value
    if policy.value is not None:
        notes = {"go-platform-policy": t(f"profile.{policy.value.profile or 'own'}")}
        notes |= {"go-platform-requests": count(waiting)} if waiting else {}
        listed = [one for one in PLATFORM_ENTRIES if one.guarded in (None, window.gate is not None)]
        content = PlatformBody(listed, notes, opened)
    elif isinstance(policy.error, NotFound):
        content = Missing()
    elif policy.error is not None:
        content = Trouble(policy.error, window.draw_again)
    else:
        content = Scroll(Loading(240, still=window.still))
    return Pane(t("platform"), content, back=back)


def PlatformBody(entries: Sequence[Entry], notes: Mapping[str, str], opened: Any) -> ft.Control:
    """A row for each, with a note beside it where there is something to say: a name, a number."""
    listed = EntryList(entries, notes, opened)
    return Scroll(Aside(t("platform_how")), ft.Card(listed, semantic_container=False))


@ft.component
def PlatformShopsScreen(back: str | None) -> ft.Control:
    """The shops by handle, each a way to its policy."""
    window = use_window()
    start, look_for = ft.use_state("")
    found = use_query(policy_shops, start)
    if isinstance(found.error, NotFound):
        return Pane(t("platform_shops"), Missing(), back=back)
    field = SearchField("shop-search", t("search_shops"), start, look_for)
    if found.value:
        listed: ft.Control = ft.Card(ft.Column([_row(one) for one in found.value], spacing=0))
    elif found.error is not None:
        listed = Trouble(found.error, window.draw_again)
    elif found.loading:
        listed = Loading(64, 64, 64, still=window.still)
    else:
        listed = Empty(Drawing.NOBODY, t("no_shop_found", search=start), how=t("search_how"))
    return Pane(t("platform_shops"), Scroll(field, listed), back=back)


def _row(one: ShopPolicy) -> ft.Control:
    name = one.name or one.handle
    beside = t("own_settings", count=one.own)
    words = ft.Column([Strong(name), Small(f"@{one.handle} · {beside}")], spacing=0, expand=True, tight=True)
    return Tap(
        f"shop-{one.handle}",
        ft.Row([Avatar(name, 20), words], spacing=theme.GAP),
        lambda: go(routes.policy_of_shop(one.handle)),
        padding=ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=theme.GAP),
        key=one.handle,
    )
