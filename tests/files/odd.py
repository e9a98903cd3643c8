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
    *(
        "\0",
        "a\0b",
        "\x1b[31m",
        "\u202e",
        "\ufffd",
        "\ufeff",
        "é" * 3,
        "Đã huỷ",
        "ยกเลิกแล้ว",
        "=1+1",
        "@x",
        "'",
    ),
    *(
        '"',
        '""',
        "'\"",
        "a\nb",
        "a\r\nb",
        ";",
        "\t",
        "9" * 18,
        "9" * 40,
        "٣",
        "½",
        "💥",
        "true",
        "null",
        "#REF!",
    ),
    *(
        "2026-06-13",
        "13/06/2026",
        "06/13/2026 1:00 PM",
        "1/1/0001 00:00",
        "BRL 35,91",
        "1.2.3",
        "IDR",
        "$1",
        "1 000",
    ),
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


_LAUGHS: str = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {one} "{f"&{before};" * 10}">'
        for before, one in zip("abcdefghi", "bcdefghiz", strict=True)
    )
    + "]>"
)

XML: dict[str, Callable[[Random, str], str]] = {
    "cut": lambda random, text: text[: random.randrange(len(text))],
    "tag": lambda _, text: text.replace("</c>", "", 1),
    "entity": lambda _, text: text.replace("Kaos", "&nothing;", 1),
    "laughs": lambda _, text: _declared(text, _LAUGHS, "&z;"),
    "outside": lambda _, text: _declared(
        text, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"
    ),
    "places": lambda random, text: text.replace(
        ' r="', random.choice((' r="0', ' r="ZZZ', ' r="-', ' q="')), 5
    ),
    "nested": lambda _, text: text.replace("<sheetData>", "<sheetData>" + "<a>" * 2_000, 1),
    "types": lambda random, text: text.replace("inlineStr", random.choice(("s", "b", "e", "d", "str")), 3),
}
"""What can be done to the XML of a part."""


def _declared(text: str, declared: str, used: str) -> str:
    return text.replace("<worksheet", f"{declared}<worksheet", 1).replace("Kaos", used, 1)


_BROKEN = (b"\xc3", b"\xff", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80")
_STARTS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\xfe\xff", b"PK\x03\x04", b"\x1f\x8b\x08")
SPOILT: dict[str, Callable[[Random, bytes, bytes], bytes]] = {
    "cut": lambda _, before, after: before,
    "junk": lambda random, before, after: before + random.randbytes(random.randint(1, 40)) + after,
    "turned": lambda random, before, after: (
        before + bytes([after[0] ^ (1 << random.randrange(8))]) + after[1:]
    ),
    "lost": lambda random, before, after: before + after[random.randint(1, 40) :],
    "NUL": lambda random, before, after: before + b"\0" * random.randint(1, 40) + after,
    "quote": lambda _, before, after: before + b'"' + after,
    "no UTF-8": lambda random, before, after: before + random.choice(_BROKEN) + after,
    "start": lambda random, before, after: random.choice(_STARTS) + before + after,
    "ends": lambda random, before, after: (before + after).replace(
        b"\r\n", random.choice((b"\r", b"\n\r", b"\x0b", b"\n\n"))
    ),
}
"""What can be done to bytes, at a place between those before and those after it."""


def spoilt(random: Random, content: bytes) -> tuple[bytes, str]:
    """Bytes lost, turned or put in, and how."""
    if not content:
        return content, "nothing"
    name, at = random.choice(sorted(SPOILT)), random.randrange(len(content))
    return SPOILT[name](random, content[:at], content[at:]), f"{name} at {at}"


_AWAY = ("../../out", "/out", "C:\\out", "..", ".", "a/../../../out", "x\x00y", "นอก" * 40, "CON")
PACKED: dict[str, Callable[[Random, bytes], bytes]] = {
    "gzip": lambda _, content: gzip.compress(content, 1),
    "zip": lambda _, content: zipped({"orders": content}),
    "away": lambda random, content: zipped({random.choice(_AWAY): content}),
    "zip in zip": lambda _, content: zipped({"a.zip": zipped({"b": content})}),
    "gzip in gzip": lambda _, content: gzip.compress(gzip.compress(content)),
    "link": lambda _, content: zipped({_link(): b"/etc/passwd", "orders": content}),
    "many": lambda _, content: zipped({f"{n}/orders": content for n in range(3)}),
    "folders": lambda _, content: zipped(
        {"a/": b"", "a/b/": b"", "__MACOSX/._x": b"\0", "a/b/orders": content}
    ),
}
"""As a .gz or .zip, well or with names that lead elsewhere."""


def _link() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


def zipped(parts: dict[Any, bytes]) -> bytes:
    """A .zip of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _workbook(sheets: dict[str, bytes]) -> bytes:
    return zipped(
        {f"xl/worksheets/{name}.xml": told for name, told in sheets.items()}
        | {"xl/workbook.xml": b"<workbook/>"}
    )


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip bomb": lambda: gzip.compress(b"\0" * (20 << 20)),
    "gzip bomb of gzip": lambda: gzip.compress(gzip.compress(b"\n" * (20 << 20))),
    "zip bomb": lambda: zipped({"a": b"\n" * (20 << 20)}),
    "zip in zip in zip": lambda: zipped({"a": zipped({"b": zipped({"c": b"x"})})}),
    "too many files": lambda: zipped({str(n): b"" for n in range(1_500)}),
    "laughs": lambda: _workbook(
        {"sheet1": (_LAUGHS + "<worksheet><row><c><v>&z;</v></c></row></worksheet>").encode()}
    ),
    "many sheets": lambda: _workbook({f"sheet{n}": b"<worksheet/>" for n in range(3_000)}),
    "many elements": lambda: _workbook({"sheet1": b"<worksheet>" + b"<a/>" * 4_000_000 + b"</worksheet>"}),
    "many formats": lambda: _workbook(
        {
            "sheet1": b"<worksheet><row><c><v>1</v></c></row></worksheet>",
            "../styles": b"<s><cellXfs>" + b"<xf/>" * 3_000_000,
        }
    ),
    "many columns": lambda: ",".join(f"c{n}" for n in range(100_000)).encode() + b"\n" + b"," * 99_999,
    "deep JSON": lambda: b"[" * 3_000_000,
    "deep names": lambda: b'{"a":' * 500_000,
    "long line": lambda: b"Order ID,Order Status,SKU ID,Created Time\n" + b"x" * (6 << 20),
    "empty": lambda: b"",
    "blanks": lambda: b" \r\n\t" * 1_000,
    "NULs": lambda: b"\0" * 1_000,
}
"""What is made to fill memory or time, and what is nothing at all."""
