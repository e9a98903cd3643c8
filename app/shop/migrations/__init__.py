"""Alembic revisions, the same for SQLite and PostgreSQL."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from app.shop.place import Place


def config(place: Place) -> Config:
    """Alembic's configuration for a store: everything is in this package, nothing in an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.attributes["engine"] = place.engine
    settings.attributes["begin"] = place.begin_alone
    return settings


def upgrade(place: Place) -> None:
    """Bring a store forwards to the newest revision, in one transaction; raises what the driver raises."""
    command.upgrade(config(place), "head")
