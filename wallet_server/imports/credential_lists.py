"""Lists of credentials: a JSON array, what Open Badges 3.0's interface answers, and presentations,
whose credentials are kept one by one.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.containers import text
from wallet_server.imports.found import Found, Item, Unread, merged
from wallet_server.imports.json_parts import Part, label_of

#: Members under which an object lists credentials: the OB 3.0 API (`credential`,
#: `compactJwsString`), and the plain words that small wallets use.
_MEMBERS = ("credential", "compactJwsString", "credentials", "badges", "assertions")
_PRESENTED = "verifiableCredential"
_PRESENTATION = (
    "A presentation: it proves that its badges were once shown to somebody. They are kept one by "
    "one."
)
_NO_AWARD = "An entry of the list that is neither a badge nor the address of one."


def read(whole: Part, name: str) -> Found | None:
    """What it lists, each for itself."""
    presented = whole.get(_PRESENTED)
    if presented is not None and "credentialSubject" not in whole.value:
        kept = Found("presentation", unread=(Unread(name, whole.source, _PRESENTATION),))
        return merged("presentation", [*_each(presented), kept])
    if isinstance(whole.value, list):
        parts = list(_each(whole))
    elif isinstance(whole.value, dict) and not text.is_award(whole.value):
        listed = (whole.get(member) for member in _MEMBERS)
        parts = [one for part in listed if part is not None for one in _each(part)]
    else:
        return None
    return merged("list", parts) if any(part.items for part in parts) else None


def _each(listed: Part) -> Iterator[Found]:
    """Every element; a presentation may hold one alone, outside of a list."""
    for part in listed.elements() if isinstance(listed.value, list) else (listed,):
        item = item_of(part)
        if item is not None:
            yield Found("list", (item,))
        else:
            yield Found("list", unread=(Unread(label_of(part.value), part.source, _NO_AWARD),))


def item_of(part: Part) -> Item | None:
    """The credential that a part is, as an object, a token or an address; `None` for all else."""
    if isinstance(part.value, str):
        written = part.value.encode("utf-8", "replace")
        form = text.form(written)
        if form == "url":
            return Item(part.value, None, part.value.strip())
        return Item("a credential as a token", written) if form == "jwt" else None
    if isinstance(part.value, dict) and _is_credential(part.value):
        return Item(label_of(part.value), part.source)
    return None


def _is_credential(value: dict[str, object]) -> bool:
    """Whether it is an award, also one in an envelope (VC 2.0, section 4.13)."""
    at = value.get("id")
    return text.is_award(value) or (isinstance(at, str) and at.startswith("data:"))
