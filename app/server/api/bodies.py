"""Bodies and headers of a request, within bounds, before anything is made of them."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from app.server.api.problems import Problem
from app.server.door import Receive

MOST_JSON = 64 << 10
MOST_PHOTO = 20 << 20
"""Bytes of a body."""
BEARER = "bearer "
JSON = "application/json"
MOST_FIELDS = 100
PHOTOS = ("image/", "application/octet-stream")

Headers = Mapping[bytes, bytes]


def token_of(headers: Headers) -> str:
    """The bearer token. Raises Problem where there is none."""
    told = headers.get(b"authorization", b"").decode("latin-1")
    if told[: len(BEARER)].lower() != BEARER or not told[len(BEARER) :].strip():
        raise Problem(401, "token_missing", headers=[(b"www-authenticate", b'Bearer realm="takeback"')])
    return told[len(BEARER) :].strip()


def key_of(headers: Headers) -> str | None:
    """The Idempotency-Key: a string of structured fields, in quotes, or as it stands."""
    told = headers.get(b"idempotency-key", b"").decode("latin-1").strip()
    quoted = len(told) > 1 and told[0] == told[-1] == '"'
    return (told[1:-1].replace('\\"', '"').replace("\\\\", "\\") if quoted else told) or None


def check_kind(headers: Headers, *, photo: bool) -> None:
    """Raise Problem where a body is said to be of another kind than is taken."""
    length, chunked = headers.get(b"content-length", b"0"), b"transfer-encoding" in headers
    kind = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    if not kind and length == b"0" and not chunked and not photo:
        return
    if kind.startswith(PHOTOS) if photo else kind == JSON:
        return
    raise Problem(415, "kind_not_taken", {"right": "image/*" if photo else JSON})


async def body_of(headers: Headers, receive: Receive, most: int) -> bytes:
    """The whole body. Raises Problem for one of more than `most` bytes, whatever it said of itself."""
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and int(length[:20]) > most:
        raise Problem(413, "body_too_large", {"most": most >> 10})
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem(400, "body_cut")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            raise Problem(413, "body_too_large", {"most": most >> 10})
        if not message.get("more_body"):
            return b"".join(parts)


def query_of(query: bytes) -> dict[str, list[str]]:
    """What is asked beside the address, by name. Raises Problem for too much of it."""
    found: dict[str, list[str]] = {}
    try:
        told = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Problem(422, "request_unusable") from error
    for name, value in told:
        found.setdefault(name, []).append(value)
    return found
