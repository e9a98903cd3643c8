"""What somebody has typed into a policy, setting by setting, before it is saved; and what it then means."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.shop.reads.policies import OpenPolicy, OpenSetting
from app.shop.reads.policy import Unit, Value
from app.shop.rules.approval import AutoRule
from app.shop.rules.errors import Invalid
from app.shop.rules.money import to_minor, to_units
from app.shop.rules.policy import DAY, HOUR, JOURNEY, MINUTE, PROFILES, SECOND, checked_setting, profile_of

SIZES = {"day": DAY, "hour": HOUR, "minute": MINUTE, "second": SECOND}
LONGEST = 12
"""Digits of a number that can be meant."""


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule of approval as typed; `id` tells it from the others while it is edited."""

    id: int
    reasons: tuple[str, ...] = ()
    category: str = ""
    amount: str = ""
    currency: str = ""
    within: tuple[str, ...] = ("", "")


Draft = tuple[str, ...] | bool | tuple[RuleDraft, ...]
"""What was typed into the fields of a setting: numbers, a switch, or rules."""
WITHIN = ("hour", "minute")
"""The units a rule's time is typed in."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a setting: typed (`draft`), or to be set no longer (None)."""

    draft: Draft | None


Edits = Mapping[str, Edited]
"""What became of settings, by their codes."""


@dataclass(frozen=True, slots=True)
class Editing:
    """A policy while it is edited: upon which version the edits were `begun` (None: whichever there is now).

    `saved` is the version they were saved as; 0 before.
    """

    edits: Edits = field(default_factory=dict)
    begun: int | None = None
    saved: int = 0

    def edit(self, edits: Edits, n: int) -> "Editing":
        """With these edits instead; `n` is the version in force."""
        return replace(self, edits=edits, begun=self.begun if self.edits else n)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What edits mean: `settings` to be saved (None: set no longer), what each `becomes`, and `errors`."""

    settings: dict[str, object]
    becomes: dict[str, Value]
    errors: dict[str, Invalid]


def units_of(setting: OpenSetting) -> tuple[str, ...]:
    """The units a duration is typed in: those its range is counted in, and finer ones where it needs them."""
    high = setting.high or 0
    names = list(SIZES)
    first, last = (3, 3) if high <= MINUTE else (1, 2) if high <= 2 * DAY else (0, 1)
    value = int(setting.value) if not isinstance(setting.value, tuple) else 0
    while last < len(names) - 1 and value % SIZES[names[last]]:
        last += 1
    return tuple(names[first : last + 1])


def draft_of(setting: OpenSetting, value: Value) -> Draft:
    """`value` as the fields of the setting show it."""
    if isinstance(value, tuple):
        return tuple(_rule_draft(n, rule) for n, rule in enumerate(value))
    if setting.unit is Unit.DURATION:
        return _split(value, units_of(setting))
    return value if isinstance(value, bool) else (str(value),)


def _split(value: int, units: tuple[str, ...]) -> tuple[str, ...]:
    parts = []
    for unit in units:
        whole, value = divmod(value, SIZES[unit])
        parts.append(str(whole))
    return tuple(parts)


def _rule_draft(n: int, rule: AutoRule) -> RuleDraft:
    amount = "" if rule.most_minor is None else f"{to_units(rule.most_minor, rule.currency or ''):f}"
    within = ("", "") if rule.within_ms is None else _split(rule.within_ms, WITHIN)
    return RuleDraft(n, rule.reasons, rule.category or "", amount, rule.currency or "", within)


def outcome(policy: OpenPolicy, edits: Edits) -> Outcome:
    """What `edits` of `policy` mean; what means no change is left out."""
    result = Outcome({}, {}, {})
    for setting in policy.settings:
        edited = edits.get(setting.code)
        if edited is None:
            continue
        if edited.draft is None:
            result.settings[setting.code] = None
            result.becomes[setting.code] = setting.above
            continue
        try:
            value: Value = checked_setting(setting.code, _meant(setting, edited.draft))
        except Invalid as error:
            result.errors[setting.code] = error
            continue
        if value != setting.value:
            result.settings[setting.code] = as_json(value)
            result.becomes[setting.code] = value
    return result


def as_json(value: Value) -> object:
    """A value as a policy stores it."""
    return [rule.as_json() for rule in value] if isinstance(value, tuple) else value


def _meant(setting: OpenSetting, draft: Draft) -> object:
    if isinstance(draft, bool):
        return draft
    if setting.unit is Unit.RULES:
        return [_rule(n, one) for n, one in enumerate(draft, 1) if isinstance(one, RuleDraft)]
    units = units_of(setting) if setting.unit is Unit.DURATION else ("",)
    parts = [part for part in draft if isinstance(part, str)]
    return sum(_number(part) * SIZES.get(unit, 1) for part, unit in zip(parts, units, strict=True))


def _number(text: str) -> int:
    text = text.strip()
    if not text.isdecimal() or len(text) > LONGEST:
        raise Invalid("not_a_number", {"value": text})
    return int(text)


def _rule(n: int, draft: RuleDraft) -> dict[str, object]:
    """The rule as a policy has it; raises Invalid with the number of the rule."""
    told: dict[str, object] = {"reasons": list(draft.reasons), "category": draft.category.strip() or None}
    amount, currency = draft.amount.strip(), draft.currency.strip().upper()
    told["currency"] = currency or None
    part = "most_minor"
    try:
        if amount:
            told["most_minor"] = to_minor(amount, currency)
        part = "within_ms"
        if any(text.strip() for text in draft.within):
            times = zip(draft.within, WITHIN, strict=True)
            told["within_ms"] = sum(_number(text or "0") * SIZES[unit] for text, unit in times)
    except Invalid as error:
        raise Invalid(error.code, error.facts | {"rule": n, "part": part}) from error
    return told


def as_profile(policy: OpenPolicy, name: str) -> dict[str, Edited]:
    """The edits that make `policy` the profile of this name as a whole."""
    profile = PROFILES[name]
    return {
        one.code: Edited(draft_of(one, getattr(profile, one.code)))
        for one in policy.settings
        if getattr(profile, one.code) != one.value
    }


def profile_named(policy: OpenPolicy, result: Outcome) -> str | None:
    """The profile that the edited policy would be; None for a mixture, or while something is wrong."""
    if result.errors:
        return None
    values = {one.code: result.becomes.get(one.code, one.value) for one in policy.settings}
    return profile_of(JOURNEY.with_settings(values))
