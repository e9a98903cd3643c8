"""The one line a shell is told when something does not work."""

import sys


def complain(line: str, status: int) -> int:
    """Say one line on stderr; answers the exit status."""
    print(f"takeback: {' '.join(line.split())}", file=sys.stderr)
    return status
