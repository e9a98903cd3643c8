"""What an import tells afterwards: per file what came in, what did not, and why."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.shop.files.findings import Finding

COUNTED = ("read", "new", "changed", "same", "skipped", "flagged")
"""What is counted of a file, by the names that programs rely on."""

Advance = Callable[[int], None]
"""Is told how many bytes were read since it was last told."""


def halves(advance: Advance) -> tuple[Advance, Advance]:
    """`advance` for each of two readings of the same bytes: each tells half of them."""
    return lambda size: advance(size // 2), lambda size: advance(size - size // 2)


MOST = 50_000
"""Problems of a file that are listed one by one: nobody reads more, and a file may be of any size."""


@dataclass(slots=True)
class FileReport:
    """One file or folder. Orders are counted as the platform counts them; `skipped` are records left out.

    `problems` are what was left out, and the flags worth a line of their own; `flags` counts every kind, and
    `unmapped` the platform's own words that are none of ours.
    """

    file: str
    kind: str | None = None
    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    skipped: int = 0
    flagged: int = 0
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    flags: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[Finding] = field(default_factory=Counter)
    untold: int = 0

    def skip(self, finding: Finding) -> None:
        """A record could not be used."""
        self.skipped += 1
        self.tell(finding)

    def tell(self, finding: Finding) -> None:
        """Something has a line of its own, while there is room for lines: more are only counted."""
        if len(self.problems) < MOST:
            self.problems.append(finding)
        else:
            self.untold += 1

    def close(self) -> None:
        """The file is through: its problems come in their order."""
        self.problems.sort(key=lambda problem: (problem.file or "", problem.row or 0))
        if self.untold:
            self.notes.append(Finding("more_found", value=str(self.untold)))

    @property
    def counts(self) -> dict[str, int]:
        """How many of each of `COUNTED`."""
        return {word: getattr(self, word) for word in COUNTED}

    def as_json(self) -> dict[str, Any]:
        """The fields programs rely on, with notes and counts of flags beside them."""
        return {
            "file": self.file,
            "kind": self.kind,
            **self.counts,
            "problems": [problem.as_json() for problem in self.problems],
            "notes": [note.as_json() for note in self.notes],
            "flags": dict(self.flags),
            "unmapped": [one.as_json() | {"orders": count} for one, count in self.unmapped.most_common()],
        }


@dataclass(slots=True)
class Report:
    """Every file of an import; `orders` of all files are here now, each once, with so many `lines`.

    With `dry_run` it tells what would come in, and nothing did. Where it was `stopped` before its end, what
    is counted came in, the rest did not.
    """

    files: list[FileReport] = field(default_factory=list)
    orders: int = 0
    lines_of_orders: int = 0
    dry_run: bool = False
    stopped: bool = False

    @property
    def totals(self) -> dict[str, int]:
        """How many of each of `COUNTED`, over all files."""
        return {word: sum(getattr(file, word) for file in self.files) for word in COUNTED}

    @property
    def problems(self) -> list[Finding]:
        """What could not be used, of all files."""
        return [problem for file in self.files for problem in file.problems]

    @property
    def nothing_read(self) -> bool:
        """Whether nothing at all could be used: then the command fails."""
        return self.empty and bool(self.problems)

    @property
    def empty(self) -> bool:
        """Whether no order came in, or was here already."""
        return not any(file.new + file.changed + file.same for file in self.files)

    def as_json(self) -> dict[str, Any]:
        """What `import --json` prints."""
        return {
            "files": [file.as_json() for file in self.files],
            "orders": self.orders,
            "lines": self.lines_of_orders,
            "totals": self.totals,
            "dry_run": self.dry_run,
            "stopped": self.stopped,
        }
