"""The files of the site that last, as the Python of the browser sees them, without a browser."""

import subprocess
from pathlib import Path

from flet_web import get_package_web_dir  # type: ignore[import-untyped]
from playwright._impl._driver import compute_driver_executable

from app.packaging import site

LASTING = Path(site.__file__).parent / "site" / "lasting.js"


def told(code: str) -> list[str]:
    """What each start of `code` comes to."""
    node, _ = compute_driver_executable()
    script = Path(__file__).with_name("lasting.mjs")
    done = subprocess.run(
        [str(node), str(script), str(Path(get_package_web_dir()) / "pyodide"), str(LASTING)],
        input=code,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_file_that_is_removed_while_it_is_open_shares_nothing_with_those_made_then() -> None:
    code = """
import os
old = open("/kept/old", "w+b", buffering=0)
old.write(b"old")
again = os.dup(old.fileno())
os.remove("/kept/old")
for n in range(30):
    with open(f"/kept/{n}", "wb") as new:
        new.write(b"new")
    old.seek(0)
    old.write(b"OLD")
    if n > 8:
        os.remove(f"/kept/{n}")
old.seek(0)
first = old.read()
old.close()
os.write(again, b"!")
os.close(again)
f"{first} {sorted({open(f'/kept/{n}', 'rb').read() for n in range(9)})}"
# and at the next start
import os
f"{sorted(os.listdir('/kept'))}"
"""
    now, then = told(code)
    assert now == "b'OLD' [b'new']"
    assert then == str(sorted(str(n) for n in range(9)))


def test_a_file_that_took_anothers_place_while_that_was_open_stays_what_it_is() -> None:
    code = """
import os
with open("/kept/one", "wb") as one:
    one.write(b"one")
reading = open("/kept/one", "rb")
with open("/kept/other", "wb") as other:
    other.write(b"other")
os.replace("/kept/other", "/kept/one")
with open("/kept/third", "wb") as third:
    third.write(b"third")
f"{reading.read()} {open('/kept/one', 'rb').read()}"
"""
    assert told(code) == ["b'one' b'other'"]


def test_a_disk_that_is_full_is_said_as_everywhere_else() -> None:
    code = """
import disk, errno, sqlite3
store = sqlite3.connect("/kept/store.db", isolation_level=None)
store.execute("PRAGMA locking_mode=EXCLUSIVE")
store.execute("PRAGMA journal_mode=WAL")
store.execute("CREATE TABLE kept (what)")
file = open("/kept/file", "wb", buffering=0)
disk.full()
said = []
try:
    file.write(b"more")
except OSError as error:
    said.append(errno.errorcode.get(error.errno))
try:
    store.execute("INSERT INTO kept VALUES (zeroblob(100000))")
except sqlite3.OperationalError as error:
    said.append(error.sqlite_errorname)
disk.freed()
store.execute("INSERT INTO kept VALUES (zeroblob(100000))")
said.append(store.execute("SELECT count(*) FROM kept").fetchone()[0])
f"{said}"
"""
    assert told(code) == ["['ENOSPC', 'SQLITE_FULL', 1]"]
