"""Which column of a list says what: by its name, in many languages, or by what is in it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

from verifier.errors import Malformed
from verifier.papers.sheet import addresses_in, award_at

#: What a column may be, in the order in which it is told.
KINDS = {
    "name": "name",
    "given": "first name",
    "family": "last name",
    "email": "e-mail address",
    "telephone": "telephone number",
    "page": "own page",
    "link": "link",
    "title": "name of the badge",
    "issuer": "issuer",
    "issued": "issue date",
    "expires": "end",
}
#: A person has many links and pages, and one of all else.
MANY = ("email", "telephone", "page", "link")
#: An e-mail address, also within other words.
MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"(?: ?\d{1,3})+\Z")
_OWN_PAGE = re.compile(
    r"https?://(?:\w+\.)?(?:linkedin\.com/(?:in|pub)|github\.com|xing\.com)/", re.I
)
#: Rows by which a column without a name is told.
_LOOKED_AT = 50
_NO_LINKS = "None holds links: say which column it is, if one does."
_NO_SUCH = "There is no column “{name}” in this list. It has: {columns}."
_NO_KIND = "A column is one of {kinds}; “{kind}” is none of them."

Mapped = Mapping[str, str]


def kinds_of(
    columns: Sequence[str], rows: Sequence[Sequence[str]], named: Mapped, *, has_names: bool = True
) -> dict[int, str]:
    """What each column is, by its place; one that says nothing of use is left out. `named` is the
    reader's own word, from a column's name to its kind, and goes before everything else.

    What a column holds is looked at for links and pages alone where columns have names: addresses
    in one called otherwise may be anybody's. Raises `Malformed`: `columns.unknown` for a column or
    a kind that there is not.
    """
    found = _as_named(columns, named)
    for place, column in enumerate(columns if has_names else ()):
        kind = _kind(column)
        is_free = place not in found and (kind in MANY or kind not in found.values())
        if kind is not None and is_free:
            found[place] = kind
    guessed = {}
    for place in range(len(columns)):
        kind = _by_content([row[place] for row in rows[:_LOOKED_AT] if row[place].strip()])
        if place not in found and kind is not None and kind not in found.values():
            guessed[place] = kind
    if has_names or named:
        return found | {place: kind for place, kind in guessed.items() if kind != "email"}
    words = (place for place in range(len(columns)) if place not in guessed)
    return guessed | dict.fromkeys(islice(words, 1), "name")


def has_names(first: Sequence[str]) -> bool:
    """Whether the first line of a list names its columns: what holds an address is a row."""
    return not any("://" in cell or MAIL.fullmatch(cell.strip()) for cell in first)


def told(columns: Sequence[str], kinds: Mapping[int, str]) -> str:
    """Sentences on which column was taken for what."""
    taken = {
        word: ", ".join(f"“{columns[place]}”" for place, one in kinds.items() if one == kind)
        for kind, word in KINDS.items()
    }
    said = "; ".join(f"{word}: {which}" for word, which in taken.items() if which)
    read = f"Read as {said}." if said else "No column of the list was understood."
    return read if "link" in kinds.values() else f"{read} {_NO_LINKS}"


@cache
def _words() -> Mapping[str, str]:
    listed = json.loads((files("wallet_server.sweeping") / "columns.json").read_text("utf-8"))
    return {_plain(word): kind for kind in KINDS for word in listed[kind]}


@cache
def _of_links() -> frozenset[str]:
    listed = json.loads((files("wallet_server.sweeping") / "columns.json").read_text("utf-8"))
    return frozenset(map(_plain, listed["any"]))


def _plain(text: str) -> str:
    """Small letters and digits alone, single spaces between."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _kind(column: str) -> str | None:
    called = _plain(column)
    kind = _words().get(called) or _words().get(_NUMBER.sub("", called))
    if kind is None and _of_links() & set(_NUMBER.sub("", called).split()):
        return "link"
    return kind


def _as_named(columns: Sequence[str], named: Mapped) -> dict[int, str]:
    places = {column: place for place, column in reversed(list(enumerate(columns)))}
    found = {}
    for column, kind in named.items():
        if kind not in KINDS:
            says = _NO_KIND.format(kinds=", ".join(KINDS), kind=kind[:40])
            raise Malformed("columns.unknown", says)
        if column not in places:
            listed = ", ".join(f"“{one[:40]}”" for one in columns[:30])
            raise Malformed("columns.unknown", _NO_SUCH.format(name=column[:80], columns=listed))
        found[places[column]] = kind
    return found


def _by_content(cells: Sequence[str]) -> str | None:
    """What a column without a telling name is, where most of what is in it says so."""
    most = len(cells) / 2
    if not cells:
        return None
    if sum(MAIL.fullmatch(cell.strip()) is not None for cell in cells) > most:
        return "email"
    addresses = [at for cell in cells for at in addresses_in(cell)]
    if any(award_at(at) is not None for at in addresses):
        return "link"
    if len(addresses) > most:
        own = sum(_OWN_PAGE.match(at) is not None for at in addresses)
        return "page" if own > len(addresses) / 2 else "link"
    return None
