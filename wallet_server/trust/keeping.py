"""What an owner does with their lists: add one, put it elsewhere, leave it out, and allow or deny
an issuer of their own choice.

Every function gives the sentence that says what was done. Raises `Malformed` with a sentence that
says why not, `OSError` where the folder can't be written.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from verifier.addresses import read_address
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.trust import IssuerList, read_list, shipped
from verifier.trust.domains import registrable
from verifier.trust.names import same_name
from wallet_server.trust.folder import LISTS, ORDER, OWN, Kept, held, read_order, write, write_order

OWN_NAME = "Your own list"
_DID = re.compile(r"did:[a-z0-9]+:[^\s#?]{1,1000}")
_RESERVED = frozenset((OWN, ORDER))


class Named(Struct, frozen=True):
    """An issuer as its owner writes it: a DID, an https address, or a host and all on it."""

    id: str
    domains: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> Named:
        """Read it. Raises `Malformed`."""
        text = text.strip()
        if _DID.fullmatch(text):
            return cls(text)
        bare = "://" not in text
        try:
            address = read_address(f"https://{text}" if bare else text)
        except Malformed as error:
            says = f"“{text[:80]}” is no issuer: give a DID, an https address or a domain."
            raise Malformed("trust.issuer", says) from error
        if address.scheme != "https" or (bare and "." not in address.host):
            says = f"“{text[:80]}” is no issuer: give a DID, an https address or a domain."
            raise Malformed("trust.issuer", says)
        if address.path == "/" and address.query is None:
            if registrable(address.host) is None and not _is_number(address.host):
                says = f"Under “{address.host}” many publish who have nothing to do with each other"
                raise Malformed("trust.issuer", f"{says}: name the issuer's own domain or address.")
            return cls(f"https://{address.host}", (address.host,))
        return cls(text)


def add(folder: Path, content: bytes) -> str:
    """Keep the list in `content`, after the others; it replaces a file of the same name."""
    name = named(read_list(content))
    lists = list(read_order(folder))
    same = [one.kept for one in held(folder) if one.name == name and one.kept.url is None]
    if same and same[0].file not in (None, OWN):
        write(folder, str(same[0].file), content)
        return f"“{name}” replaces the list of that name."
    _room(lists)
    file = free_name(folder, name)
    write(folder, file, content)
    write_order(folder, [*lists, Kept(file)])
    return f"“{name}” counts from now on, after your other lists."


def remove(folder: Path, which: str) -> str:
    """Leave a list out and delete it; or take an issuer from the owner's own list."""
    lists = list(read_order(folder))
    try:
        kept = find(folder, which)
    except Malformed:
        if _forget(folder, which.strip()):
            return f"Your own list no longer names {which.strip()}."
        raise
    if kept.file is not None:
        (folder / kept.file).unlink(missing_ok=True)
    write_order(folder, [one for one in lists if one != kept])
    return f"“{kept.short}” no longer counts."


def move(folder: Path, which: str, place: int) -> str:
    """Put a list at `place`, counted from 1; its name counts before that of the lists behind it."""
    kept = find(folder, which)
    others = [one for one in read_order(folder) if one != kept]
    place = max(1, min(place, len(others) + 1))
    write_order(folder, [*others[: place - 1], kept, *others[place - 1 :]])
    return f"“{kept.short}” is list {place} now."


def judge(
    folder: Path, issuer: str, policy: str, now: datetime, *, name: str = "", note: str = ""
) -> str:
    """Put an issuer on the owner's own list, with the policy `trust` or `deny`; what the list said
    of it before is replaced.
    """
    named = Named.read(issuer)
    domains = list(named.domains)
    if policy == "deny" and named.id.startswith("did:web:") and named.id.count(":") == 2:
        domains = [named.id.removeprefix("did:web:").partition("%")[0].lower()]
    called = name.strip() or (named.domains[0] if named.domains else named.id)
    entry: dict[str, Any] = {"id": named.id, "name": called, "domains": domains, "policy": policy}
    if note.strip():
        entry["note"] = note.strip()
    own = _own(folder)
    own["issuers"] = [*(one for one in own["issuers"] if one.get("id") != named.id), entry]
    _write_own(folder, own, now)
    does = "vouches for" if policy == "trust" else "refuses"
    return f"Your own list {does} {named.id} from now on."


def find(folder: Path, which: str) -> Kept:
    """The list of that number, file, name or address. Raises `Malformed`."""
    lists = held(folder)
    which = which.strip()
    if which.isascii() and which.isdigit() and 1 <= int(which[:6]) <= len(lists):
        return lists[int(which[:6]) - 1].kept
    # A list gives itself its name, so what is ours of it goes first.
    for one in lists:
        if which in (one.kept.short, one.kept.file, one.kept.url):
            return one.kept
    for one in lists:
        if which == one.name:
            return one.kept
    says = f"None of your lists is “{which[:80]}”: `touchstone trust list` shows them."
    raise Malformed("trust.unknown", says)


def _is_number(host: str) -> bool:
    return ":" in host or host.rpartition(".")[2].isdigit()


def named(found: IssuerList) -> str:
    """What a list calls itself, under which answers will quote it. Raises `Malformed` where that is
    the name of the owner's own list, or of one that is shipped.
    """
    taken = (OWN_NAME, *(one.name for one in shipped()))
    if any(same_name(found.name, name) for name in taken):
        says = f"It calls itself “{found.name[:80]}”, which another list is called"
        raise Malformed("trust.name", f"{says}: whoever keeps it must give it a name of its own.")
    return found.name


def free_name(folder: Path, name: str) -> str:
    """A file for a list of that name, which no other list has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "list"
    taken = {path.name for path in folder.glob("*.json")} | _RESERVED
    names = (f"{start}{'' if count == 1 else f'-{count}'}.json" for count in range(1, LISTS * 2))
    return next(one for one in names if one not in taken)


def _room(lists: list[Kept]) -> None:
    if len(lists) >= LISTS:
        says = f"There are {LISTS} lists already; remove one first."
        raise Malformed("trust.many", says)


def _own(folder: Path) -> dict[str, Any]:
    """The owner's own list as it stands in its file. Raises `Malformed`."""
    path = folder / OWN
    if not path.exists():
        return {"name": OWN_NAME, "as_of": None, "scope": None, "issuers": []}
    content = path.read_bytes()
    try:
        read_list(content)
    except Malformed as error:
        raise Malformed(error.reason, f"The issuer list “{path}”: {error.says}") from error
    return dict(read_object(content))


def _write_own(folder: Path, own: dict[str, Any], now: datetime) -> None:
    own["as_of"] = f"{now:%Y-%m-%d}"
    content = (json.dumps(own, indent=2, ensure_ascii=False) + "\n").encode()
    read_list(content)  # nothing is written that could not be read again
    write(folder, OWN, content)


def _forget(folder: Path, identifier: str) -> bool:
    own = _own(folder)
    wanted = {identifier, f"https://{identifier}"}
    left = [one for one in own["issuers"] if one.get("id") not in wanted]
    if len(left) == len(own["issuers"]):
        return False
    own["issuers"] = left
    content = (json.dumps(own, indent=2, ensure_ascii=False) + "\n").encode()
    write(folder, OWN, content)
    return True
