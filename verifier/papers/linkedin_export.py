"""LinkedIn's data export of licences and certifications, Certifications.csv: a row each, in the
holder's own words, with the link that they gave.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from verifier.addresses import is_address
from verifier.errors import NoCredential
from verifier.model import Claim, Credential, Entry, Issuer, Problem

LIMIT = 1024 * 1024
#: More than anybody has; no more than a hundred are looked at.
ROWS = 1000
#: One field; LinkedIn's own form takes far less.
FIELD = 4000
_COLUMNS = frozenset(("Name", "Url", "Authority", "License Number"))
_HEAD = 400
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_YEAR = re.compile(r"\d{4}")
_DATES = (("%b %Y", "%Y-%m"), ("%B %Y", "%Y-%m"), ("%b %d, %Y", "%Y-%m-%d"))
_EXPORT = "This list comes from its holder, who could have changed it, so it proves nothing."
_ROW = "This is its holder's own word: no link to the award stands beside it."


def recognises(content: bytes) -> bool:
    """Whether its first line names the columns of such a list."""
    head = _text(content[:_HEAD]).split("\n", 1)[0]
    return {name.strip().strip('"') for name in head.split(",")} >= _COLUMNS


def read(content: bytes) -> Credential | None:
    """The list, and in its `bundle` every row: the same row twice is one.

    Raises `NoCredential`: `too_large` and `malformed`.
    """
    if len(content) > LIMIT:
        raise _too_large(f"This list is over {LIMIT // 1024} KiB.", "csv.size")
    rows = list(islice(_rows(_text(content)), ROWS + 1))
    if len(rows) > ROWS:
        raise _too_large(f"This list has over {ROWS} licences.", "csv.rows")
    entries = tuple({tuple(row.items()): _entry(row) for row in rows}.values())
    if not entries:
        return None
    return Credential(
        standard="page",
        container="csv",
        content=content,
        document={},
        kind="record",
        name="Licences and certifications",
        problems=(Problem("page_only", "export", _EXPORT),),
        bundle=entries,
    )


def _text(content: bytes) -> str:
    encoding = "utf-16" if content.startswith(_MARKS) else "utf-8-sig"
    return content.decode(encoding, "replace")


def _rows(text: str) -> Iterator[dict[str, str]]:
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
            fields = {
                name.strip(): value.strip()[:FIELD]
                for name, value in row.items()
                if isinstance(name, str) and isinstance(value, str)
            }
            if fields.get("Name"):
                yield fields
    except csv.Error as error:
        says = "This list is damaged: a quotation in it never ends. Download it again."
        raise NoCredential("malformed", says, ("csv.syntax",)) from error


def _too_large(says: str, reason: str) -> NoCredential:
    return NoCredential("too_large", f"{says} Cut it into shorter lists.", (reason,))


def _entry(fields: Mapping[str, str]) -> Entry:
    name, authority = fields["Name"], fields.get("Authority") or None
    alone = Credential(
        standard="page",
        container="csv",
        content=b"",
        document={},
        kind="other",
        id=fields.get("License Number") or None,
        name=name,
        issuer=Issuer(name=authority),
        problems=(Problem("page_only", "export.row", _ROW),),
    )
    claim = Claim(
        title=name,
        issuer=authority,
        issued=_date(fields.get("Started On")),
        expires=_date(fields.get("Finished On")),
    )
    url = fields.get("Url", "")
    return Entry(alone, url if is_address(url) else None, (claim,))


def _date(said: str | None) -> str | None:
    """A date as the contract's claims write one, as finely as it was said."""
    if not said or _YEAR.fullmatch(said):
        return said or None
    for form, to in _DATES:
        try:
            return datetime.strptime(said, form).strftime(to)  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None
