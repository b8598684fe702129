"""For wallets of any size: the database itself counts how many cards there are of each verdict,
issuer, kind and tag, whenever one changes; and the full-text index goes by blocks of cards
(`store/blocks.py`; `store/search.py` fills it when the wallet is next opened).
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_OF_CARDS = ("verdict", "issuer", "kind")


def upgrade() -> None:
    """Make the tables, count what there is, and begin to count."""
    op.create_table(
        "tallies",
        sa.Column("what", sa.String(10), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_index("tallies_by_count", "tallies", ["what", "count", "value"])
    op.create_table(
        "blocks",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("oldest", sa.String(32), nullable=False),
        sa.Column("newest", sa.String(32), nullable=False),
    )
    for what in _OF_CARDS:
        op.execute(_count("cards", what, what))
    op.execute(_count("tags", "tag", "tag"))
    if op.get_bind().dialect.name == "sqlite":
        _in_a_file()
    else:
        _in_a_server()


def _count(table: str, what: str, column: str) -> str:
    return (
        f"INSERT INTO tallies (what, value, count) SELECT '{what}', {column}, count(*) "  # noqa: S608
        f"FROM {table} WHERE {column} IS NOT NULL GROUP BY {column}"
    )


def _in_a_file() -> None:
    op.execute("DROP TABLE search")
    # letters as they were put: what a word is, `store/search.py` alone decides
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5("
        "words, placed, tokenize = \"unicode61 remove_diacritics 0 categories 'L* M* N* C*'\")"
    )
    for table, columns in (("cards", _OF_CARDS), ("tags", ("tag",))):
        more = "".join(_one_more(column) for column in columns)
        less = "".join(_one_less(column) for column in columns)
        differs = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
        for event, body in (("INSERT", more), ("DELETE", less)):
            op.execute(
                f"CREATE TRIGGER {table}_{event.lower()}_tallied AFTER {event} ON {table} "
                f"BEGIN {body} END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_update_tallied AFTER UPDATE ON {table} WHEN {differs} "
            f"BEGIN {less}{more} END"
        )


def _one_more(column: str) -> str:
    return (
        f"INSERT INTO tallies (what, value, count) SELECT '{column}', new.{column}, 1 "
        f"WHERE new.{column} IS NOT NULL "
        "ON CONFLICT (what, value) DO UPDATE SET count = count + 1; "
    )


def _one_less(column: str) -> str:
    of = f"what = '{column}' AND value = old.{column}"
    return (
        f"UPDATE tallies SET count = count - 1 WHERE {of}; "  # noqa: S608
        f"DELETE FROM tallies WHERE {of} AND count <= 0; "
    )


def _in_a_server() -> None:
    op.execute("DELETE FROM search")
    for table, columns in (("cards", _OF_CARDS), ("tags", ("tag",))):
        for event, before, after in (
            ("INSERT", "", "NEW TABLE AS newer"),
            ("UPDATE", "OLD TABLE AS older ", "NEW TABLE AS newer"),
            ("DELETE", "OLD TABLE AS older", ""),
        ):
            changes = [*_changes(columns, "newer", 1)] if after else []
            changes += [*_changes(columns, "older", -1)] if before else []
            name = f"{table}_{event.lower()}_tallied"
            op.execute(_function(name, columns, " UNION ALL ".join(changes)))
            op.execute(
                f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {before}{after} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )


def _changes(columns: tuple[str, ...], rows: str, by: int) -> list[str]:
    return [
        f"SELECT '{column}' AS what, {column} AS value, {by} AS change FROM {rows}"  # noqa: S608
        for column in columns
    ]


def _function(name: str, columns: tuple[str, ...], changes: str) -> str:
    """One that counts a whole statement at once: of many rows, each tally is written once."""
    counted = ", ".join(f"'{column}'" for column in columns)
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        "INSERT INTO tallies AS held (what, value, count) "
        f"SELECT what, value, sum(change) FROM ({changes}) changed WHERE value IS NOT NULL "
        "GROUP BY what, value HAVING sum(change) <> 0 "
        "ON CONFLICT (what, value) DO UPDATE SET count = held.count + excluded.count; "
        f"DELETE FROM tallies WHERE what IN ({counted}) AND count <= 0; RETURN NULL; END $$"
    )
