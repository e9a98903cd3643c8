"""Backup against a plain copy, and check: `uv run python -m tests.bench.care --orders 1000000`."""

import argparse
import os
import shutil
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

from app.clock import wall_clock
from app.shop.backup import backup
from app.shop.check import check
from app.shop.demo import fill
from app.shop.folder import STORE
from app.shop.store import open_shop
from tests.bench.raw import timed

ROUNDS = 3


def plain_copy(source: Path, target: Path) -> None:
    """The same bytes, once through, and on the disk."""
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())


def main() -> None:
    """Fill a store, and print what its care takes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--orders", type=int, default=100_000)
    orders = options.parse_args().orders
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        store = folder / "data" / STORE
        with closing(open_shop(f"sqlite:///{store}", wall_clock)) as shop:
            fill(shop, orders=orders)
        pairs = []
        for n in range(ROUNDS):  # one beside the other: what else the machine does is the same for both
            copied = timed(partial(plain_copy, store, folder / f"copy-{n}"))
            saved = timed(partial(backup, store, folder / f"saved-{n}"))
            pairs.append((saved / copied, saved, copied))
        ratio, saved, copied = sorted(pairs)[ROUNDS // 2]
        size = store.stat().st_size / 1e6
        print(
            f"backup  {size:8.0f} MB  {saved / 1e3:7.2f} s, plain copy {copied / 1e3:7.2f} s, {ratio:.2f} ×"
        )
        with closing(open_shop(f"sqlite:///{store}", wall_clock)) as shop:
            assert check(shop).sound
            print(f"check   {orders:8,} orders  {timed(partial(check, shop)) / 1e3:7.2f} s")


if __name__ == "__main__":
    main()
