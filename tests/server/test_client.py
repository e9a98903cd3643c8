"""The client as it is sent: small where the browser takes it so, once, and never a wrong one."""

import gzip
import json
import re
from io import BytesIO
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import portalocker
import pytest
from PIL import Image

from app.server.client import Client
from app.server.pressed import Pressed
from app.server.sending import Sending
from tests.server.asking import ask

CLIENT = Client()
SCRIPT = "flutter_bootstrap.js"
WHOLE = CLIENT.files[SCRIPT].read()


@pytest.fixture
def sending(tmp_path: Path) -> Sending:
    """The page, with one script made small."""
    pressed = Pressed(tmp_path)
    pressed.press([CLIENT.files[SCRIPT], CLIENT.own["fonts/PlusJakartaSans-Bold.ttf"]])
    return Sending(CLIENT, pressed)


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, GZIP;q=0.5", "gzip"),
        ("br;q=0.0,gzip;q=0", None),
        ("", None),
        ("brotli", None),
    ],
)
async def test_a_browser_gets_what_it_can_read(sending: Sending, accepts: str, encoding: str | None) -> None:
    answer = await ask(sending, CLIENT.prefix + SCRIPT, accept_encoding=accepts)
    assert answer.status == 200
    assert answer.headers.get("content-encoding") == encoding
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](answer.body)
    assert unpacked == WHOLE
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert "accept-encoding" in answer.headers["vary"]


async def test_a_browser_installs_it_with_icons_of_our_own(sending: Sending) -> None:
    told = json.loads(CLIENT.files["manifest.json"].read())
    assert {one["purpose"] for one in told["icons"]} == {"any", "maskable", "monochrome"}
    for one in told["icons"]:
        answer = await ask(sending, one["src"])
        assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
        with Image.open(BytesIO(answer.body)) as icon:
            assert one["sizes"] == f"{icon.width}x{icon.height}"


async def test_what_never_changes_is_kept_for_good_and_each_form_has_a_tag_of_its_own(
    sending: Sending,
) -> None:
    tags = set()
    for accepts in ("br", "gzip", "identity"):
        answer = await ask(sending, CLIENT.prefix + SCRIPT, accept_encoding=accepts)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        tags.add(answer.headers["etag"])
        again = await ask(
            sending, CLIENT.prefix + SCRIPT, accept_encoding=accepts, if_none_match=answer.headers["etag"]
        )
        assert (again.status, again.body) == (304, b"")
    assert len(tags) == 3


@pytest.mark.parametrize("path", ["/", "/orders/12", "/fonts/PlusJakartaSans-Bold.ttf"])
async def test_what_may_change_is_asked_for_again_and_costs_nothing_where_it_did_not(
    sending: Sending, path: str
) -> None:
    first = await ask(sending, path, accept_encoding="br")
    assert first.status == 200
    assert "immutable" not in first.headers["cache-control"]
    again = await ask(
        sending, path, accept_encoding="br", if_none_match=f'"other", W/{first.headers["etag"]}'
    )
    assert (again.status, again.body) == (304, b"")
    assert again.headers.get("content-security-policy") == first.headers.get("content-security-policy")
    other = await ask(sending, path, accept_encoding="br", if_none_match='"other"')
    assert other.status == 200


async def test_an_address_changes_with_what_is_under_it(sending: Sending, tmp_path: Path) -> None:
    assert (await ask(sending, f"/client/0123456789abcdef/{SCRIPT}")).status == 404
    other = Client()
    other.files[SCRIPT] = other.files["flutter.js"]
    assert other.version != CLIENT.version


async def test_all_that_the_page_names_is_there(sending: Sending) -> None:
    page = (await ask(sending, "/")).body.decode()
    named = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(named) > 4
    for address in named:
        assert (await ask(sending, address)).status == 200
    assert (
        re.findall(r'flet\.(?:entrypoint|canvasKit|fontFallback|asset)Base\w*\s*=\s*"(?!/client/)', page)
        == []
    )


@pytest.mark.parametrize(
    "path",
    [
        *("/pictures/order.png", "/serve/nginx.conf", "/OFL.txt", "/../pyproject.toml", "/main.dart.wasm"),
        *("/client/{}/pyodide/pyodide.asm.wasm", "/client/{}/../../../etc/passwd", "/client/{}/"),
        *("/client/{}/canvaskit/skwasm.js.symbols", "/client/{}/index.html", "/client", "/client/x"),
    ],
)
async def test_what_nobody_needs_is_not_there(sending: Sending, path: str) -> None:
    answer = await ask(sending, path.format(CLIENT.version))
    assert answer.status == 404 or answer.body == CLIENT.page


@pytest.mark.parametrize("family", ["notocoloremoji", "notosansthai", "notosanskr"])
async def test_letters_are_where_the_client_looks_for_them(sending: Sending, family: str) -> None:
    for name in [name for name in CLIENT.files if f"/{family}/" in name][:3]:
        answer = await ask(sending, CLIENT.prefix + name)
        assert answer.headers["content-type"] == "font/woff2"
        assert answer.body.startswith(b"wOF2")


async def test_nothing_is_changed_by_asking(sending: Sending) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert (await ask(sending, "/", method)).status == 405
    assert (await ask(sending, CLIENT.prefix + SCRIPT, "HEAD")).body == b""


async def test_where_nothing_was_made_small_yet_the_file_goes_as_it_is(tmp_path: Path) -> None:
    sending = Sending(CLIENT, Pressed(tmp_path / "none"))
    answer = await ask(sending, CLIENT.prefix + SCRIPT, accept_encoding="br")
    assert (answer.status, answer.body) == (200, WHOLE)
    assert "content-encoding" not in answer.headers


def test_small_forms_are_made_once_and_found_by_the_next_process(tmp_path: Path) -> None:
    one = CLIENT.files[SCRIPT]
    Pressed(tmp_path).press([one])
    made = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(made) == 2
    next_one = Pressed(tmp_path)
    next_one.press([one])
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == made
    assert next_one.of(one, {"br", "gzip"}) == ("br", tmp_path / f"{one.name}.br")


async def test_where_the_folder_cannot_be_written_they_are_made_aside(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder can be made below a file")
    pressed = Pressed(tmp_path / "file" / "cache")
    pressed.press([CLIENT.files[SCRIPT]])
    answer = await ask(Sending(CLIENT, pressed), CLIENT.prefix + SCRIPT, accept_encoding="br")
    assert brotli.decompress(answer.body) == WHOLE
    assert answer.headers["content-encoding"] == "br"


def test_what_is_as_small_as_it_gets_is_left_alone(tmp_path: Path) -> None:
    Pressed(tmp_path).press([CLIENT.files["favicon.png"], CLIENT.files["assets/fonts/roboto.woff2"]])
    assert list(tmp_path.iterdir()) == []


def test_one_process_at_a_time_makes_files_small(tmp_path: Path) -> None:
    file = CLIENT.files[SCRIPT]
    with (tmp_path / "pressing").open("a", encoding="ascii") as other:
        portalocker.lock(other, portalocker.LOCK_EX)
        Pressed(tmp_path).press_beside([file]).join()
        assert Pressed(tmp_path).of(file, {"br", "gzip"}) is None
    Pressed(tmp_path).press_beside([file]).join()
    assert Pressed(tmp_path).of(file, {"br", "gzip"}) is not None
