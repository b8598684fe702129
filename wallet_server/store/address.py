"""Where a wallet is kept: a file, or a database of a PostgreSQL, as one address names it.

Addresses hold passwords. So what is said of one never quotes it, and one that could be read in two
ways (an `@` or `/` in a password) is refused: the wrong half would stand in an error as a host.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

#: What may stand after `?`, of the parameters that PostgreSQL's own library knows: how to reach it
#: and how to be sure of it. None of them is a secret.
OPTIONS = (
    *("host", "passfile", "connect_timeout", "target_session_attrs", "channel_binding"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "gssencmode"),
)
_FORM = "postgresql://user:password@host:5432/name"
_ADDRESS = re.compile(
    r"postgres(?:ql)?://"
    r"(?:(?P<user>[^:@/?#\s]*)(?::(?P<password>[^@/?#\s]*))?@)?"
    r"(?P<host>\[[0-9a-fA-F:.]+\]|[^:@/?#\[\]\s]*)(?::(?P<port>\d{1,5}))?"
    r"/(?P<name>[^@/?#\s]+)(?:\?(?P<options>[^@?#\s]*))?"
)


class PostgresAddress(Struct, frozen=True):
    """One database. What is empty or `None` is left to PostgreSQL's own settings (`PGHOST`,
    `PGPASSFILE` …). As text it is without the password.
    """

    user: str
    password: str | None
    host: str
    port: int | None
    name: str
    options: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"PostgresAddress({str(self)!r})"

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        return f"postgresql://{user}{host}{port}/{self.name}"


#: Where a wallet is kept.
Where = Path | PostgresAddress


def read_address(text: str) -> PostgresAddress:
    """The database that `text`, a URL, names. Raises `ValueError` with a sentence that quotes
    nothing of it.
    """
    found = _ADDRESS.fullmatch(text.strip())
    if found is None:
        raise ValueError(
            f"is no address of a PostgreSQL database. Write it like {_FORM}, and in the password "
            "%40 for @, %2F for /, %3A for :, %3F for ?, %23 for # and %25 for %."
        )
    port = found["port"]
    if port is not None and not 0 < int(port) <= 65535:
        raise ValueError("names a port that is none: give 1 to 65535.")
    return PostgresAddress(
        user=_decoded(found["user"] or ""),
        password=None if found["password"] is None else _decoded(found["password"]),
        host=_decoded(found["host"]).strip("[]"),
        port=None if port is None else int(port),
        name=_decoded(found["name"]),
        options=tuple(_option(pair) for pair in (found["options"] or "").split("&") if pair),
    )


def _option(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if name not in OPTIONS or not equals:
        raise ValueError(f"has something after “?” that is none of {', '.join(OPTIONS)}.")
    return name, _decoded(value)


def _decoded(part: str) -> str:
    if re.search(r"%(?![0-9A-Fa-f]{2})", part) or "%00" in part:
        raise ValueError("has a % that stands for nothing: write %25 for %.")
    try:
        return unquote(part, errors="strict")
    except UnicodeDecodeError:
        raise ValueError("has a %… that is not UTF-8.") from None
