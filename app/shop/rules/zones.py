"""Time zones by their names in the IANA database."""

from zoneinfo import ZoneInfo


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name, such as Asia/Jakarta."""
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return False
    return True
