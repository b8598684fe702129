"""A document that its writer put together, such as a CV or a mail: what is read in it, whatever
kind of file it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from verifier.addresses import is_address
from verifier.errors import Malformed
from verifier.model import Recipient
from verifier.providers import locate, unwrap

#: Blocks, links and files that are read of one document, and letters of one block.
BLOCKS, LINKS, FILES = 5000, 2000, 100
LETTERS = 2000
#: What one file in a document, and all together, may hold.
FILE, FILES_IN_ALL = 8 * 1024 * 1024, 24 * 1024 * 1024
#: Lines over which an address may be broken.
BROKEN_OVER = 3
_ADDRESS = re.compile(r"(?:https?://|www\.(?=[\w-]+\.))[^\s<>\"'“”«»|\\^`{}]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}/[^\s<>\"'“”|]{4,200}", re.IGNORECASE
)
_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_AFTER = ".,;:!?…)]}>\u2019\u201d*"


class Link(Struct, frozen=True):
    """An address in a document, and the words that lead to it, as far as that is certain."""

    address: str
    words: str = ""


class Block(Struct, frozen=True):
    """A line, a paragraph, an entry of a list or a row of a table: its words, cells apart by tabs;
    the links and the files in it. `of` is set where the words are somebody else's than the
    document's writer's: whom they name, if anybody.
    """

    text: str
    links: tuple[Link, ...] = ()
    files: tuple[bytes, ...] = ()
    of: Recipient | None = None


class Sheet(Struct, frozen=True):
    """Everything read in one document, in its order. `person` is whom its head names for certain;
    `left` a sentence on what was not read.
    """

    container: str
    blocks: tuple[Block, ...]
    person: Recipient = field(default_factory=Recipient)
    left: str | None = None


def addresses_in(text: str) -> Iterator[str]:
    """Every address written out in `text`; one without its scheme only where it is a platform's."""
    for found in _ADDRESS.finditer(text[:LETTERS]):
        written = _trimmed(found[0])
        at = written if written.lower().startswith("http") else f"https://{written}"
        if is_address(at):
            yield at
    for found in _BARE.finditer(_ADDRESS.sub(" ", text[:LETTERS])):
        at = f"https://{_trimmed(found[0])}"
        if award_at(at) is not None:
            yield at


def award_at(address: str) -> str | None:
    """The one spelling of an award's address at a platform; `None` for all else."""
    located = locate(unwrap(address) or address)
    if located is None or located[0].kind not in ("award", "file", "short_link"):
        return None
    return located[0].canonical


def joined(lines: list[str], at: int) -> tuple[str, int] | None:
    """The award's address that starts at the end of the line `at` and goes on in those after it,
    and how many of them it takes.
    """
    tails = list(_ADDRESS.finditer(lines[at])) or list(_BARE.finditer(lines[at]))
    if not tails or tails[-1].end() != len(lines[at]):
        return None
    whole = tails[-1][0]
    if award_at(_with_scheme(whole)) is not None:
        return None
    for taken, line in enumerate(lines[at + 1 : at + BROKEN_OVER], 1):
        head = line.split(maxsplit=1)[0] if line.split() else ""
        whole = f"{whole}{head}"
        if award_at(_with_scheme(_trimmed(whole))) is not None:
            return _with_scheme(_trimmed(whole)), taken
        if head != line.strip():
            return None
    return None


def without_addresses(text: str) -> str:
    """`text` less the addresses written out in it, of pages and of mail."""
    return _BARE.sub(" ", _MAIL.sub(" ", _ADDRESS.sub(" ", text)))


def too_large(container: str) -> Malformed:
    """More than any document about a person holds."""
    return Malformed(
        f"{container}.size",
        "This document holds more, or packs it tighter, than any CV. Ask its holder for the badges "
        "themselves.",
    )


def _with_scheme(text: str) -> str:
    return text if text.lower().startswith("http") else f"https://{text}"


def _trimmed(text: str) -> str:
    """Without the signs of the sentence around it; a bracket that was opened within stays."""
    while text and text[-1] in _AFTER:
        if text[-1] == ")" and text.count("(") >= text.count(")"):
            break
        text = text[:-1]
    return text
