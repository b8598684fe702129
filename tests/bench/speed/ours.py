"""Our side: `python -m tests.bench.speed.ours WHAT FOLDER`."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import anyio
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec.structs import replace

from tests.bench.speed import looped
from tests.bench.speed.looped import Trial
from verifier.answers import unbaked
from verifier.errors import NoCredential
from verifier.kept import Kept
from verifier.model import Document, Payload, Request
from verifier.parse import parse
from verifier.ports import Circumstances
from verifier.proofs import jwt
from verifier.report import Outcome
from verifier.verify import verify
from wallet_server.trust.reading import read_lists
from wallet_server.verification import now
from wallet_server.workers import ProcessWorkers


class NoWeb:
    """A `Fetcher` of a machine that has no web: nothing that is timed here needs one."""

    async def fetch(self, request: Request) -> Document:
        """Never an answer."""
        return Document(url=request.url, at=now(), error="unlisted")


def verified(name: str, folder: Path, memory: Kept | None = None) -> Trial:
    """All five answers, by the lists that come along and the workers that the server has."""
    web, workers, trust = NoWeb(), ProcessWorkers(), read_lists((), with_default=True)

    async def takes(content: bytes) -> bool:
        circumstances = Circumstances(now=now(), trust=trust)
        try:
            report = await verify(
                content,
                fetcher=web,
                workers=workers,
                circumstances=circumstances,
                memory=memory,
            )
        except NoCredential:
            return False
        genuine = report.checks[0]
        return genuine.outcome is Outcome.PASSED and genuine.code == "signature"

    return Trial(takes, *_lists(folder / f"{name}.json"), pads=not name.startswith("token"))


def again(name: str, folder: Path) -> Trial:
    """The same with a memory, and the same bytes again and again."""
    trial = verified(name.removeprefix("again-"), folder, Kept())
    return replace(trial, good=trial.good[:1], pads=False)


def first(name: str, folder: Path) -> Trial:
    """The same of such as this process meets for the first time, once others warmed it up."""
    trial = verified("small", folder)
    unmet, _ = _lists(folder / f"{name.removeprefix('first-')}.json")
    return replace(trial, unmet=unmet)


def token(name: str, folder: Path) -> Trial:
    """The form of a token, its key, signature, claims and vocabulary: what `jwt` checks once it is
    known what is in the token, and what a library for tokens does.
    """
    moment = now()
    good, bad = _lists(folder / f"{name}.json")
    parsed = {one: parse(Payload("token", one, "jwt"), {}) for one in (*good, *bad)}

    async def takes(content: bytes) -> bool:
        credential = parsed[content]
        return jwt.check(credential, credential.proofs[0], {}, moment).outcome is Outcome.PASSED

    return Trial(takes, good, bad, pads=False)


def limit(_name: str, folder: Path) -> Trial:
    """What no verifier can do without: JSON, two hashes and one signature, all else at hand."""
    given = json.loads((folder / "limit.json").read_bytes())
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(given["key"]))
    signature = bytes.fromhex(given["signature"])
    options, document = given["options"].encode(), given["document"].encode()
    good = given["text"].encode()

    async def takes(content: bytes) -> bool:
        read = json.loads(content)
        told = document if read["issuer"]["name"] in given["text"] else b""
        digest = hashlib.sha256(options).digest() + hashlib.sha256(told).digest()
        try:
            key.verify(signature, digest)
        except InvalidSignature:
            return False
        return True

    changed = {**json.loads(good), "issuer": {"name": "somebody else"}}
    return Trial(takes, [good], [json.dumps(changed).encode()])


def unbake(_name: str, folder: Path) -> Trial:
    """The text that is baked into a picture, byte for byte."""
    workers, right = ProcessWorkers(), (folder / "baked.sha256").read_text()

    async def takes(content: bytes) -> bool:
        try:
            baked = await unbaked(content, workers)
        except NoCredential:
            return False
        return hashlib.sha256(baked.content).hexdigest() == right

    pictures = [(folder / f"{name}.png").read_bytes() for name in ("picture", "bare")]
    return Trial(takes, pictures[:1], pictures[1:], pads=False)


def _lists(path: Path) -> tuple[list[bytes], list[bytes]]:
    found = json.loads(path.read_bytes())
    good, bad = ([one.encode() for one in found[word]] for word in ("good", "bad"))
    return good, bad


#: Whatever is not named here is a file of credentials.
TRIALS: dict[str, Callable[[str, Path], Trial]] = {
    "limit": limit,
    "unbake": unbake,
    "again-small": again,
    "first-many": first,
    **{f"proof-{name}": token for name in ("RS256", "ES256", "EdDSA")},
}


def trial(what: str, folder: Path) -> Trial:
    """The one that is named, over what lies in `folder`."""
    return TRIALS.get(what, verified)(what.replace("proof", "token"), folder)


def main() -> None:
    """Run the one that is named."""
    what, folder = sys.argv[1:]
    anyio.run(looped.run, trial(what, Path(folder)))


if __name__ == "__main__":  # workers import their parent's script
    main()
