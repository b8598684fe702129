"""Runs the steps on the connection it is handed, inside that connection's own transaction."""

from alembic import context

from wallet_server.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
