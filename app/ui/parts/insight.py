"""What there is to see of a shop's insights: bars, words about them, and the same numbers as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.shop.reads.insights import SHOWN, CreatorCount, Insights, VariantCount
from app.shop.reads.insights_file import Plot
from app.shop.reads.spans import Span, weeks
from app.shop.rules.tallies import ANSWER_BOUNDS
from app.ui.texts import day_of, duration, number, percent, reason_text, t

DAILY = 31
"""Up to so many days each has a bar of its own; more stand together by weeks."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how high, what it is called, what its tip tells; `mark` stands below it, empty for none."""

    n: int
    name: str
    told: str
    mark: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One plot; `keyed`: its bars are numbered and their names stand in a list below.

    `note` is said below it; of the table's `columns` the first is words and the others are numbers.
    """

    bars: tuple[Bar, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keyed: bool = False
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not any(bar.n for bar in self.bars)

    def summary(self, title: str) -> str:
        """The plot in a sentence."""
        most = max(self.bars, key=lambda bar: bar.n)
        return t("insights.most", title=title, what=most.name, number=number(most.n))


def shown(found: Insights, plot: Plot) -> Shown:
    """What there is to see of `plot`."""
    return _SHOWN[plot](found)


def _share(value: float | None) -> str:
    return "–" if value is None else percent(value)


def _columns(*codes: str) -> tuple[str, ...]:
    return tuple(t(f"insights.column.{code}") for code in codes)


def _spans(found: Insights) -> tuple[Span, ...]:
    return found.per_day if len(found.per_day) <= DAILY else weeks(found.per_day)


def _when(span: Span, today: int) -> str:
    first = day_of(span.first, today)
    return first if span.first == span.last else f"{first} – {day_of(span.last, today)}"


def _dated(spans: Sequence[Span], n: Callable[[Span], int]) -> tuple[Bar, ...]:
    """A bar per span; three of them are marked with their day, away from the edges where it would be cut."""
    edge, today = len(spans) // 6, spans[-1].last
    marked = {edge, len(spans) // 2, len(spans) - 1 - edge}
    return tuple(
        Bar(
            n(span),
            _when(span, today),
            number(n(span)),
            day_of(span.first, span.first) if at in marked else "",
        )
        for at, span in enumerate(spans)
    )


def _over_time(found: Insights) -> Shown:
    spans = _spans(found)
    rows = (
        (_when(one, spans[-1].last), number(one.placed), number(one.cancelled), _share(one.rate))
        for one in spans
    )
    columns = _columns("when", "placed", "cancelled", "rate")
    return Shown(_dated(spans, lambda one: one.cancelled), columns, tuple(rows))


def _auto_approvals(found: Insights) -> Shown:
    spans = _spans(found)
    rows = (
        (_when(one, spans[-1].last), number(one.answered), number(one.auto_approved), _share(one.auto_share))
        for one in spans
    )
    columns = _columns("when", "answered", "unanswered", "share")
    return Shown(_dated(spans, lambda one: one.auto_approved), columns, tuple(rows))


def _keyed(counts: Sequence[tuple[str, int, str]]) -> tuple[Bar, ...]:
    return tuple(
        Bar(n, name, f"{number(n)} · {share}", number(at)) for at, (name, n, share) in enumerate(counts, 1)
    )


def _reasons(found: Insights) -> Shown:
    named = [
        (reason_text(one.code) if one.code else t("insights.no_reason"), one.cancelled, percent(one.share))
        for one in found.reasons
    ]
    rows = tuple((name, number(n), share) for name, n, share in named)
    return Shown(_keyed(named), _columns("reason", "cancelled", "share"), rows, keyed=True)


def _rated(named: Sequence[tuple[str, VariantCount | CreatorCount]], *columns: str) -> Shown:
    bars = _keyed([(name, one.cancelled, _share(one.rate)) for name, one in named])
    rows = tuple((name, number(one.placed), number(one.cancelled), _share(one.rate)) for name, one in named)
    note = t("insights.rest") if len(named) >= SHOWN else ""  # there may be more
    return Shown(bars, _columns(*columns), rows, keyed=True, note=note)


def _variants(found: Insights) -> Shown:
    named = [(f"{one.title}, {one.variant}" if one.variant else one.title, one) for one in found.variants]
    return _rated(named, "variant", "pieces", "cancelled", "rate")


def _creators(found: Insights) -> Shown:
    named = [(f"@{one.handle}", one) for one in found.creators]
    return _rated(named, "creator", "placed", "cancelled", "rate")


def _answer_time(found: Insights) -> Shown:
    answers = found.answers
    named = [
        (_group(group), n, percent(n / answers.answered if answers.answered else 0))
        for group, n in enumerate(answers.groups)
    ]
    rows = tuple((name, number(n), share) for name, n, share in named)
    note = ""
    if answers.median_group is not None and answers.mean_ms is not None:
        mean = duration(max(answers.mean_ms // _MINUTE, 1) * _MINUTE)
        note = t("insights.answers", median=_group(answers.median_group), mean=mean)
    return Shown(_keyed(named), _columns("answer", "answers", "share"), rows, keyed=True, note=note)


_MINUTE = 60_000


def _group(group: int) -> str:
    if group < len(ANSWER_BOUNDS):
        return t("insights.within", time=duration(ANSWER_BOUNDS[group]))
    return t("insights.longer", time=duration(ANSWER_BOUNDS[-1]))


_SHOWN: dict[Plot, Callable[[Insights], Shown]] = {
    Plot.OVER_TIME: _over_time,
    Plot.REASONS: _reasons,
    Plot.VARIANTS: _variants,
    Plot.CREATORS: _creators,
    Plot.ANSWER_TIME: _answer_time,
    Plot.AUTO_APPROVALS: _auto_approvals,
}
