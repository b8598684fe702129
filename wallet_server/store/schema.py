"""The tables, as the newest migration leaves them; a test holds the two against each other."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

#: One row a credential. `sha256` is of the credential itself, whatever it came baked into, so that
#: the same one is kept once; `content` is what was received, byte for byte; `report` is the
#: contract's JSON. Moments are RFC 3339 in UTC.
credentials = Table(
    "credentials",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("source", Text, nullable=False),
    Column("name", Text),
    Column("issuer", Text),
    Column("verdict", String(20), nullable=False),
    Column("headline", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("saved_at", String(32), nullable=False),
)

#: What the report of a credential rested on, so that it can be made again years later.
documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "credential_id",
        String(32),
        ForeignKey("credentials.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("url", Text, nullable=False),
    Column("accept", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("status", Integer),
    Column("content_type", Text),
    Column("final_url", Text),
    Column("error", String(20)),
    Column("content", LargeBinary, nullable=False),
    Index("documents_of_credential", "credential_id"),
)

#: Who may call: only the SHA-256 of each token is kept. `kind` is `extension` (the API), `page` (a
#: browser that opened the wallet's pages) or `ticket` (a link that opens them once). `name` is what
#: its owner knows an extension by.
tokens = Table(
    "tokens",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("origin", Text),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32)),
    Column("name", String(40)),
    Column("last_used_at", String(32)),
)

#: The one pairing code that is good now. It is kept as it is, since the server proves with it that
#: it knows it; it lives for minutes, and is gone once used.
pairing_codes = Table(
    "pairing_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(16), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("proofs", Integer, nullable=False),
)

#: When a key or a domain of an issuer was first met: `kind` is `key` (`value` the SHA-256 of the
#: public key, `method` its verificationMethod) or `domain`. Nothing here is about a recipient.
sightings = Table(
    "sightings",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("method", Text),
    Column("first_seen", String(32), nullable=False),
)

#: Pictures of badges that proved genuine: how each looks, and where the proof may be. Nothing says
#: whom a badge is about; the rows of the wallet's own go with their credential.
pictures = Table(
    "pictures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("credential_id", String(32), ForeignKey("credentials.id", ondelete="CASCADE")),
    Column("hash", String(128), nullable=False),
    Column("miniature", LargeBinary, nullable=False),
    Column("colours", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("address", Text),
    Column("met_at", String(32), nullable=False),
    Index("pictures_of_credential", "credential_id"),
)
