"""Routes: from an address to what is called there, in as many steps as it has parts."""

from collections.abc import Iterable

from app.server.api.calls import Call
from app.server.api.problems import Problem

BASE = "/api/v1"


class Routes:
    """Endpoints by their addresses; a part by its name comes before one that is filled in."""

    def __init__(self, calls: Iterable[Call]) -> None:
        self._root: _Step = _Step()
        for call in calls:
            step, names = self._root, []
            for part in call.endpoint.path.strip("/").split("/"):
                filled = part.startswith("{")
                names += [part[1:-1]] if filled else []
                step = step.next.setdefault("" if filled else part, _Step())
            step.calls[call.endpoint.verb] = call, tuple(names)

    def find(self, verb: str, path: str) -> tuple[Call, dict[str, str]]:
        """What is called at `path` below the base, and the parts filled in. Raises Problem: 404, 405."""
        step, filled = self._root, []
        for part in path.removeprefix("/").split("/"):
            known = step.next.get(part) if part else None
            if known is None:
                known = step.next.get("") if part else None
                filled.append(part)
            step = known or _NOWHERE
        if not step.calls:
            raise Problem(404, "missing")
        found = step.calls.get(verb)
        if found is None:
            allowed = ", ".join(sorted(step.calls)).encode()
            raise Problem(405, "verb_not_here", {"verbs": allowed.decode()}, [(b"allow", allowed)])
        return found[0], dict(zip(found[1], filled, strict=True))


class _Step:
    __slots__ = ("calls", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Step] = {}
        self.calls: dict[str, tuple[Call, tuple[str, ...]]] = {}


_NOWHERE = _Step()
