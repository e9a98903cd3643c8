"""Sending the client: small where the browser takes it so, kept by it for good where it never changes."""

import re
from base64 import b64encode
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from app.server.client import Client, File
from app.server.pressed import ENCODINGS, Pressed
from app.server.workers import COOKIE

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=600, stale-while-revalidate=86400"
ASK_FIRST = "private, no-cache"

POLICY = (
    "default-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval' blob:"
)
"""Everything comes from the page's own server. The client's engine writes style sheets and starts its
workers from blobs; scripts in the page itself are allowed one by one, by their hash."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class Sending:
    """The ASGI app of the page and all that it loads; any address without an ending is the page's."""

    def __init__(
        self, client: Client, pressed: Pressed | None = None, names: Sequence[str] = (), number: int = 0
    ) -> None:
        """`names` are those of all workers, where there are several, and `number` says which one sends."""
        self._names, self._number = names, number
        self._client = client
        self._pressed = pressed
        policy = f"{POLICY} {' '.join(hashes(client.page))}"
        # The policy too: a browser that asks whether its page is still the same keeps the policy it has.
        tag = f'"{sha256(client.page + policy.encode()).hexdigest()[:32]}"'
        self._page = {"content-security-policy": policy, "etag": tag, "cache-control": ASK_FIRST}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._answer(Request(scope))(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return PlainTextResponse("GET or HEAD\n", 405, {"allow": "GET, HEAD"})
        path = request.url.path
        if path.startswith(self._client.prefix):
            found = self._client.files.get(path.removeprefix(self._client.prefix))
            return self._file(request, found, FOR_GOOD) if found else _nothing()
        if own := self._client.own.get(path.lstrip("/")):
            return self._file(request, own, FOR_A_WHILE)
        if PurePosixPath(path).suffix in {"", ".html"} and not path.startswith("/client/"):
            return self._shown(request)
        return _nothing()

    def _shown(self, request: Request) -> Response:
        if _has(request, self._page["etag"]):
            answer = Response(status_code=304, headers=self._page)
        else:
            answer = Response(self._client.page, headers=self._page, media_type="text/html")
        if self._names and request.cookies.get(COOKIE) not in self._names:
            name, secure = self._names[self._number], request.url.scheme == "https"
            answer.set_cookie(COOKIE, name, secure=secure, httponly=True, samesite="strict")
        return answer

    def _file(self, request: Request, file: File, kept: str) -> Response:
        small = self._pressed.of(file, accepted(request)) if self._pressed else None
        encoding, path = small or ("", file.path)
        tag = f'"{file.name}{ENCODINGS.get(encoding, "")}"'
        headers = {"etag": tag, "cache-control": kept, "vary": "accept-encoding"}
        if _has(request, tag):
            return Response(status_code=304, headers=headers)
        media_type = _TYPES.get(file.path.suffix, "application/octet-stream")
        if encoding:
            headers["content-encoding"] = encoding
        elif file.content is not None:
            return Response(file.content, headers=headers, media_type=media_type)
        return FileResponse(path, headers=headers, media_type=media_type)


def accepted(request: Request) -> Collection[str]:
    """The encodings that who asks says they can read."""
    told = (part.partition(";") for part in request.headers.get("accept-encoding", "").lower().split(","))
    return {name.strip() for name, _, quality in told if not re.fullmatch(r"\s*q=0(\.0*)?\s*", quality)}


def hashes(page: bytes) -> Iterator[str]:
    """The source expression of each script that stands in `page` itself."""
    for script in _INLINE_SCRIPT.findall(page):
        yield f"'sha256-{b64encode(sha256(script).digest()).decode()}'"


def _has(request: Request, tag: str) -> bool:
    told = request.headers.get("if-none-match", "")
    return told == "*" or tag in (one.strip().removeprefix("W/") for one in told.split(","))


def _nothing() -> Response:
    return PlainTextResponse("There is nothing here.\n", 404)
