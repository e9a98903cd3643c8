"""What kind of event a handler is given: read from the types of its class once, not at each event."""

from typing import Any

from flet.controls import base_control
from flet.controls.control_event import get_event_field_type

_kinds: dict[tuple[type, str], Any] = {}


def install() -> None:
    """Have every event heard so."""
    base_control.get_event_field_type = kind_of  # type: ignore[attr-defined]


def kind_of(control: Any, field_name: str) -> Any:
    """What the handler `field_name` of a control takes; None where it has no such handler."""
    known = control.__class__, field_name
    if known not in _kinds:
        _kinds[known] = get_event_field_type(control, field_name)
    return _kinds[known]
