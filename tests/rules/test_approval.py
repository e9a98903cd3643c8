"""Approval without the seller: what a rule may say, and what it then approves."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.approval import (
    CATEGORY_LONGEST,
    LONGEST_MS,
    MOST_RULES,
    REASON_CODES,
    SHORTEST_MS,
    AutoRule,
    approves,
    rules_from,
)
from app.shop.rules.errors import Invalid
from app.shop.rules.money import LARGEST_MINOR
from app.shop.rules.policy import HOUR, JOURNEY, Policy

NOW = 1_772_442_000_000
FULL = AutoRule(("BP_MISTAKE", "BP_NOT_NEEDED"), "bags", 500_000, "IDR", HOUR)

words = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)
nothing: dict[str, Any] = {}
amounts: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just(nothing),
    st.fixed_dictionaries(
        {"most_minor": st.integers(0, LARGEST_MINOR), "currency": st.sampled_from(["IDR", "VND", "USD"])}
    ),
)
rules = st.builds(
    lambda reasons, category, within, amount: AutoRule(
        reasons=tuple(code for code in REASON_CODES if code in reasons),
        category=category,
        within_ms=within,
        **amount,
    ),
    st.sets(st.sampled_from(REASON_CODES)),
    st.none() | words.map(lambda word: rules_from([{"category": word}])[0].category),
    st.none() | st.integers(SHORTEST_MS, LONGEST_MS),
    amounts,
)


def asked(policy: Policy, **other: Any) -> AutoRule | None:
    """What approves a request that `FULL` approves just so, unless it is `other`."""
    request: dict[str, Any] = {
        "reason": "BP_MISTAKE",
        "category": "bags",
        "amount_minor": 500_000,
        "currency": "IDR",
        "paid_at": NOW - HOUR,
        "now": NOW,
    }
    return approves(policy, **(request | other))


def having(*rules: AutoRule) -> Policy:
    """The journey with these rules."""
    return replace(JOURNEY, auto_approve=rules)


@given(st.lists(rules, max_size=MOST_RULES))
def test_rules_come_back_from_json_as_they_were(given_rules: list[AutoRule]) -> None:
    policy = having(*given_rules)
    stored = json.loads(json.dumps(policy.settings()))
    assert JOURNEY.with_settings(stored) == policy
    assert JOURNEY.with_settings({"auto_approve": policy.auto_approve}) == policy


@given(rules, st.sampled_from(REASON_CODES), st.integers(0, LARGEST_MINOR), st.integers(0, 2 * LONGEST_MS))
def test_a_rule_approves_nothing_that_it_would_not_without_one_of_its_limits(
    rule: AutoRule, reason: str, amount: int, since: int
) -> None:
    def approved(one: AutoRule) -> bool:
        return one.holds(reason, "bags", amount, "IDR", since)

    looser = (
        replace(rule, reasons=()),
        replace(rule, category=None),
        replace(rule, most_minor=None, currency=None),
        replace(rule, within_ms=None),
    )
    assert not approved(rule) or all(map(approved, looser))
    assert approved(AutoRule())


def test_without_rules_nothing_is_approved_and_an_empty_rule_approves_everything() -> None:
    assert asked(JOURNEY) is None
    assert asked(having(AutoRule()), category=None, paid_at=None, reason="BP_OTHER") == AutoRule()


@pytest.mark.parametrize(
    ("other", "approved"),
    [
        ({}, True),
        ({"reason": "BP_NOT_NEEDED"}, True),
        ({"reason": "BP_OTHER"}, False),
        ({"category": "BAGS"}, True),
        ({"category": "shoes"}, False),
        ({"category": None}, False),
        ({"amount_minor": 500_001}, False),
        ({"amount_minor": 0}, True),
        ({"currency": "VND"}, False),
        ({"paid_at": NOW - HOUR - 1}, False),
        ({"paid_at": NOW}, True),
        ({"paid_at": None}, False),
    ],
)
def test_all_that_a_rule_says_must_hold(other: dict[str, Any], approved: bool) -> None:
    assert (asked(having(FULL), **other) == FULL) is approved


def test_the_first_rule_that_holds_is_the_one() -> None:
    narrow, wide = AutoRule(reasons=("BP_LATE",)), AutoRule(within_ms=2 * HOUR)
    assert asked(having(narrow, wide, FULL)) == wide
    assert asked(having(narrow)) is None


LIMITS: dict[str, list[dict[str, Any]]] = {
    "approval_reason": [{"reasons": ["BU_MISTAKE"]}, {"reasons": ["BP_MISTAKE", ""]}, {"reasons": [7]}],
    "approval_amount": [
        {"most_minor": -1, "currency": "IDR"},
        {"most_minor": LARGEST_MINOR + 1, "currency": "IDR"},
        {"most_minor": 1.5, "currency": "IDR"},
        {"most_minor": True, "currency": "IDR"},
        {"most_minor": "5", "currency": "IDR"},
    ],
    "approval_currency": [
        {"most_minor": 5},
        {"currency": "IDR"},
        {"most_minor": 5, "currency": "idr"},
        {"most_minor": 5, "currency": "RUPIAH"},
        {"most_minor": 5, "currency": "ID\u0158"},
        {"most_minor": 5, "currency": 7},
    ],
    "approval_time": [
        {"within_ms": SHORTEST_MS - 1},
        {"within_ms": LONGEST_MS + 1},
        {"within_ms": "1h"},
        {"within_ms": True},
    ],
    "approval_rule_unreadable": [
        {"reason": "BP_MISTAKE"},
        {"reasons": "BP_MISTAKE"},
        {"reasons": 5},
        {"category": 5},
        {"category": " "},
        {"category": "a\nb"},
        {5: "five"},  # type: ignore[dict-item]
    ],
    "text_too_long": [{"category": "x" * (CATEGORY_LONGEST + 1)}],
    "text_has_control_characters": [{"category": "a\0b"}],
}


@pytest.mark.parametrize(
    ("code", "rule"), [(code, rule) for code, rules in LIMITS.items() for rule in rules], ids=str
)
def test_what_a_rule_may_not_say_is_refused_with_the_number_of_the_rule(
    code: str, rule: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused:
        JOURNEY.with_settings({"auto_approve": [{}, rule]})
    assert refused.value.code == code
    assert (refused.value.facts["setting"], refused.value.facts["rule"]) == ("auto_approve", 2)
    assert str(refused.value.facts["part"]) in {*map(str, rule)} | {"currency"}


@pytest.mark.parametrize("value", [None, 5, "all", {"reasons": []}, [None], ["BP_MISTAKE"]])
def test_what_is_no_list_of_rules_is_refused(value: object) -> None:
    with pytest.raises(Invalid, match="approval_rule_unreadable"):
        JOURNEY.with_settings({"auto_approve": value})


def test_there_are_only_so_many_rules() -> None:
    assert len(rules_from([{}] * MOST_RULES)) == MOST_RULES
    with pytest.raises(Invalid) as refused:
        rules_from([{}] * (MOST_RULES + 1))
    assert (refused.value.code, refused.value.facts["most"]) == ("too_many_rules", MOST_RULES)


def test_limits_themselves_are_taken() -> None:
    for rule in (
        {"within_ms": SHORTEST_MS},
        {"within_ms": LONGEST_MS},
        {"most_minor": 0, "currency": "IDR"},
        {"most_minor": LARGEST_MINOR, "currency": "IDR"},
        {"category": "x" * CATEGORY_LONGEST},
        {"reasons": list(REASON_CODES)},
    ):
        assert rules_from([rule])[0].as_json() == rule


def test_the_order_and_repetition_of_reasons_do_not_matter() -> None:
    given_twice = {"reasons": ["BP_NOT_NEEDED", "BP_MISTAKE", "BP_NOT_NEEDED"]}
    assert rules_from([given_twice]) == rules_from([{"reasons": ["BP_MISTAKE", "BP_NOT_NEEDED"]}])
