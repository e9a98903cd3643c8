"""Policies from a shell: shown, set, applied as a whole, and their history."""

import json
import re
import secrets
from typing import Annotated, Any

import typer

from app.commands.terminal import AsJson, Key, Platform, acting, commands, out, print_json, the_shop
from app.shop.actions.policy import set_policy
from app.shop.reads.policies import OpenPolicy, PolicyEdit, open_policy, policy_edits
from app.shop.reads.policy import Unit, Value
from app.shop.reads.spreadsheet import iso
from app.shop.rules.policy import DAY, HOUR, MINUTE, PROFILES, RULES, SECOND
from app.ui.texts import t
from app.ui.texts.policy import value_words

policy = typer.Typer(help="The rules of the platform, or of a shop: shown, unless told otherwise.")
commands.add_typer(policy, name="policy")

OfShop = Annotated[str | None, typer.Option("--shop", metavar="HANDLE", help="Of this shop.")]

_SIZES = {"d": DAY, "h": HOUR, "min": MINUTE, "s": SECOND, "ms": 1}
_DURATION = re.compile(r"(\d{1,9})(d|h|min|ms|s)")
_SWITCH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


@policy.callback(invoke_without_command=True)
def policy_(
    context: typer.Context, shop_handle: OfShop = None, as_: Platform = None, as_json: AsJson = False
) -> None:
    """Show the policy where nothing else is asked."""
    if context.invoked_subcommand is None:
        show(shop_handle, as_, as_json)


@policy.command()
def show(shop_handle: OfShop = None, as_: Platform = None, as_json: AsJson = False) -> None:
    """Show each setting with its value, where that comes from, and its limits."""
    with the_shop() as shop:
        found = open_policy(shop, acting(shop, as_), shop_handle)
    if as_json:
        print_json(_fields(found))
        return
    out.print(t(f"profile.{found.profile or 'own'}"))
    for one in found.settings:
        words = value_words(one.unit, one.value).replace("\n", "; ")
        out.print(f"{one.code:<26}  {words:<22}  {t(f'policy.from.{one.source}')}")


def _fields(found: OpenPolicy) -> dict[str, Any]:
    settings = {
        one.code: {"value": _as_json(one.value), "source": one.source, "low": one.low, "high": one.high}
        for one in found.settings
    }
    return {"shop": found.handle, "n": found.n, "profile": found.profile, "settings": settings}


def _as_json(value: Value | None) -> Any:
    return [rule.as_json() for rule in value] if isinstance(value, tuple) else value


@policy.command("set")
def set_(
    settings: Annotated[
        list[str], typer.Argument(metavar="NAME=VALUE...", help="As 2h, 3, yes, JSON for rules, or default.")
    ],
    shop_handle: OfShop = None,
    as_: Platform = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Set settings; what is given as "default" is set no longer."""
    wanted = dict(_parsed(one) for one in settings)
    _set(wanted, shop_handle, as_, key, as_json)


@policy.command()
def apply(
    profile: Annotated[str, typer.Argument(help=" or ".join(PROFILES))],
    shop_handle: OfShop = None,
    as_: Platform = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Set every setting as a profile has it."""
    if profile not in PROFILES:
        raise typer.BadParameter(t("command.no_such_profile", value=profile, right=", ".join(PROFILES)))
    _set(PROFILES[profile].settings(), shop_handle, as_, key, as_json)


def _set(
    settings: dict[str, Any], shop_handle: str | None, as_: str | None, key: str | None, as_json: bool
) -> None:
    with the_shop() as shop:
        actor = acting(shop, as_)
        found = open_policy(shop, actor, shop_handle)
        # Whoever names a key may come again with it: what has been read meanwhile must not tell them apart.
        seen = None if key else found.n
        done = set_policy(shop, actor, found.shop_id, settings, seen, key=key or secrets.token_urlsafe(12))
    changed = done.answer["changed"]
    print_json(done.answer) if as_json else out.print(
        t("command.policy_set", count=len(changed), settings=", ".join(changed))
    )


def _parsed(text: str) -> tuple[str, object]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (name and equals):
        raise typer.BadParameter(t("command.not_a_setting", value=text))
    if value == "default":
        return name, None
    if name == RULES:
        try:
            return name, json.loads(value)
        except ValueError as error:
            raise typer.BadParameter(t("command.not_json", value=value)) from error
    if value.lower() in _SWITCH:
        return name, _SWITCH[value.lower()]
    if re.fullmatch(r"\d{1,18}", value):
        return name, int(value)
    parts = _DURATION.findall(value)
    if parts and "".join(map("".join, parts)) == value:
        return name, sum(int(count) * _SIZES[unit] for count, unit in parts)
    return name, value


@policy.command()
def history(
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 20,
    shop_handle: OfShop = None,
    as_: Platform = None,
    as_json: AsJson = False,
) -> None:
    """Tell who changed what from what to what, newest first."""
    with the_shop() as shop:
        edits = policy_edits(shop, acting(shop, as_), shop_handle, limit=limit)
    if as_json:
        print_json([_edit(one) for one in edits])
        return
    for edit in edits:
        out.print(f"{iso(edit.at)}  {f'@{edit.by}' if edit.by else t('policy.by_system')}")
        for change in edit.changes:
            before, after = (_words(change.unit, value) for value in (change.before, change.after))
            out.print(f"  {change.code}: {t('policy.change', before=before, after=after)}")


def _words(unit: Unit, value: Value | None) -> str:
    return t("policy.as_platform") if value is None else value_words(unit, value).replace("\n", "; ")


def _edit(edit: PolicyEdit) -> dict[str, Any]:
    changes = {one.code: {"from": _as_json(one.before), "to": _as_json(one.after)} for one in edit.changes}
    return {"n": edit.n, "at": iso(edit.at), "by": edit.by, "changes": changes}
