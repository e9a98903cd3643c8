"""The static site: plain files that any host serves, with Python and the store in the browser."""

import json
import shutil
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from flet_web import get_package_web_dir  # type: ignore[import-untyped]

from app.main import TITLE
from app.packaging.aside import made_aside
from app.packaging.carried import gather
from app.packaging.packed import FIRST, REST, pack
from app.server.client import DESCRIPTION, ICONS, Client
from app.server.sending import POLICY
from app.shop.rules.errors import Refused

HERE = Path(__file__).parent
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
"""What of Pyodide a page loads as it is."""
LOCK = "pyodide-lock.json"
"""What packages Pyodide could fetch: none, all are here."""
FLUTTERS_OWN, ITS_END = "    serviceWorkerSettings: {", "    onEntrypointLoaded: "
"""Between these the client starts a worker of its own, which would take ours away."""
NOT_OURS = ("flutter_service_worker.js", "python.js", "python-worker.js", "favicon.png", "version.json")
"""What of the client has a better form here, or no use."""
INSTALLED = {
    "start_url": "./",
    "scope": "./",
    "background_color": "#f6f6f4",
    "theme_color": "#f6f6f4",
    "icons": ICONS,
}
"""How the site is where it is installed: the client's own icons would be another project's."""
WORKER = "offline.js"


def build_site(out: Path) -> None:
    """Make the site in the folder `out`, which must be new or empty. Raises Refused."""
    with made_aside(out) as made:
        _make(made)


def _make(out: Path) -> None:
    client = Client()
    for name, file in (client.files | client.own).items():
        _write(out / name, file.read())
    web = Path(get_package_web_dir())
    for name in PYODIDE:
        _write(out / "pyodide" / name, (web / "pyodide" / name).read_bytes())
    lock = json.loads((web / "pyodide" / LOCK).read_bytes())
    _write(out / "pyodide" / LOCK, json.dumps(lock | {"packages": {}}).encode())
    with TemporaryDirectory() as folder:
        packed = Path(folder, "app")
        gather(packed)
        pack(packed, web / "pyodide", out)
    _page(out)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _page(out: Path) -> None:
    """The page and its scripts, and last the worker that keeps all files."""
    for name in NOT_OURS:
        (out / name).unlink()
    shutil.rmtree(out / "icons")
    for file in sorted((HERE / "site").iterdir()):
        shutil.copyfile(file, out / file.name)
    # A header alone may say who frames a page.
    policy = "; ".join(one for one in POLICY.split("; ") if not one.startswith("frame-ancestors"))
    _fill(out / "index.html", title=TITLE, description=DESCRIPTION, policy=policy)
    bootstrap = (out / "flutter_bootstrap.js").read_text(encoding="utf-8")
    start, end = bootstrap.find(FLUTTERS_OWN), bootstrap.find(ITS_END)
    if not 0 <= start < end:
        raise Refused("build_client", {"what": "flutter_bootstrap.js"})
    kept = bootstrap[:start] + bootstrap[end:]
    (out / "flutter_bootstrap.js").write_text(kept, encoding="utf-8")
    manifest = json.loads((out / "manifest.json").read_bytes()) | INSTALLED
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    held = (
        FIRST,
        REST,
        *(f"pyodide/{name}" for name in PYODIDE),
        *(file.name for file in (HERE / "site").iterdir()),
    )
    _fill(out / "snapshot.js", build=_sum(b"".join((out / name).read_bytes() for name in sorted(held))))
    files = {path.relative_to(out).as_posix(): path for path in sorted(out.rglob("*")) if path.is_file()}
    sums = {name: _sum(path.read_bytes()) for name, path in files.items() if name != WORKER}
    _fill(out / WORKER, version=_sum(json.dumps(sums).encode()), files=json.dumps(sums))


def _fill(file: Path, **words: str) -> None:
    text = file.read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"${name}", word)
    file.write_text(text, encoding="utf-8")


def _sum(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()
