"""`python -m tests.measures.issuers [--readme]`: how often an imitation of a known issuer is named.

`imitations.json` and `honest.json` were made by somebody who had not seen the detector. Of the
imitations marked `held_out`, whole families, and of the honest issuers so marked, none was looked
at before the detector was finished.
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
from verifier.checks.listed import known
from verifier.ports import Circumstances
from verifier.trust import lookalike, shipped

HERE = Path(__file__).parent
KNOWN = known(Circumstances(datetime.now(UTC), trust=shipped()))


def judged(name: str | None, address: str) -> str | None:
    """`lookalike`, `claims_known_name`, or `None` for an issuer who is taken for nobody else."""
    proven = proven_name(address)
    if proven is not None and lookalike.imitates(proven, name, KNOWN) is not None:
        return "lookalike"
    resembled = any(lookalike.resembles(name, issuer) for issuer in KNOWN)
    return "claims_known_name" if resembled else None


def imitations(*, held_out: bool) -> Counter[str | None]:
    """What becomes of the imitations of issuers that the shipped list knows."""
    return Counter(
        judged(one["name"], one["id_url"])
        for one in _read("imitations")
        if bool(one.get("held_out")) is held_out and _is_listed(one["imitates"])
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
    for held_out in (False, True):
        count = imitations(held_out=held_out)
        named = count.total() - count[None]
        yield (
            f"- imitations, {'families never seen' if held_out else 'families seen'}: "
            f"{named} of {count.total()} named ({100 * named / count.total():.1f} %), "
            f"{count['lookalike']} of them red"
        )
    count = honest()
    yield (
        f"- honest issuers: {count['lookalike']} of {count.total()} red, "
        f"{count['claims_known_name']} said to claim a known name"
    )


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def _is_listed(imitated: dict[str, str]) -> bool:
    """Whether any list knows whom this imitates; nobody can be told from an unknown."""
    first = imitated["name"].split()[0].casefold()
    names = {name for issuer in KNOWN for name in (issuer.name, *issuer.called)}
    return any(name.split()[0].casefold() == first for name in names)


if __name__ == "__main__":
    click.echo("\n".join(told()))
    if "--readme" in sys.argv:
        README.write_text(written("issuers", told()), encoding="utf-8")
