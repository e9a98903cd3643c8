"""What Alembic runs: the revisions over the engine that `migrations.config` handed over."""

from contextlib import suppress

from alembic import context
from sqlmodel import SQLModel

import app.shop.tables  # noqa: F401  (fills the metadata)

attributes = context.config.attributes
with attributes["engine"].connect() as connection:
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, transactional_ddl=True
    )
    # The engine is in autocommit mode, so that the one transaction is ours to begin, as everywhere.
    connection.exec_driver_sql(attributes["begin"])
    try:
        context.run_migrations()
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        with suppress(Exception):  # a full disk has rolled back already
            connection.exec_driver_sql("ROLLBACK")
        raise
