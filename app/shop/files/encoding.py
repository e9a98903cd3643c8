"""The text of an outside file: its encoding is told from its bytes, never from its name."""

import codecs
import io
import json
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


def encoding_of(path: Path) -> str:
    """The encoding of the whole of a text file; raises Unusable where it is none."""
    _, encoding = opening(path)
    if encoding != "utf-8":
        return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _FALLBACK
    return encoding


def opened(path: Path, report: FileReport) -> tuple[BinaryIO, io.TextIOWrapper]:
    """A file's bytes, and over them its text, decoded; the report is told of an encoding that was guessed."""
    encoding = encoding_of(path)
    if encoding == _FALLBACK:
        report.notes.append(Finding("read_as_cp1252", file=path.name))
    errors = "replace" if encoding == _FALLBACK else "strict"
    binary = path.open("rb")
    return binary, io.TextIOWrapper(binary, encoding, errors, newline="")
