"""What may stand wrongly in a file: odd texts and values, spoilt bytes, bombs and packages that mislead."""

import gzip
import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from typing import Any

TEXTS = (
    *("", " ", "0", "-0", "-1", "1e5", "1E+17", "5.83871E+17", "99.9", "12,5", "1.234,5", "NaN", "Infinity"),
    *("\0", "a\0b", "\x1b[31m", "\u202e", "\ufffd", "\ufeff", "é" * 3, "Đã huỷ", "ยกเลิกแล้ว", "=1+1", "@x", "'"),
    *('"', '""', "'\"", "a\nb", "a\r\nb", ";", "\t", "9" * 18, "9" * 40, "٣", "½", "💥", "true", "null", "#REF!"),
    *("2026-06-13", "13/06/2026", "06/13/2026 1:00 PM", "1/1/0001 00:00", "BRL 35,91", "1.2.3", "IDR", "$1", "1 000"),
)
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -0.0, -1, 1.5, 10**22, 2**63, 1e308, float("nan"), float("inf"), [], {}, [[]]),
    *([1], {"id": 1}, "\ud800", [None], "\udfff\ud800"),
)


def odd_text(random: Random) -> str:
    """A text that no cell should have; rarely a huge one."""
    if random.random() < 0.02:
        return random.choice(("x", "x ", "9", "😀", "x,")) * random.choice((3_000, 70_000, 200_000))
    return random.choice(TEXTS)


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value within a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inside:
        yield (*way, name)
        yield from places(one, (*way, name))


def odd_json(random: Random, made: Any) -> tuple[str, list[str]]:
    """JSON with odd values in places, with names twice, nested deeply or with huge numbers."""
    made = json.loads(json.dumps(made))
    ways, what = list(places(made)), []
    for _ in range(random.choice((0, 1, 1, 2, 4))):
        way = random.choice(ways)
        odd = random.choice(ODD) if random.random() < 0.5 else odd_text(random)
        value = made
        with suppress(IndexError, KeyError, TypeError):
            for name in way[:-1]:
                value = value[name]
            if random.random() < 0.2:
                del value[way[-1]]
            else:
                value[way[-1]] = odd
        what.append(f"{way} {str(odd)[:20]!r}")
    text = json.dumps(made, ensure_ascii=random.random() < 0.5, indent=random.choice((None, 1)))
    match random.choice(("", "", "", "twice", "deep", "long", "comment")):
        case "twice":
            at = text.find("{", random.randrange(len(text)))
            text = text[: at + 1] + '"id": "1", "id": "2", "order_id": "3",' + text[at + 1 :]
            what.append("names twice")
        case "deep":
            deep = random.choice((50, 900, 1_100, 100_000))
            text = text.replace('"0"', "[" * deep + "]" * deep, 1)
            what.append("deep")
        case "long":
            text = text.replace("100", "1" * random.choice((100, 4_000, 5_000)), 1)
            what.append("long number")
        case "comment":
            text += random.choice((" // end", ",", "]", "{}", "\0", "\n\n"))
            what.append("something after it")
    return text, what


def odd_xml(random: Random, text: str) -> tuple[str, str]:
    """The XML of a part, spoilt."""
    at = random.randrange(len(text))
    match random.choice(("cut", "tag", "entity", "laughs", "outside", "attribute", "nested", "swap")):
        case "cut":
            return text[:at], "cut"
        case "tag":
            return text.replace("</c>", "", 1), "tag"
        case "entity":
            return text.replace("Kaos", "&nothing;", 1), "entity"
        case "laughs":
            return text.replace("<worksheet", _LAUGHS + "<worksheet", 1).replace("Kaos", "&z;", 1), "laughs"
        case "outside":
            told = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'
            return text.replace("<worksheet", told, 1).replace("Kaos", "&e;", 1), "outside"
        case "attribute":
            return text.replace(' r="', random.choice((' r="0', ' r="ZZZ', ' r="-', ' q="')), 5), "attribute"
        case "nested":
            return text.replace("<sheetData>", "<sheetData>" + "<a>" * 2_000, 1), "nested"
        case _:
            return text.replace("inlineStr", random.choice(("s", "b", "e", "d", "str")), 3), "types"


_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefghi", "bcdefghiz", strict=True))
    + "]>"
)


def spoilt(random: Random, content: bytes) -> tuple[bytes, str]:
    """Bytes lost, turned or put in."""
    if not content:
        return content, "nothing"
    at, wide = random.randrange(len(content)), random.randint(1, 40)
    match random.choice(("cut", "junk", "turned", "lost", "nul", "quote", "utf-8", "start", "ends")):
        case "cut":
            return content[:at], f"cut at {at}"
        case "junk":
            return content[:at] + random.randbytes(wide) + content[at:], f"junk at {at}"
        case "turned":
            return content[:at] + bytes([content[at] ^ (1 << random.randrange(8))]) + content[at + 1 :], f"bit at {at}"
        case "lost":
            return content[:at] + content[at + wide :], f"lost {wide} at {at}"
        case "nul":
            return content[:at] + b"\0" * wide + content[at:], f"NUL at {at}"
        case "quote":
            return content[:at] + b'"' + content[at:], f"quote at {at}"
        case "utf-8":
            broken = random.choice((b"\xc3", b"\xff", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"))
            return content[:at] + broken + content[at:], f"broken UTF-8 at {at}"
        case "start":
            return random.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\xfe\xff", b"PK\x03\x04", b"\x1f\x8b\x08")) + content, "start"
        case _:
            return content.replace(b"\r\n", b"\n").replace(b"\n", random.choice((b"\r", b"\n\r", b"\x0b", b"\n\n"))), "ends"


def packed(random: Random, content: bytes) -> tuple[bytes, str]:
    """As a .gz or .zip, well or with names that lead elsewhere."""
    match random.choice(("gzip", "gzip", "zip", "away", "twice", "link", "many", "folder")):
        case "gzip":
            return gzip.compress(content, 1), "gzip"
        case "zip":
            return zipped({"orders": content}), "zip"
        case "away":
            name = random.choice(("../../out", "/out", "C:\\out", "..", ".", "a/../../../out", "x\x00y", "นอก" * 40, "CON"))
            return zipped({name: content}), f"zip with {name[:12]!r}"
        case "twice":
            return random.choice((zipped({"a.zip": zipped({"b": content})}), gzip.compress(gzip.compress(content)))), "twice"
        case "link":
            link = zipfile.ZipInfo("link")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            return zipped({link: b"/etc/passwd", "orders": content}), "link"
        case "many":
            return zipped({f"{n}/orders": content for n in range(3)}), "many"
        case _:
            return zipped({"a/": b"", "a/b/": b"", "__MACOSX/._x": b"\0", "a/b/orders": content}), "folders"


def zipped(parts: dict[Any, bytes]) -> bytes:
    """A .zip of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _workbook(sheets: dict[str, bytes]) -> bytes:
    return zipped({f"xl/worksheets/{name}.xml": told for name, told in sheets.items()} | {"xl/workbook.xml": b"<workbook/>"})


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip bomb": lambda: gzip.compress(b"\0" * (20 << 20)),
    "gzip bomb of gzip": lambda: gzip.compress(gzip.compress(b"\n" * (20 << 20))),
    "zip bomb": lambda: zipped({"a": b"\n" * (20 << 20)}),
    "zip in zip in zip": lambda: zipped({"a": zipped({"b": zipped({"c": b"x"})})}),
    "too many files": lambda: zipped({str(n): b"" for n in range(1_500)}),
    "laughs": lambda: _workbook({"sheet1": (_LAUGHS + "<worksheet><row><c><v>&z;</v></c></row></worksheet>").encode()}),
    "many sheets": lambda: _workbook({f"sheet{n}": b"<worksheet/>" for n in range(3_000)}),
    "many elements": lambda: _workbook({"sheet1": b"<worksheet>" + b"<a/>" * 4_000_000 + b"</worksheet>"}),
    "many formats": lambda: _workbook({"sheet1": b"<worksheet><row><c><v>1</v></c></row></worksheet>", "../styles": b"<s><cellXfs>" + b"<xf/>" * 3_000_000}),
    "many columns": lambda: ",".join(f"c{n}" for n in range(100_000)).encode() + b"\n" + b"," * 99_999,
    "deep JSON": lambda: b"[" * 3_000_000,
    "deep names": lambda: b'{"a":' * 500_000,
    "long line": lambda: b"Order ID,Order Status,SKU ID,Created Time\n" + b"x" * (6 << 20),
    "empty": lambda: b"",
    "blanks": lambda: b" \r\n\t" * 1_000,
    "NULs": lambda: b"\0" * 1_000,
}
"""What is made to fill memory or time, and what is nothing at all."""
