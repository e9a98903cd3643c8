"""Answers: what was found, what went wrong and the OpenAPI, each with its headers, as they go out."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode

from app.server.api.calls import Answer, Call
from app.server.api.problems import Headers, Problem
from app.server.door import Message, Receive, Send
from app.shop.pictures import MIME

_TYPE = b"content-type"
_PLAIN: Headers = [(b"x-content-type-options", b"nosniff")]
_OWN: Headers = [*_PLAIN, (b"cache-control", b"no-store")]
"""What one person is answered is nobody else's, nor of a later moment."""
_JSON: Headers = [(_TYPE, b"application/json"), *_OWN]
_PICTURE: Headers = [(_TYPE, MIME.encode()), *_OWN]
_TEXT: Headers = [(_TYPE, b"text/plain; charset=utf-8"), (b"vary", b"accept-language"), *_OWN]
_PROBLEM: Headers = [(_TYPE, b"application/problem+json"), (b"vary", b"accept-language"), *_OWN]

Told = tuple[int, bytes, Headers]


def found(answer: Answer, call: Call, scope: Message) -> Told:
    """What was asked for, and where the next page is."""
    headers = _PICTURE if call.result is bytes else _JSON
    if answer.further is None:
        return 200, answer.body, headers
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    asked = [(name, value) for name, value in query if name != call.cursor]
    further = f"{quote(scope['path'])}?{urlencode([*asked, (call.cursor, answer.further)])}"
    return 200, answer.body, [*headers, (b"link", f'<{further}>; rel="next"'.encode())]


def told(problem: Problem, headers: Mapping[bytes, bytes]) -> Told:
    """What went wrong, in the language that is asked for."""
    return problem.status, problem.body(_languages(headers)), [*_PROBLEM, *problem.headers]


def written(problem: Problem, headers: Mapping[bytes, bytes]) -> Told:
    """What went wrong, as a sentence for a person."""
    return problem.status, f"{problem.title(_languages(headers))}\n".encode(), [*_TEXT, *problem.headers]


def _languages(headers: Mapping[bytes, bytes]) -> str:
    return headers.get(b"accept-language", b"").decode("latin-1")


def page_of(page: bytes, mark: bytes, headers: Mapping[bytes, bytes]) -> Told:
    """The OpenAPI, or that it is still the same."""
    more = [(_TYPE, b"application/json"), (b"etag", mark), (b"cache-control", b"no-cache"), *_PLAIN]
    known = mark in headers.get(b"if-none-match", b"")
    return (304, b"", more) if known else (200, page, more)


async def send_answer(send: Send, status: int, body: bytes, length: int, headers: Headers) -> None:
    """Send a whole answer; `length` is what the body would have where it is left out."""
    headers = headers if status == 304 else [*headers, (b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def refuse_other(scope: Message, receive: Receive, send: Send) -> None:
    """No connection is kept open here; that a server starts and ends is answered."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
