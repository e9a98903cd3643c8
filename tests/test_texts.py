"""Every code that people can meet has a text, and amounts and times read as they should."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app
from app.shop.access import GRANTS
from app.shop.files.outside import Fact
from app.shop.rules import errors
from app.shop.rules.addresses import PARTS
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, ShopError
from app.shop.rules.orders import MOVES, Action, Role, Status, Tab
from app.shop.rules.pricing import Entry, OutsideEntry
from app.shop.rules.reasons import REASONS, Fault
from app.shop.rules.receipt import Kind
from app.shop.rules.refunds import EVENTS, PaymentStatus, RefundState
from app.shop.rules.refusals import NEXT_STEPS, WHY_NOT_CODES
from app.shop.rules.request_refusals import REQUEST_NEXT_STEPS, WHY_NOT_REQUEST
from app.shop.rules.requests import Queue, RequestAction, RequestStatus
from app.ui import ways
from app.ui.app import ROUTES
from app.ui.entries import ENTRIES
from app.ui.parts.compose import PHRASES
from app.ui.screens.entrance import Way
from app.ui.texts import day, has, left, moment, money, problem, reason_text, same_day, size, t, time_of_day
from tests.catalogues import ENGLISH

APP = Path(app.__file__).parent
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
TUESDAY = 1_772_534_400_000
"""Tuesday, 3 March 2026, 10:40 UTC."""


def calls(*folders: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in these folders of the app, with the name of what is called."""
    for folder in folders:
        for path in (APP / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def words(node: ast.AST) -> Iterator[str]:
    """The literal texts an expression can be; of a formatted one the part before its first gap."""
    match node:
        case ast.Constant(value=str(value)):
            yield value
        case ast.IfExp(body=body, orelse=other):
            yield from words(body)
            yield from words(other)


def whys() -> set[str]:
    """Every code that a function named after the question why not can answer."""
    functions = (
        node
        for path in (APP / "shop").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("why_not")
    )
    returned = (node.value for one in functions for node in ast.walk(one) if isinstance(node, ast.Return))
    return {code for value in returned if value for code in words(value)}


def errors_raised() -> set[str]:
    """The code of each error that the shop and the settings raise by name."""
    raised = (call for name, call in calls("shop") if name in ERRORS and call.args)
    return {code for call in raised for code in words(call.args[0])}


def steps_named() -> set[str]:
    """The next step of each refusal that names one itself."""
    refused = (call for name, call in calls("shop") if name == "Refused" and len(call.args) == 3)
    return {step for call in refused for step in words(call.args[2])}


def notifications_written() -> set[str]:
    """The code of each notification that an action writes."""
    told = ("buyer_code", "seller_code", "staff_code")
    keywords = (keyword for _, call in calls("shop") for keyword in call.keywords)
    return {code for one in keywords if one.arg in told for code in words(one.value)}


def problems_raised() -> set[str]:
    """The code of each problem that the API raises by name."""
    raised = (call for name, call in calls("server/api") if name == "Problem")
    return {code for call in raised for code in words(call.args[1])}


ACCESS = GRANTS["conversation"]
CODES = {
    "errors": errors_raised() | {"unexpected", "no_such_buyer", "no_such_shop"},
    "problems": problems_raised(),
    "why not": WHY_NOT_CODES | WHY_NOT_REQUEST | whys(),
    "next steps": {
        f"next.{step}" for step in {*NEXT_STEPS.values(), *REQUEST_NEXT_STEPS.values(), *steps_named()}
    },
    "reasons": {f"reason.{code}" for code in REASONS},
    "statuses": {f"status.{status}" for status in (*Status, "requested")},
    "beside a list": {f"choose.{one.pattern.strip('/')}" for one in ROUTES if one.lists},
    "queues": {f"{kind}.{queue}" for kind in ("tab", "queue_empty") for queue in Queue},
    "requests in a queue": {f"task.{status}" for status in RequestStatus},
    "ahead": {f"ahead.{role}.{status}" for action, status, role in MOVES if action is Action.CANCEL},
    "tabs": {f"tab.{tab}" for tab in (*Tab, "all")},
    "empty tabs": {f"empty.{tab}" for tab in (*Tab, "all")},
    "roles": {f"role.{role}" for role in (*Role, "YOU")},
    "methods": {f"method.{method}" for method in Method},
    "lines in the way": {
        f"checkout.{why}" for why in ("no_such_variant", "items_of_several_shops", "out_of_stock")
    },
    "parts of an address": {f"address.{part}" for part in PARTS},
    "price entries": {f"price.{entry}" for entry in (*Entry, *OutsideEntry)},
    "facts of files": {f"event.{fact}" for fact in Fact},
    "what was held": {f"held.{kind}" for kind in Kind},
    "events": {f"event.{action}" for action in (*Action, *RequestAction, "place_order")},
    "payments": {f"payment.{state}" for state in ("ATTEMPTED", "CAPTURED", "FAILED", "COD_DUE", "LATE")},
    "refunds": {f"refund.{state}" for state in RefundState},
    "steps of refunds": {f"event.{event}" for event in EVENTS.values()},
    "refunds told": {f"notice.{event}" for event in EVENTS.values() if event != "refund_sent"},
    "troubles": {f"trouble.{code}" for code in ("bank_unavailable", "account_closed", "other")},
    "payment statuses": {f"payment_status.{status}" for status in PaymentStatus},
    "responsible": {f"responsible.{fault}" for fault in Fault if fault is not Fault.NONE},
    "faults": {f"{told}.{fault}" for told in ("fault", "doing") for fault in Fault},
    "notifications": {f"notice.{code}" for code in notifications_written()},
    "ways to the chat": {f"contact.{role}" for role in ACCESS},
    "empty chats": {f"chat_empty{how}.{role}" for role in ACCESS for how in ("", "_how")},
    "phrases": {f"phrase.{code}" for codes in PHRASES.values() for code in codes},
    "in the way of erasing": {
        f"delete_{told}.{code}" for told in ("first", "how") for code in ENGLISH if code.startswith("erase_")
    },
    "entrance": {f"{way}.{told}" for way in Way for told in ("title", "how", "do")},
    "menu": {entry.label for entry in ENTRIES},
    "bar and rail": {way.text for way in (*ways.BAR, *ways.RAIL)},
    "screens": {code for name, call in calls("ui") if name == "t" for code in words(call.args[0])},
}


@pytest.mark.parametrize("kind", CODES)
def test_every_code_has_a_text(kind: str) -> None:
    assert CODES[kind]
    assert sorted(code for code in CODES[kind] if not has(code)) == []


def test_no_text_is_left_over() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in APP.rglob("*.py"))
    known = set().union(*CODES.values())
    known |= {f"command.{code}" for code in CODES["errors"]}
    unknown = [code for code in ENGLISH if code not in known and f'"{code}"' not in said]
    # The kind stands in front of a word that the shop stores.
    assert [code for code in unknown if "." not in code or f'"{code.rpartition(".")[2]}"' not in said] == []


def test_a_missing_fact_leaves_a_gap_and_an_unknown_code_a_calm_sentence() -> None:
    assert t("no_such_shop") == "There is no shop …."
    assert t("nobody_knows_this") == ENGLISH["unexpected"]
    assert problem(ShopError("nobody_knows_this")) == ENGLISH["unexpected"]


def test_a_refusal_says_what_would_be_right() -> None:
    assert problem(Invalid("text_too_long", {"length": 612, "limit": 500})) == (
        "That is 612 characters; at most 500 fit."
    )
    assert problem(Invalid("text_too_short", {"least": 1})) == "Please say it in a few words."
    assert problem(Invalid("text_too_short", {"least": 10})) == "Please write at least 10 characters."


def test_a_reason_of_another_platform_is_shown_as_it_stands() -> None:
    assert reason_text("BU_NOT_NEEDED") == "No longer needed"
    assert reason_text("changed my mind") == "changed my mind"


@given(st.integers(-(2**53), 2**53), st.text(max_size=5))
def test_any_amount_can_be_written(minor: int, currency: str) -> None:
    assert money(minor, currency)


def test_a_moment_is_told_on_the_clock_of_its_zone() -> None:
    assert moment(TUESDAY, "Asia/Jakarta", TUESDAY) == "17:40"
    assert moment(TUESDAY, "Nowhere/At_All", TUESDAY) == "10:40"


@pytest.mark.parametrize(
    ("days", "written"),
    [(0, "Today"), (1, "Yesterday"), (2, "Sunday"), (6, "Wednesday"), (7, "Feb 24"), (100, "Nov 23, 2025")],
)
def test_a_day_is_told_by_how_long_ago_it_was(days: int, written: str) -> None:
    assert day(TUESDAY - days * DAY, "UTC", TUESDAY) == written


def test_a_day_begins_at_the_midnight_of_its_zone() -> None:
    late = TUESDAY + 7 * HOUR  # 17:40 UTC, in Jakarta 00:40 of the next day
    assert same_day(TUESDAY, late, "UTC")
    assert not same_day(TUESDAY, late, "Asia/Jakarta")
    assert day(TUESDAY, "Asia/Jakarta", late) == "Yesterday"
    assert time_of_day(late, "Asia/Jakarta") == "00:40"


@pytest.mark.parametrize(
    ("ms", "written"),
    [
        (3 * DAY + 4 * HOUR, "3 days 4 h"),
        (DAY, "1 day 0 h"),
        (2 * HOUR + 10 * MINUTE, "2 h 10 min"),
        (12 * MINUTE + 59_999, "12 min"),
        (2 * MINUTE - 1, "2 min 0 s"),
        (80_001, "1 min 21 s"),
        (5_000, "5 s"),
        (1, "1 s"),
        (0, "0 s"),
        (-5, "0 s"),
    ],
)
def test_seconds_are_told_only_in_the_last_two_minutes(ms: int, written: str) -> None:
    assert left(ms) == written


def test_what_is_counted_has_the_separators_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    assert t("import_came", count=5681) == "5,681 orders came in"
    assert t("import_came", count=999) == "999 orders came in"
    monkeypatch.setenv("TAKEBACK_LANGUAGE", "id")
    assert t("import_came", count=5681) == "5.681 pesanan masuk"


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0 bytes"), (1, "1 byte"), (640, "640 bytes"), (12_345, "12 kB"), (3_400_000, "3.4 MB")],
)
def test_sizes_are_told_in_the_unit_that_fits(count: int, told: str) -> None:
    assert size(count) == told


@pytest.mark.parametrize("language", ["id", "vi"])
def test_a_size_has_words_in_every_language(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
    assert size(640) == "640 byte"
