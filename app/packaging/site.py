"""The static site: plain files that any host serves, with Python and the store in the browser."""

import json
import shutil
import subprocess
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from flet_web import get_package_web_dir  # type: ignore[import-untyped]
from playwright._impl._driver import compute_driver_executable

from app.main import TITLE
from app.packaging.aside import made_aside
from app.packaging.carried import gather
from app.server.client import DESCRIPTION, Client
from app.server.sending import POLICY
from app.shop.rules.errors import Refused

HERE = Path(__file__).parent
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")
"""What of Pyodide a page loads."""
FLUTTERS_OWN, ITS_END = "    serviceWorkerSettings: {", "    onEntrypointLoaded: "
"""Between these the client starts a worker of its own, which would take ours away."""
NOT_OURS = ("flutter_service_worker.js", "python.js", "python-worker.js", "favicon.png", "version.json")
"""What of the client has a better form here, or no use."""
INSTALLED = {
    "start_url": "./",
    "scope": "./",
    "background_color": "#f6f6f4",
    "theme_color": "#f6f6f4",
    "icons": [{"src": "icon.png", "sizes": "512x512", "type": "image/png"}],
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
    with TemporaryDirectory() as folder:
        packed = Path(folder, "app")
        gather(packed)
        _compile(packed, web / "pyodide")
        _pack(packed, out / "app.zip")
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


def _compile(folder: Path, pyodide: Path) -> None:
    node, _ = compute_driver_executable()
    command = [str(node), str(HERE / "compile.mjs"), str(pyodide), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refused(
            "build_compile", {"why": "".join((done.stdout + done.stderr).strip().splitlines()[-1:])}
        )
    for source in folder.rglob("*.py"):
        if source.with_suffix(".pyc").exists():
            source.unlink()


def _pack(folder: Path, into: Path) -> None:
    with ZipFile(into, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                packed.write(file, file.relative_to(folder))
