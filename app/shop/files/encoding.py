"""The text of an outside file: its encoding is told from its bytes, never from its name."""

import codecs
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.shop.files.findings import Finding, Unusable
from app.shop.files.report import FileReport

_CHUNK = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACK = "cp1252"
_UTF_8, _LOST = ("utf-8", "utf-8-sig"), "\ufffd"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def opening(path: Path) -> tuple[bytes, str]:
    """How a text file begins, and its encoding as far as that tells; raises Unusable where it is no text."""
    try:
        with path.open("rb") as file:
            head = file.read(_CHUNK)
    except OSError as error:
        raise Unusable("not_readable", value=error.strerror) from error
    if not head.strip(b" \t\r\n\0"):
        raise Unusable("file_empty")
    if head.startswith(_OLD_WORKBOOK):
        raise Unusable("old_workbook")
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), None)
    encoding = marked or json.detect_encoding(head)
    if "\0" in head.decode(encoding, "ignore"):
        raise Unusable("not_text")
    return head, encoding


def encoding_of(path: Path) -> tuple[str, str]:
    """The encoding of the whole of a text file, and what becomes of bytes that are none of it, as for `open`.

    Raises Unusable where it is no text.
    """
    _, encoding = opening(path)
    if encoding not in _UTF_8:
        return encoding, "strict"
    try:
        for _ in _decoded(path, "strict"):
            pass
    except UnicodeDecodeError:
        # A few damaged bytes make no other encoding of a file; in one that is another, hardly any fit.
        if _fits(path):
            return encoding, "replace"
        return (encoding, "strict") if encoding == "utf-8-sig" else (_FALLBACK, "replace")
    return encoding, "strict"


def _fits(path: Path) -> bool:
    """Whether most of what is not ASCII in a file is UTF-8."""
    lost = others = 0
    for text in _decoded(path, "replace"):
        lost += text.count(_LOST)
        others += len(text) - len(text.encode("ascii", "ignore"))
    return others > 2 * lost


def _decoded(path: Path, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")(errors)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def opened(path: Path, report: FileReport) -> tuple[BinaryIO, io.TextIOWrapper]:
    """A file's bytes, and over them its text, decoded; the report is told of what was guessed or lost."""
    encoding, errors = encoding_of(path)
    if errors == "replace":
        code = "read_as_cp1252" if encoding == _FALLBACK else "characters_lost"
        report.notes.append(Finding(code, file=path.name))
    binary = path.open("rb")
    return binary, io.TextIOWrapper(binary, encoding, errors, newline="")
