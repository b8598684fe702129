"""Sources that hold no badges: what is asked of a part of the verifier, in the same table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.conformance import platform_addresses, rdf_canon, wycheproof
from tests.conformance.case import Case, Outcome, Score
from verifier.checks import issuer
from verifier.errors import TooCostly
from verifier.jsonld.canon import canonicalise
from verifier.model import Credential, Issuer
from verifier.ports import Circumstances, TrustRegistry
from verifier.report import Check, Question
from verifier.trust import read_list, unread

Result = tuple[Case, Outcome, Score]

REGISTRIES = "dcc-issuer-registry"
_FEDERATION = "the contract, section 3: an issuer list is JSON; what a federation says is unread"


def crypto(material: Path) -> Iterator[Result]:
    """Wycheproof's signatures and tokens."""
    for name in (*wycheproof.JOSE_FORMS, *wycheproof.OTHER_FORMS):
        for group in wycheproof.groups(material, name):
            for vector in group["tests"]:
                holds = wycheproof.signature_holds(name, group, vector)
                yield _held(f"{name} {vector['tcId']}", str(vector["result"]), holds)
    for group in wycheproof.groups(material, "json_web_signature"):
        for vector in group["tests"]:
            token, key = vector["jws"], group.get("public", group["private"])
            text = token if isinstance(token, str) else json.dumps(token)
            holds, number = wycheproof.token_holds(text, key), int(vector["tcId"])
            clause = wycheproof.DEVIATIONS.get(number)
            said = str(vector["result"]) if clause is None else "invalid"
            yield _held(f"json_web_signature {number}", said, holds, clause)


def _held(name: str, said: str, holds: bool, clause: str | None = None) -> Result:
    """`acceptable` leaves the answer to us."""
    expected = {"valid": "good", "invalid": "bad"}.get(said, "good" if holds else "bad")
    case = _case("wycheproof", f"wycheproof {name}", expected, clause)
    outcome = Outcome(signature="good" if holds else "bad")
    if outcome.signature == expected:
        return case, outcome, Score.RIGHT
    return case, outcome, Score.FALSE_ACCEPT if holds else Score.WRONG


def canonical(material: Path) -> Iterator[Result]:
    """RDF canonicalisation: equal to the letter, and the poison stopped."""
    for kind in ("Eval", "NegativeEval"):
        for entry in rdf_canon.entries(material, kind):
            graph = rdf_canon.dataset(material, entry)
            try:
                made = canonicalise(graph, algorithm=rdf_canon.algorithm(entry))
            except TooCostly:
                code = "too_costly"
            else:
                equal = kind == "Eval" and made == rdf_canon.wanted(material, entry)
                code = "equal" if equal else "other"
            expected = "equal" if kind == "Eval" else "too_costly"
            case = _case("rdf-canon", f"rdf-canon {entry['id']}", expected)
            right = Score.RIGHT if code == expected else Score.WRONG
            yield case, Outcome(code=code), right


def registries(material: Path) -> Iterator[Result]:
    """Which of the Digital Credentials Consortium's registries name an issuer: those that are lists
    are read as ours; an issuer that only a federation names is on no list that could be read.
    """
    folder = material / REGISTRIES
    urls = json.loads((folder / "http/urls.json").read_bytes())
    for line in (folder / "cases.jsonl").read_text().splitlines():
        row = json.loads(line)
        lists = [_list(registry, folder / "http", urls) for registry in row["input"]["registries"]]
        wanted = sorted(
            found["registry"]["federation_entity"]["organization_name"]
            for found in row["expected"]["matchingIssuers"]
            if found["registry"].get("type") == "dcc-legacy"
        )
        expected = ", ".join(wanted) or "registry_unread"
        case = _case(REGISTRIES, row["id"], expected, None if wanted else _FEDERATION)
        outcome = Outcome(code=_vouching(row["input"]["did"], tuple(lists)))
        yield case, outcome, Score.RIGHT if outcome.code == expected else Score.WRONG


def _list(
    registry: Mapping[str, str], folder: Path, urls: Mapping[str, Mapping[str, str]]
) -> TrustRegistry:
    answer = urls.get(registry.get("url", ""))
    if answer is None:
        return unread(registry["name"])
    listed = json.loads((folder / answer["file"]).read_bytes())["registry"]
    issuers = [{"id": did, "name": entry["name"]} for did, entry in listed.items()]
    return read_list(json.dumps({"name": registry["name"], "issuers": issuers}).encode())


def _vouching(did: str, lists: tuple[TrustRegistry, ...]) -> str:
    """The names of the lists that vouch for an issuer, or the code in their place."""
    credential = Credential("VC 2.0", "json", b"", {}, issuer=Issuer(id=did))
    circumstances = Circumstances(now=datetime.now(UTC), trust=lists)
    genuine = Check(Question.GENUINE, "signature", "The signature fits.")
    found = issuer.check(credential, genuine, circumstances)
    if found.code != "vouched":
        return found.code
    return ", ".join(sorted(issuer.vouched_by(found)))


def _case(source: str, name: str, expected: str, clause: str | None = None) -> Case:
    rows = (f"{source}/cases.jsonl",) if source == REGISTRIES else ()
    return Case(name, source, b"", name, {}, Path(), expected, clause=clause, rows=rows)


VECTORS: Mapping[str, Callable[[Path], Iterator[Result]]] = {
    "rdf-canon": canonical,
    "wycheproof": crypto,
    REGISTRIES: registries,
    platform_addresses.SOURCE: platform_addresses.addresses,
}
