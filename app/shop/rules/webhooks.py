"""Webhooks: how a message is signed (as Standard Webhooks has it), and when it is sent again."""

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256
from urllib.parse import urlsplit
from zlib import crc32

from app.shop.rules.errors import Invalid
from app.shop.rules.policy import DAY, HOUR, MINUTE, SECOND

SECRETS = "webhooks"
"""What the secret of a store is for that the secrets of its addresses and sources are made with."""
TOLERANCE_MS = 5 * MINUTE
"""How far the time that a message was signed at may be from now."""
REMEMBERED_MS = 7 * DAY
"""How long it is known which messages came: longer than anybody sends one again."""
OFF_AFTER_MS = 3 * DAY
"""An address at which nothing arrived for so long is switched off."""
KEPT_MS = 30 * DAY
"""How long is kept what could not be told, and money whose order never came."""
LEASE_MS = 30 * SECOND
"""For how long a message is being sent; who has not said by then how it went was killed."""
MOST_HOOKS = 20
"""Addresses, or sources, of one shop."""
MOST_WAITING = 1000
"""Payments of one source that wait for their orders."""
ID_LONGEST = 200
URL_LONGEST = 2000

_PREFIX = "whsec_"
_VERSION = "v1"
_HOURS = (2, 5, 10, 14, 20, 24)
_RETRIES = (5 * SECOND, 5 * MINUTE, 30 * MINUTE, *(hours * HOUR for hours in _HOURS))
"""How long after each attempt the next one is: three days in all."""
_JITTER = 0.2
_LONGEST_WAIT_MS = HOUR


def secret_of(store: str, whose: str) -> str:
    """The secret of an address or source, made of that of the `store`: it is kept nowhere by itself."""
    return _PREFIX + b64encode(hmac.new(store.encode(), whose.encode(), sha256).digest()).decode()


def signature(secret: str, message: str, at: int, body: bytes) -> str:
    """The signature of a message (its id), sent at a time (seconds since 1970)."""
    key = b64decode(secret.removeprefix(_PREFIX))
    signed = b"%s.%d.%s" % (message.encode(), at, body)
    return f"{_VERSION},{b64encode(hmac.new(key, signed, sha256).digest()).decode()}"


def is_signed(secret: str, message: str, at: int, body: bytes, told: str) -> bool:
    """Whether one of the signatures `told`, with blanks between, is right; takes as long where none is."""
    right = signature(secret, message, at, body).encode()
    return any([hmac.compare_digest(right, one.encode()) for one in told.split()])  # noqa: C419  (each is compared)


def next_try(message: str, attempts: int, now: int, asked: int = 0) -> int | None:
    """When a message is sent again after so many attempts failed (ms UTC); None where it is given up.

    A fifth more at most is added, which differs by message: what failed together does not come back together.
    `asked` is how many ms the receiver wants to be left alone; an hour of that is heard.
    """
    if attempts > len(_RETRIES):
        return None
    pause = _RETRIES[attempts - 1]
    spread = crc32(f"{message}/{attempts}".encode()) / 2**32
    return now + max(int(pause * (1 + _JITTER * spread)), min(asked, _LONGEST_WAIT_MS))


def checked_url(url: str, *, private: bool) -> str:
    """An address that messages can be sent to; raises Invalid.

    Without `private` it has to be https. Where its name leads is looked at each time one connects.
    """
    told = url.strip()
    try:
        parts = urlsplit(told)
        port = parts.port
    except ValueError:
        raise Invalid("hook_address") from None
    usable = told.isascii() and told.isprintable() and " " not in told and len(told) <= URL_LONGEST
    plain = parts.username is None and parts.password is None and not parts.fragment and port != 0
    if not (usable and plain and parts.hostname):
        raise Invalid("hook_address")
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise Invalid("hook_address_not_https")
    return told


def host_of(url: str) -> str:
    """The name in an address: what may be told of it where the rest may be a secret."""
    return urlsplit(url).hostname or ""
