"""Compiles the catalogues in place: `python -m app.languages`, and each time the project is installed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for source in sorted(Path(__file__).parent.glob("*/LC_MESSAGES/*.po")):
    with source.open("rb") as texts, source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(texts))
