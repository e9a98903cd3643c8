"""What the environment sets, checked before anything starts."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Self

from app.languages import LANGUAGES
from app.shop.folder import PHOTOS, STORE
from app.shop.gateway import SMOOTH, Manner, Script
from app.shop.rules.accounts import API_RATE, Rate
from app.shop.rules.errors import Invalid
from app.shop.rules.policy import PROFILES, Policy

VARIABLES: dict[str, str] = {
    "TAKEBACK_DATABASE": "address of the store, SQLite or PostgreSQL, as SQLAlchemy writes it",
    "TAKEBACK_DATA": "data folder; default: the system's folder for user data",
    "TAKEBACK_LANGUAGE": "language at the first start: en, id or vi",
    "TAKEBACK_POLICY": "policy of a new store: journey (default), tiktok, or a JSON file of settings",
    "TAKEBACK_GATEWAY": "how the simulated provider takes each attempt to pay back: settle (default), slow, "
    "fail, refuse; several with commas between, as fail,fail,settle",
    "TAKEBACK_HOOKS_PRIVATE": "yes: webhooks may go to this machine and its networks, and without https",
    "TAKEBACK_SIGN_UP": "whether the served app lets anybody make an account: open (default) or closed",
    "TAKEBACK_API_RATE": "requests a second that one token may make over HTTP, in each process; default: 50",
    "TAKEBACK_SECRET": "secret of the served app, at least 16 characters; default: a new one at each start",
    "TAKEBACK_HOST": "address the served app listens at; default 127.0.0.1",
    "TAKEBACK_PORT": "port of the served app; default 8000, 0 takes a free one",
    "TAKEBACK_WORKERS": "processes that serve; default 1",
    "TAKEBACK_LOG": "what the served app logs at least: debug, info (default), warning or error",
    "TAKEBACK_PROXIES": "IP addresses of the proxies in front that are believed whom they speak for, with "
    "commas between; default 127.0.0.1,::1",
    "TAKEBACK_METRICS_TOKEN": "who shows it as a bearer token may read /metrics from another machine",
    "TAKEBACK_CACHE": "folder of the client's small forms; default: the system's folder for such",
}
"""Every variable that is read, with what it is: `takeback --help` lists them."""

SECRET_LEAST = 16
MOST_A_SECOND = 1_000_000
LEVELS = ("debug", "info", "warning", "error")
MOST_WORKERS = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store and the data folder are, and how a new store starts."""

    database: str
    data: Path
    language: str | None
    policy: Policy
    secret: str | None
    gateway: Script = SMOOTH
    private_hooks: bool = False
    sign_up: bool = True
    api_rate: Rate = API_RATE

    @property
    def photos(self) -> Path:
        """The folder for photos of a store on a server; those of a file are beside it."""
        return self.data / PHOTOS

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Self:
        """The settings of this process; raises Invalid where a variable has a value that cannot be used."""
        env = os.environ if environment is None else environment
        data = _data_folder(env)
        language = env.get("TAKEBACK_LANGUAGE") or None
        if language is not None and language not in LANGUAGES:
            raise Invalid("setting_language", {"value": language, "right": ", ".join(LANGUAGES)})
        secret = env.get("TAKEBACK_SECRET") or None
        if secret is not None and len(secret) < SECRET_LEAST:
            raise Invalid("setting_secret", {"least": SECRET_LEAST})
        return cls(
            database=env.get("TAKEBACK_DATABASE") or f"sqlite:///{data / STORE}",
            data=data,
            language=language,
            policy=_policy(env.get("TAKEBACK_POLICY") or "journey"),
            secret=secret,
            gateway=_script(env.get("TAKEBACK_GATEWAY") or "settle"),
            private_hooks=_yes(env, "TAKEBACK_HOOKS_PRIVATE"),
            sign_up=_sign_up(env.get("TAKEBACK_SIGN_UP") or "open"),
            api_rate=_rate(env.get("TAKEBACK_API_RATE")),
        )


@dataclass(frozen=True, slots=True)
class Serving:
    """How the app is served to many people."""

    host: str
    port: int
    workers: int
    log: str
    proxies: tuple[str, ...]
    token: str | None
    cache: Path

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None, **said: str | int | None) -> Self:
        """As the environment sets it, but for what is `said` otherwise. Raises Invalid."""
        env = dict(os.environ if environment is None else environment)
        env |= {f"TAKEBACK_{name.upper()}": str(value) for name, value in said.items() if value is not None}
        log = env.get("TAKEBACK_LOG") or "info"
        if log not in LEVELS:
            raise Invalid("setting_level", {"value": log, "right": ", ".join(LEVELS)})
        token = env.get("TAKEBACK_METRICS_TOKEN") or None
        if token is not None and len(token) < SECRET_LEAST:
            raise Invalid("setting_token", {"least": SECRET_LEAST})
        return cls(
            host=env.get("TAKEBACK_HOST") or "127.0.0.1",
            port=_number(env, "TAKEBACK_PORT", 8000, 0, 65_535),
            workers=_number(env, "TAKEBACK_WORKERS", 1, 1, MOST_WORKERS),
            log=log,
            proxies=_proxies(env.get("TAKEBACK_PROXIES", "127.0.0.1,::1")),
            token=token,
            cache=_cache_folder(env),
        )


def _number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = env.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise Invalid("setting_number", {"name": name, "value": value, "least": least, "most": most})
    return int(value)


def _proxies(value: str) -> tuple[str, ...]:
    found: list[str] = []
    for one in filter(None, map(str.strip, value.split(","))):
        try:
            address = ip_address(one)
        except ValueError as error:
            raise Invalid("setting_proxies", {"value": one}) from error
        found.append(one)
        if address.version == 4:
            found.append(f"::ffff:{one}")  # how it looks to who listens at `::`
    return tuple(found)


def _cache_folder(env: Mapping[str, str]) -> Path:
    if named := env.get("TAKEBACK_CACHE"):
        return Path(named).expanduser().absolute()
    import platformdirs  # noqa: PLC0415  (not needed where the folder is named)

    return platformdirs.user_cache_path("takeback", appauthor=False)


def _data_folder(env: Mapping[str, str]) -> Path:
    # FLET_APP_STORAGE_DATA is the durable folder on a phone.
    named = env.get("TAKEBACK_DATA") or env.get("FLET_APP_STORAGE_DATA")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs  # noqa: PLC0415  (not needed where the folder is named)

    return platformdirs.user_data_path("takeback", appauthor=False)


def _rate(value: str | None) -> Rate:
    if not value:
        return API_RATE
    if not (value.isascii() and value.isdigit() and 0 < int(value) <= MOST_A_SECOND):
        raise Invalid("setting_api_rate", {"value": value, "most": MOST_A_SECOND})
    # As much more at once as where nothing is set.
    return Rate(int(value), int(value) * API_RATE.at_once // API_RATE.a_second)


def _yes(env: Mapping[str, str], name: str) -> bool:
    value = (env.get(name) or "no").lower()
    if value not in ("yes", "no"):
        raise Invalid("setting_yes_or_no", {"name": name, "value": value})
    return value == "yes"


def _script(value: str) -> Script:
    manners = [one.strip() for one in value.split(",")]
    if wrong := next((one for one in manners if one not in set(Manner)), None):
        raise Invalid("setting_gateway", {"value": wrong, "right": ", ".join(Manner)})
    return tuple(Manner(one) for one in manners)


def _sign_up(value: str) -> bool:
    if value not in ("open", "closed"):
        raise Invalid("setting_sign_up", {"value": value, "right": "open, closed"})
    return value == "open"


def _policy(value: str) -> Policy:
    if value in PROFILES:
        return PROFILES[value]
    try:
        settings = json.loads(Path(value).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid("setting_policy", {"value": value, "right": ", ".join(PROFILES)}) from error
    if not isinstance(settings, dict):
        raise Invalid("setting_policy", {"value": value, "right": ", ".join(PROFILES)})
    return Policy().with_settings(settings)
