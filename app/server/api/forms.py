"""Forms: how a type of Python looks in JSON, both to the serializer and to who reads the OpenAPI.

Numbers of orders, people and things are text, for a browser's numbers end at 2^53; times are ISO 8601 UTC.
What an int counts is known by its name, as everywhere in the shop.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core import core_schema as cs

from app.shop.numbers import LARGEST
from app.shop.rules.policy import MINUTE

Told = dict[str, Any]
"""A JSON Schema."""

_TIMES = frozenset({"at", "by", "until", "since", "last_answer", "longer_until"})
_IDS = frozenset(
    {"id", "number", "order_number", "person", "subject", "replaces", "replaced_by", "before", "after", "end"}
    | {"shop_ids", "seen", "here"}
)
MOST_OF_A_NUMBER = 2**31 - 1
MOST_MINOR = 2**53 - 1
"""Beyond it a browser's numbers are not exact."""


@dataclass(frozen=True, slots=True)
class Form:
    """`core` validates and writes, `told` describes."""

    core: CoreSchema
    told: Told

    def or_none(self) -> "Form":
        """The same, or null."""
        kind = self.told.get("type")
        told = (
            self.told | {"type": [kind, "null"]}
            if isinstance(kind, str) and "enum" not in self.told
            else None
        )
        return Form(cs.nullable_schema(self.core), told or {"anyOf": [self.told, {"type": "null"}]})


def iso(at: int) -> str:
    """Milliseconds UTC as ISO 8601."""
    minute, ms = divmod(at, MINUTE)
    return f"{_minute(minute)}{ms // 1000:02}.{ms % 1000:03}Z"


@lru_cache(maxsize=4096)
def _minute(minutes: int) -> str:
    # A page has many times, most of them near one another: so it is written 2.7 times as fast.
    return (_EPOCH + timedelta(minutes=minutes)).isoformat()[: len("1970-01-01T00:00:")]


def _ms(at: datetime) -> int:
    return int((at - _EPOCH).total_seconds() * 1000)


_EPOCH = datetime.fromtimestamp(0, UTC)


def _number(text: str) -> int:
    if (number := int(text)) > LARGEST:
        raise PydanticCustomError("too_large", "Number is too large")
    return number


def _whole(text: str) -> tuple[int, ...]:
    return tuple(map(_number, text.split(".")))


def _written(key: tuple[int, ...]) -> str:
    return ".".join(map(str, key))


def _function(write: Callable[[Any], str]) -> Any:
    return cs.plain_serializer_function_ser_schema(write, return_schema=cs.str_schema())


def _text(pattern: str, read: Callable[[Any], Any], write: Any) -> CoreSchema:
    return cs.no_info_after_validator_function(read, cs.str_schema(pattern=pattern), serialization=write)


_ID, _KEY, _ITEM = "^[0-9]{1,19}$", r"^[0-9]{1,19}(\.[0-9]{1,19}){%d}$", "^[0-9]{1,19}x[0-9]{1,5}$"
NUMBER = Form(_text(_ID, _number, cs.to_string_ser_schema()), {"type": "string", "pattern": _ID})
TIME = Form(
    cs.no_info_after_validator_function(
        _ms, cs.datetime_schema(tz_constraint="aware"), serialization=_function(iso)
    ),
    {"type": "string", "format": "date-time"},
)
TEXT = Form(cs.str_schema(pattern=r"^[^\x00]*$"), {"type": "string", "pattern": r"^[^\u0000]*$"})
"""No database keeps a NUL."""
FLAG = Form(cs.bool_schema(), {"type": "boolean"})
SHARE = Form(cs.float_schema(), {"type": "number"})
ANYTHING = Form(cs.any_schema(), {})
BASE64 = Form(cs.bytes_schema(), {"type": "string", "contentEncoding": "base64"})


def counting(least: int, most: int) -> Form:
    """A number as a number."""
    return Form(cs.int_schema(ge=least, le=most), {"type": "integer", "minimum": least, "maximum": most})


COUNT = counting(-MOST_OF_A_NUMBER, MOST_OF_A_NUMBER)
MINOR = counting(-MOST_MINOR, MOST_MINOR)


def place_in(parts: int) -> Form:
    """Where a page goes on: a key of so many numbers, as one word."""
    pattern = _KEY % (parts - 1)
    return Form(_text(pattern, _whole, _function(_written)), {"type": "string", "pattern": pattern})


def int_named(name: str) -> Form:
    """What an int of this name is in JSON."""
    if name in _TIMES or name.endswith(("_at", "_by", "_until")):
        return TIME
    if name in _IDS or name.endswith(("_id", "_number")):
        return NUMBER
    return MINOR if name.endswith(("_minor", "_ms")) else COUNT


def _bought(text: str) -> tuple[int, int]:
    variant, _, pieces = text.partition("x")
    return _number(variant), int(pieces)


ITEM_WORD = Form(
    cs.no_info_after_validator_function(_bought, cs.str_schema(pattern=_ITEM)),
    {"type": "string", "pattern": _ITEM, "examples": ["41x2"]},
)
"""A variant and how many pieces of it, in an address."""
ITEM = Form(
    cs.no_info_after_validator_function(
        lambda item: (item["variant_id"], item["pieces"]),
        cs.typed_dict_schema(
            {
                "variant_id": cs.typed_dict_field(NUMBER.core),
                "pieces": cs.typed_dict_field(cs.int_schema(ge=1, le=99_999)),
            },
            extra_behavior="forbid",
        ),
    ),
    {
        "type": "object",
        "properties": {"variant_id": NUMBER.told, "pieces": counting(1, 99_999).told},
        "required": ["variant_id", "pieces"],
        "additionalProperties": False,
    },
)
"""The same in a body."""


def outside(told: Any, name: str = "") -> Any:
    """What the shop answers in words and numbers, with its times as they are told outside."""
    if isinstance(told, dict):
        return {key: outside(value, key) for key, value in told.items()}
    if isinstance(told, list):
        return [outside(value) for value in told]
    return iso(told) if isinstance(told, int) and int_named(name) is TIME else told
