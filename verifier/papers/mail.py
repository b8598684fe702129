"""A mail as a file (`.eml`): its words, the links in them, and its inline and attached files.

RFC 5322 (the message), RFC 2045 to 2047 (its parts), RFC 2392 (`cid:`). The From line says who
wrote it, and nothing proves that. What was quoted or forwarded is its own sender's: it is never
held against the From line.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import cast

from msgspec.structs import replace

from verifier.containers import container_of, pixels
from verifier.model import Identity, Recipient
from verifier.papers import docx, odt, saved_page
from verifier.papers.sheet import (
    BLOCKS,
    FILE,
    FILES,
    FILES_IN_ALL,
    LETTERS,
    Block,
    Sheet,
    too_large,
)

#: Parts of one message, and bytes of its words.
PARTS, WORDS = 200, 2 * 1024 * 1024
_HEAD = re.compile(
    rb"(?:From [^\r\n]{0,200}\r?\n)?"
    rb"(?:[A-Za-z0-9-]{1,60}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n)*){2,}"
)
_FROM = re.compile(rb"^From:", re.IGNORECASE | re.MULTILINE)
_ALSO = re.compile(
    rb"^(?:Date|Message-ID|MIME-Version|Received|To|Subject):", re.IGNORECASE | re.MULTILINE
)
#: Where a text goes on with another message.
_FORWARDED = re.compile(
    r"^-{2,}\s*(?:original|forwarded|ursprüngliche|weitergeleitete|message|mensaje|messaggio"
    r"|begin forwarded)[^-]{0,60}-{0,20}$|^begin forwarded message:?$|^_{20,}$",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"^.{0,200}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu|napisał"
    r"|\(a\))\s*.{0,80}:$",
    re.IGNORECASE,
)
_SENDER = re.compile(
    r"^\*?(?:From|Von|De|Da|Van|Från|Fra|Od|От|发件人|差出人)\s*:\*?\s*(.{0,200})$", re.IGNORECASE
)
_MAILBOX = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
#: What the parser of headers gives up with where they are not what they must be.
_BROKEN = (ValueError, LookupError, AttributeError, TypeError, AssertionError)
_DEPTH = 20
#: What may part two of them, and how often a message may have it: most are lines in its words.
_DASHED = re.compile(rb"^--", re.MULTILINE)
_BORDERS = 5000
_LARGEST = 32 * 1024 * 1024


class _Bounded(EmailPolicy):
    """Headers cut short: taking a long one apart takes longer than its length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_HEADER]


_HEADER = 2000
_BOUNDED = cast("EmailPolicy[EmailMessage]", _Bounded())


def recognises(content: bytes) -> bool:
    """Whether it begins with a message's head."""
    head = _HEAD.match(content[:65536].lstrip(b"\r\n"))
    return head is not None and all(mark.search(head[0]) for mark in (_FROM, _ALSO))


def read(content: bytes) -> Sheet:
    """The message. Raises `Malformed`: `eml.size`."""
    if len(content) > _LARGEST or len(_DASHED.findall(content)) > _BORDERS:
        raise too_large("eml")
    try:
        return _read(email.message_from_bytes(content.lstrip(b"\r\n"), policy=_BOUNDED))
    except RecursionError as error:  # messages within messages, without end
        raise too_large("eml") from error


def _read(message: EmailMessage) -> Sheet:
    parts = list(_parts(message, 0))
    if len(parts) > PARTS:
        raise too_large("eml")
    words = [part for part in parts if _is_words(part)]
    files = {id(part): _bytes(part) for part in parts if not _is_words(part)}
    if sum(map(len, files.values())) > FILES_IN_ALL:
        raise too_large("eml")
    shown = {_id(part): files[id(part)] for part in parts if id(part) in files and _id(part)}
    blocks = [block for part in words for block in _blocks(part, shown)]
    blocks = _voices(blocks)
    placed = {file for block in blocks for file in block.files}
    loose = [one for one in files.values() if one not in placed and _may_carry(one)]
    blocks += [Block("", files=(file,)) for file in dict.fromkeys(loose[:FILES])]
    return Sheet("eml", tuple(blocks[:BLOCKS]), _sender(message))


def _parts(part: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """The leaves of a message, in order; of alternatives the richest; a message in it is a leaf."""
    if depth > _DEPTH:
        raise too_large("eml")
    if not part.is_multipart() or part.get_content_type() == "message/rfc822":
        yield part
        return
    inner = [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
    if part.get_content_subtype() == "alternative":
        inner = sorted(inner, key=_richness)[-1:]
    for one in inner[: PARTS + 1]:
        yield from _parts(one, depth + 1)


def _richness(part: EmailMessage) -> int:
    kind = part.get_content_type()
    return 2 if kind.startswith(("multipart/", "text/html")) else 1 if kind == "text/plain" else 0


def _is_words(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    return kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, EmailMessage) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) and len(content) <= FILE else b""


def _may_carry(file: bytes) -> bool:
    """Whether a file is of a kind that may carry a badge, or name one."""
    if not file:
        return False
    kinds = (saved_page.recognises, docx.recognises, odt.recognises, recognises, pixels.recognises)
    start = file.lstrip()[:1]
    return container_of(file) is not None or start in b"{e" or any(kind(file) for kind in kinds)


def _id(part: EmailMessage) -> str:
    return str(part.get("Content-ID", "")).strip().strip("<>")


def _blocks(part: EmailMessage, shown: dict[str, bytes]) -> tuple[Block, ...]:
    content = part.get_payload(decode=True)
    content = content[:WORDS] if isinstance(content, bytes) else b""
    try:
        charset = part.get_content_charset("utf-8")
        words = content.decode(charset, "replace")
    except LookupError:
        words = content.decode("utf-8", "replace")
    if part.get_content_type() == "text/html":
        declared = f'<meta charset="utf-8">{words}'
        return saved_page.blocks_of(declared.encode("utf-8", "replace"), shown)
    return tuple(_line(line) for line in words.splitlines()[:BLOCKS] if line.strip())


def _line(line: str) -> Block:
    quoted = line.lstrip().startswith(">")
    text = "\t".join(" ".join(cell.split()) for cell in line.lstrip("> ").split("\t"))
    return Block(text[:LETTERS], of=Recipient() if quoted else None)


def _voices(blocks: list[Block]) -> list[Block]:
    """The same, with each block that is not the sender's told to be so."""
    told: list[Block] = []
    other: Recipient | None = None
    for index, block in enumerate(blocks):
        line = block.text.replace("\t", " ").strip()
        named = _SENDER.match(line)
        if named is not None and _is_head(blocks[index : index + 5]):
            other = _mailbox(named[1])
        elif _FORWARDED.match(line) or (_WROTE.match(line) and _all_quoted(blocks[index + 1 :])):
            other = Recipient()
        of = other if other is not None else block.of
        told.append(replace(block, of=of))
    return told


def _is_head(blocks: list[Block]) -> bool:
    """Whether a line that names a sender is one of several such lines."""
    text = "\n".join(block.text for block in blocks)
    return len(re.findall(r"^\*?[\w .-]{2,20}:", text, re.MULTILINE)) > 1 and "@" in text


def _all_quoted(blocks: list[Block]) -> bool:
    """Whether nothing below is marked line by line: then all of it is what was quoted."""
    return not any(block.of is not None for block in blocks)


def _mailbox(text: str) -> Recipient:
    found = _MAILBOX.search(text)
    name = text[: found.start()].strip(" \"'<[(:") if found else ""
    if name.lower().endswith("mailto"):
        name = name[:-6].strip(" \"'<[(:")
    identities = (Identity("email", found[0]),) if found else ()
    return Recipient(identities, name[:100] or None)


def _sender(message: EmailMessage) -> Recipient:
    """Whom the From line names, where it names one."""
    try:
        (header,) = message.get_all("From", [])  # of two nobody knows which is shown
        mailboxes = tuple(header.addresses)
        if len(mailboxes) != 1:
            return Recipient()
        one = mailboxes[0]
        identities = (Identity("email", one.addr_spec),) if one.domain else ()
        return Recipient(identities, one.display_name.strip()[:100] or None)
    except _BROKEN:
        return Recipient()
