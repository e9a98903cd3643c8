"""Which kind of file something is: by its content, never its name. A further kind is one line more here."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.shop.files import (
    olist,
    online_retail,
    shopee,
    shopify,
    takeback,
    tiktok_account,
    tiktok_api,
    tiktok_api_v1,
    tiktok_seller,
)
from app.shop.files.findings import Finding, Unusable
from app.shop.files.outside import Format
from app.shop.files.packed import is_packed, scaled, unpack
from app.shop.files.report import Advance, FileReport
from app.shop.files.source import Choices, Source, files_in

FORMATS: tuple[Format, ...] = (
    takeback.FORMAT,
    tiktok_api.FORMAT,
    tiktok_api_v1.FORMAT,
    tiktok_seller.FORMAT,
    olist.FORMAT,
    shopify.FORMAT,
    shopee.FORMAT,
    tiktok_account.FORMAT,
    online_retail.FORMAT,
)


@dataclass(frozen=True, slots=True)
class Input:
    """Something to read; `kind` None where it cannot be, and then its report says why."""

    source: Source
    kind: Format | None

    @property
    def report(self) -> FileReport:
        """What is told about it."""
        return self.source.report

    @property
    def shop(self) -> str | None:
        """The handle that a person named for the orders of files that name no shop, where it is one."""
        told = any(note.code == "shop_not_told" for note in self.report.notes)
        return self.source.choices.shop if told else None


def recognise(source: Source) -> Format | None:
    """The format of `source`, None where it is of no kind known; raises Unusable where it cannot be read."""
    return next((kind for kind in FORMATS if kind.recognises(source)), None)


def inputs(paths: Sequence[Path], advance: Advance, choices: Choices) -> Generator[Input, None, None]:
    """What `paths` name: files, folders that are one input, and the files in other folders and packed ones.

    Files that belong together are one input, even where several of them are named.
    """
    folders: set[Path] = set()
    for path in paths:
        for one in _inputs(Source(path, FileReport(str(path)), advance, choices)):
            if one.kind and one.kind.folder:
                named = one.source.path
                folder = named if named.is_dir() else named.parent
                if folder.resolve() in folders:
                    continue
                folders.add(folder.resolve())
                if folder != named:
                    one.report.notes.append(Finding("with_folder"))
            yield one


def _inputs(source: Source, *, unpacked: bool = False) -> Iterator[Input]:
    try:
        if not unpacked and is_packed(source.path):
            yield from _unpacked(source)
            return
        kind = _kind(source)
        if kind is None:
            for file in files_in(source.path):
                yield from _inputs(_within(source, file), unpacked=unpacked)
            return
        source.report.kind = kind.kind
        if source.path.is_dir():
            yield from _beside(source, kind, unpacked=unpacked)
    except Unusable as error:
        source.report.problems.append(error.finding)
        kind = None
    except OSError as error:
        source.report.problems.append(Finding("not_readable", value=error.strerror))
        kind = None
    source.choices = source.choices.of(source.report.file)
    yield Input(source, kind)


def _beside(source: Source, kind: Format, *, unpacked: bool) -> Iterator[Input]:
    """The files of a folder that is one input which are no part of it: each is an input of its own."""
    for file in files_in(source.path):
        alone = _within(source, file)
        with suppress(Unusable, OSError):  # what is wrong with it is told when it is read
            if kind.recognises(alone):
                continue
        yield from _inputs(alone, unpacked=unpacked)


def _within(source: Source, path: Path) -> Source:
    """What lies in `source`, told of by a name that says so."""
    return Source(path, FileReport(f"{source.report.file}/{path.name}"), source.advance, source.choices)


def _unpacked(source: Source) -> Iterator[Input]:
    """What is in a packed file, as long as it is looked at; one file alone goes by the name of the whole."""
    with TemporaryDirectory(prefix="takeback-") as name:
        folder = Path(name)
        unpack(source.path, folder)
        advance = scaled(source.advance, source.path, folder)
        files = files_in(folder)
        inner = files[0] if len(files) == 1 else folder
        yield from _inputs(replace(source, path=inner, advance=advance), unpacked=True)


def _kind(source: Source) -> Format | None:
    """The format of what is there; None for a folder whose files are read one by one. Raises Unusable."""
    path = source.path
    if not path.exists():
        raise Unusable("not_found")
    if not path.is_dir() and not path.is_file():
        raise Unusable("not_a_file")
    if is_packed(path):
        raise Unusable("packed_twice")
    kind = recognise(source)
    if kind is None and path.is_file():
        raise Unusable("unknown_kind")
    if kind is None and not files_in(path):
        raise Unusable("folder_empty")
    return kind
