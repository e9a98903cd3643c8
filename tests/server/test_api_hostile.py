"""The HTTP API against what nobody should send: whatever comes, it is a problem, and the rest goes on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.server.api.bodies import MOST_JSON, MOST_PHOTO
from app.shop.shop import Shop
from tests.actions.steps import MAI, OPS, column, fresh, place
from tests.people import stock
from tests.server.programs import BASE, Programs, asked, programs

NUMBERS = (
    "1e400",
    "-1e400",
    "1" * 400,
    "NaN",
    "Infinity",
    "1.5",
    "2147483648",
    "true",
    "null",
    '"1"',
    "[1]",
    "{}",
)
BODIES = (
    b"",
    b"{",
    b"null",
    b"[]",
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    b"[" * 60_000,
    b'{"reason":' + b"[" * 50_000,
    b'{"reason":"\\ud800"}',
    b'{"reason":"\\u0000"}',
    b'{"reason":"\xc0\x80"}',
    b'{"reason":"BU_MISTAKE","more":1}',
    b'{"reason":1}',
    b'{"reason":["BU_MISTAKE"]}',
    b'{"reason":null}',
    b'{"reason":"BU_MISTAKE","text":{"$gt":""}}',
    b'{"reason":"BU_MISTAKE","__class__":"x"}',
)


@pytest.fixture
def served(shop: Shop, tmp_path: Path) -> Iterator[Programs]:
    """Programs over a stocked shop, on each database."""
    stock(shop)
    with programs(shop, tmp_path) as found:
        yield found


async def test_a_body_that_cannot_be_used_does_nothing(served: Programs) -> None:
    number = place(served.shop)
    for body in BODIES:
        answer = await served.post(
            f"/orders/{number}/cancel", MAI, body, key=fresh(), content_type="application/json"
        )
        assert (answer.status, answer.code) == (422, "request_unusable"), body[:40]
        assert answer.json["errors"]
    assert column(served.shop, number, "status") == "UNPAID"


async def test_a_number_that_is_none_is_refused(served: Programs) -> None:
    number = place(served.shop)
    for value in NUMBERS:
        body = f'{{"line": {value}, "variant_id": "42"}}'.encode()
        answer = await served.post(
            f"/orders/{number}/change-variant", MAI, body, key=fresh(), content_type="application/json"
        )
        assert (answer.status, answer.code) == (422, "request_unusable"), value
    for pieces in (0, -1, 10**5, 10**30):
        given = {"items": [{"variant_id": "41", "pieces": pieces}], "method": "CARD"}
        assert (await served.post("/orders", MAI, given, key=fresh())).status == 422
    far = {"items": [{"variant_id": str(2**63), "pieces": 1}], "method": "CARD"}
    assert (await served.post("/orders", MAI, far, key=fresh())).status == 422
    most = {"items": [{"variant_id": str(2**63 - 1), "pieces": 1}], "method": "CARD"}
    assert (await served.post("/orders", MAI, most, key=fresh())).code == "no_such_variant"


async def test_a_setting_of_any_kind_is_checked_by_the_rules(served: Programs) -> None:
    for value in (
        *(one for one in NUMBERS if one != "null"),
        "1" * 4_000,
        "1" * 5_000,
        '"x"',
        "[[[[1]]]]",
        '[{"reasons": 1}]',
        '{"a": {"b": []}}',
    ):
        body = f'{{"settings": {{"undo_ms": {value}, "auto_approve": {value}}}}}'.encode()
        answer = await served.post("/policies/0", OPS, body, key=fresh(), content_type="application/json")
        assert answer.status in (409, 422), value[:40]
        assert answer.code


async def test_nothing_of_what_was_sent_comes_back(served: Programs) -> None:
    secret = "4111 1111 1111 1111"
    body = json.dumps({"reason": {"card": secret}, secret * 9: 1}).encode()
    answer = await served.post("/orders/1/cancel", MAI, body, key="k", content_type="application/json")
    assert answer.status == 422
    assert b"Traceback" not in answer.body
    assert len(answer.body) < 2_000


async def test_a_body_is_bounded_whatever_it_says_of_itself(served: Programs) -> None:
    token = served.token(MAI)
    told = {"authorization": f"Bearer {token}", "content-type": "application/json", "idempotency-key": "k"}
    path = f"{BASE}/orders/1/cancel"
    large = [b"x" * MOST_JSON, b"x"]
    for headers in (
        {"content-length": str(MOST_JSON + 1)},
        {"content-length": "1"},
        {"transfer-encoding": "chunked"},
    ):
        answer = await asked(served.app, "POST", path, told | headers, large)
        assert (answer.status, answer.code) == (413, "body_too_large")
    cut = await asked(served.app, "POST", path, told | {"content-length": "9" * 4_000}, [b"{}"])
    assert cut.status == 413


async def test_only_json_and_only_pictures_are_taken_where_they_are_meant(served: Programs) -> None:
    number = place(served.shop)
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
        "application/jsonp",
    ):
        answer = await served.post(
            f"/orders/{number}/cancel", MAI, b'{"reason":"BU_MISTAKE"}', key="k", content_type=kind
        )
        assert (answer.status, answer.code) == (415, "kind_not_taken"), kind
    for kind in ("application/json", ""):
        answer = await served.post(f"/orders/{number}/photos", MAI, b"GIF89a", key="k", content_type=kind)
        assert answer.status == 415
    bad = await served.post(f"/orders/{number}/photos", MAI, b"GIF89a", key="k", content_type="image/gif")
    assert bad.status == 422
    assert bad.code.startswith("photo_")


async def test_megabytes_are_taken_from_nobody_unknown(served: Programs) -> None:
    unread: list[bytes] = [b"x" * 1_000] * 3
    headers = {
        "authorization": "Bearer none",
        "content-type": "image/jpeg",
        "content-length": str(MOST_PHOTO),
    }
    answer = await asked(served.app, "POST", f"{BASE}/orders/1/photos", headers, unread)
    assert (answer.status, answer.code) == (401, "token_unusable")


@pytest.mark.parametrize(
    "token", ["", " ", "Basic abc", "Bearer", "Bearer  ", "bearer ' OR 1=1 --", "Bearer \xff\x00"]
)
async def test_what_is_no_token_lets_nobody_in(served: Programs, token: str) -> None:
    answer = await asked(served.app, "GET", f"{BASE}/me", {"authorization": token}, [b""])
    assert answer.status == 401
    assert answer.code in ("token_missing", "token_unusable")
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_connection_of_another_kind_is_closed(served: Programs) -> None:
    sent = []

    async def receive() -> dict[str, object]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await served.app({"type": "websocket", "path": f"{BASE}/orders", "headers": []}, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]
