"""The rules of approval as fields: each a card of its own, to be added and taken away."""

from collections.abc import Callable
from dataclasses import replace

import flet as ft

from app.shop.reads.policies import OpenSetting
from app.shop.rules.approval import MOST_RULES, REASON_CODES
from app.ui import theme
from app.ui.parts.field import Field
from app.ui.parts.policy_fields import NUMBER, Numbers, OnEdit, Origin, Slot
from app.ui.parts.tap import Chip, IconTap, Outlined
from app.ui.parts.words import Body, Quiet, Small, Strong
from app.ui.parts.wrong import Wrong
from app.ui.policy_draft import WITHIN, Edited, RuleDraft, draft_of
from app.ui.texts import reason_text, t

OnRule = Callable[[RuleDraft], None]


def RuleFields(
    setting: OpenSetting, edited: Edited | None, wrong: str, wrong_at: int, on_edit: OnEdit
) -> ft.Control:
    """Every rule; `wrong` stands in rule `wrong_at` (from 1), or above them all for 0."""
    shown = setting.above if edited is not None and edited.draft is None else setting.value
    draft = draft_of(setting, shown) if edited is None or edited.draft is None else edited.draft
    rules = () if isinstance(draft, bool) else tuple(one for one in draft if isinstance(one, RuleDraft))

    def keep(new: tuple[RuleDraft, ...]) -> None:
        on_edit(setting.code, Edited(new))

    def change(rule: RuleDraft) -> None:
        keep(tuple(rule if one.id == rule.id else one for one in rules))

    def remove(rule: RuleDraft) -> None:
        keep(tuple(one for one in rules if one.id != rule.id))

    def add() -> None:
        keep((*rules, RuleDraft(1 + max((one.id for one in rules), default=-1))))

    cards = [_rule(n, one, wrong if n == wrong_at else "", change, remove) for n, one in enumerate(rules, 1)]
    more = Outlined("add-rule", t("rule.add"), add, disabled=len(rules) >= MOST_RULES)
    return ft.Column(
        [
            Body(t(f"policy.{setting.code}")),
            Quiet(t("rule.how")),
            Slot(Wrong(wrong) if wrong and not wrong_at else None),
            ft.Column(cards, spacing=theme.GAP),
            more,
            Origin(setting, edited, on_edit),
        ],
        spacing=theme.GAP,
    )


def _rule(n: int, rule: RuleDraft, wrong: str, on_rule: OnRule, on_remove: OnRule) -> ft.Control:
    name = f"rule-{n}"
    title = ft.Semantics(header=True, content=Strong(t("rule.title", n=n)), expand=True)
    gone = IconTap(f"{name}-remove", t("rule.remove", n=n), ft.Icons.DELETE_OUTLINE, lambda: on_remove(rule))
    amount = ft.Row(
        [
            Field(
                f"{name}-amount",
                rule.amount,
                lambda text: on_rule(replace(rule, amount=text)),
                label=t("rule.most"),
                keyboard_type=ft.KeyboardType.NUMBER,
            ),
            ft.Container(
                Field(
                    f"{name}-currency",
                    rule.currency,
                    lambda text: on_rule(replace(rule, currency=text)),
                    label=t("rule.currency"),
                    hint_text="IDR",
                    max_length=3,
                    counter="",
                ),
                width=NUMBER,
            ),
        ],
        spacing=theme.GAP,
        wrap=True,
    )
    within = Numbers(
        f"{name}-within", WITHIN, rule.within, lambda texts: on_rule(replace(rule, within=texts))
    )
    category = Field(
        f"{name}-category",
        rule.category,
        lambda text: on_rule(replace(rule, category=text)),
        label=t("rule.for_category"),
    )
    return ft.Container(
        ft.Column(
            [
                ft.Row([title, gone]),
                Slot(Wrong(wrong) if wrong else None),
                Small(t("rule.for_reasons")),
                _reasons(name, rule, on_rule),
                category,
                amount,
                Small(t("rule.since")),
                within,
            ],
            spacing=theme.GAP,
        ),
        border=ft.Border.all(1, theme.HAIRLINE),
        border_radius=theme.PICTURE_RADIUS,
        padding=theme.GAP,
    )


def _reasons(name: str, rule: RuleDraft, on_rule: OnRule) -> ft.Control:
    def flip(code: str) -> None:
        kept = set(rule.reasons) ^ {code}
        on_rule(replace(rule, reasons=tuple(one for one in REASON_CODES if one in kept)))

    def chip(code: str) -> ft.Control:
        identifier = f"{name}-{code.lower()}"
        return Chip(identifier, reason_text(code), lambda: flip(code), selected=code in rule.reasons)

    return ft.Row([chip(code) for code in REASON_CODES], wrap=True, spacing=8, run_spacing=8)
