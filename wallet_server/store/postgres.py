"""PostgreSQL: connections on which the wallet's statements mean what they mean in its file."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import (
    URL,
    ColumnClause,
    Connection,
    Engine,
    create_engine,
    event,
    exc,
    func,
    select,
    table,
    text,
)
from sqlalchemy import column as sql_column

from wallet_server.store.address import PostgresAddress
from wallet_server.store.errors import Unusable

#: One writer at a time, over every server and command on this database, as a file has it: what was
#: looked up before a write is still so when it is written.
_WRITERS = 7_238_116_454
_WAIT = "10s"
#: What an administrator may have switched off, and an acknowledged write needs.
_BEGIN_WRITING = (
    f"SET LOCAL lock_timeout = '{_WAIT}'; "
    "SELECT set_config('synchronous_commit', 'on', true) "
    "WHERE current_setting('synchronous_commit') = 'off'; "
    f"SELECT pg_advisory_xact_lock({_WRITERS})"
)
_OTHERWISE_COMPARED = text(
    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) "
    "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    "JOIN pg_collation o ON o.oid = a.attcollation "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' "
    "AND a.attnum > 0 AND o.collname <> 'C'"
)
_NUMBERED = text(
    "SELECT c.relname, a.attname, pg_get_serial_sequence(quote_ident(c.relname), a.attname) "
    "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 "
    "AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL"
)
_OURS = text(
    "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
    "AND relkind = 'r' AND pg_has_role(relowner, 'USAGE') ORDER BY relname"
)
_CONTINUE = text("SELECT setval(CAST(:sequence AS regclass), :highest)")
READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WRITING = {"touchstone_writes": True}


class _WithoutNul(StrDumperUnknown):
    """Text as PostgreSQL can hold it: names that strangers gave badges may have a NUL in them."""

    def dump(self, obj: str) -> Any:  # noqa: ANN401 as psycopg has it
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def connected(address: PostgresAddress, seconds: int) -> Engine:
    """Connections to a database that answered within `seconds`. Raises `Unusable`."""
    url = URL.create(
        "postgresql+psycopg",
        username=address.user or None,
        password=address.password,
        host=address.host or None,
        port=address.port,
        database=address.name,
    )
    options: dict[str, Any] = {"connect_timeout": seconds, "application_name": "touchstone"}
    engine = create_engine(
        url,
        connect_args=options | dict(address.options),
        hide_parameters=True,
        pool_pre_ping=True,  # those that a restart cut off are replaced
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    except exc.DBAPIError as error:
        engine.dispose()
        raise Unusable(
            f"The wallet's database “{address}” can't be opened: {said(error, address)}. See that "
            "PostgreSQL runs and knows this user and database, or mend TOUCHSTONE_DATABASE."
        ) from None  # what the driver raised has the address in it
    if encoding != "UTF8":
        engine.dispose()
        raise Unusable(
            f"The wallet's database “{address}” holds text as {encoding}, which lacks letters that "
            "badges have. Have its administrator make one with ENCODING 'UTF8'."
        )
    return engine


def said(error: exc.DBAPIError, address: PostgresAddress) -> str:
    """What PostgreSQL said, on one line and without the password."""
    text = str(error.orig).strip()
    if address.password:
        text = text.replace(address.password, "…")
    return " ".join(text.split()).removesuffix(".")


def _prepare(connection: psycopg.Connection, _record: object) -> None:
    connection.adapters.register_dumper(str, _WithoutNul)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("touchstone_writes"):
        connection.exec_driver_sql(_BEGIN_WRITING)


def rewrite(engine: Engine) -> None:
    """Write every table anew, without the rows that were deleted, in files of its own; the old
    files go.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for (name,) in connection.execute(_OURS).all():
            connection.exec_driver_sql(f'VACUUM (FULL) "{name}"')


def settle(connection: Connection) -> None:
    """Make tables that were changed, or were filled with numbers of their own, be as in a file:
    text is compared by its bytes, whatever language the database was made for (which also spares
    its indexes a system's new sorting rules), and a new row's number follows those that are there.
    """
    for name, column, kind in connection.execute(_OTHERWISE_COMPARED).all():
        # the names are our own, from the steps
        connection.exec_driver_sql(
            f'ALTER TABLE "{name}" ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"'
        )
    for name, column, sequence in connection.execute(_NUMBERED).all():
        number: ColumnClause[int] = sql_column(column)
        highest = connection.execute(select(func.max(number)).select_from(table(name))).scalar()
        if highest is not None:
            connection.execute(_CONTINUE, {"sequence": sequence, "highest": highest})
