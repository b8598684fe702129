"""Runs the steps on the connection it is handed, inside that connection's own transaction."""

from typing import Any

from alembic import context

from wallet_server.store.schema import metadata

connection = context.config.attributes["connection"]
steps: list[Any] = []
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    on_version_apply=lambda **step: steps.append(step),
)
context.run_migrations()
if steps and connection.dialect.name == "postgresql":
    # imported here, since most wallets are files
    from wallet_server.store.postgres import settle

    settle(connection)
