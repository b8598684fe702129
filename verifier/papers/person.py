"""Whom a CV is about: the name and the addresses at its head.

A heading is easily taken for a name. So a name is certain only where an address of the same head
says it too; any other is a guess, which may fit a badge's but can't make anybody a stranger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from verifier.addresses import proven_name
from verifier.model import Identity, Recipient
from verifier.names.reading import readings
from verifier.names.words import known
from verifier.papers.sheet import Block, addresses_in, award_at
from verifier.papers.words import told

#: Lines at the beginning in which its person is looked for, and in which the name stands.
HEAD, NAME = 20, 8
_MAIL = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_TELEPHONE = re.compile(r"(?<![\w+])\+?\d[\d\s()./-]{6,18}\d(?!\w)")
_PROFILES = re.compile(
    r"https?://(?:[a-z]{2,3}\.)?(?:www\.)?(?:linkedin\.com/(?:in|pub)|github\.com|gitlab\.com"
    r"|x\.com|twitter\.com|xing\.com/profile|orcid\.org|(?:www\.)?credly\.com/users)"
    r"/([\w.%~-]{2,100})/?(?:[?#].*)?",
    re.IGNORECASE,
)
_BARE_PROFILE = re.compile(r"\b(?:linkedin\.com/in|github\.com)/[\w.%~-]{2,100}", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:(?:full\s+)?name|nom|nome|nombre|naam|namn|curriculum\s+vitae|lebenslauf|r[ée]sum[ée]"
    r"|cv)(?:\s+(?:of|de|von|di|van))?\s*[:\u2013\u2014-]?\s+(?=\S)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*[\t|•·,;(/]\s*|\s+[\u2013\u2014-]\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[.'\u2019-][^\W\d_]*)*\.?")
_MOST = 5


def person_in(blocks: Iterable[Block]) -> Recipient:
    """Whom the head of a document names: addresses as identities; the name among them where it is
    certain, else as `name` alone.
    """
    own = [block for block in blocks if block.of is None]
    head = own[:HEAD]
    mails = _mails(head) or _only(_mails(own))
    profiles = tuple(dict.fromkeys(islice(_profiles(head), _MOST)))
    telephones = tuple(dict.fromkeys(islice(_telephones(head), _MOST)))
    identities = (
        *(Identity("email", one) for one in mails),
        *(Identity("url", one) for one in profiles),
        *(Identity("telephone", one) for one in telephones),
    )
    names = list(dict.fromkeys(_names(head[:NAME])))
    said = [*(mail.partition("@")[0] for mail in mails), *map(_handle, profiles)]
    # An organisation's name may stand before the @ and behind it.
    hosts = [mail.partition("@")[2].replace("-", ".") for mail in mails]
    sure = next(
        (
            name
            for name in names
            if any(_says(one, name) for one in said)
            and not any(_says(host, name) for host in hosts)
        ),
        None,
    )
    if sure is not None:
        identities = (*identities, Identity("name", sure))
    return Recipient(identities, sure or next(iter(names), None))


def _mails(blocks: list[Block]) -> tuple[str, ...]:
    found = [mail for block in blocks for mail in _MAIL.findall(block.text)]
    for link in (link for block in blocks for link in block.links):
        if link.address[:7].lower() == "mailto:":
            found += _MAIL.findall(unquote(link.address[7:]).partition("?")[0])
    return tuple(dict.fromkeys(found))[:_MOST]


def _only(found: tuple[str, ...]) -> tuple[str, ...]:
    """Addresses further down may be somebody else's, unless there is just one."""
    return found if len(found) == 1 else ()


def _profiles(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        bare = (f"https://{one}" for one in _BARE_PROFILE.findall(block.text))
        for at in (*(link.address for link in block.links), *addresses_in(block.text), *bare):
            if _PROFILES.fullmatch(at):
                yield at


def _telephones(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        for link in block.links:
            if link.address[:4].lower() == "tel:":
                yield unquote(link.address[4:])
        for found in _TELEPHONE.findall(block.text):
            digits = sum(letter.isdigit() for letter in found)
            if found.startswith("+") and 8 <= digits <= 15:
                yield " ".join(found.split())


def _handle(profile: str) -> str:
    """What a profile's address calls its owner."""
    found = _PROFILES.fullmatch(profile)
    return "" if found is None or proven_name(profile) is None else unquote(found[1])


def _names(blocks: list[Block]) -> Iterator[str]:
    """What could be a name, from the top: two to four words, each with a capital."""
    for block in blocks:
        if block.files or any(award_at(link.address) for link in block.links):
            continue
        line = _CUT.split(_LABEL.sub("", block.text.strip(), count=1))[0]
        if _is_name(line):
            yield line


def _is_name(line: str) -> bool:
    words = line.split()
    if not 2 <= len(words) <= 4 or len(line) > 60 or not all(map(_WORD.fullmatch, words)):
        return False
    low = [word.casefold().strip(".") for word in words]
    if not told("no_name").isdisjoint(low):
        return False
    particles = known().particles
    main = [word for word, plain in zip(words, low, strict=True) if plain not in particles]
    return len(main) >= 2 and all(word[0] == word[0].upper() for word in main)


def _says(handle: str, name: str) -> bool:
    """Whether an address is made of two parts of the name, or more."""
    words = re.split(r"[\W\d_]+", handle.casefold())
    whole = "".join(words)
    parts = [
        part.plain
        for reading in readings(name)[:1]
        for part in reading.parts
        if not part.small and not part.initial
    ]
    told = [forms for forms in parts if any(form in words for form in forms)]
    if len(told) >= 2:
        return True
    pairs = ((one, other) for one in parts for other in parts if one is not other)
    return any(a + b == whole for one, other in pairs for a in one for b in other)
