"""Where a tour stands, as a device keeps it from one start to the next."""

import json
from dataclasses import dataclass
from typing import Self

from app.ui import routes


@dataclass(frozen=True, slots=True)
class Mark:
    """The name of the practice, whether one is in it, at which address, and the steps that stay done."""

    name: str
    on: bool = True
    address: str = routes.PROFILE
    passed: frozenset[str] = frozenset()

    def written(self) -> str:
        """As text."""
        return json.dumps([self.name, self.on, self.address, sorted(self.passed)])

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """The mark that was written as `text`; None where it is none."""
        try:
            name, on, address, passed = json.loads(text or "")
            return cls(str(name), bool(on), str(address), frozenset(map(str, passed)))
        except (ValueError, TypeError):
            return None
