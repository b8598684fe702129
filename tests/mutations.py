"""`python -m tests.mutations [--count N]`: good credentials, spoiled leaf by leaf; none may pass.

Every leaf that a signature covers is changed, removed, doubled and given other types. A mutant is
judged by what it states: where pyld canonicalises it to the very statements that were signed, with
the proof's value untouched, it is no mutant but another spelling, and is counted apart. A hosted
badge has no signature: there the pasted copy is spoiled, and whatever is accepted must be shown as
its issuer hosts it. So must be what stands beside a Merkle proof, where no hash covers it.
"""

from __future__ import annotations

import json
import sys
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import click
from msgspec import Struct, field

from tests.conformance.__main__ import MATERIAL
from tests.conformance.case import Case
from tests.conformance.run import Here, Recorded
from tests.conformance.sources import SOURCES
from tests.made.anchoring import readable_1
from tests.made.signing import quads
from verifier import verify
from verifier.dates import read_moment
from verifier.errors import NoCredential
from verifier.ports import Circumstances, Fetcher
from verifier.report import CODES, Outcome, Question, Report
from wallet_server import wire
from wallet_server.documents import DocumentsFolder

COUNT = 9000
GOOD = frozenset(("verified", "unvouched"))
SELFTEST = Path(__file__).parent.parent / "wallet_server" / "selftest"
#: The sources whose good credentials are spoiled.
FROM = (
    "dcc-vc-test-fixtures",
    "dcc-verifier-core",
    "1edtech-public-validator",
    "w3c-vc-jose-cose-test-suite",
    "openbadges-validator-core",
    "mozilla-openbadges-validator",
)
_ANOTHER = "urn:uuid:00000000-0000-4000-8000-000000000000"
_TWIN = "the same member once more"
_VALUES = ("proofValue", "jws", "signatureValue")
Steps = tuple[str | int, ...]

#: What becomes of a leaf. A boolean or a number counts as a text here.
SPOILED: Mapping[str, Callable[[object], object]] = {
    "changed": lambda old: str(old)[:-1] + ("x" if not str(old).endswith("x") else "y"),
    "longer": lambda old: f"{old} ",
    "empty": lambda _: "",
    "a number": lambda _: 7,
    "a boolean": lambda old: old is not True,
    "null": lambda _: None,
    "an object": lambda old: {"id": old},
    "a list": lambda old: [old],
    "twice": lambda old: [old, old],
    "two": lambda old: [old, _ANOTHER],
}


class Subject(Struct, frozen=True):
    """A credential that holds, as text, with the web and the moment in which it does."""

    name: str
    text: str
    fetcher: Fetcher
    now: datetime
    shown: Mapping[str, Any]
    hosted: bool


class Mutant(Struct, frozen=True):
    """A subject with one leaf spoiled; `unhashed`, where that leaf is in no hash."""

    name: str
    text: str
    unhashed: bool = False


class Score(Struct):
    """What became of the mutants; `taken` names every one that was taken for good."""

    subjects: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    mutants: int = 0
    hosted: int = 0
    unhashed: int = 0
    spellings: int = 0
    beside: int = 0
    taken: list[str] = field(default_factory=list)


async def judge(text: str, fetcher: Fetcher, now: datetime) -> Report | str:
    """The report, or the code of the error in its place."""
    try:
        return await verify(
            text.encode(), fetcher=fetcher, workers=Here(), circumstances=Circumstances(now=now)
        )
    except NoCredential as error:
        return error.code


async def subjects(material: Path) -> list[Subject]:
    """Every good credential there is, in the material and made by us, each text once."""
    found: dict[str, Subject] = {}
    for name, text, fetcher, now in _candidates(material):
        report = await judge(text, fetcher, now)
        if text in found or isinstance(report, str) or report.verdict.value not in GOOD:
            continue
        if "unsupported" in json.dumps(wire.report_object(report)["checks"][0]["detail"]):
            continue  # nobody has checked what such a second proof signs
        hosted = report.assurance.value == "hosted"
        found[text] = Subject(name, text, fetcher, now, shown(report), hosted)
    return list(found.values())


def shown(report: Report) -> dict[str, Any]:
    """What a report says of the credential itself."""
    said: dict[str, Any] = wire.report_object(report)["credential"]
    return said


def _candidates(material: Path) -> Iterator[tuple[str, str, Fetcher, datetime]]:
    now = datetime.now(UTC)
    for folder in sorted(path.parent for path in SELFTEST.glob("*/case.json")):
        case = json.loads((folder / "case.json").read_bytes())
        if case["expect"].get("verdict") not in GOOD or case.get("at"):
            continue
        web = folder / "documents"
        if web.is_dir():
            text = _made_text(folder, case["input"])
            if text is not None:
                yield folder.name, text, DocumentsFolder(web, now=now), now
    for source in FROM:
        for one in SOURCES[source](material) if source in SOURCES and material.is_dir() else ():
            text = _text(one)
            if text is not None and one.expected == "valid" and not one.options:
                moment = now if one.now is None else read_moment(one.now)
                yield one.id, text, Recorded(one.urls, one.files_root, moment), moment


def _made_text(folder: Path, name: str) -> str | None:
    """The text of a case of the self-test; of an address, what is hosted there."""
    path = folder / name
    if "//" in name:
        answer = json.loads((folder / "documents/urls.json").read_bytes()).get(name, {})
        if not isinstance(answer, dict) or not answer.get("file"):
            return None
        path = folder / "documents" / answer["file"]
    return _spoilable(path.read_bytes())


def _text(case: Case) -> str | None:
    content: bytes | str = case.input
    if isinstance(content, str):
        entry = case.urls.get(content)
        if entry is not None and entry.get("file"):
            content = (case.files_root / entry["file"]).read_bytes()
    return _spoilable(content.encode() if isinstance(content, str) else content)


def _spoilable(content: bytes) -> str | None:
    """Text with leaves: a JSON object, or a compact JWS of two of them."""
    try:
        text = content.decode().strip()
        for part, _ in parts(text):
            leaves(part)
    except ValueError:
        return None
    return text


def parts(text: str) -> list[tuple[Any, Callable[[str], str]]]:
    """The JSON objects in `text`, each with what makes a whole text of a new one.

    Raises `ValueError` for text that holds none.
    """
    if text.startswith("{"):
        return [(json.loads(text), lambda new: new)]
    pieces = text.split(".")
    if len(pieces) != 3:
        raise ValueError("neither a JSON object nor a compact JWS")
    found: list[tuple[Any, Callable[[str], str]]] = []
    for index in (0, 1):

        def whole(new: str, index: int = index) -> str:
            changed = list(pieces)
            changed[index] = urlsafe_b64encode(new.encode()).decode().rstrip("=")
            return ".".join(changed)

        padded = pieces[index] + "=" * (-len(pieces[index]) % 4)
        found.append((json.loads(urlsafe_b64decode(padded)), whole))
    return found


def kinds(text: str) -> list[str]:
    """What secures a good credential: its proofs' suites, `JWS` or `hosted`."""
    if not text.startswith("{"):
        return ["JWS"]
    proofs = json.loads(text).get("proof") or []
    listed = proofs if isinstance(proofs, list) else [proofs]
    return [proof.get("cryptosuite") or proof["type"] for proof in listed] or ["hosted"]


def leaves(value: object, at: Steps = ()) -> Iterator[Steps]:
    """The path of everything in `value` that holds nothing more."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*at, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*at, index))
    else:
        yield at


def mutants(text: str) -> Iterator[Mutant]:
    """`text` with one leaf spoiled, in every way for every leaf."""
    for document, whole in parts(text):
        for path in leaves(document):
            place = _at(document, path[:-1])
            ways = (*SPOILED, "removed", *(("its twin",) if isinstance(place, dict) else ()))
            for way in ways:
                new = _spoiled(document, path, way)
                if new is not None:
                    name = f"{'.'.join(map(str, path))}: {way}"
                    yield Mutant(name, whole(new), is_unhashed(document, path))


def is_unhashed(document: Any, path: Steps) -> bool:  # noqa: ANN401 any JSON
    """Whether a leaf of Blockcerts is one that no hash covers: what wraps the certificate in 1.2,
    what names the kinds of proof and ledger in 2.0, and all but the `proofValue` of a
    MerkleProof2019.
    """
    if "receipt" in document:
        return path[0] != "document" and path[-1] in ("type", "@context")
    if "signature" in document:
        return path[0] == "signature" and ("type" in path or "chain" in path)
    if path[0] != "proof":
        return False
    proof = document["proof"]
    if isinstance(proof, list):
        proof = proof[int(path[1])]
    return "erkle" in json.dumps(proof) and path[-1] != "proofValue"


def _spoiled(document: object, path: Steps, way: str) -> str | None:
    """The document as JSON text with the leaf at `path` spoiled, or `None` if that changes nothing.

    “Its twin” is a second member of the same name, which Python's own objects can't hold.
    """
    copy: Any = deepcopy(document)
    place: Any = _at(copy, path[:-1])
    last: Any = path[-1]
    old = place[last]
    if way == "removed":
        del place[last]
    elif way == "its twin":
        place[_TWIN] = SPOILED["changed"](old)
        return json.dumps(copy).replace(json.dumps(_TWIN), json.dumps(last))
    else:
        place[last] = SPOILED[way](old)
        if place[last] == old and type(place[last]) is type(old):
            return None
    return json.dumps(copy)


def _at(document: object, path: Steps) -> Any:  # noqa: ANN401 any JSON
    place: Any = document
    for step in path:
        place = place[step]
    return place


def same_statements(one: str, other: str) -> bool:
    """Whether two texts are spellings of the same signed statements, by pyld's canonical form."""
    return _statements(one) == _statements(other) is not None


def named_beside(report: Report, one: str, other: str) -> bool:
    """Whether only one of several proofs differs, so that it can't be checked or proves nothing,
    and the report names it as such beside another that holds (contract, section 1, "Proofs").
    """
    also = report.checks[0].detail.get("also") or [{}]
    return _unproven(one) == _unproven(other) is not None and all(
        CODES[Question.GENUINE].get(item.get("code")) is Outcome.UNKNOWN for item in also
    )


def _unproven(text: str) -> object:
    """A document with several proofs, without them; `None` for any other."""
    document = json.loads(text) if text.startswith("{") else {}
    several = isinstance(document.get("proof"), list) and len(document["proof"]) > 1
    return {**document, "proof": None} if several else None


def _statements(text: str) -> object:
    """The quads of a document and of its proofs' options, with the proofs' values; `None` for what
    has no such form. An envelope states what is in it.
    """
    document = json.loads(text) if text.startswith("{") else None
    if not isinstance(document, dict):
        return None
    if "receipt" in document or "signature" in document:
        return json.dumps(document.get("receipt", document.get("signature"))), _hashed(document)
    if "EnvelopedVerifiableCredential" in document.get("type", ()):
        return _statements(b64decode(str(document.get("id")).partition(",")[2]).decode())
    if "proof" not in document:
        return None
    proofs = document["proof"] if isinstance(document["proof"], list) else [document["proof"]]
    if any("jcs" in str(proof.get("cryptosuite")) for proof in proofs):
        return None
    bare = {name: value for name, value in document.items() if name != "proof"}
    found = [quads(bare)]
    for proof in proofs:
        options = {name: value for name, value in proof.items() if name not in _VALUES}
        found.append(quads({"@context": document["@context"], **options}))
        found.append(json.dumps([proof.get(name) for name in _VALUES]).encode())
    return found


def _hashed(document: dict[str, Any]) -> bytes:
    """The quads that a Blockcert of 1.2 or 2.0 has the hash of."""
    if "receipt" in document:
        return quads(readable_1({"@context": document.get("@context"), **document["document"]}))
    return quads({name: value for name, value in document.items() if name != "signature"})


async def spoil(material: Path, count: int) -> Score:
    """Judge `count` mutants, spread evenly over all there are, and every unspoiled subject."""
    score = Score()
    good = await subjects(material)
    score.subjects.update("hosted" if subject.hosted else "signed" for subject in good)
    score.kinds.update(kind for subject in good for kind in kinds(subject.text))
    every = [(subject, mutant) for subject in good for mutant in mutants(subject.text)]
    step = max(1, len(every) // count)
    for subject, mutant in every[::step]:
        if subject.hosted:
            score.hosted += 1
        elif mutant.unhashed:
            score.unhashed += 1
        else:
            score.mutants += 1
        report = await judge(mutant.text, subject.fetcher, subject.now)
        said = report if isinstance(report, str) else report.verdict.value
        score.outcomes[said] += 1
        if isinstance(report, str) or said not in (*GOOD, "holder_unproven"):
            continue
        if (subject.hosted or mutant.unhashed) and shown(report) == subject.shown:
            continue
        if not (subject.hosted or mutant.unhashed) and same_statements(mutant.text, subject.text):
            score.mutants -= 1
            score.spellings += 1
            continue
        if named_beside(report, mutant.text, subject.text):
            score.mutants -= 1
            score.beside += 1
            continue
        score.taken.append(f"{subject.name}: {mutant.name}")
    return score


@click.command()
@click.option("--count", type=click.IntRange(min=1), default=COUNT, help="How many mutants.")
def main(count: int) -> None:
    """Print what became of the mutants; exit status 1 if one was taken for good."""
    score = anyio.run(spoil, MATERIAL, count)
    for kind, number in score.subjects.items():
        click.echo(f"{number} good {kind} credentials")
    click.echo(", ".join(f"{kind} {number}" for kind, number in score.kinds.most_common()))
    click.echo(f"{score.mutants} mutants of signed leaves")
    click.echo(f"{score.hosted} spoiled copies of hosted badges")
    click.echo(f"{score.unhashed} spoiled members that no hash covers")
    click.echo(f"{score.spellings} other spellings of the same statements, not counted")
    click.echo(
        f"{score.beside} with one proof that proves nothing beside one that holds, not counted"
    )
    click.echo(", ".join(f"{number} {word}" for word, number in score.outcomes.most_common()))
    for name in score.taken:
        click.echo(f"taken for good: {name}")
    click.echo(f"{len(score.taken)} taken for good")
    sys.exit(1 if score.taken else 0)


if __name__ == "__main__":
    main()
