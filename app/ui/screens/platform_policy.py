"""Setting a policy: its profile and each setting, what changes before it is saved, and who changed what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import flet as ft

from app.shop.actions.policy import set_policy
from app.shop.reads.policies import PAGE, OpenPolicy, open_policy, policy_edits
from app.shop.reads.policy import Unit
from app.shop.rules.errors import Invalid, NotFound
from app.shop.rules.policy import PROFILES
from app.ui import theme
from app.ui.dialogs.policy_summary import use_summary
from app.ui.hooks import use_action, use_query
from app.ui.kept import use_kept
from app.ui.parts.choice import ChoiceRow
from app.ui.parts.faces import Loading, Missing, Trouble
from app.ui.parts.frame import Aside, Foot, Pane, Scroll, Section
from app.ui.parts.policy_fields import OnEdit, SettingField
from app.ui.parts.policy_history import HistoryRows
from app.ui.parts.rule_fields import RuleFields
from app.ui.parts.tap import Filled, Outlined, Plain
from app.ui.parts.words import Quiet
from app.ui.policy_draft import Edited, Editing, Edits, as_profile, outcome, profile_named
from app.ui.state import use_window, use_window_unwatched
from app.ui.texts import t
from app.ui.texts.policy import GROUPS, wrong_words


@ft.component
def PlatformPolicyScreen(back: str | None, handle: str | None = None) -> ft.Control:
    """The policy of the shop with this handle, or of the platform, to be set by who may."""
    window = use_window()
    policy = use_query(open_policy, handle)
    title = t("platform_policy") if handle is None else t("policy_of", shop=f"@{handle}")
    if policy.value is not None:
        return Editor(policy.value, title, back)
    content: ft.Control = Scroll(Loading(160, 320, 320, still=window.still))
    if isinstance(policy.error, NotFound):
        content = Missing()
    elif policy.error is not None:
        content = Trouble(policy.error, window.draw_again)
    return Pane(title, content, back=back)


@ft.component
def Editor(policy: OpenPolicy, title: str, back: str | None) -> ft.Control:
    """The form. What is typed stays while others save and while the window is turned, until it is discarded.

    Who saves upon somebody else's change is told once.
    """
    window = use_window_unwatched()
    kept = use_kept(("policy", policy.handle), Editing)
    edits, saved = kept.value.edits, kept.value.saved
    tried, try_now = ft.use_state(False)
    setting = use_action(set_policy)
    result = outcome(policy, edits)

    def become(new: Edits) -> None:
        kept.set(kept.value.edit(new, policy.n))

    def edit(code: str, edited: Edited | None) -> None:
        try_now(False)
        become(_with(kept.value.edits, code, edited))

    async def save(key: str) -> None:
        begun = kept.value.begun
        seen = policy.n if begun is None else begun
        done = await setting.run(policy.shop_id, result.settings, seen, key=key)
        if done is None:
            # From now on they see what others have made of it: saving once more is on purpose.
            kept.set(replace(kept.value, begun=None))
            window.look_again()
        else:
            kept.set(replace(kept.value, saved=int(done.answer["n"])))
            window.say(t("policy_saved"))

    def settle() -> None:
        # Not before what was saved has been read again: the old values would stand there for a moment.
        if saved and policy.n >= saved:
            kept.set(Editing())

    ft.use_effect(settle, [saved, policy.n])

    ask = use_summary(policy, result, save)

    def finish() -> None:
        try_now(True)
        if result.settings and not result.errors:
            ask()

    foot = None
    if edits:
        foot = Foot(
            Outlined("discard", t("policy.discard"), lambda: kept.set(Editing()), expand=True),
            Filled("save-policy", t("policy.save"), finish, disabled=setting.busy or saved > 0, expand=True),
        )
    keep = ft.use_callback(edit, [kept, policy.n])
    errors = result.errors if tried else {}
    content = Scroll(
        Aside(t("policy_of_shop_how") if policy.handle else t("platform_policy_how")),
        _profiles(profile_named(policy, result), lambda name: become(as_profile(policy, name))),
        *(_group(title, codes, policy, edits, errors, keep) for title, codes in GROUPS.items()),
        PolicyHistory(policy.handle),
    )
    return Pane(title, content, back=back, foot=foot)


def _with(edits: Edits, code: str, edited: Edited | None) -> Edits:
    rest = {other: one for other, one in edits.items() if other != code}
    return rest if edited is None else rest | {code: edited}


def _profiles(named: str | None, on_profile: Callable[[str], None]) -> ft.Control:
    def row(name: str) -> ft.Control:
        return ChoiceRow(
            f"profile-{name}", t(f"profile.{name}"), lambda: on_profile(name), chosen=name == named
        )

    padded = ft.Container(Quiet(t(f"profile_how.{named or 'own'}")), padding=theme.MARGIN)
    return ft.Card(ft.Column([*map(row, PROFILES), padded], spacing=0), semantic_container=False)


def _group(
    title: str,
    codes: Sequence[str],
    policy: OpenPolicy,
    edits: Edits,
    errors: Mapping[str, Invalid],
    on_edit: OnEdit,
) -> ft.Control:
    fields = []
    for one in (setting for code in codes for setting in policy.settings if setting.code == code):
        error = errors.get(one.code)
        wrong = wrong_words(one, error) if error else ""
        if one.unit is Unit.RULES:
            at = int(error.facts.get("rule", 0)) if error else 0
            fields.append(RuleFields(one, edits.get(one.code), wrong, at, on_edit))
        else:
            fields.append(SettingField(one, edits.get(one.code), wrong, on_edit, key=one.code))
    return Section(*fields, title=t(title))


@ft.component
def PolicyHistory(handle: str | None) -> ft.Control:
    """Who changed what, the newest first, as much of it as was asked for."""
    window = use_window_unwatched()
    shown, show = ft.use_state(PAGE)
    found = use_query(policy_edits, handle, limit=shown)
    edits = found.value or ()
    rows = HistoryRows(edits, window.zone, window.now(), of_shop=handle is not None)
    if not rows and found.error is not None:
        rows = [Trouble(found.error, window.draw_again, compact=True)]
    elif not rows:
        rows = [Quiet(t("loading") if found.loading else t("policy.no_history"))]
    if len(edits) == shown:
        rows.append(Plain("more-history", t("load_more"), lambda: show(shown + PAGE)))
    return Section(*rows, title=t("policy.history"))
