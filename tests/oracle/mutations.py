"""Credentials changed at random: other values, other members, members gone or doubled."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

Document = dict[str, Any]

ROOT = Path(__file__).parent.parent.parent
VALUES: tuple[Any, ...] = (
    *("x", 'a "q" \n\t\\', "", "http://a.example/x", "urn:a:b", "did:key:z6", "_:b7", "relative"),
    *("https://x.example/ z", "é\u2028𝄞", "2010-01-01T00:00:00Z", "@id", "name", "Profile", "\x7f"),
    *(0, 1, -5, 1.5, 36.0, -0.0, 1e30, 1e21, 4e-7, True, False, None, [], {}, [[]], [["p"], "q"]),
    *(["p", "q"], ["p", "p"], [1, True], [1, 1.0], [None, "x"], [0, False, "0"]),
    *({"id": "urn:q"}, {"id": None}, {"type": "Profile", "name": "n"}, {"type": []}, {"id": ""}),
    *({"type": ["Achievement"], "name": "z"}, {"type": ["Profile", "Achievement"]}, {"type": None}),
    *(
        {"id": "urn:q", "type": "Image", "caption": "c"},
        [{"id": "urn:1"}, {"id": "urn:2", "name": "m"}],
    ),
    *({"@value": "v", "@language": "en"}, {"@value": 5}, {"@id": "urn:z"}, {"@list": ["a"]}),
    *({"en": "word"}, {"@context": "https://www.w3.org/ns/credentials/v2", "name": "k"}),
    *(
        {"@context": "https://w3id.org/security/data-integrity/v2"},
        {"@context": None},
        {"@context": []},
    ),
    *("xsd:string", "cred:thing", "https:", "a:b", {"name": None}, {"id": "urn:q", "name": None}),
)
MEMBERS = (
    *("name", "description", "image", "issuer", "achievement", "criteria", "alignment"),
    *("identifier", "result", "proof", "tag", "evidence", "unknownKey", "http://ex.org/p"),
    *("xsd:thing", "id", "type", "endorsement", "creator", "related", "source", "validFrom"),
    *("credentialSchema", "narrative", "refreshService", "termsOfUse", "relatedResource"),
    *("otherIdentifier", "allowedValue", "resultDescription", "geo", "address", "inLanguage"),
    *("@id", "@type", "@context", "@graph", "credentialStatus", "statusListIndex"),
    *("awardedDate", "creditsEarned", "verifiableCredential", "credentialSubject", "hashed"),
    *("salt", "previousProof", "domain", "challenge", "digestSRI"),
)
#: What is read by name, to be told of a thing where nobody looks for it; and where that may stand.
SCATTERED: tuple[dict[str, Any], ...] = (
    {"type": ["VerifiableCredential"], "validUntil": "2010-01-01T00:00:00Z"},
    {"type": ["VerifiableCredential"], "issuer": "did:key:z6"},
    {"type": ["VerifiableCredential"], "name": ""},
    {"type": "AchievementSubject", "achievement": {"id": "urn:q"}},
    {"type": "AchievementSubject", "identifier": []},
    {"type": "AchievementSubject", "identifier": None},
    {"type": "BitstringStatusListEntry", "statusListIndex": "1"},
    {"type": "VerifiablePresentation", "holder": "did:key:z6"},
)
PLACES = ("endorsement", "issuer", "source", "creator", "credentialSubject", "credentialStatus")
CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://www.w3.org/2018/credentials/v1",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    "https://w3id.org/security/suites/ed25519-2020/v1",
    "https://www.w3.org/ns/credentials/undefined-terms/v2",
)


def documents(shared: Path | None) -> list[Document]:
    """What is changed: the credentials of our own cases, and those beside them where they are."""
    paths = sorted((ROOT / "wallet_server/selftest").glob("*/input.json"))
    if shared is not None:
        paths += sorted((shared / "bench/fixtures").glob("*.json"))
    found = []
    for path in paths:
        try:
            document = json.loads(path.read_bytes())
        except ValueError:
            continue
        if isinstance(document, dict) and document.get("@context"):
            proof = document.pop("proof", None)
            found.append(document)
            if isinstance(proof, dict):
                proof.pop("proofValue", None)
                found.append({**proof, "@context": document["@context"]})
    return found


def mutations(of: list[Document], count: int, seed: int) -> Iterator[Document]:
    """So many of them, always the same for one `seed`."""
    random = Random(seed)  # noqa: S311  nothing secret
    for _ in range(count):
        document = copy.deepcopy(random.choice(of))
        for _ in range(random.randint(1, 3)):
            _change(document, random)
        yield document


def _change(document: Document, random: Random) -> None:
    nodes = list(_nodes(document))
    node = random.choice(nodes)
    if random.random() < 0.1:
        named = [one["id"] for one in nodes if isinstance(one.get("id"), str)] or ["urn:q"]
        other = copy.deepcopy(random.choice(SCATTERED))
        node[random.choice(PLACES)] = {"id": random.choice(named), **other}
        return
    names = [name for name in node if name != "@context"]
    draw, value = random.random(), copy.deepcopy(random.choice(VALUES))
    if draw < 0.3 and names:
        node[random.choice(names)] = value
    elif draw < 0.6:
        node[random.choice(MEMBERS)] = value
    elif draw < 0.75 and names:
        del node[random.choice(names)]
    elif draw < 0.8:
        node["@context"] = random.choice((random.choice(CONTEXTS), random.sample(CONTEXTS, 2)))
    elif names:
        name = random.choice(names)
        before = node[name] if isinstance(node[name], list) else [node[name]]
        node[name] = [*before, value] if draw < 0.9 else [*before, *copy.deepcopy(before)]


def _nodes(value: object) -> Iterator[Document]:
    if isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if name != "@context":
                yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)
