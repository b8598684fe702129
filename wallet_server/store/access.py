"""Who may call: pairing codes, tokens and the links that open the wallet's pages.

A token has 256 random bits and only its SHA-256 is kept, so a copy of the file opens nothing.

A pairing code is short because a person copies it. Its 40 bits hold against guessing, since five
wrong tries end it. They are no key, though: the proof that the server gives (an HMAC under the
code) lets whoever asked for one search for the code, for which 40 bits last hours on a processor.
So a code lives fifteen minutes, is good for one use, gives ten proofs, and only programs on this
machine can ask for one: pages of the web are turned away before they get here.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, delete, insert, select, update

from wallet_server.store.database import Database
from wallet_server.store.errors import OutOfReach
from wallet_server.store.schema import pairing_codes, tokens
from wallet_server.wire import moment

#: Crockford's base32: no I, L, O or U, and what is mistaken for one of them is read as meant.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
CODE_LENGTH = 8
CODE_LIFE = timedelta(minutes=15)
WRONG_TRIES, PROOFS = 5, 10
_BROWSERS = {"chrome-extension": "Chromium", "moz-extension": "Firefox"}
TICKET_LIFE = timedelta(minutes=15)
PAGE_LIFE = timedelta(hours=12)
#: How exactly it is known when a program was last here: each time costs a write.
USE_NOTED = timedelta(minutes=1)


class NoPairing(Exception):
    """A pairing that was refused; `code` is `wrong_code`, `code_expired` or `too_many_tries`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Grant(Struct, frozen=True):
    """What a token allows: its kind, and the one origin it may come from if it names any."""

    kind: str
    origin: str | None


class Used(Struct, frozen=True):
    """What a token allows, until when (`None`: for good), and when it was last noted as used."""

    grant: Grant
    until: datetime | None
    noted: datetime | None

    def is_over(self, now: datetime) -> bool:
        """Whether it has run out."""
        return self.until is not None and self.until < now

    def is_to_be_noted(self, now: datetime) -> bool:
        """Whether its owner should hear that its program was here."""
        if self.grant.kind != "extension":
            return False
        return self.noted is None or self.noted < now - USE_NOTED


def normalised(code: str) -> str:
    """A pairing code as it is compared: upper case, no dash or space, misread letters mended."""
    return "".join(code.upper().split()).replace("-", "").translate(_MISREAD)


def new_code(database: Database, now: datetime) -> str:
    """A fresh pairing code, which replaces the one before it; written as people read it."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with database.writing() as connection:
        connection.execute(delete(pairing_codes))
        row = {"code": code, "expires_at": moment(now + CODE_LIFE), "wrong": 0, "proofs": 0}
        connection.execute(insert(pairing_codes).values(**row))
    return f"{code[:4]}-{code[4:]}"


def prove(database: Database, nonce: str, now: datetime) -> dict[str, str]:
    """The server's proof that it knows the code, over both sides' nonces. Raises `NoPairing`."""
    with database.writing() as connection:
        code = _current(connection, now)
        spent = update(pairing_codes).values(proofs=pairing_codes.c.proofs + 1)
        connection.execute(spent)
    own = _random()
    message = f"touchstone server {nonce} {own}".encode()
    proof = hmac.new(code.encode("ascii"), message, hashlib.sha256).digest()
    return {"nonce": own, "proof": urlsafe_b64encode(proof).rstrip(b"=").decode("ascii")}


def redeem(database: Database, code: str, origin: str | None, now: datetime) -> str:
    """Exchange the code for a token that is good from `origin`. Raises `NoPairing`."""
    with database.writing() as connection:
        current = _current(connection, now)
        right = hmac.compare_digest(normalised(code).encode("utf-8", "replace"), current.encode())
        if right:
            connection.execute(delete(pairing_codes))
            return _grant(connection, "extension", now, None, origin)
        connection.execute(update(pairing_codes).values(wrong=pairing_codes.c.wrong + 1))
    raise NoPairing("wrong_code")


def new_ticket(database: Database, now: datetime) -> str:
    """The secret part of a link that opens the wallet's pages, once."""
    with database.writing() as connection:
        return _grant(connection, "ticket", now, now + TICKET_LIFE, None)


def open_pages(database: Database, ticket: str, now: datetime) -> str | None:
    """Exchange a ticket for the token that a browser keeps; `None` if it was used or is too old."""
    with database.writing() as connection:
        found = _find(connection, ticket, now)
        if found is None or found.kind != "ticket":
            return None
        connection.execute(delete(tokens).where(tokens.c.sha256 == digest(ticket)))
        return _grant(connection, "page", now, now + PAGE_LIFE, None)


def find_grant(database: Database, token: str, now: datetime) -> Grant | None:
    """What `token` allows at this moment, or `None`."""
    with database.reading() as connection:
        return _find(connection, token, now)


def use(database: Database, key: str, now: datetime) -> Used | None:
    """What the token with the digest `key` allows, and note that a paired program was here."""
    with database.reading() as connection:
        row = _row(connection, key, now)
    if row is None:
        return None
    used = Used(Grant(row.kind, row.origin), _read(row.expires_at), _read(row.last_used_at))
    if used.is_to_be_noted(now):
        noted = update(tokens).where(tokens.c.sha256 == key).values(last_used_at=moment(now))
        try:
            with database.writing() as connection:
                connection.execute(noted)
        except OutOfReach:
            pass  # a full disk or a busy file is no reason to turn the program away
    return used


def paired_origins(database: Database) -> frozenset[str]:
    """The origins of every extension that was paired."""
    with database.reading() as connection:
        rows = connection.execute(select(tokens.c.origin).where(tokens.c.origin.is_not(None)))
        return frozenset(row.origin for row in rows)


def _current(connection: Connection, now: datetime) -> str:
    """The code that is good now. Raises `NoPairing`."""
    row = connection.execute(select(pairing_codes)).first()
    if row is None or row.expires_at < str(moment(now)):
        raise NoPairing("code_expired")
    if row.wrong >= WRONG_TRIES or row.proofs >= PROOFS:
        raise NoPairing("too_many_tries")
    return str(row.code)


def _grant(
    connection: Connection, kind: str, now: datetime, until: datetime | None, origin: str | None
) -> str:
    token = _random()
    row = {
        "sha256": digest(token),
        "kind": kind,
        "origin": origin,
        "name": _program(origin) if kind == "extension" else None,
        "created_at": moment(now),
        "expires_at": moment(until),
    }
    # whatever ran out is of no use to anyone, so it does not pile up
    connection.execute(delete(tokens).where(tokens.c.expires_at < moment(now)))
    connection.execute(insert(tokens).values(**row))
    return token


def _find(connection: Connection, token: str, now: datetime) -> Grant | None:
    row = _row(connection, digest(token), now)
    return None if row is None else Grant(row.kind, row.origin)


def _row(connection: Connection, key: str, now: datetime) -> Row[Any] | None:
    row = connection.execute(select(tokens).where(tokens.c.sha256 == key)).first()
    return None if row is None or _is_over(row.expires_at, now) else row


def _is_over(until: str | None, now: datetime) -> bool:
    return until is not None and until < str(moment(now))


def _read(at: str | None) -> datetime | None:
    return None if at is None else datetime.fromisoformat(at)


def _program(origin: str | None) -> str:
    """What an owner knows a program by: its browser, which its origin tells."""
    return _BROWSERS.get((origin or "").partition(":")[0], "Another program")


def _random() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
