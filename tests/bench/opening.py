"""From opening a window to its first usable screen: `uv run python -m tests.bench.opening`.

Ratios against a bare app. Flet's client is not to be had everywhere, so one stands in for it that shows
nothing: it is busy for as long as a client takes until it connects, and then says what a client says.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from app.clock import wall_clock
from app.shop.demo import fill
from app.shop.folder import STORE
from app.shop.store import open_shop
from tests.browser import TAKEBACK
from tests.client import FEATURES

TIMES = 7
CLIENT_TAKES = (0.3, 0.6, 0.9, 1.2)
"""Seconds from the start of a client until it connects."""
CLIENT = """#!{python}
import os, socket, struct, sys, time
ready = time.perf_counter() + float(os.environ["CLIENT_TAKES"])
import msgpack

REGISTER, INVOKE = 1, 5
SEEN = os.environ["CLIENT_SEES"].encode()
TOLD = {{
    "get_device_info": {{
        "locales": [{{"language_code": "en"}}],
        **dict.fromkeys(("name", "id", "pretty_name"), "linux"),
    }},
    "get_accessibility_features": dict.fromkeys({features}, False),
}}

def say(action, body):
    packet = b"\\0" + msgpack.packb([action, body])
    line.sendall(struct.pack("<I", len(packet)) + packet)

def hear(count):
    got = b""
    while len(got) < count:
        more = line.recv(count - len(got))
        if not more:
            sys.exit("the app has gone")
        got += more
    return got

while time.perf_counter() < ready:
    pass
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
page = {{"route": "/", "width": 412, "height": 915, "web": False, "platform": "linux"}}
say(REGISTER, {{"session_id": None, "page_name": "", "page": page}})
while SEEN not in (packet := hear(*struct.unpack("<I", hear(4)))):
    action, body = msgpack.unpackb(packet[1:], strict_map_key=False)
    if action == INVOKE:
        ids = {{name: body[name] for name in ("control_id", "call_id")}}
        say(INVOKE, ids | {{"result": TOLD.get(body["name"]), "error": None}})
with open(os.environ["CLIENT_TELLS"], "w") as told:
    told.write(str(time.time()))
"""
BARE = (sys.executable, "-c", "import flet; from tests.bench.bare import main; flet.run(main)")


def opened(command: Sequence[str], sees: str, takes: float, folder: Path) -> float:
    """Milliseconds until a client that takes so many seconds sees something of this name."""
    told = folder / "told"
    told.unlink(missing_ok=True)
    environment = os.environ | {
        "DISPLAY": ":0",
        "FLET_VIEW_PATH": str(folder),
        "TAKEBACK_DATA": str(folder / "data"),
        "CLIENT_TAKES": str(takes),
        "CLIENT_SEES": sees,
        "CLIENT_TELLS": str(told),
    }
    began = time.time()
    subprocess.run(command, env=environment, check=True, timeout=60, stderr=subprocess.DEVNULL)
    return (float(told.read_text()) - began) * 1000


def main() -> None:
    """Print the medians: ours, with the demo store, and the bare app's."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        client = folder / "flet"
        client.write_text(CLIENT.format(python=sys.executable, features=FEATURES))
        client.chmod(0o700)
        (folder / "data").mkdir()
        with closing(open_shop(f"sqlite:///{folder / 'data' / STORE}", wall_clock)) as shop:
            fill(shop)
        for takes in CLIENT_TAKES:
            ours, bare = [], []
            for _ in range(TIMES):
                ours.append(opened(TAKEBACK, "strip-pending-payment", takes, folder))
                bare.append(opened(BARE, "order-0", takes, folder))
            mine, plain = median(ours), median(bare)
            print(f"client of {takes} s   ours {mine:5.0f} ms   bare {plain:5.0f} ms   {mine / plain:.2f}x")


if __name__ == "__main__":
    main()
