"""Which cards somebody asks for, as an address writes it: the pages and the API read the same."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from verifier.report import Verdict
from wallet_server.store.listing import Wanted

#: Letters of one of the words that an address may bring.
LETTERS = 2000
#: The parameter for each thing that cards are asked by.
PARAMETERS = {
    "words": "q",
    "verdict": "verdict",
    "issuer": "issuer",
    "kind": "kind",
    "tag": "tag",
}
VERDICTS = frozenset(one.value for one in Verdict)


def read(parameters: Mapping[str, str]) -> Wanted:
    """What the parameters of an address ask for; a verdict that is none counts for nothing."""
    given = {
        member: parameters.get(name, "").replace("\0", "").strip()[:LETTERS]
        for member, name in PARAMETERS.items()
    }
    if given["verdict"] not in VERDICTS:
        given["verdict"] = ""
    return Wanted(**given)


def address(wanted: Wanted, path: str = "/wallet", **more: str | None) -> str:
    """The address that asks for `wanted`, less or more of it as `more` says."""
    asked = {name: getattr(wanted, member) for member, name in PARAMETERS.items()} | more
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path
