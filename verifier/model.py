"""What a badge is once it has been read: frozen data, whatever standard it was written in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

JsonObject = Mapping[str, Any]

#: Asked of every address: machine-readable first, pictures next, pages last.
ACCEPT = (
    "application/ld+json, application/vc+ld+json, application/json, "
    "image/png, image/svg+xml, text/html;q=0.5, */*;q=0.1"
)


#: What a page in the reader's own tab is.
PAGE_TYPE = "text/html; charset=utf-8"


class Payload(Struct, frozen=True):
    """A credential as it was baked, byte for byte, and where it was found.

    `container` is the contract's word for the wrapping; `url` is the address the credential itself
    was fetched from (after redirects), or `None` where it came as bytes. `document` is what the
    gate has read in `content` already, or `None`.
    """

    source: str
    content: bytes
    container: str
    url: str | None = None
    document: JsonObject | None = None


class Request(NamedTuple):
    """One look-up in the web that a check may ask for."""

    url: str
    accept: str = ACCEPT


class Document(Struct, frozen=True):
    """The answer to a `Request`, or the reason why there is none.

    `error` is `None` or one of `timeout`, `refused`, `tls`, `dns`, `redirect`, `too_large`,
    `address` (not a public one), `closed` (its owner lets no program in; `final_url`
    then says what was not opened), `limit` (too many
    look-ups) and `unlisted` (not in the documents folder). With an error `status` is `None`. `seen`
    is set where nothing was fetched: this is what the reader's own tab shows at that address. Until
    `retry_at` the host asks not to be asked again.
    """

    url: str
    at: datetime
    status: int | None = None
    content_type: str | None = None
    content: bytes = b""
    final_url: str | None = None
    error: str | None = None
    from_cache: bool = False
    seen: bool = False
    retry_at: datetime | None = None

    @property
    def sha256(self) -> str:
        """SHA-256 of the body, in hex."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def answered(self) -> bool:
        """Whether the address answered with a success and a body that may be read."""
        return self.error is None and self.status is not None and 200 <= self.status < 300


Documents = Mapping[Request, Document]


class Issuer(Struct, frozen=True):
    """Who the credential says issued it; `id` is what proofs are held against, the rest is what it
    calls itself. `also` are other ids by which its platform names the very same organisation.
    """

    id: str | None = None
    also: tuple[str, ...] = ()
    name: str | None = None
    url: str | None = None
    email: str | None = None
    image: str | None = None


class Identity(Struct, frozen=True):
    """One identifier of the recipient.

    `kind` is `email`, `name`, `did`, `url`, `telephone` or the standard's own word for anything
    else. Where `hashed`, `value` is `algorithm$hex` over identifier + `salt`.
    """

    kind: str
    value: str
    hashed: bool = False
    salt: str | None = None


#: What Open Badges 3.0 (`IdentifierTypeEnum`) has for books and tools.
_NOT_OF_PEOPLE = frozenset(
    ("isbn", "issn", "productId", "ltiContextId", "ltiDeploymentId", "ltiToolId", "ltiPlatformId")
)

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]{1,64}@[^\s<>()\[\],;:\"@]{1,255}")
#: What stands around an address beside a name.
_AROUND = ' <>()[],;:|/-"\u2013\u2014'


class Recipient(Struct, frozen=True):
    """Whom the credential names: any number of identifiers, and a name where it gives one.

    An e-mail address that stands in a name is an identifier, of kind `email`, and never part of
    `name`. `chosen_by_holder` is set where the holder may call themselves what they like.
    """

    identities: tuple[Identity, ...] = ()
    name: str | None = None
    chosen_by_holder: bool = False

    def __post_init__(self) -> None:
        if not self._tells_more():
            if len(self.identities) > 1:
                force_setattr(self, "identities", tuple(dict.fromkeys(self.identities)))
            if self.name == "":
                force_setattr(self, "name", None)
            return
        name, found = _without_addresses(self.name or "")
        identities: list[Identity] = []
        for one in self.identities:
            if one.kind != "name" or one.hashed:
                identities.append(one)
                continue
            rest, addresses = _without_addresses(one.value)
            identities += (*addresses, *((replace(one, value=rest),) if rest else ()))
        every = tuple(dict.fromkeys((*identities, *found)))
        force_setattr(self, "identities", every)
        force_setattr(self, "name", name or None)

    def _tells_more(self) -> bool:
        """Whether there may be an address in a name."""
        for one in self.identities:
            if one.kind == "name":
                return True
        return self.name is not None and "@" in self.name

    @property
    def named(self) -> tuple[Identity, ...]:
        """Every identifier, the name last: it is the weakest. What can't be a person's (the number
        of a book or a tool), or is empty, is none.
        """
        if not self.identities and not self.name:
            return ()
        every = self.identities
        if len(every) > 1:
            every = tuple(sorted(every, key=_is_name))
        if self.name and not any(map(_is_name, every)):
            every = (*every, Identity("name", self.name))
        return tuple([one for one in every if one.value.strip() and one.kind not in _NOT_OF_PEOPLE])


def _is_name(identity: Identity) -> bool:
    return identity.kind == "name"


def _without_addresses(name: str) -> tuple[str, list[Identity]]:
    """What a name says beside the e-mail addresses in it, and these; without any, as it stands."""
    addresses = [Identity("email", found) for found in _ADDRESS.findall(name)]
    if not addresses:
        return name, []
    rest = " ".join(_ADDRESS.sub(" ", name).split()).strip(_AROUND)
    return rest, addresses


class Proof(Struct, frozen=True):
    """One way in which the issuer vouches for the credential.

    `form` picks the module in `verifier.proofs` (`hosted`, `data_integrity`, `jwt`, or
    `unsupported`);
    `options` is the proof object as it stands in the document, if it stands there.
    """

    form: str
    type: str
    cryptosuite: str | None = None
    options: JsonObject = field(default_factory=dict)


class Status(Struct, frozen=True):
    """One `credentialStatus` entry; `options` is the entry as it stands in the document."""

    type: str
    options: JsonObject = field(default_factory=dict)


class Revocation(Struct, frozen=True):
    """The issuer's own word, at the credential's own address, that it took the credential back."""

    reason: str | None = None
    url: str | None = None


class Standing(Struct, frozen=True):
    """What the platform that shows an award says of whether it is in force, its dates aside.

    `code` is a code of the question `current`, or `None` where it says that nothing stands against
    the award; `says` a sentence.
    """

    code: str | None
    says: str


class Problem(Struct, frozen=True):
    """A finding that keeps the credential from being genuine as it stands.

    `code` is a code of the question `genuine` (`structure`, `id_mismatch`, `context`,
    `host_unreachable` …), `reason` the finer dotted word, `says` a sentence that names the member
    at fault.
    """

    code: str
    reason: str
    says: str


class Endorsement(Struct, frozen=True):
    """A credential in which somebody praises another, still to be read; `of` is the id of what it
    was found on, if that has one.
    """

    payload: Payload
    of: str | None = None


class Text(Struct, frozen=True):
    """A thing with any of an address, a name and words about it: criteria, evidence, a skill, an
    alignment.
    """

    url: str | None = None
    name: str | None = None
    text: str | None = None


class Listed(Struct, frozen=True):
    """An achievement that a record names beside the credentials in it.

    `id` is what the record's associations call it; `earned` the moment at which the record says it
    was earned, `None` where it only names it. `kind` is the contract's word.
    """

    id: str
    name: str | None = None
    kind: str = "badge"
    url: str | None = None
    earned: datetime | None = None


class Association(Struct, frozen=True):
    """How two achievements hang together, as a record says: `type` is a word of CLR 2.0,
    "AssociationType", `source` and `target` are ids of achievements ("source isPartOf target").
    """

    type: str
    source: str
    target: str


class Claim(Struct, frozen=True):
    """What a page says about the badge beside which it stands; dates as the page writes them. `id`
    is what it calls the credential's id, `holder` whom it names as its holder, `image` the address
    of the picture it shows with it.
    """

    title: str | None = None
    issuer: str | None = None
    issued: str | None = None
    expires: str | None = None
    image: str | None = None
    id: str | None = None
    holder: str | None = None


class Entry(Struct, frozen=True):
    """An award as somebody's own list or paper names it.

    `at` is the address where it may be found, or `held` the file in the paper that may carry it;
    `claims` what is said of it beside that, and `alone` what the entry comes to where nothing is
    found: nobody's word but its writer's. `about` is whom the paper names as its own: a name of
    which the paper gives no second sign is only in `name`, not among the identities. Empty, it is
    a paper that names nobody; `None`, a list on which nobody is held against anything.
    """

    alone: Credential
    at: str | None = None
    claims: tuple[Claim, ...] = ()
    held: bytes | None = None
    about: Recipient | None = None


class Credential(Struct, frozen=True):
    """A badge or credential of any standard. Everything shown in a report is read from here.

    `content` is the credential as received; `document` the JSON object that proofs are held against
    (for a hosted credential the hosted copy); `url` the address it was fetched from; `achievement`
    the id of the badge class or achievement that it awards. `bundle` and `endorsements` are
    credentials in it: still to be read, read already, or to be looked for.
    """

    standard: str
    container: str
    content: bytes
    document: JsonObject
    kind: str = "badge"
    url: str | None = None
    achievement: str | None = None
    provider: str | None = None
    id: str | None = None
    types: tuple[str, ...] = ()
    name: str | None = None
    description: str | None = None
    issuer: Issuer = Issuer()
    recipient: Recipient = Recipient()
    issued: datetime | None = None
    valid_from: datetime | None = None
    expires: datetime | None = None
    criteria: Text = Text()
    evidence: tuple[Text, ...] = ()
    skills: tuple[Text, ...] = ()
    alignments: tuple[Text, ...] = ()
    part_of: tuple[Text, ...] = ()
    made_of: tuple[Text, ...] = ()
    related: tuple[Text, ...] = ()
    listed: tuple[Listed, ...] = ()
    associations: tuple[Association, ...] = ()
    credits: float | None = None
    hours: float | None = None
    assessed_by: tuple[Text, ...] = ()
    results: tuple[Text, ...] = ()
    image: str | None = None
    proofs: tuple[Proof, ...] = ()
    statuses: tuple[Status, ...] = ()
    revocation: Revocation | None = None
    standing: Standing | None = None
    problems: tuple[Problem, ...] = ()
    bundle: tuple[Payload | Credential | Entry, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()


def as_list(value: object) -> list[Any]:
    """JSON-LD's rule that one value and a list of one mean the same; `None` is an empty list. A
    list is given back as it is, to be read only.
    """
    if type(value) is list:
        return value
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]  # some pages have their own


def objects(value: object) -> list[JsonObject]:
    """Those of a member's values that are JSON objects."""
    if type(value) is dict:
        return [value]
    if value is None or type(value) is str:
        return []
    return [item for item in as_list(value) if isinstance(item, dict)]


def first_text(values: Iterable[object]) -> str | None:
    """The first non-empty string among `values`."""
    for value in values:
        if isinstance(value, str) and value:
            return value
    return None


def text_or_none(value: object) -> str | None:
    """`value` if it is a string that is not empty."""
    return value if isinstance(value, str) and value else None
