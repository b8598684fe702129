"""What was found of the same bytes before changes no answer: neither a good one that has since
turned bad, nor a bad one that has since turned good.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.made import cases_tokens
from tests.made.cases_bundles import CHALLENGE, WEB, held, presentation
from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.credentials import (
    badge,
    by,
    hashed_email,
    list_url,
    status_list,
)
from tests.made.folder import Answer, Web, answered, as_json
from tests.made.issuers import HOLDER_EMAIL, OTHER_EMAIL, RIVERSIDE, issuer_list
from tests.made.signing import did_key, multikey, signed
from tests.made.tokens import public_jwk
from tests.unit.judging import NOW, documents
from verifier import kept
from verifier.errors import NoCredential
from verifier.kept import Kept
from verifier.model import Claim, Credential
from verifier.ports import Circumstances, Person
from verifier.trust import read_list
from verifier.verify import verify
from wallet_server import wire
from wallet_server.commands.selftest import CASES, checked, read_case
from wallet_server.copies import KeptDocuments
from wallet_server.verification import now
from wallet_server.workers import ProcessWorkers

T = TypeVar("T")

INDEX = 4242
LIST = list_url(RIVERSIDE)
BADGE = as_json(by(RIVERSIDE, good()))
LONER = {"id": did_key("loner"), "type": ["Profile"], "name": "Loner"}
SILENT = Answer(error="timeout")


class Scene(Struct, frozen=True):
    """Something that is checked, and all that its report follows from."""

    source: bytes
    web: Web
    circumstances: Circumstances = Circumstances(NOW)

    async def report(self, memory: Kept | None = None) -> Mapping[str, Any]:
        """Its report in JSON."""
        fetcher = KeptDocuments(documents(self.web, NOW), self.circumstances.now, as_of_then=True)
        report = await verify(
            self.source,
            fetcher=fetcher,
            workers=ProcessWorkers(),
            circumstances=self.circumstances,
            memory=memory,
        )
        return wire.report_object(report)


class Change(Struct, frozen=True):
    """A good scene, the same in bad, and the question with the code that tells it is."""

    name: str
    good: Scene
    bad: Scene
    code: str


USUAL = Scene(BADGE, COLLEGE_WEB)
#: One that needs nothing but itself.
OWN_KEY = Scene(as_json(signed(badge(RIVERSIDE, "Data Literacy", issuer=LONER), "loner")), {})


def changes() -> Iterator[Change]:
    """What can turn bad, and good again, while the bytes stay as they are."""
    yield from of_the_list()
    yield from of_the_key()
    yield from of_time()
    yield from of_who_asks()
    yield from of_a_token()
    text = BADGE.replace(b"Finish every unit", b"Finish every Unit")
    yield Change("one letter", USUAL, replace(USUAL, source=text), "genuine bad_signature")


def of_the_list() -> Iterator[Change]:
    none, revoking = status_list(RIVERSIDE), by(RIVERSIDE, status_list(RIVERSIDE, [INDEX]))
    for name, listed, code in (
        ("badge taken back", revoking, "revoked"),
        ("list forged", {**none, "proof": revoking["proof"]}, "status_forged"),
        ("list unsigned", none, "status_forged"),
        ("list by a thief", signed(none, "thief", RIVERSIDE.method), "status_forged"),
    ):
        web = {**COLLEGE_WEB, LIST: answered(listed)}
        yield Change(name, USUAL, replace(USUAL, web=web), f"current {code}")
    web = {**COLLEGE_WEB, LIST: SILENT}
    yield Change("list silent", USUAL, replace(USUAL, web=web), "current status_unreachable")


def of_the_key() -> Iterator[Change]:
    for name, members, code in (
        ("another key under its name", {"publicKeyMultibase": multikey("thief")}, "bad_signature"),
        ("key of somebody else", {"controller": "did:web:thief.example"}, "key_not_issuers"),
        ("key withdrawn since", {"revoked": "2026-01-01T00:00:00Z"}, "key_not_listed"),
        ("key withdrawn before", {"revoked": "2024-01-01T00:00:00Z"}, "key_not_issuers"),
        ("key's secret published", {"privateKeyMultibase": "z3u2"}, "bad_signature"),
    ):
        yield Change(name, USUAL, replace(USUAL, web=key(**members)), f"genuine {code}")
    elsewhere = {"assertionMethod": [], "authentication": [RIVERSIDE.method]}
    for name, changed, code in (
        ("key gone", RIVERSIDE.web(verificationMethod=[], assertionMethod=[]), "key_not_listed"),
        ("key not for badges", RIVERSIDE.web(**elsewhere), "key_not_issuers"),
        ("issuer silent", {RIVERSIDE.did_url: SILENT}, "key_unreachable"),
    ):
        bad = replace(USUAL, web={**COLLEGE_WEB, **changed})
        yield Change(name, USUAL, bad, f"genuine {code}")


def of_time() -> Iterator[Change]:
    end = "2026-12-01T00:00:00Z"
    lapsing = by(RIVERSIDE, status_list(RIVERSIDE, (), "revocation", validUntil=end))
    proof = signed(good(), RIVERSIDE.domain, RIVERSIDE.method, expires=end)
    for name, scene, code in (
        ("list", Scene(BADGE, {**COLLEGE_WEB, LIST: answered(lapsing)}), "current status_forged"),
        ("key", Scene(BADGE, key(expires=end)), "genuine key_not_listed"),
        ("proof", Scene(as_json(proof), COLLEGE_WEB), "genuine bad_signature"),
        ("badge", Scene(signed_good(validUntil=end), COLLEGE_WEB), "current expired"),
    ):
        later = Circumstances(NOW + timedelta(days=400))
        yield Change(f"{name} ran out", scene, replace(scene, circumstances=later), code)
    early = replace(USUAL, circumstances=Circumstances(NOW - timedelta(days=700)))
    yield Change("not yet made", USUAL, early, "genuine bad_signature")


def of_who_asks() -> Iterator[Change]:
    subject = {**good()["credentialSubject"], "identifier": [hashed_email(HOLDER_EMAIL)]}
    about = Scene(signed_good(credentialSubject=subject), COLLEGE_WEB)
    answer = held(presentation(by(RIVERSIDE, good())), challenge=CHALLENGE)
    for name, scene, before, after, code in (
        ("issuer refused", USUAL, trusts("trust"), trusts("deny"), "issuer denied"),
        ("issuer on no list", USUAL, trusts("trust"), {}, "issuer not_listed"),
        ("another person", about, asks(HOLDER_EMAIL), asks(OTHER_EMAIL), "recipient someone_else"),
        ("more claimed", USUAL, says("Data Literacy"), says("Doctor of Law"), "claim differs"),
        (
            *("another challenge", Scene(as_json(answer), WEB)),
            *({"challenge": CHALLENGE}, {"challenge": "neap-tide-7"}, "genuine bad_challenge"),
        ),
    ):
        good_one, bad_one = (
            replace(scene, circumstances=Circumstances(NOW, **more)) for more in (before, after)
        )
        yield Change(name, good_one, bad_one, code)


def of_a_token() -> Iterator[Change]:
    method, web = cases_tokens.method, cases_tokens.web
    usual = Scene(cases_tokens.secured().encode(), web(method("EdDSA")))
    other = public_jwk("thief", "EdDSA")
    for name, changed, code in (
        ("token's key for something else", method("EdDSA", alg="ES256"), "key_not_issuers"),
        ("token's key gone", method("ES256"), "key_not_listed"),
        ("another key for the token", method("EdDSA", **other), "bad_signature"),
    ):
        yield Change(name, usual, replace(usual, web=web(changed)), f"genuine {code}")


def signed_good(**more: object) -> bytes:
    return as_json(by(RIVERSIDE, good(**more)))


def key(**members: object) -> Web:
    """The college's web with another entry for its key."""
    (usual,) = RIVERSIDE.did_document()["verificationMethod"]
    return {**COLLEGE_WEB, **RIVERSIDE.web(verificationMethod=[{**usual, **members}])}


def trusts(policy: str) -> dict[str, Any]:
    """An issuer list that says this of the college."""
    listed = issuer_list()
    for one in listed["issuers"]:
        one["policy"] = policy if one["id"] == RIVERSIDE.did else one["policy"]
    return {"trust": (read_list(json.dumps(listed).encode()),)}


def asks(address: str) -> dict[str, Any]:
    return {"person": Person(emails=(address,), exact=True)}


def says(title: str) -> dict[str, Any]:
    return {"claims": (Claim(title=title),)}


@pytest.mark.anyio
@pytest.mark.parametrize("change", list(changes()), ids=lambda change: change.name)
async def test_no_answer_hangs_on_what_was_found_before(change: Change) -> None:
    scenes = [(scene, await scene.report()) for scene in (change.good, change.bad)]
    (_, before), (_, after) = scenes
    assert tuple(change.code.split()) in codes(after) - codes(before)
    for order in (scenes, scenes[::-1]):
        memory = Kept()
        for scene, fresh in (*order, *order):
            for _ in range(3):
                assert await scene.report(memory) == fresh


def codes(report: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(check["question"], check["code"]) for check in report["checks"]}


class Counted:
    """Workers that tell how often they were asked."""

    def __init__(self) -> None:
        self.times = 0
        self._behind = ProcessWorkers()

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The result."""
        self.times += 1
        return await self._behind.run(function, *arguments)


@pytest.mark.anyio
async def test_every_case_comes_out_the_same_where_all_others_were_met_before() -> None:
    moment, memory, seen = now(), Kept(), 0
    for case in sorted(path.parent for path in CASES.glob("*/case.json")):
        wanted, workers = read_case(case), Counted()
        alone = await checked(case, wanted, workers, moment)
        fresh = alone.as_object()
        if workers.times:
            continue  # it takes long, and nothing is kept of what is done elsewhere
        seen += 1
        for _ in range(3):
            again = await checked(case, wanted, workers, moment, memory)
            assert again.as_object() == fresh, case.name
        assert json.loads(alone.answered()) == json.loads(wire.encoded(fresh)), case.name
    assert seen > 600
    assert memory.count > 300


@pytest.mark.anyio
async def test_only_the_very_same_bytes_are_known() -> None:
    memory = Kept()
    for _ in range(3):
        await OWN_KEY.report(memory)
    known = memory.count
    other = replace(OWN_KEY, source=OWN_KEY.source + b" ")
    counts = [(await other.report(memory), memory.count)[1] for _ in range(3)]
    # that it came, and once it comes again what it says, and that its signature fits
    assert (known, counts) == (3, [4, 6, 6])


@pytest.mark.anyio
async def test_nothing_is_kept_of_what_failed_or_is_long() -> None:
    memory = Kept()
    bad = replace(OWN_KEY, source=OWN_KEY.source.replace(b"Loner", b"Lonar"))
    for _ in range(3):
        assert (await bad.report(memory))["verdict"] == "invalid"
    assert memory.count == 2  # that it came, and what it says
    long = replace(OWN_KEY, source=OWN_KEY.source + b" " * kept.LONGEST)
    assert (await long.report(memory))["verdict"] == "unvouched"
    with pytest.raises(NoCredential):
        await replace(bad, source=b"{}").report(memory)
    assert memory.count == 3  # that this came, too


@pytest.mark.anyio
async def test_memory_is_bounded_and_what_was_asked_for_last_stays() -> None:
    memory = Kept(20 * kept.NAME + len(OWN_KEY.source))
    for number in range(50):
        for _ in range(2):
            await OWN_KEY.report(memory)
        await replace(OWN_KEY, source=OWN_KEY.source + b" " * number).report(memory)
        assert memory.count <= 20
    known = memory.count
    await OWN_KEY.report(memory)
    assert memory.count == known
    memory.forget()
    assert memory.count == 0


@pytest.mark.anyio
async def test_a_good_proof_does_not_speak_for_another_in_the_same_text() -> None:
    document = by(RIVERSIDE, good())
    proof = document["proof"]
    near = {**proof, "created": "2025-03-14T09:30:01Z"}
    memory = Kept()
    for proofs in ([proof, near], [near, proof]):
        scene = Scene(as_json({**document, "proof": proofs}), COLLEGE_WEB)
        for _ in range(3):
            report = await scene.report(memory)
            assert report == await scene.report()
            assert ("genuine", "bad_signature") in codes(report)


class Told(Kept):
    """A memory that tells what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Credential | bool] = []

    def keep(self, name: bytes, found: Credential | bool) -> None:
        """Keep it."""
        self.told.append(found)
        super().keep(name, found)


@pytest.mark.anyio
async def test_what_is_known_does_not_speak_for_what_was_made_of_it() -> None:
    memory = Told()
    for _ in range(3):
        await OWN_KEY.report(memory)
    (known,) = [found for found in memory.told if isinstance(found, Credential)]
    assert isinstance(known.document, dict)
    known.document["name"] = "Something else"  # nothing does so
    assert ("genuine", "bad_signature") in codes(await OWN_KEY.report(memory))
