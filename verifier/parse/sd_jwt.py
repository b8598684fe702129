"""SD-JWT: the claims that an issuer signed as digests, and those that its holder chose to show.

RFC 9901, sections 4 and 7.1: each disclosure must be the one that some digest stands for, each
digest stands once, and no claim is told twice. Signatures are a matter for `proofs`.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import DEPTH, read_object
from verifier.model import JsonObject, Problem

_DIGESTS, _ELEMENT, _ALGORITHM = "_sd", "...", "_sd_alg"
#: Disclosures that are looked at; no badge has a tenth of that.
_MOST = 2000
_RESERVED = frozenset((_DIGESTS, _ELEMENT, _ALGORITHM))
#: The hash functions of IANA's registry that are no weaker than the default.
_HASHES: dict[str, Callable[[bytes], Any]] = {
    "sha-256": hashlib.sha256,
    "sha-384": hashlib.sha384,
    "sha-512": hashlib.sha512,
    "sha3-256": hashlib.sha3_256,
    "sha3-384": hashlib.sha3_384,
    "sha3-512": hashlib.sha3_512,
}


class SdJwt(Struct, frozen=True):
    """An SD-JWT taken apart.

    `token` is what its issuer signed, `claims` what that says with everything in it that was
    disclosed, `hidden` the names of those at the top that were; `withheld` the members of the top
    in which something may be that was not, an empty name for the top itself; `binding` is the
    holder's own token, if there is one, and `digest` what its `sd_hash` must be.
    """

    token: str
    claims: JsonObject
    hidden: frozenset[str]
    withheld: frozenset[str]
    binding: str | None
    digest: str
    problems: tuple[Problem, ...]


def read(content: bytes) -> SdJwt:
    """What is in `content`; digests and disclosures that don't fit together are its problems.

    Raises `Malformed`: `sd_jwt.form`, or what the JSON gate finds in the payload; and `json.size`
    for more disclosures than anybody needs.
    """
    if content.count(b"~") > _MOST:
        raise Malformed("json.size", f"This token shows over {_MOST} parts, too many for a badge.")
    text = content.strip().decode("ascii", "replace")
    token, *rest = text.split("~")
    parts = token.split(".")
    if not rest or len(parts) != 3:
        raise Malformed("sd_jwt.form", "This is no token with disclosures after it.")
    payload = read_object(read_base64url(parts[1]))
    name = payload.get(_ALGORITHM, "sha-256")
    known = _HASHES.get(name) if isinstance(name, str) else None
    if known is None:
        says = f"Its digests are made with “{str(name)[:20]}”, which Touchstone can't check yet."
        plain = {member: value for member, value in payload.items() if member not in _RESERVED}
        wrong = (Problem("unsupported_proof", "sd_jwt.algorithm", says),)
        return SdJwt(token, plain, frozenset(), frozenset(("",)), rest[-1] or None, "", wrong)
    opening = _Opening({}, known)
    for disclosure in rest[:-1]:
        opening.offer(disclosure)
    claims: dict[str, Any] = opening.opened(payload)
    digest = opening.digest(text[: len(text) - len(rest[-1])])
    hidden = frozenset(claims.keys() - payload.keys())
    withheld = frozenset(opening.withheld)
    return SdJwt(token, claims, hidden, withheld, rest[-1] or None, digest, opening.found())


class _Opening(Struct):
    """The way through the issuer's claims, with the disclosures in hand."""

    offered: dict[str, list[Any] | None]
    hashing: Callable[[bytes], Any]
    met: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def digest(self, text: str) -> str:
        """Section 4.2.3: over the text as it is sent."""
        hashed = self.hashing(text.encode("ascii", "replace")).digest()
        return urlsafe_b64encode(hashed).rstrip(b"=").decode()

    def offer(self, disclosure: str) -> None:
        """Take one disclosure in hand."""
        digest = self.digest(disclosure)
        if digest in self.offered:
            self._wrong("repeated", "The same part is shown twice.")
        self.offered[digest] = _array(disclosure)

    def opened(self, value: Any, depth: int = 0, within: str = "") -> Any:  # noqa: ANN401 any JSON
        """`value`, which stands `within` that member of the top, with what was disclosed of it, and
        no digests.
        """
        if depth > 2 * DEPTH:
            self._wrong("depth", "Its disclosures are nested too deep.")
            return None
        if isinstance(value, list):
            return [one for item in value for one in self._elements(item, depth, within)]
        return self._members(value, depth, within) if isinstance(value, dict) else value

    def found(self) -> tuple[Problem, ...]:
        """What is wrong; disclosures that no digest stands for are the issuer's no longer."""
        if self.offered.keys() - self.met:
            says = "It shows something as the issuer's that the issuer did not sign."
            self.problems.append(Problem("altered", "sd_jwt.disclosure", says))
        return tuple(dict.fromkeys(self.problems))

    def _elements(self, item: Any, depth: int, within: str) -> list[Any]:  # noqa: ANN401 any JSON
        if not isinstance(item, dict) or _ELEMENT not in item:
            return [self.opened(item, depth + 1, within)]
        if len(item) > 1:
            self._wrong("reserved", "It uses a name that stands for what is not shown.")
            return []
        taken = self._taken(item[_ELEMENT], 2, within)
        return [self.opened(one[-1], depth + 1, within) for one in taken]

    def _members(self, value: dict[str, Any], depth: int, within: str) -> dict[str, Any]:
        if _ELEMENT in value or (depth and _ALGORITHM in value):
            self._wrong("reserved", "It uses a name that stands for what is not shown.")
        kept = {name: one for name, one in value.items() if name not in _RESERVED}
        told = {name: self.opened(one, depth + 1, within or name) for name, one in kept.items()}
        digests = value.get(_DIGESTS, [])
        if not isinstance(digests, list):
            self._wrong("digest", "What should be a list of digests is none.")
            return told
        for digest in digests:
            for _, name, shown in self._taken(digest, 3, within):
                if not isinstance(name, str) or name in _RESERVED or name in told:
                    self._wrong("name", "What is shown has a name that it must not have.")
                else:
                    told[name] = self.opened(shown, depth + 1, within or name)
        return told

    def _taken(self, digest: object, length: int, within: str) -> list[list[Any]]:
        """The disclosure that `digest` stands for, if it is shown, with as many parts."""
        if not isinstance(digest, str):
            self._wrong("digest", "What should be a digest is no text.")
            return []
        if digest in self.met:
            self._wrong("digest", "The same digest stands twice.")
            return []
        self.met.add(digest)
        if digest not in self.offered:
            self.withheld.add(within)
            return []
        disclosure = self.offered[digest]
        if disclosure is None or len(disclosure) != length or not isinstance(disclosure[0], str):
            self._wrong("form", "What is shown has not the form of a disclosure.")
            return []
        return [disclosure]

    def _wrong(self, reason: str, says: str) -> None:
        self.problems.append(Problem("structure", f"sd_jwt.{reason}", says))


def _array(disclosure: str) -> list[Any] | None:
    """The JSON array in a disclosure, held to the same gate as every object."""
    try:
        found = read_object(b'{"array":' + read_base64url(disclosure) + b"}")
    except Malformed:
        return None
    array = found.get("array")
    return array if isinstance(array, list) and len(found) == 1 else None
