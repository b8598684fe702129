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

#: Where a check comes from: made by this installation, or told by a backup that was restored.
HERE, BACKUP = "here", "backup"

#: What the wallet shows as one: an award, however many copies and forms of it there are. It bears
#: what its leading credential says (`lead`, an id of `credentials`), so that a page of the gallery
#: is read from this table alone. `issued` and `expires` are moments or null; `note` is its owner's.
cards = Table(
    "cards",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("lead", String(32), nullable=False),
    Column("name", Text),
    Column("issuer", Text),
    Column("kind", String(20), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("headline", Text, nullable=False),
    Column("issued", String(32)),
    Column("expires", String(32)),
    Column("saved_at", String(32), nullable=False),
    Column("note", Text, nullable=False),
    Index("cards_newest", "saved_at", "number"),
    Index("cards_by_verdict", "verdict", "saved_at", "number"),
    Index("cards_by_issuer", "issuer", "saved_at", "number"),
    Index("cards_by_kind", "kind", "saved_at", "number"),
    Index("cards_by_issue", "issued", "number"),
    Index("cards_by_expiry", "expires", "number"),
    sqlite_autoincrement=True,  # the number of one that is gone is never given to another
)

#: The owner's words for cards.
tags = Table(
    "tags",
    metadata,
    Column("card", Integer, ForeignKey("cards.number", ondelete="CASCADE"), primary_key=True),
    Column("tag", String(60), primary_key=True),
    Index("tags_by_tag", "tag", "card"),
)

#: How many cards there are of each verdict, issuer, kind and tag (`what`). Counted by the database
#: itself, by triggers (step 0008): nobody else writes here.
tallies = Table(
    "tallies",
    metadata,
    Column("what", String(10), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Index("tallies_by_count", "what", "count", "value"),
)

#: Between which moments the cards of each block of the full-text index were saved, or wider
#: (`store/blocks.py`).
blocks = Table(
    "blocks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("oldest", String(32), nullable=False),
    Column("newest", String(32), nullable=False),
)

#: One row a credential. `sha256` is of the credential itself, whatever it came baked into, so that
#: the same one is kept once. Name to headline are what its newest check found; that check was last
#: found to hold still at `checked_at`. It is looked at again at `next_check_at`, if at all. Moments
#: are RFC 3339 in UTC. `facts` is by what its award is known, as JSON, once a check told it.
credentials = Table(
    "credentials",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("card", Integer, ForeignKey("cards.number"), nullable=False),
    Column("name", Text),
    Column("issuer", Text),
    Column("verdict", String(20), nullable=False),
    Column("headline", Text, nullable=False),
    Column("saved_at", String(32), nullable=False),
    Column("checked_at", String(32), nullable=False),
    Column("next_check_at", String(32)),
    Column("facts", Text),
    Index("credentials_of_card", "card"),
    Index("credentials_due", "next_check_at"),
)

#: What was received, byte for byte: each form in which a credential came (a picture, a file, the
#: answer of an address), once.
copies = Table(
    "copies",
    metadata,
    Column("number", Integer, primary_key=True),
    Column(
        "credential_id",
        String(32),
        ForeignKey("credentials.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("source", Text, nullable=False),
    Column("received_at", String(32), nullable=False),
    Index("copies_of_credential", "credential_id", "sha256", unique=True),
)

#: What credentials share that may be of one award, or that their owner said are not; no more than
#: a hash or a number drawn by lot (`store/lineage.py`).
lineage = Table(
    "lineage",
    metadata,
    Column(
        "credential_id",
        String(32),
        ForeignKey("credentials.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("award", String(64), primary_key=True),
    Index("lineage_by_award", "award"),
)

#: Every finding about a credential; a check that finds what the one before it found only moves
#: that one's `confirmed_at`. `report` is the contract's JSON. `origin` is `here`, or `backup` for
#: one that a restored backup tells of and this installation did not make.
checks = Table(
    "checks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column(
        "credential_id",
        String(32),
        ForeignKey("credentials.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("at", String(32), nullable=False),
    Column("confirmed_at", String(32), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("report", Text, nullable=False),
    Column("origin", String(10), nullable=False),
    Index("checks_of_credential", "credential_id", "number"),
    sqlite_autoincrement=True,
)

#: What a check rested on, so that it can be made again years later; the bodies are in `blobs`.
documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("check", Integer, ForeignKey("checks.number", ondelete="CASCADE"), nullable=False),
    Column("url", Text, nullable=False),
    Column("accept", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("status", Integer),
    Column("content_type", Text),
    Column("final_url", Text),
    Column("error", String(20)),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Index("documents_of_check", "check"),
    Index("documents_by_blob", "sha256"),
)

#: Bodies of documents, each once; one that no document names goes.
blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

#: What happened to the wallet's badges: `code` for programs, `says` a sentence, `detail` JSON.
events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column(
        "credential_id",
        String(32),
        ForeignKey("credentials.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("code", String(30), nullable=False),
    Column("says", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("seen_at", String(32)),
    Column("sent_at", String(32)),
    Index("events_of_credential", "credential_id"),
    sqlite_autoincrement=True,
)

#: Pictures of badges made small, for the gallery; of no bytes where a credential has no picture.
thumbnails = Table(
    "thumbnails",
    metadata,
    Column(
        "credential_id",
        String(32),
        ForeignKey("credentials.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("media_type", String(20), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

#: What was brought and is no credential that this version can read, kept as it came.
unread = Table(
    "unread",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    Column("label", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("received_at", String(32), nullable=False),
)

#: Who the wallet's owner is: identifiers of the kinds of `verifier.model.Identity`, in plain words.
owner = Table(
    "owner",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("value", String(300), primary_key=True),
)

#: Ways from small credentials to larger ones that the owner drew, as JSON (docs/contract.md).
pathways = Table(
    "pathways",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("changed_at", String(32), nullable=False),
)

#: What is being brought into the wallet, so that it goes on where a stopped server left off.
imports = Table(
    "imports",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("label", Text, nullable=False),
    Column("started_at", String(32), nullable=False),
    Column("finished_at", String(32)),
)

#: The things of an import: `content` or `url`; `state` is `waiting`, `kept`, `already`, `unread` or
#: `failed`, and `says` a sentence where it is neither of the first three. What is done with has
#: let go of its content.
import_items = Table(
    "import_items",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("import_id", String(32), ForeignKey("imports.id", ondelete="CASCADE"), nullable=False),
    Column("label", Text, nullable=False),
    Column("content", LargeBinary),
    Column("url", Text),
    Column("state", String(10), nullable=False),
    Column("says", Text, nullable=False),
    Column("credential_id", String(32), ForeignKey("credentials.id", ondelete="SET NULL")),
    Index("items_of_import", "import_id", "state"),
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

#: What the owner hands on under an address of this server. `id` is the SHA-256 of the secret part
#: of that address, which is kept nowhere. `fields` and `shown` are JSON: which parts a visitor
#: sees, and what the owner adds (whose it is, a word with it). After `expires_at` it is no more.
shares = Table(
    "shares",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("stack", Text),
    Column("made_at", String(32), nullable=False),
    Column("expires_at", String(32)),
    Column("visits", Integer, nullable=False),
    Column("visited_at", String(32)),
)

#: The badges of a share, in its owner's order.
share_badges = Table(
    "share_badges",
    metadata,
    Column("share", String(64), ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column(
        "credential_id",
        String(32),
        ForeignKey("credentials.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Index("share_badges_by_credential", "credential_id"),
)

#: What was asked of somebody: to present credentials for `challenge` and `domain`. `id` is the
#: SHA-256 of the secret part of its address; `asks` is JSON: for what, and who is expected.
#: `tries` counts answers that were looked at. A challenge is answered once: then `answer` holds
#: the presentation as it came, `report` (the contract's JSON) what was found of it, and `grounds`
#: what a receipt of that is made of, where it is not too much for one.
challenges = Table(
    "challenges",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("challenge", Text, nullable=False, unique=True),
    Column("domain", Text, nullable=False),
    Column("asks", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("answered_at", String(32)),
    Column("answer", LargeBinary),
    Column("report", Text),
    Column("grounds", LargeBinary),
)

#: A list of people and badges that is looked through, so that it goes on where it was stopped.
#: `columns` are its own (JSON), with `delimiter` between them; `told` says how it was read. It is
#: looked through once `listed_at` says that all of it is here: by the server, or where there is a
#: `sha256`, which is of the list and a command's options, by that command alone.
sweeps = Table(
    "sweeps",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64)),
    Column("columns", Text, nullable=False),
    Column("delimiter", String(1), nullable=False),
    Column("told", Text, nullable=False),
    Column("started_at", String(32), nullable=False),
    Column("listed_at", String(32)),
    Column("stopped_at", String(32)),
    Column("finished_at", String(32)),
)

#: Its rows, one a source: an address, or a file's name with its `content`. `cells` is the row as
#: the list has it, `asked` whom it should be about and what is claimed (both JSON). Of rows of one
#: source and person the first is checked (`sha256`), for the others too: their `same_as` is its
#: `place`. `host` is whose turn it waits for; `state` is `waiting` or `done`; `report` the
#: contract's JSON, a report or an error.
sweep_rows = Table(
    "sweep_rows",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("sweep", String(32), ForeignKey("sweeps.id", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("cells", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("content", LargeBinary),
    Column("sha256", String(64), nullable=False),
    Column("same_as", Integer),
    Column("host", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("report", Text),
    Column("checked_at", String(32)),
    Index("sweep_rows_in_order", "sweep", "place", unique=True),
    Index("sweep_rows_waiting", "state", "host", "place"),
    Index("sweep_rows_alike", "sweep", "sha256"),
    sqlite_autoincrement=True,
)

#: What was found in its rows: a line a badge, or one that says why there is none (`error`, a code
#: of the contract). `rank` orders verdicts and errors, the gravest first; `part` is the badge's
#: place within its row.
sweep_lines = Table(
    "sweep_lines",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("sweep", String(32), ForeignKey("sweeps.id", ondelete="CASCADE"), nullable=False),
    Column("row", Integer, ForeignKey("sweep_rows.number", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("badge", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("verdict", String(20)),
    Column("error", String(20)),
    Column("rank", Integer, nullable=False),
    Column("says", Text, nullable=False),
    Column("fix", Text, nullable=False),
    Column("codes", Text, nullable=False),
    Column("issued", String(32)),
    Column("expires", String(32)),
    Index("sweep_lines_in_order", "sweep", "place", "part"),
    Index("sweep_lines_of_row", "row"),
    sqlite_autoincrement=True,
)
