"""`python -m tests.measures.issuers [--readme]`: how often an imitation of a known issuer is named.

`imitations.json` and `honest.json` were made by somebody who had not seen the detector, which has
been mended since by what they showed. `imitations_fresh.json` and `honest_fresh.json`, of the same
form, are families made without sight of either, kept back until the detector was finished: what it
did then is in `FIRST_LOOK`. What they taught has been mended since, so nothing here is unseen now.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tests.measures.written import README, written
from verifier.addresses import proven_name
from verifier.checks.listed import entries_of
from verifier.ports import Circumstances
from verifier.trust import lookalike, shipped
from verifier.trust.domains import known_domains
from verifier.trust.names import same_name

HERE = Path(__file__).parent
#: A fact, no longer measured: what came of the fresh families before anything was mended by them.
FIRST_LOOK = (
    "- when families kept back until then were first looked at: 162 of 175 imitations named "
    "(92.6 %), 0 of 209 honest issuers red, 1 said to claim a known name; mended since"
)
KNOWN = entries_of(Circumstances(datetime.now(UTC), trust=shipped())).known


def judged(name: str | None, address: str) -> str | None:
    """`lookalike`, `claims_known_name`, or `None` for an issuer who is taken for nobody else."""
    proven = proven_name(address)
    if proven is not None and lookalike.imitates(proven, name, KNOWN) is not None:
        return "lookalike"
    return "claims_known_name" if lookalike.namesake(name, proven, KNOWN) is not None else None


def imitations() -> Counter[str | None]:
    """What becomes of the imitations of issuers that the shipped lists know."""
    return Counter(
        judged(one["name"], one["id_url"])
        for one in _read("imitations")
        if _is_listed(one["imitates"])
    )


def honest() -> Counter[str | None]:
    """What becomes of honest issuers that no list knows."""
    return Counter(judged(one["name"], one["id_url"]) for one in _read("honest"))


def organisations(material: Path) -> Counter[str | None]:
    """What becomes of real organisations at Credly that the shipped list does not name."""
    listed = {identifier for issuer in KNOWN for identifier in (issuer.id, *issuer.also)}
    found = json.loads((material / "providers/credly/organizations_excerpt.json").read_bytes())
    at = "did:web:www.credly.com:api:v1:obi:v3:issuers:{}"
    return Counter(
        judged(one["name"], at.format(key))
        for key, one in found.items()
        if at.format(key) not in listed
    )


def told() -> Iterator[str]:
    """The figures in words."""
    found, fair = imitations(), honest()
    named = found.total() - found[None]
    yield (
        f"- imitations: {named} of {found.total()} named ({100 * named / found.total():.1f} %), "
        f"{found['lookalike']} of them red"
    )
    yield (
        f"- honest issuers: {fair['lookalike']} of {fair.total()} red, "
        f"{fair['claims_known_name']} said to claim a known name"
    )
    yield FIRST_LOOK


def _read(name: str) -> list[dict[str, Any]]:
    """The issuers of both hands, those kept back behind the others."""
    texts = [(HERE / f"{name}{which}.json").read_text("utf-8") for which in ("", "_fresh")]
    return [issuer for text in texts for issuer in json.loads(text)]


def _is_listed(imitated: dict[str, str]) -> bool:
    """Whether any list knows whom this imitates; nobody can be told from an unknown."""
    return any(
        imitated["domain"] in known_domains(issuer)
        or any(same_name(imitated["name"], name) for name in (issuer.name, *issuer.called))
        for issuer in KNOWN
    )


if __name__ == "__main__":
    click.echo("\n".join(told()))
    if "--readme" in sys.argv:
        README.write_text(written("issuers", told()), encoding="utf-8")
