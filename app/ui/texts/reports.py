"""What an import tells, in words: as one sentence, and as lines for a shell, the clipboard or a file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.shop.files.findings import Finding, printable, shown
from app.shop.files.report import COUNTED, FileReport, Report
from app.ui.texts.words import has, t
from app.ui.unanswered import unread


def why(code: str, *, in_shell: bool = False) -> str:
    """What was found, as a sentence; in a shell what is to be done may be another thing."""
    for_shell = f"command.found.{code}"
    return t(for_shell if in_shell and has(for_shell) else f"found.{code}")


def place_of(found: Finding) -> str:
    """Where it was found: file, row and column, as far as they are known."""
    row = t("import_row", row=found.row) if found.row else None
    return " · ".join(part for part in (found.file, row, found.column) if part)


def finding_line(found: Finding, *, in_shell: bool = False) -> str:
    """One line: where, what stood there, and why that matters."""
    value = f"“{told}”" if (told := shown(found.value or "")) else ""
    where = " ".join(part for part in (place_of(found), value) if part)
    return f"{where}: {why(found.code, in_shell=in_shell)}" if where else why(found.code, in_shell=in_shell)


def report_lines(report: Report, *, in_shell: bool = False) -> Iterator[str]:
    """The whole report: of each file its counts, notes, flags and problems; then the counts of all files."""
    for file in report.files:
        yield from _file_lines(file, in_shell=in_shell)
    if len(report.files) > 1:
        yield f"{t('import_all_files')}: {_counts(report.totals)}"
    if report.stopped:
        yield t("import_stopped")
    if report.dry_run:
        yield t("import_only_checked")


def _file_lines(file: FileReport, *, in_shell: bool) -> Iterator[str]:
    yield f"{printable(file.file)}: {kind_of(file)}: {_counts(file.counts)}"
    yield from (f"  {finding_line(note, in_shell=in_shell)}" for note in file.notes)
    for code, count in file.flags.most_common():
        yield f"  {t('import.flagged', count=count)}: {why(code, in_shell=in_shell)}"
    for found, count in file.unmapped.most_common():
        yield f"  {count} × {finding_line(found, in_shell=in_shell)}"
    yield from (f"  {finding_line(problem, in_shell=in_shell)}" for problem in file.problems)


def headline(report: Report) -> str:
    """The whole of it in one sentence: how many orders came in, or would, or what they wait for."""
    totals = report.totals
    if come := totals["new"] + totals["changed"]:
        return t("import_would_come" if report.dry_run else "import_came", count=come)
    if waiting := unread(report):
        return t("import_waits", count=len(waiting))
    if totals["same"] and not totals["skipped"]:
        return t("import_known")
    return t("import_would_not_come" if report.dry_run else "import_nothing")


def kind_of(file: FileReport) -> str:
    """Which kind of file it is, or that it could not be read."""
    return t(f"kind.{file.kind}") if file.kind else t("import_not_read")


def name_of(file: FileReport) -> str:
    """The name of a file without the folders it lies in."""
    return base_name(file.file)


def base_name(file: str) -> str:
    """The same of the name that its report has."""
    return printable(Path(file).name)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(t(f"import.{word}", count=counts[word]) for word in COUNTED)
