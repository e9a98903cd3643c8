"""The log: what people are not shown when something goes wrong."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST = 1_000_000
KEPT = 3


def log_to(folder: Path) -> Path:
    """Have what the app notes written to a file in `folder`, and answer it; to stderr where that fails."""
    file = folder / "takeback.log"
    log = logging.getLogger("takeback")
    if log.handlers:
        return file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    return file
