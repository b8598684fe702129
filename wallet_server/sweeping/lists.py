"""What can be swept: a list as a spreadsheet writes it, LinkedIn's export, an archive of files, or
one file, such as a CV or a badge. It costs what the file makes it cost, so it runs in a worker.
"""

from __future__ import annotations

import re

from verifier.containers import archive
from verifier.errors import Malformed, NoCredential
from verifier.papers import document, linkedin_export
from verifier.papers.packed import names
from wallet_server.imports.archives import DROSS
from wallet_server.sweeping import tables
from wallet_server.sweeping.columns import Mapped
from wallet_server.sweeping.listed import ROWS, Asked, Listed, Row, merged

#: How many archives may lie one within another.
LEVELS = 2
_WORKBOOKS = frozenset(("xl/workbook.xml", "content.xml"))
_AS_CSV = (
    "“{name}” is a spreadsheet in its program's own form. Save it there as CSV, and bring that."
)
#: What no column elsewhere would mean by these names; its dates are known by theirs.
_LINKEDIN = {"Name": "title", "Url": "link", "Authority": "issuer"}
_LISTS = re.compile(r"(?:.*/)?(?:Profile|Email Addresses)\.csv", re.IGNORECASE)


def read(content: bytes, name: str, named: Mapped, is_alone: bool) -> Listed:
    """Everything in a file called `name`; `named` says what columns are, from name to kind. What
    `is_alone` need not say in each row from which file it comes.

    Raises `Malformed` for a list or an archive that can't be read, with a sentence on the mend.
    """
    if is_alone and _is_table(content, name):
        return tables.read(content, "", named)
    found = _read(content, name, named, LEVELS)
    if len(found.rows) > ROWS:
        raise Malformed("list.size", f"This holds more than {ROWS} rows. Sweep it in parts.")
    return found


def is_dross(name: str) -> bool:
    """Whether it is what systems leave beside the files that somebody meant."""
    return name.startswith((*DROSS, ".")) or name.endswith(DROSS) or "/." in name


def _read(content: bytes, name: str, named: Mapped, levels: int) -> Listed:
    if linkedin_export.recognises(content):
        return tables.read(content, name, _LINKEDIN)
    if archive.recognises(content) and levels:
        if _WORKBOOKS & names(content) and not document.recognises(content):
            raise Malformed("list.workbook", _AS_CSV.format(name=name))
        try:
            return _unpacked(archive.files(content, ROWS), named, levels - 1)
        except NoCredential:  # a word processor's document, which is an archive as well
            return _one(content, name)
    return tables.read(content, name, named) if _is_table(content, name) else _one(content, name)


def _is_table(content: bytes, name: str) -> bool:
    return (
        tables.recognises(content, name)
        and not linkedin_export.recognises(content)
        and not document.recognises(content)
    )


def _one(content: bytes, name: str) -> Listed:
    return Listed((), (Row(name, name, Asked(), content),))


def _unpacked(files: tuple[tuple[str, bytes], ...], named: Mapped, levels: int) -> Listed:
    """Every file in an archive; of LinkedIn's export its list of licences, about its member."""
    if any(linkedin_export.recognises(content) for _, content in files):
        return _exported(files)
    kept = [(name, content) for name, content in files if content and not is_dross(name)]
    return merged([_within(content, name, named, levels) for name, content in kept])


def _within(content: bytes, name: str, named: Mapped, levels: int) -> Listed:
    """One file among others: what can't be read is a row that says so."""
    try:
        return _read(content, name, named, levels)
    except Malformed as error:
        return Listed((), (Row(name, "", Asked(), why=error.says),))


def _exported(files: tuple[tuple[str, bytes], ...]) -> Listed:
    person = _member([content for name, content in files if _LISTS.fullmatch(name)])
    lists = [one for one in files if linkedin_export.recognises(one[1])]
    return merged([tables.read(content, name, _LINKEDIN, person) for name, content in lists])


def _member(lists: list[bytes]) -> Asked | None:
    """Whose export it is, by the lists beside that of the licences."""
    held: dict[str, list[str]] = {}
    for content in lists:
        try:
            table = tables.split(content)
        except Malformed:
            continue
        for cells in table.rows:
            for column, cell in zip(table.columns, cells, strict=True):
                held.setdefault(column, []).append(cell.strip())
    halves = [held.get(column, [""])[0] for column in ("First Name", "Last Name")]
    full = " ".join(filter(None, halves))
    emails = [one for one in held.get("Email Address", []) if "@" in one]
    if not full and not emails:
        return None
    return Asked(names=(full,) if full else (), emails=tuple(dict.fromkeys(emails))[:5])
