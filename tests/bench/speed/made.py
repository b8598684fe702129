"""What is verified while it is timed, made by test keys; other people's may be put in its place.

Each file of the folder is an object of two lists of texts: `good` ones hold, each of the `bad` ones
was changed or is hostile. Beside them lie the picture, what was baked into it, what the bare limit
needs, and JSON-LD's contexts for peers that have none.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import base58

from tests.bench.speed.large import complete
from tests.made.credentials import OPEN_BADGES
from tests.made.png import SIGNATURE, chunk, international
from tests.made.signing import CREDENTIALS_2, did_key, quads, signed
from tests.made.tokens import base64url, public_jwk, token
from verifier import contexts

Part = dict[str, Any]
ALGORITHMS = ("RS256", "ES256", "EdDSA")
MANY, PICTURE = 200, 5_000_000
#: Of a hostile credential: how deep it nests, and how many bytes it has.
DEEP, HUGE = 100_000, 5_000_000
#: What other people's files may be called, in a folder given by who measures.
OTHERS = {"small": "ob3_small.json", "large": "ob3_large.json", "many": "many.json"}
_KEY = "fernhill"
_WORDS = ("amber", "brook", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty")


def make(folder: Path, others: Path | None = None) -> None:
    """Write everything into `folder`; S, L and M from the folder `others` where it has them."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = random.Random(9)  # noqa: S311 words of made-up badges
    made: dict[str, Callable[[], list[Part]]] = {
        "small": lambda: [signed(_small(), _KEY)],
        "large": lambda: [signed(complete(_KEY), _KEY)],
        "many": lambda: [signed(_one_of_many(n, drawn), f"issuer {n}") for n in range(MANY)],
    }
    for name, make_them in made.items():
        given = others / OTHERS[name] if others else None
        found = _read(given) if given and given.is_file() else make_them()
        _write(folder, name, map(_text, found), (_text(_changed(one)) for one in found))
        if name == "small":
            _write_limit(folder, found[0])
    for algorithm in ALGORITHMS:
        _write_tokens(folder, algorithm)
    for name, hostile in _hostile():
        _write(folder, f"hostile-{name}", (), (hostile,))
    _write_picture(folder)
    (folder / "contexts.json").write_text(json.dumps(_plain(contexts.load())))


def _write(folder: Path, name: str, good: Iterable[str], bad: Iterable[str]) -> None:
    lists = {"good": list(good), "bad": list(bad)}
    (folder / f"{name}.json").write_text(json.dumps(lists))


def _read(path: Path) -> list[Part]:
    found = json.loads(path.read_bytes())
    return found if isinstance(found, list) else [found]


def _text(document: Part) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _changed(document: Part) -> Part:
    changed = deepcopy(document)
    changed["credentialSubject"]["achievement"]["name"] += " "
    return changed


def _small() -> Part:
    return {
        "@context": [CREDENTIALS_2, OPEN_BADGES],
        "id": "https://fernhill-university.example/credentials/3527",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": did_key(_KEY), "type": ["Profile"], "name": "Fernhill University"},
        "validFrom": "2010-01-01T00:00:00Z",
        "name": "Badge for Field Work",
        "credentialSubject": {
            "id": "did:example:5d1c0f6a7e2b4938",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://fernhill-university.example/achievements/field-work",
                "type": ["Achievement"],
                "criteria": {
                    "narrative": "Students are put forward by their group and are given the badge "
                    "once the office of Fernhill University has seen what they brought home."
                },
                "description": "What it takes to work in the field with others, in any weather.",
                "name": "Field Work",
            },
        },
    }


def _one_of_many(number: int, drawn: random.Random) -> Part:
    def words(count: int) -> str:
        return " ".join(drawn.choices(_WORDS, k=count))

    issuer = {"id": did_key(f"issuer {number}"), "type": ["Profile"]}
    achievement = {
        "id": f"https://badges.example/achievements/{number}",
        "type": ["Achievement"],
        "criteria": {"narrative": words(8 + number % 20)},
        "description": words(12 + number % 12),
        "name": words(3),
        "image": {"id": f"https://badges.example/{number}.png", "type": "Image", "caption": "A"},
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": words(1),
                "targetUrl": f"https://skills.example/{number}/{place}",
            }
            for place in range(number % 3)
        ],
        "achievementType": ("Course", "Badge", "Certificate")[number % 3],
        "tag": [f"{words(1)}{number}", words(1)],
    }
    return {
        **_small(),
        "id": f"urn:uuid:76b6745180b65386569c{number:012x}",
        "issuer": {**issuer, "name": f"{words(1)} college {number}"},
        "name": f"{words(1)} badge {number}",
        "credentialSubject": {
            "id": f"did:example:{number:016x}",
            "type": ["AchievementSubject"],
            "achievement": {name: value for name, value in achievement.items() if value},
        },
    }


def _write_limit(folder: Path, document: Part) -> None:
    """What is left to do when everything but the limit itself is done: parse, hash, check."""
    proof = {**document["proof"]}
    signature = base58.b58decode(proof.pop("proofValue")[1:])
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    key = base58.b58decode(proof["verificationMethod"].partition("#")[2][1:])[2:]
    given = {
        "text": _text(document),
        "options": quads({"@context": document["@context"], **proof}).decode(),
        "document": quads(unsigned).decode(),
        "key": key.hex(),
        "signature": signature.hex(),
    }
    (folder / "limit.json").write_text(json.dumps(given))


def _write_tokens(folder: Path, algorithm: str) -> None:
    """As many as M of S as the payload of a token, no two of them the same; their issuer is a
    `did:jwk`, which needs no look-up.
    """
    jwk = public_jwk(_KEY, algorithm)
    issuer = f"did:jwk:{base64url(_text(jwk).encode())}"
    payload = _small()
    payload["issuer"]["id"] = issuer

    def with_claims(document: Part) -> Part:
        subject = document["credentialSubject"]["id"]
        return {**document, "iss": issuer, "jti": document["id"], "sub": subject}

    head = {"kid": f"{issuer}#0", "typ": "vc+jwt"}
    numbered = [{**payload, "id": f"{payload['id']}/{n}"} for n in range(MANY)]
    good = [token(with_claims(one), _KEY, algorithm, **head) for one in numbered]
    changed = token(with_claims(_changed(numbered[0])), _KEY, algorithm, **head)
    start, _, _ = changed.rpartition(".")
    bad = f"{start}.{good[0].rpartition('.')[2]}"
    lists = {"good": good, "bad": [bad], "jwk": jwk}
    (folder / f"token-{algorithm}.json").write_text(json.dumps(lists))


def _hostile() -> Iterator[tuple[str, str]]:
    honest = signed(_small(), _KEY)
    alike = {"type": ["Alignment"], "targetName": "Reading", "targetUrl": "https://skills.example/"}
    clique = deepcopy(honest)
    clique["credentialSubject"]["result"] = [
        {"type": ["Result"], "value": "A", "alignment": [alike] * 9} for _ in range(2)
    ]
    yield "clique", _text(clique)
    start = _text(honest)[:-1]
    depth, letters = "[" * DEEP + "]" * DEEP, "a" * HUGE
    yield "deep", f'{start},"evidence":{depth}}}'
    yield "huge", f'{start},"evidence":[{{"narrative":"{letters}"}}]}}'


def _write_picture(folder: Path) -> None:
    """A picture with S behind its pixels, and one with nothing baked into it."""
    drawn = random.Random(5)  # noqa: S311 pixels
    text = _text(signed(_small(), _KEY)).encode()
    head = chunk(b"IHDR", (2000).to_bytes(4, "big") + (2500).to_bytes(4, "big") + b"\x08\0\0\0\0")
    size = 65_536  # as Pillow writes them
    pixels = b"".join(chunk(b"IDAT", drawn.randbytes(size)) for _ in range(PICTURE // size))
    end = chunk(b"IEND", b"")
    (folder / "picture.png").write_bytes(SIGNATURE + head + pixels + international(text) + end)
    (folder / "bare.png").write_bytes(SIGNATURE + head + pixels + end)
    (folder / "baked.sha256").write_text(hashlib.sha256(text).hexdigest())


def _plain(value: object) -> Any:  # noqa: ANN401 any JSON
    """Pinned contexts may be read-only."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
