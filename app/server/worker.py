"""One of several serving processes: `python -m app.server.worker NUMBER LINE OWN`, as `workers` starts it."""

import os
import socket
import sys

from app.log import log_lines
from app.server.running import run
from app.server.serve import House, run_house
from app.settings import Serving, Settings


def main(number: str, line: str, own: str) -> None:
    """Serve what comes over the sockets `line` and `own`, given by their descriptors, until a signal."""
    serving = Serving.from_env()
    log_lines(serving.log)
    names = os.environ["TAKEBACK_WORKER_NAMES"].split(",")
    house = House(Settings.from_env(), serving, number=int(number), names=names)
    with socket.socket(fileno=int(own)) as listener, socket.socket(fileno=int(line)) as handed:
        run(run_house(house, serving, listener, handed))


if __name__ == "__main__":
    main(*sys.argv[1:])
