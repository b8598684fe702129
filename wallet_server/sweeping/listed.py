"""What is in a list: a row for each thing to check, whom it names, and what is claimed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import asdict

from verifier.model import Claim
from verifier.papers.sheet import award_at
from verifier.ports import Person
from wallet_server.services import Context

#: The largest file that is swept, and the most rows of one list.
LIMIT, ROWS = 64 * 2**20, 10_000
#: Files have no host; they wait in so many queues.
LANES = 4
_KINDS = ("names", "emails", "telephones", "pages", "guesses")


class Asked(Struct, frozen=True):
    """Whom a row names, and what it claims of the badge. They are stated (`exact`) where the list
    says which of its columns is what; a guess may be a name, or no name at all.
    """

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    claim: Mapping[str, str] = field(default_factory=dict)
    exact: bool = True

    @property
    def who(self) -> str:
        """What to call them."""
        return next(iter((*self.names, *self.guesses, *self.emails)), "")

    @property
    def context(self) -> Context:
        """What a verification takes."""
        given = {kind: tuple(getattr(self, kind)) for kind in _KINDS}
        person = Person(**given, exact=self.exact) if any(given.values()) else None
        return Context(person, (Claim(**self.claim),) if self.claim else ())

    def written(self) -> str:
        """As text, always the same for the same."""
        held = any(getattr(self, kind) for kind in _KINDS)
        said = {name: value for name, value in asdict(self).items() if value and name != "exact"}
        said |= {"exact": self.exact} if held else {}
        return json.dumps(said, ensure_ascii=True, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> Asked:
        """What `written` wrote."""
        said = json.loads(text)
        given = {kind: tuple(said.get(kind, ())) for kind in _KINDS}
        return cls(**given, claim=said.get("claim", {}), exact=said.get("exact", True))


class Row(Struct, frozen=True):
    """One thing to check: `source` is an address, or the name of a file with its `content`; empty
    where the row names nothing, for the reason `why`. `cells` are the row as the list has it,
    `label` is where it stands there.
    """

    label: str
    source: str
    asked: Asked
    content: bytes | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    why: str = ""

    @property
    def sha256(self) -> str:
        """The same for the same source and person."""
        thing = self.source if self.content is None else hashlib.sha256(self.content).hexdigest()
        known = award_at(thing) or thing if self.content is None else thing
        return hashlib.sha256(json.dumps([known, self.asked.written()]).encode()).hexdigest()

    @property
    def host(self) -> str:
        """Whose turn it waits for: the host's that is asked first, or one of the files' queues."""
        if self.content is None:
            try:
                return urlsplit(self.source).hostname or ""
            except ValueError:
                return ""
        return f"file {int(self.sha256[:8], 16) % LANES}"


class Listed(Struct, frozen=True):
    """Everything in a list, in its order: its own `columns` with the sign that stood between them,
    and sentences on how it was read.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    told: tuple[str, ...] = ()
    delimiter: str = ","


#: Reads a file that lies within another.
Within = Callable[[bytes, str], Listed]


def merged(parts: list[Listed]) -> Listed:
    """One list after another."""
    return Listed(
        tuple(dict.fromkeys(column for part in parts for column in part.columns)),
        tuple(row for part in parts for row in part.rows),
        tuple(dict.fromkeys(one for part in parts for one in part.told)),
        next((part.delimiter for part in parts if part.columns), ","),
    )
