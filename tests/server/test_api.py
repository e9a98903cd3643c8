"""The HTTP API: what is offered, tokens, keys, pages, problems, and how fast one may ask."""

import asyncio
import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.server.api.endpoints import ACTIONS, READS
from app.server.api.forms import iso
from app.server.api.not_offered import NOT_OFFERED
from app.shop import actions, reads
from app.shop.actions.accounts import give_password
from app.shop.actions.api_tokens import MARK, make_token, revoke_token
from app.shop.actions.erase import erase_person
from app.shop.actions.sign_in import sign_out_elsewhere
from app.shop.reads.api_tokens import tokens_of
from app.shop.rules.accounts import MOST_TOKENS, PATIENCE, Guessed, Rate, Scope
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.shop import CARRIER, Shop
from tests.actions.steps import BUDI, IDS, MAI, NOTE, OPS, SARI, column, fresh, many, place, rows
from tests.conftest import Clock
from tests.people import stock
from tests.server.programs import Programs, programs

CANCEL = {"reason": "BU_MISTAKE"}


@pytest.fixture
def served(sqlite_shop: Shop, tmp_path: Path) -> Iterator[Programs]:
    """Programs over a stocked shop on SQLite."""
    stock(sqlite_shop)
    with programs(sqlite_shop, tmp_path) as found:
        yield found


@pytest.fixture
def both(shop: Shop, tmp_path: Path) -> Iterator[Programs]:
    """Programs over a stocked shop, on each database."""
    stock(shop)
    with programs(shop, tmp_path) as found:
        yield found


def public(package: Any) -> Iterator[str]:
    """The actions or reads of a package: its public functions that begin with the shop."""
    for module in pkgutil.iter_modules(package.__path__):
        found = importlib.import_module(f"{package.__name__}.{module.name}")
        for name, one in vars(found).items():
            ours = inspect.isfunction(one) and one.__module__ == found.__name__ and not name.startswith("_")
            if ours and next(iter(inspect.signature(one).parameters), "") == "shop":
                yield name


def test_every_action_and_read_is_offered_or_says_why_not() -> None:
    offered = [one.run.__name__ for one in (*READS, *ACTIONS)]
    assert len(offered) == len(set(offered))
    assert not set(offered) & set(NOT_OFFERED)
    assert {*public(actions), *public(reads)} == {*offered, *NOT_OFFERED}


async def test_numbers_are_text_and_times_are_iso(served: Programs) -> None:
    number = place(served.shop)
    (order,) = (await served.get("/orders", MAI)).json
    assert order["number"] == str(number)
    assert order["lines"][0]["variant_id"] == str(IDS.cream)
    assert order["created_at"] == "2026-03-02T09:00:00.000Z"
    done = (await served.post(f"/orders/{number}/cancel", MAI, CANCEL, key="k")).json
    assert done["number"] == str(number)
    placed = await served.post(
        "/orders", MAI, {"items": [{"variant_id": str(IDS.cream), "pieces": 1}], "method": "CARD"}, key="p"
    )
    assert datetime.fromisoformat(placed.json["pay_by"]).utcoffset() is not None


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_is_told_to_the_millisecond(at: datetime) -> None:
    ms = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    told = datetime.fromisoformat(iso(ms))
    assert (told, told.utcoffset()) == (at.replace(microsecond=at.microsecond // 1000 * 1000), timedelta())


async def test_what_a_program_does_is_told_to_open_windows(served: Programs) -> None:
    number = place(served.shop)
    await served.post(f"/orders/{number}/cancel", MAI, CANCEL, key="k")
    await served.get(f"/orders/{number}", MAI)
    assert served.told == [frozenset({MAI.id, SARI.id})]


async def test_a_key_gives_the_first_answer_again(both: Programs) -> None:
    number = place(both.shop)
    first = await both.post(f"/orders/{number}/cancel", MAI, CANCEL, key="once")
    again = await both.post(f"/orders/{number}/cancel", MAI, CANCEL, key='"once"')
    assert (first.status, first.body) == (again.status, again.body)
    other = await both.post(f"/orders/{number}/cancel", MAI, {"reason": "BU_PAYMENT"}, key="once")
    assert (other.status, other.code) == (422, "key_reused")


async def test_of_many_at_once_with_one_key_all_are_answered_the_same(both: Programs) -> None:
    number = place(both.shop)
    asked = [both.post(f"/orders/{number}/cancel", MAI, CANCEL, key="once") for _ in range(12)]
    answers = await asyncio.gather(*asked)
    assert len({(one.status, one.body) for one in answers}) == 1
    assert answers[0].status == 200
    assert column(both.shop, number, "version") == 1


async def test_of_many_at_once_with_keys_of_their_own_one_wins(both: Programs) -> None:
    number = place(both.shop)
    asked = [both.post(f"/orders/{number}/cancel", MAI, CANCEL, key=fresh()) for _ in range(12)]
    answers = await asyncio.gather(*asked)
    assert sorted(one.status for one in answers) == [200] + [409] * 11


async def test_without_a_key_nothing_is_done(served: Programs) -> None:
    number = place(served.shop)
    for key in ({}, {"key": ""}, {"key": '""'}):
        answer = await served.post(f"/orders/{number}/cancel", MAI, CANCEL, **key)
        assert (answer.status, answer.code) == (400, "key_missing")
    long = await served.post(f"/orders/{number}/cancel", MAI, CANCEL, key="k" * 201)
    assert (long.status, long.code) == (422, "key_length")
    assert column(served.shop, number, "status") == "UNPAID"
    assert (await served.post("/notices/read", MAI)).status == 200


@pytest.mark.parametrize("path", ["/orders", "/orders/search", "/notices", "/feed"])
async def test_pages_follow_one_another_to_the_end(served: Programs, path: str) -> None:
    for number in many(served.shop, 7):
        if number % 2:
            await served.post(f"/orders/{number}/cancel", MAI, CANCEL, key=fresh())
    whole = (await served.get(f"{path}?limit=100", MAI)).json
    found, at, pages = [], f"{path}?limit=2", 0
    while at:
        answer = await served.get(at, MAI)
        found += _listed(answer.json)
        link = answer.headers.get("link", "")
        at = link.partition(">")[0].removeprefix("<")
        assert not link or link.endswith('; rel="next"')
        pages += 1
        assert pages < 20
    assert found == _listed(whole)


def _listed(page: Any) -> list[Any]:
    return list(
        page if isinstance(page, list) else next(one for one in page.values() if isinstance(one, list))
    )


async def test_the_policy_s_edits_come_in_pages(served: Programs) -> None:
    for n in range(5):
        await served.post("/policies/0", OPS, {"settings": {"undo_ms": 3000 + n}}, key=fresh())
    first = await served.get("/policies/edits?limit=3", OPS)
    rest = await served.get(first.headers["link"].partition(">")[0][1:], OPS)
    assert [one["n"] for one in first.json + rest.json] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("limit", ["0", "-1", "101", "x", "99999999999999999999"])
async def test_a_page_has_bounds(served: Programs, limit: str) -> None:
    answer = await served.get(f"/orders?limit={limit}", MAI)
    assert (answer.status, answer.code) == (422, "request_unusable")
    assert answer.json["errors"][0]["pointer"] == "#/query/limit"


async def test_a_problem_says_what_comes_next_in_the_language_asked_for(served: Programs) -> None:
    number = place(served.shop)
    await served.post(f"/orders/{number}/cancel", MAI, CANCEL, key="a")
    told = []
    for language in ("en", "id, en;q=0.5", "fr, vi-VN;q=0.8, en;q=0.2", "fr", "id;q=0, vi;q=x, *"):
        answer = await served.post(f"/orders/{number}/cancel", MAI, CANCEL, key="b", accept_language=language)
        assert (answer.status, answer.code) == (409, "already_cancelled")
        assert answer.json["next_step"] == "buy_again"
        assert answer.json["facts"]["number"] == str(number)
        assert answer.headers["vary"] == "accept-language"
        told.append((answer.json["title"], answer.json["detail"]))
    english, indonesian, vietnamese, *otherwise = told
    assert vietnamese[0].startswith("Đơn")
    assert len({english, indonesian, vietnamese}) == 3
    assert otherwise == [english, english]


@pytest.mark.parametrize(
    ("verb", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "missing"),
        ("GET", "/orders/1/nothing", 404, "missing"),
        ("GET", "//orders", 404, "missing"),
        ("GET", "/orders/", 404, "missing"),
        ("GET", "/orders/x", 422, "request_unusable"),
        ("GET", "/orders/1", 404, "no_such_order"),
        ("GET", f"/orders/{10**19 - 1}", 422, "request_unusable"),
        ("PATCH", "/orders", 405, "verb_not_here"),
        ("OPTIONS", "/orders", 405, "verb_not_here"),
        ("GET", "/orders?wrong=1", 422, "request_unusable"),
        ("GET", "/orders?limit=1&limit=2", 422, "request_unusable"),
        ("GET", "/orders?tab=none", 422, "request_unusable"),
        ("GET", "/orders/search?search=a%00b", 422, "request_unusable"),
        ("GET", "/notices?before=1.2", 422, "request_unusable"),
        ("GET", "/checkout", 422, "request_unusable"),
        ("GET", "/checkout?items=1", 422, "request_unusable"),
        ("GET", "/audit?since=yesterday", 422, "request_unusable"),
        ("POST", "/openapi.json", 404, "missing"),
    ],
)
async def test_whatever_is_wrong_is_told_as_a_problem(
    served: Programs, verb: str, path: str, status: int, code: str
) -> None:
    answer = await served.ask(verb, path, OPS if "audit" in path else MAI)
    assert (answer.status, answer.code) == (status, code)
    assert answer.headers["cache-control"] == "no-store"
    if status == 405:
        assert answer.headers["allow"] == "GET, POST"


async def test_a_head_has_the_headers_of_a_get(served: Programs) -> None:
    get, head = await served.get("/me", MAI), await served.ask("HEAD", "/me", MAI)
    assert (head.status, head.headers, head.body) == (200, get.headers, b"")


async def test_no_page_of_another_host_may_ask(served: Programs) -> None:
    answer = await served.get("/me", MAI, origin="https://evil.example")
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_an_order_put_through_by_programs_alone(served: Programs) -> None:
    items = [{"variant_id": str(IDS.cream), "pieces": 2}]
    number = (await served.post("/orders", MAI, {"items": items, "method": "CARD"}, key="1")).json["number"]
    paid = await served.post(f"/orders/{number}/charge", MAI, key="2")
    assert paid.status == 200
    asked = await served.post(f"/orders/{number}/ask-to-cancel", MAI, {"reason": "BP_MISTAKE"}, key="3")
    assert asked.status == 200, asked.body
    (task,) = (await served.get("/queue/to-answer", SARI)).json["tasks"]
    assert (task["number"], task["id"]) == (number, asked.json["request"])
    given = {"reason": "SP_OTHER", "note": NOTE, "seen": task["id"]}
    agreed = await served.post(f"/orders/{number}/cancel-and-refund", SARI, given, key="4")
    assert agreed.status == 200, agreed.body
    assert (await served.get(f"/orders/{number}", MAI)).json["order"]["status"] == "CANCELLED"


def test_a_token_is_kept_as_a_digest_and_told_once(sqlite_shop: Shop) -> None:
    stock(sqlite_shop)
    made = make_token(sqlite_shop, MAI, "ERP", [Scope.ORDERS_READ])
    assert made.token.startswith(MARK)
    assert made.token not in str(rows(sqlite_shop, "SELECT * FROM api_tokens"))
    (row,) = tokens_of(sqlite_shop, MAI)
    assert (row.id, row.name, row.scopes, row.seen_at) == (made.id, "ERP", ("orders:read",), None)
    assert tokens_of(sqlite_shop, BUDI) == ()


def test_a_token_that_cannot_be_is_not_made(sqlite_shop: Shop) -> None:
    stock(sqlite_shop)
    wrong: dict[str, Any]
    for wrong in ({"scopes": []}, {"days": 0}, {"days": 366}, {"name": "x" * 61}, {"name": "a\x00b"}):
        with pytest.raises(Invalid):
            make_token(sqlite_shop, MAI, **{"name": "", "scopes": [Scope.GOODS_READ]} | wrong)
    with pytest.raises(NotFound):
        make_token(sqlite_shop, CARRIER, "", [Scope.GOODS_READ])
    for _ in range(MOST_TOKENS):
        make_token(sqlite_shop, MAI, "", [Scope.GOODS_READ])
    with pytest.raises(Refused, match="too_many_tokens"):
        make_token(sqlite_shop, MAI, "", [Scope.GOODS_READ])


async def test_a_token_ends_by_itself_or_when_it_is_ended(served: Programs, clock: Clock) -> None:
    made = make_token(served.shop, MAI, "", [Scope.ACCOUNT_READ], days=1)
    assert (await served.get("/me", made.token)).status == 200
    with pytest.raises(NotFound):
        revoke_token(served.shop, BUDI, made.id)
    clock.move(days=1)
    assert (await served.get("/me", made.token)).code == "token_unusable"
    other = make_token(served.shop, MAI, "", list(Scope))
    assert (await served.ask("DELETE", f"/me/tokens/{other.id}", other.token)).status == 200
    ended = await served.get("/me", other.token)
    assert (ended.status, ended.code) == (401, "token_unusable")
    assert ended.headers["www-authenticate"].startswith("Bearer ")


async def test_a_token_outlives_sign_ins_but_not_its_person_nor_a_password_given(served: Programs) -> None:
    token, budis = served.token(MAI), served.token(BUDI)
    sign_out_elsewhere(served.shop, MAI)
    assert (await served.get("/me", token)).status == 200
    give_password(served.shop, OPS, MAI.id)
    assert (await served.get("/me", token)).status == 401
    erase_person(served.shop, BUDI, BUDI.id, key="gone")
    assert (await served.get("/me", budis)).status == 401
    assert rows(served.shop, "SELECT * FROM api_tokens") == []


async def test_bad_tokens_are_tries_of_their_address(served: Programs, clock: Clock) -> None:
    good, free = served.token(MAI), PATIENCE[Guessed.ADDRESS].free
    statuses = [(await served.get("/me", f"guess-{n}")).status for n in range(free + 2)]
    assert statuses == [401] * free + [429] * 2
    waiting = await served.get("/me", "guess")
    assert (waiting.code, waiting.headers["retry-after"]) == ("try_later", "15")
    # Who shares the address with a guesser goes on; a guesser elsewhere begins anew.
    assert (await served.get("/me", good)).status == 200
    served.address = "192.0.2.2"
    assert (await served.get("/me", "guess")).status == 401
    served.address = "192.0.2.1"
    clock.move(seconds=15)
    assert (await served.get("/me", "guess")).status == 401


async def test_who_guesses_on_while_they_wait_keeps_nobody_from_writing(served: Programs) -> None:
    for n in range(PATIENCE[Guessed.ADDRESS].free):
        await served.get("/me", f"guess-{n}")
    with served.shop.change():
        answer = await asyncio.wait_for(served.get("/me", "guess"), 5)
    assert answer.code == "try_later"


async def test_a_token_that_hurries_waits_and_others_do_not(
    sqlite_shop: Shop, tmp_path: Path, clock: Clock
) -> None:
    stock(sqlite_shop)
    with programs(sqlite_shop, tmp_path, Rate(2, 5)) as served:
        statuses = [(await served.get("/me", MAI)).status for _ in range(7)]
        assert statuses == [200] * 5 + [429] * 2
        hurried = await served.get("/me", MAI)
        assert (hurried.code, hurried.headers["retry-after"]) == ("too_fast", "1")
        assert (await served.get("/me", BUDI)).status == 200
        clock.move(seconds=1)
        assert [(await served.get("/me", MAI)).status for _ in range(3)] == [200, 200, 429]


async def test_the_openapi_says_itself_whether_it_changed(served: Programs) -> None:
    first = await served.get("/openapi.json", None)
    assert first.status == 200
    assert {one["operationId"] for path in first.json["paths"].values() for one in path.values()} == {
        one.run.__name__ for one in (*READS, *ACTIONS)
    }
    again = await served.get("/openapi.json", None, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


async def test_the_openapi_names_nothing_that_is_not_there_and_no_other_host(served: Programs) -> None:
    page = (await served.get("/openapi.json", None)).body.decode()
    named = {part.split('"')[0] for part in page.split('"#/components/schemas/')[1:]}
    assert named <= set(json.loads(page)["components"]["schemas"])
    assert "http" not in page.replace('"http"', "")
