"""Problems: what goes wrong, as RFC 9457 has it, in the language of who asks."""

from dataclasses import dataclass, field
from typing import Any

from pydantic_core import ValidationError

from app.languages import LANGUAGES
from app.server.api.forms import outside
from app.shop.rules.errors import (
    Changed,
    Invalid,
    KeyReused,
    NotFound,
    Refused,
    ShopError,
    StoreBusy,
    StoreTrouble,
)
from app.shop.sql import as_json
from app.ui.language import speaking
from app.ui.texts import has, problem, t

MOST_ERRORS = 20
"""Wrong values that are told of one request."""
Headers = list[tuple[bytes, bytes]]

_BY_KIND: tuple[tuple[type[ShopError], int], ...] = (
    (NotFound, 404),
    (KeyReused, 422),
    (Changed, 409),
    (Invalid, 422),
    (StoreBusy, 503),
    (StoreTrouble, 503),
    (Refused, 409),
    (ShopError, 500),
)
_BY_CODE = {
    "try_later": 429,
    "too_fast": 429,
    "token_unusable": 401,
    "role_may_not": 403,
    "import_not_yours": 403,
}


@dataclass
class Problem(Exception):
    """What a request is answered instead of what it asked for."""

    status: int
    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    headers: Headers = field(default_factory=list)
    errors: list[dict[str, str]] = field(default_factory=list)
    next_step: str | None = None

    def title(self, languages: str) -> str:
        """As a sentence, in the first of the `languages` (Accept-Language) that is ours."""
        with speaking(preferred(languages)):
            return problem(ShopError(self.code, dict(self.facts)))

    def body(self, languages: str) -> bytes:
        """As JSON, in the first of the `languages` that is ours."""
        with speaking(preferred(languages)):
            step = f"next.{self.next_step}"
            detail = t(step, **self.facts) if self.next_step and has(step) else None
        told = {
            "type": f"tag:takeback.app,2026:{self.code}",
            "title": self.title(languages),
            "status": self.status,
            "detail": detail,
            "code": self.code,
            "facts": outside(self.facts) or None,
            "next_step": self.next_step,
            "errors": self.errors or None,
        }
        return as_json({name: value for name, value in told.items() if value is not None}).encode()


def problem_of(error: ShopError) -> Problem:
    """What the shop refuses, as a problem."""
    code, facts = error.code, dict(error.facts)
    status = _BY_CODE.get(code) or next(status for kind, status in _BY_KIND if isinstance(error, kind))
    headers: Headers = []
    if status == 429:
        headers = [(b"retry-after", str(facts.get("seconds", 1)).encode())]
    elif status == 503:
        # Which file or server it is is no stranger's to know.
        headers, facts = [(b"retry-after", b"1")], {}
    elif status == 401:
        headers = [(b"www-authenticate", b'Bearer realm="takeback", error="invalid_token"')]
    elif isinstance(error, Changed):
        facts = {}
    return Problem(status, code, facts, headers, next_step=getattr(error, "next_step", None))


def unusable(error: ValidationError, where: str) -> Problem:
    """What is wrong with what came in `where`: body, query or path. Nothing of it is repeated."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    told = [
        {
            "pointer": "/".join((f"#/{where}", *map(_token, one["loc"]))),
            "code": one["type"],
            "detail": one["msg"],
        }
        for one in found[:MOST_ERRORS]
    ]
    return Problem(422, "request_unusable", errors=told)


def _token(part: int | str) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")[:100]


def preferred(languages: str) -> str | None:
    """The language of ours that an Accept-Language header asks for most."""
    weighed = []
    for n, one in enumerate(languages.split(",")[:20]):
        name, _, quality = one.strip().partition(";")
        language = name.split("-")[0].strip().lower()
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        if language in LANGUAGES and weight > 0:
            weighed.append((-weight, n, language))
    return min(weighed)[2] if weighed else None
