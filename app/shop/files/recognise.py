"""Which kind of file something is: by its content, never its name. A further kind is one line more here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.shop.files import olist, tiktok_api, tiktok_api_v1
from app.shop.files.findings import Finding, Unusable
from app.shop.files.outside import Format
from app.shop.files.report import FileReport
from app.shop.files.source import Source, files_in

FORMATS: tuple[Format, ...] = (tiktok_api.FORMAT, tiktok_api_v1.FORMAT, olist.FORMAT)


@dataclass(frozen=True, slots=True)
class Input:
    """Something to read; `kind` None where it cannot be, and then its report says why."""

    source: Source
    kind: Format | None

    @property
    def report(self) -> FileReport:
        """What is told about it."""
        return self.source.report


def recognise(source: Source) -> Format | None:
    """The format of `source`, None where it is of no kind known; raises Unusable where it cannot be read."""
    return next((kind for kind in FORMATS if kind.recognises(source)), None)


def inputs(paths: Sequence[Path], advance: Callable[[int], None]) -> Iterator[Input]:
    """What `paths` name: files, folders that are one input, and the files in other folders.

    Files that belong together are one input, even where several of them are named.
    """
    folders: set[Path] = set()
    for path in paths:
        for one in _inputs(path, advance):
            if one.kind and one.kind.folder:
                folder = path if path.is_dir() else path.parent
                if folder.resolve() in folders:
                    continue
                folders.add(folder.resolve())
                if folder != path:
                    one.report.notes.append(Finding("with_folder"))
            yield one


def _inputs(path: Path, advance: Callable[[int], None]) -> Iterator[Input]:
    source = Source(path, FileReport(str(path)), advance)
    try:
        kind = _kind(source)
        if kind is None:
            for file in files_in(path):
                yield from _inputs(file, advance)
            return
        source.report.kind = kind.kind
    except Unusable as error:
        source.report.problems.append(error.finding)
        kind = None
    yield Input(source, kind)


def _kind(source: Source) -> Format | None:
    """The format of what is there; None for a folder whose files are read one by one. Raises Unusable."""
    path = source.path
    try:
        if not path.exists():
            raise Unusable("not_found")
        if not path.is_dir() and not path.is_file():
            raise Unusable("not_a_file")
        kind = recognise(source)
    except OSError as error:
        raise Unusable("not_readable", value=error.strerror) from error
    if kind is None and path.is_file():
        raise Unusable("unknown_kind")
    if kind is None and not files_in(path):
        raise Unusable("folder_empty")
    return kind
