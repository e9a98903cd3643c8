"""The web client: its files, under addresses that change with what they hold, and its page."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from flet_web import get_package_web_dir, patch_index_html  # type: ignore[import-untyped]

from app.home import ASSETS
from app.main import TITLE

DESCRIPTION = "Take an order back, and see what comes next."
ICONS = tuple(
    {"src": name, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
    for name, size, purpose in (
        ("icon.png", 512, "any"),
        ("icon-192.png", 192, "any"),
        ("icon-maskable.png", 512, "maskable"),
        ("icon-monochrome.png", 512, "monochrome"),
    )
)
"""What the app looks like where a browser installs it, as a manifest tells it."""
OURS = ("fonts", "goods", "drawings", *(icon["src"] for icon in ICONS))
"""What of our own assets a page asks for."""
_LEFT_OUT = (".symbols", ".map", ".ts")
"""For who looks for faults in the client itself."""
_FONTS = {"MaterialIcons": "fonts/icons.woff2", "Roboto": "fonts/roboto.woff2"}
"""By family, what the client loads at each start: not all icons, nor those of Cupertino and of formulas."""
_NOT_HERE = ("pyodide/", "index.html", "assets/fonts/MaterialIcons", "assets/packages/cupertino_icons/")
"""Python in the browser is for a site without a server; the page is made below; our icons are fewer."""
_BESIDE = ("python.js", "flutter_bootstrap.js", "favicon.png", "manifest.json", "icons/")
LETTERS = "letters"
"""Where, of our assets, the fonts are that the client asks for when its own lack a letter."""
SYMBOLS = f"{LETTERS}/icons.woff2"
"""The icons that the app and the client draw (`app/art/symbols.py`)."""
ASKED = re.compile(r'"(?P<family>\w+)/v\d+/[\w-]+(?:\.(?P<slice>\d+))?\.woff2"')
"""How the client names one, and which slice of the family it is."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to send; `name` is made of what it holds. What is not on disk as it is sent is in `content`."""

    path: Path
    name: str
    content: bytes | None = None

    def read(self) -> bytes:
        """All of it."""
        return self.path.read_bytes() if self.content is None else self.content


class Client:
    """Flet's client as it was installed, without what this app never asks for, and our own assets."""

    def __init__(self, assets: Path = ASSETS) -> None:
        self._web = Path(get_package_web_dir())
        self._assets = assets

    @cached_property
    def files(self) -> dict[str, File]:
        """By the rest of the address, the client's own files: what is under one address never changes."""
        found = {
            path.relative_to(self._web).as_posix(): path
            for path in sorted(self._web.rglob("*"))
            if path.is_file() and path.suffix not in _LEFT_OUT
        }
        kept = {name: path for name, path in found.items() if not name.startswith(_NOT_HERE)}
        files = {name: _file(path) for name, path in kept.items()}
        for name, content in (
            ("manifest.json", self._manifest()),
            ("assets/FontManifest.json", self._fonts()),
        ):
            files[name] = _file(kept[name], content)
        files[f"assets/{_FONTS['MaterialIcons']}"] = _file(self._assets / SYMBOLS)
        for asked in ASKED.finditer((self._web / "main.dart.js").read_text(encoding="utf-8")):
            path = self._assets / LETTERS / letters(asked)
            if path.is_file():
                files[f"assets/fonts/{asked[0][1:-1]}"] = _file(path)
        return files

    @cached_property
    def own(self) -> dict[str, File]:
        """By their address, our own assets: an address stays, whatever it holds."""
        return {path.relative_to(self._assets).as_posix(): _file(path) for path in self._own()}

    @cached_property
    def version(self) -> str:
        """Changes with any of the client's files."""
        names = "".join(f"{address} {file.name}\n" for address, file in self.files.items())
        return blake2b(names.encode(), digest_size=8).hexdigest()

    @property
    def prefix(self) -> str:
        """Where the client's files are."""
        return f"/client/{self.version}/"

    @cached_property
    def page(self) -> bytes:
        """The page that loads the client. Raises ValueError where it is not as we know it."""
        with TemporaryDirectory() as folder:
            index = Path(folder, "index.html")
            index.write_bytes((self._web / "index.html").read_bytes())
            patch_index_html(str(index), "/", "/ws", TITLE, DESCRIPTION, no_cdn=True)
            page = index.read_text(encoding="utf-8")
        for name in ("entrypointBaseUrl", "assetBase", "canvasKitBaseUrl"):
            page = _set(page, name, "/canvaskit/" if name == "canvasKitBaseUrl" else "/", self.prefix)
        page = _set(page, "fontFallbackBaseUrl", "assets/fonts/", self.prefix)
        for name in _BESIDE:
            page = page.replace(f'="{name}', f'="{self.prefix}{name}')
        return page.encode()

    def _manifest(self) -> bytes:
        told = json.loads((self._web / "manifest.json").read_bytes())
        ours = {"name": TITLE, "short_name": TITLE, "description": DESCRIPTION, "start_url": "/"}
        icons = [icon | {"src": f"/{icon['src']}"} for icon in ICONS]  # the manifest lies elsewhere
        return json.dumps(told | ours | {"icons": icons}).encode()

    def _fonts(self) -> bytes:
        fonts = [{"family": family, "fonts": [{"asset": file}]} for family, file in _FONTS.items()]
        return json.dumps(fonts).encode()

    def _own(self) -> Iterator[Path]:
        for name in OURS:
            path = self._assets / name
            yield from (
                (path,) if path.is_file() else (one for one in sorted(path.rglob("*")) if one.is_file())
            )


def letters(asked: re.Match[str]) -> Path:
    """Where, below our letters, what the client asks for is; without a number, in the rest of its family."""
    return Path(asked["family"], f"{asked['slice'] or 'rest'}.woff2")


def _set(page: str, name: str, before: str, prefix: str) -> str:
    line, after = f'flet.{name}="{before}"', f'flet.{name}="{prefix}{before.lstrip("/")}"'
    if line not in page:
        raise ValueError(f"the client's page does not say {line}")
    return page.replace(line, after)


def _file(path: Path, content: bytes | None = None) -> File:
    held = path.read_bytes() if content is None else content
    return File(path, blake2b(held, digest_size=16).hexdigest(), content)
