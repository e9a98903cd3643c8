"""What an import tells afterwards: per file what came in, what did not, and why."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.shop.files.findings import WHY, Finding, printable

Advance = Callable[[int], None]
"""Is told how many bytes were read since it was last told."""


@dataclass(slots=True)
class FileReport:
    """One file or folder. Orders are counted as the platform counts them; `skipped` are records left out."""

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

    def skip(self, finding: Finding) -> None:
        """A record could not be used."""
        self.skipped += 1
        self.problems.append(finding)

    def as_json(self) -> dict[str, Any]:
        """The fields programs rely on, with notes and counts of flags beside them."""
        words = ("read", "new", "changed", "same", "skipped", "flagged")
        return {
            "file": self.file,
            "kind": self.kind,
            **{word: getattr(self, word) for word in words},
            "problems": [problem.as_json() for problem in self.problems],
            "notes": [note.line() for note in self.notes],
            "flags": dict(self.flags),
        }

    def lines(self) -> Iterator[str]:
        """A summary line, then a line per note, kind of flag and problem."""
        told = ", ".join(f"{getattr(self, word)} {word}" for word in ("new", "changed", "same", "skipped"))
        name, kind = printable(self.file), self.kind or "not read"
        yield f"{name}: {kind}, {self.read} orders: {told}, {self.flagged} flagged"
        yield from (f"  {note.line()}" for note in self.notes)
        yield from (f"  {count} flagged: {WHY[code]}" for code, count in self.flags.most_common())
        yield from (f"  {problem.line()}" for problem in self.problems)


@dataclass(slots=True)
class Report:
    """Every file of an import; `orders` of all files are here now, each once, with so many `lines`.

    `stopped` says that it was ended before its end: what is counted came in, the rest did not.
    """

    files: list[FileReport] = field(default_factory=list)
    orders: int = 0
    lines_of_orders: int = 0
    stopped: bool = False

    @property
    def problems(self) -> list[Finding]:
        """What could not be used, of all files."""
        return [problem for file in self.files for problem in file.problems]

    @property
    def nothing_read(self) -> bool:
        """Whether nothing at all could be used: then the command fails."""
        return not any(file.new + file.changed + file.same for file in self.files) and bool(self.problems)

    def as_json(self) -> dict[str, Any]:
        """What `import --json` prints."""
        return {
            "files": [file.as_json() for file in self.files],
            "orders": self.orders,
            "lines": self.lines_of_orders,
            "stopped": self.stopped,
        }

    def lines(self) -> Iterator[str]:
        """The report for people, a line at a time."""
        for file in self.files:
            yield from file.lines()
