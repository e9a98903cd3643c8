"""How a control is checked before it is sent: what all controls could be given only where this one was."""

from functools import cache
from typing import Any

from flet.controls.base_control import BaseControl
from flet.controls.control import Control
from flet.utils.validation import _REPORTED_VALIDATION_ERRORS_KEY, _compile_class_spec, validate

from app.ui.lean.keeping import prepares, unfrozen


def install() -> None:
    """Have every control checked so."""
    control: Any = BaseControl
    control._before_update_safe = before_update


@cache
def _rules(cls: Any) -> tuple[bool, tuple[tuple[str, Any], ...]]:
    """Whether a class has rules of its own, and those that all controls have, by field."""
    rules, shared = _compile_class_spec(cls), _compile_class_spec(Control).field_rules
    own = set(rules.field_rules) - set(shared) or rules.class_rules
    return bool(own), shared


def before_update(control: Any) -> None:
    """Does as `BaseControl._before_update_safe`. Raises ValueError where a value cannot be."""
    cls = control.__class__
    if prepares(cls):
        unfrozen(control, control.before_update)
    if not _keeps(control):
        validate(control, suppress_repeated_errors=True)


def _keeps(control: Any) -> bool:
    own, shared = _rules(control.__class__)
    values = control._values
    if hasattr(control, _REPORTED_VALIDATION_ERRORS_KEY):  # what was wrong with it before is told once
        return False
    try:
        if own:
            validate(control)  # without keeping a set of what was wrong
            return True
        for name, rule in shared:
            if name in values:
                rule.validate(control, name, values[name])
    except ValueError:
        return False
    return True
