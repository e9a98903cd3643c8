"""A PostgreSQL server says at each commit that something was done: windows of other processes look again."""

from alembic import op

revision = "0019"
down_revision = "0018"

ANNOUNCED = {"events": "INSERT", "messages": "INSERT", "policies": "INSERT", "sign_ins": "DELETE"}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        "CREATE FUNCTION announced() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_notify('takeback', ''); RETURN NULL; END $$"
    )
    for table, what in ANNOUNCED.items():
        op.execute(
            f"CREATE TRIGGER {table}_announced AFTER {what} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION announced()"
        )
