"""`python -m tests.measures.issuers [--readme]`: how often an imitation of a known issuer is named.

`imitations.json` and `honest.json` were made by somebody who had not seen the detector, which has
been mended since by what they showed. `imitations_fresh.json` and `honest_fresh.json`, of the same
form, are never looked at while it is worked on: where they lie beside the others they are told by
themselves.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tests.measures.written import README, written
from verifier.addresses import proven_name
from verifier.trust import lookalike, shipped
from verifier.trust.domains import known_domains
from verifier.trust.names import same_name

HERE = Path(__file__).parent
KNOWN = [issuer for registry in shipped() for issuer in registry.issuers]


def judged(name: str | None, address: str) -> str | None:
    """`lookalike`, `claims_known_name`, or `None` for an issuer who is taken for nobody else."""
    proven = proven_name(address)
    if proven is not None and lookalike.imitates(proven, name, KNOWN) is not None:
        return "lookalike"
    return "claims_known_name" if lookalike.namesake(name, proven, KNOWN) is not None else None


def imitations(name: str = "imitations") -> Counter[str | None]:
    """What becomes of the imitations of issuers that the shipped lists know."""
    return Counter(
        judged(one["name"], one["id_url"]) for one in _read(name) if _is_listed(one["imitates"])
    )


def honest(name: str = "honest") -> Counter[str | None]:
    """What becomes of honest issuers that no list knows."""
    return Counter(judged(one["name"], one["id_url"]) for one in _read(name))


def has_fresh() -> bool:
    """Whether the figures for families that were never seen can be told."""
    return all((HERE / f"{name}_fresh.json").exists() for name in ("imitations", "honest"))


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
    yield from _told("seen", imitations(), honest())
    if has_fresh():
        yield from _told("never seen", imitations("imitations_fresh"), honest("honest_fresh"))


def _told(families: str, found: Counter[str | None], fair: Counter[str | None]) -> Iterator[str]:
    named = found.total() - found[None]
    yield (
        f"- imitations, families {families}: {named} of {found.total()} named "
        f"({100 * named / found.total():.1f} %), {found['lookalike']} of them red"
    )
    yield (
        f"- honest issuers, families {families}: {fair['lookalike']} of {fair.total()} red, "
        f"{fair['claims_known_name']} said to claim a known name"
    )


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


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
