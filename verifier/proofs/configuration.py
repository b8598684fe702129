"""The canonical form of a proof's own options (Data Integrity EdDSA Cryptosuites 1.0, section
3.2.5, Proof Configuration).

Most proofs have the same five, of which only the moment and the key's name are their own. So what
the words of a suite become under a vocabulary is found once, and these two are written into it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from verifier import jsonld

_WORDS = ("type", "cryptosuite", "proofPurpose")
_MEMBERS = {"@context", "created", "verificationMethod", *_WORDS}
#: What stands in the place of a proof's own two options.
CREATED, METHOD = "0000-00-00T00:00:00Z", "did:example:verification-method"
#: A moment and a DID URL that stand in N-Quads sign for sign, and mean nothing but themselves.
_OWN = re.compile(r"[0-9TZ:.+-]+ did:[a-z0-9]+:[A-Za-z0-9._:-]+(?:#[A-Za-z0-9._-]+)?")


def canonical(options: Mapping[str, Any], *, algorithm: str) -> str:
    """What `jsonld.canonical` makes of `options` with their `@context`, raising what it raises."""
    return _usual(options) or jsonld.canonical(options, algorithm=algorithm)


def _usual(options: Mapping[str, Any]) -> str | None:
    """The canonical form of the usual five, `None` where these are others or refused."""
    context = options.get("@context")
    if type(context) is not list or options.keys() != _MEMBERS:
        return None
    words = [options[name] for name in _WORDS] + context
    created, method = options["created"], options["verificationMethod"]
    if {*map(type, words), type(created), type(method)} != {str}:
        return None
    if not _OWN.fullmatch(f"{created} {method}"):
        return None
    try:
        written = _written(*words)
    except jsonld.Rejected:
        return None
    return written and written.replace(CREATED, created).replace(METHOD, method)


@lru_cache(maxsize=64)
def _written(kind: str, cryptosuite: str, purpose: str, *context: str) -> str | None:
    """The canonical form of such options, in which both places are there once; else `None`. Raises
    what `jsonld.canonical` raises, and keeps nothing of what is refused.
    """
    options = {
        "@context": list(context),
        "type": kind,
        "cryptosuite": cryptosuite,
        "created": CREATED,
        "verificationMethod": METHOD,
        "proofPurpose": purpose,
    }
    written = jsonld.canonical(options)
    return written if written.count(CREATED) == written.count(METHOD) == 1 else None
