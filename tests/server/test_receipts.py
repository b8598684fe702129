"""Receipts: of each verdict, replayed elsewhere without the network; and every way in which one is
altered, forged or made to cost.
"""

import base64
import copy
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import base58
import httpx2
import pytest
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.made import png
from tests.server.conftest import Served
from tests.server.owner import run
from verifier.errors import Malformed
from verifier.report import Verdict
from wallet_server.own_keys import OwnKey
from wallet_server.receipts.finding import block, receipts_in
from wallet_server.receipts.limits import BODIES, DEPTH, IN_ALL, RECEIPTS
from wallet_server.receipts.signing import sign

REPOSITORY = Path(__file__).parent.parent.parent
DEMO = REPOSITORY / "wallet_server/demo"
REPLAY = "/api/receipts/replay"
JSON = {"Content-Type": "application/json"}
#: In front of every import of a process: whoever reaches beyond its own machine ends it.
NO_NETWORK = """
import socket
def refuse(*_, **__):
    raise SystemExit("it reached for the network")
def here(does):
    def only(itself, *given):
        return does(itself, *given) if itself.family == socket.AF_UNIX else refuse()
    return only
socket.socket.connect = here(socket.socket.connect)
socket.socket.connect_ex = here(socket.socket.connect_ex)
socket.socket.sendto = here(socket.socket.sendto)
socket.getaddrinfo = refuse
"""
STRANGER = OwnKey(Ed25519PrivateKey.from_private_bytes(bytes(32)))


def of_the_demo(served: Served, paired: httpx2.Client) -> Iterator[tuple[str, bytes]]:
    """A receipt of each verdict, with the verdict that the demo's page promises."""
    demo = json.loads((DEMO / "page.json").read_text("utf-8"))
    person = {"names": [demo["person"]["name"]], "emails": [demo["person"]["email"]]}
    for badge in {one["verdict"]: one for one in demo["badges"]}.values():
        claim = {name: badge[name] for name in ("title", "issuer", "issued")}
        asked = {
            "url": f"{served.address}/demo/{badge['file']}",
            "context": {**person, "claims": [claim]},
        }
        answer = paired.post("/api/receipts", json=asked)
        assert answer.status_code == 200, answer.text
        yield badge["verdict"], answer.content


@pytest.fixture(scope="module")
def each(served: Served, paired: httpx2.Client) -> dict[str, bytes]:
    return dict(of_the_demo(served, paired))


@pytest.fixture(scope="module")
def receipt(each: dict[str, bytes]) -> dict[str, Any]:
    """The file of one, read."""
    return dict(json.loads(each["revoked"]))


def written(file: object) -> bytes:
    return json.dumps(file).encode()


def replayed(paired: httpx2.Client, content: bytes) -> list[dict[str, Any]]:
    answer = paired.post(REPLAY, content=content, headers=JSON)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["receipts"])


def refused(paired: httpx2.Client, content: bytes) -> str:
    """The code with which it is refused."""
    answer = paired.post(REPLAY, content=content, headers=JSON)
    assert answer.status_code == 422, answer.text
    return str(answer.json()["error"]["code"])


def test_a_receipt_of_each_verdict_is_replayed_by_another_clone_without_the_network(
    each: dict[str, bytes], served: Served, tmp_path: Path
) -> None:
    assert set(each) == {one.value for one in Verdict}
    for package in ("verifier", "wallet_server"):
        left = shutil.ignore_patterns("__pycache__", "selftest", "demo")
        shutil.copytree(REPOSITORY / package, tmp_path / "clone" / package, ignore=left)
    (tmp_path / "clone/sitecustomize.py").write_text(NO_NETWORK)
    for verdict, content in each.items():
        (tmp_path / f"{verdict}.json").write_bytes(content)
    names = [str(tmp_path / f"{verdict}.json") for verdict in each]
    elsewhere = {"TOUCHSTONE_DATA": str(tmp_path / "data"), "PYTHONPATH": str(tmp_path / "clone")}
    done = subprocess.run(
        [sys.executable, "-m", "wallet_server", "replay", "--json", *names],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path / "clone",
        env={**os.environ, **elsewhere},
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["report"]["verdict"] for one in found] == list(each)
    assert all(one["same"] and not one["own"] for one in found)
    assert len({one["by"] for one in found}) == 1
    assert not (tmp_path / "data").exists()  # whoever replays needs no key


def test_whoever_knows_the_suite_can_check_the_signature(receipt: dict[str, Any]) -> None:
    (signed,) = copy.deepcopy(receipt["receipts"])
    proof = signed.pop("proof")
    value = base58.b58decode(proof.pop("proofValue")[1:])
    assert (proof["type"], proof["cryptosuite"]) == ("DataIntegrityProof", "eddsa-jcs-2022")
    multikey = proof["verificationMethod"].partition("#")[2]
    key = Ed25519PublicKey.from_public_bytes(base58.b58decode(multikey[1:])[2:])
    hashes = (hashlib.sha256(rfc8785.dumps(one)).digest() for one in (proof, signed))
    message = b"".join(hashes)
    key.verify(value, message)
    with pytest.raises(InvalidSignature):
        key.verify(value, message[:-1] + b"\0")


def test_it_holds_what_the_report_rests_on_and_names_it_by_hash(receipt: dict[str, Any]) -> None:
    (signed,), bodies = receipt["receipts"], receipt["bodies"]
    for digest, text in bodies.items():
        assert hashlib.sha256(base64.b64decode(text)).hexdigest() == digest
    badge = base64.b64decode(bodies[signed["badge"]["sha256"]])
    demo = json.loads((DEMO / "page.json").read_text("utf-8"))
    (file,) = (one["file"] for one in demo["badges"] if one["verdict"] == "revoked")
    assert badge == (DEMO / file).read_bytes()
    assert signed["source"]["label"] == signed["report"]["source"] == Path(file).name
    (own_list,) = signed["lists"]
    assert base64.b64decode(bodies[own_list["sha256"]]) == (DEMO / "trust.json").read_bytes()
    contacted = {(one["url"], one["sha256"]) for one in signed["report"]["contacted"]}
    assert contacted == {(one["url"], one["sha256"]) for one in signed["documents"]} != set()


def leaves(value: object, *path: str | int) -> Iterator[tuple[str | int, ...]]:
    """The way to every member of a JSON value that holds no others."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type] # else a list
    for name, one in inner:
        if isinstance(one, (dict, list)) and one:
            yield from leaves(one, *path, name)
        else:
            yield (*path, name)


def altered(value: object) -> object:
    """Another value of the same kind."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if isinstance(value, str):
        return value[:-1] + ("a" if value[-1:] != "a" else "b")
    return ["other"] if isinstance(value, list) else {"other": 1}


def test_every_altered_member_is_refused(receipt: dict[str, Any]) -> None:
    ways = [*leaves(receipt["receipts"][0])]
    assert len(ways) > 100
    for way in ways:
        file = copy.deepcopy(receipt)
        place = file["receipts"][0]
        for name in way[:-1]:
            place = place[name]
        place[way[-1]] = altered(place[way[-1]])
        assert _reason(file) in (_OF_PROOF if way[0] == "proof" else _OF_REST), way
        del place[way[-1]]
        assert _reason(file) in (_OF_PROOF if way[0] == "proof" else _OF_REST), way


#: With what is refused that is altered in the proof, and elsewhere.
_OF_PROOF, _OF_REST = ("receipt.proof", "receipt.altered"), ("receipt.altered",)


def _reason(file: object) -> str:
    """With what both doors refuse it: there are too many of these to knock with each."""
    with pytest.raises(Malformed) as refusal:
        receipts_in(written(file))
    return refusal.value.reason


def test_what_is_added_taken_or_exchanged_is_refused(
    receipt: dict[str, Any], each: dict[str, bytes], paired: httpx2.Client
) -> None:
    other = json.loads(each["expired"])
    first = next(iter(receipt["bodies"]))
    lying = {**receipt["bodies"], first: base64.b64encode(b"{}").decode()}
    without = {digest: text for digest, text in receipt["bodies"].items() if digest != first}
    extra = {**receipt["bodies"], hashlib.sha256(b"{}").hexdigest(): "e30="}
    (signed,) = receipt["receipts"]
    swapped = {**signed, "proof": other["receipts"][0]["proof"]}
    for change, code in (
        ({"bodies": lying}, "receipt.altered"),
        ({"bodies": without}, "receipt.altered"),
        ({"bodies": extra}, "receipt.altered"),
        ({"bodies": other["bodies"]}, "receipt.altered"),
        ({"bodies": {**receipt["bodies"], first: "no base64!"}}, "receipt.structure"),
        ({"bodies": {**receipt["bodies"], first: 7}}, "receipt.structure"),
        ({"note": "also"}, "receipt.structure"),
        ({"version": 2}, "receipt.version"),
        ({"receipts": []}, "receipt.none"),
        ({"receipts": [7]}, "receipt.structure"),
        ({"receipts": [{**signed, "note": 1}]}, "receipt.altered"),
        ({"receipts": [swapped]}, "receipt.altered"),
        ({"receipts": [{**signed, "proof": [signed["proof"], signed["proof"]]}]}, "receipt.proof"),
    ):
        assert refused(paired, written({**receipt, **change})) == code, change.keys()
    both = {
        "version": 1,
        "receipts": [*receipt["receipts"], *other["receipts"]],
        "bodies": {**receipt["bodies"], **other["bodies"]},
    }
    found = replayed(paired, written(both))
    assert [one["report"]["verdict"] for one in found] == ["revoked", "expired"]
    assert all(one["same"] and one["own"] for one in found)


def resigned(receipt: dict[str, Any], **changes: Any) -> bytes:  # noqa: ANN401 - any member
    """The file as somebody else signs it who changed members of the receipt."""
    (signed,) = copy.deepcopy(receipt["receipts"])
    del signed["proof"]
    made = sign({**signed, **changes}, STRANGER, datetime(2026, 1, 1, tzinfo=UTC))
    return written({**receipt, "receipts": [made]})


def test_a_lie_that_is_signed_well_is_told_question_by_question(
    receipt: dict[str, Any], paired: httpx2.Client
) -> None:
    report = copy.deepcopy(receipt["receipts"][0]["report"])
    report["checks"][1] |= {"outcome": "passed", "code": "in_force"}
    report |= {"verdict": "verified", "headline": "All is well."}
    (found,) = replayed(paired, resigned(receipt, report=report))
    assert (found["same"], found["answers_same"]) == (False, False)
    assert found["by"] == STRANGER.did
    assert found["own"] is False
    assert found["report"]["verdict"] == "revoked"
    told = {one["at"]: (one["signed"], one["now"]) for one in found["differs"]}
    assert told["verdict"] == ("verified", "revoked")
    assert told["checks.current.code"] == ("in_force", "revoked")
    assert set(told) == {"verdict", "headline", "checks.current.outcome", "checks.current.code"}


def test_no_flood_of_differences_hides_that_an_answer_is_another(
    receipt: dict[str, Any], paired: httpx2.Client
) -> None:
    report = receipt["receipts"][0]["report"]
    flood = {f"note {number}": number for number in range(300)}
    hidden = {**flood, **report, "verdict": "verified"}
    for lie in (hidden, {**report, "checks": []}, {**report, "checks": [7], "bundle": 7}):
        (found,) = replayed(paired, resigned(receipt, report=lie))
        assert (found["same"], found["answers_same"]) == (False, False)
    (found,) = replayed(paired, resigned(receipt, report=hidden))
    assert found["differs"][0] == {"at": "verdict", "signed": "verified", "now": "revoked"}


def test_words_alone_that_differ_are_told_as_that(
    receipt: dict[str, Any], paired: httpx2.Client
) -> None:
    report = {**receipt["receipts"][0]["report"], "headline": "Worded otherwise."}
    (found,) = replayed(paired, resigned(receipt, report=report))
    assert (found["same"], found["answers_same"]) == (False, True)
    assert [one["at"] for one in found["differs"]] == ["headline"]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("report", {}),
        ("report", {"checks": [], "verdict": 7}),
        ("made", None),
        ("asked", {}),
        ("source", {"label": "x", "as": "folder", "sha256": "0"}),
        ("badge", "0"),
        ("badge", {"sha256": "0" * 64, "size": 1}),
        ("lists", [7]),
        ("lists", [{"name": "x", "as_of": None, "readable": False, "sha256": None}] * 61),
        ("documents", [{"url": "https://a.example"}]),
        ("documents", [{}] * 501),
        ("sightings", {"x": [{"kind": "key"}]}),
        ("sightings", []),
        ("version", 2),
    ],
)
def test_what_is_signed_and_no_receipt_is_refused(
    member: str, value: object, receipt: dict[str, Any], paired: httpx2.Client
) -> None:
    code = refused(paired, resigned(receipt, **{member: value}))
    assert code in ("receipt.structure", "receipt.size", "receipt.version", "receipt.altered")


def test_what_is_made_to_cost_is_refused(receipt: dict[str, Any], paired: httpx2.Client) -> None:
    deep = b'{"receipts":' + b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1) + b"}"
    assert refused(paired, deep) == "json.depth"
    many = {**receipt, "receipts": receipt["receipts"] * (RECEIPTS + 1)}
    assert refused(paired, written(many)) == "receipt.size"
    bodies = {f"{number:064x}": "" for number in range(BODIES + 1)}
    assert refused(paired, written({**receipt, "bodies": bodies})) == "receipt.size"
    assert refused(paired, b'{"receipts":[1],"receipts":[2]}') == "json.duplicate"
    assert refused(paired, b"<p>no receipt</p>") == "receipt.none"
    assert refused(paired, b"nothing at all") == "receipt.none"
    large = {**receipt, "bodies": {"0": "A" * (22 * 2**20)}}
    assert refused(paired, written(large)) in ("receipt.altered", "receipt.cost")


def test_a_page_holds_one_file_of_receipts(each: dict[str, bytes], paired: httpx2.Client) -> None:
    one = block(each["expired"]).encode()
    page = b"<!doctype html><title>Badges</title>" + one
    (found,) = replayed(paired, page)
    assert found["same"] is True
    assert refused(paired, page + one) == "receipt.ambiguous"


def test_a_badge_of_the_wallet_gets_one_that_is_about_nobody(
    served: Served, paired: httpx2.Client
) -> None:
    owner = {"identifiers": [{"kind": "email", "value": "mira.private@portfolio.example"}]}
    assert paired.put("/api/wallet/owner", json=owner).status_code == 200
    (file,) = {
        one["file"] for one in json.loads((DEMO / "page.json").read_text("utf-8"))["badges"][:1]
    }
    asked = {"url": f"{served.address}/demo/{file}"}
    kept = paired.post("/api/wallet/credentials", json=asked).json()["id"]
    answer = paired.post(f"/api/wallet/credentials/{kept}/receipt", json={})
    assert answer.status_code == 200, answer.text
    (signed,) = answer.json()["receipts"]
    assert signed["asked"]["person"] is None
    assert "mira.private" not in answer.text
    assert signed["report"]["checks"][3]["code"] == "not_asked"
    (found,) = replayed(paired, answer.content)
    assert found["same"] is True
    assert paired.post(f"/api/wallet/credentials/{'0' * 32}/receipt", json={}).status_code == 404
    assert paired.get(f"/api/challenges/{'0' * 64}/receipt").status_code == 404
    itself = paired.post("/api/verify", files={"file": ("receipt.json", answer.content)}).json()
    assert "`touchstone replay`" in itself["error"]["says"]
    nothing = paired.post("/api/receipts", json={"credential": "{}"})
    assert (nothing.status_code, nothing.json()["error"]["code"]) == (422, "not_a_badge")
    paper = paired.post("/api/receipts", json=asked, headers={"Accept": "application/pdf"})
    assert paper.headers["content-type"] == "application/pdf"
    upload = paired.post(REPLAY, files={"file": ("receipt.pdf", paper.content)})
    assert [one["same"] for one in upload.json()["receipts"]] == [True]


@pytest.fixture
def folder(each: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an owner's with files for the command."""
    monkeypatch.setenv("TOUCHSTONE_DATA", str(tmp_path / "data"))
    for verdict, content in each.items():
        (tmp_path / f"{verdict}.json").write_bytes(content)
    demo = json.loads((DEMO / "page.json").read_text("utf-8"))
    (file,) = (one["file"] for one in demo["badges"] if one["verdict"] == "expired")
    shutil.copy(DEMO / file, tmp_path / "badge.png")
    return tmp_path


def test_the_command_writes_receipts_and_replays_them(folder: Path) -> None:
    web = ("--documents", DEMO / "documents", "--trust", DEMO / "trust.json")
    receipts = ("--receipt", "r.json", "--receipt", "r.pdf")
    sources = (str(folder / "badge.png"), "missing.png")
    done = run("verify", *sources, *web, "--name", "Mira Solano", *receipts, folder=folder)
    assert done.exit_code == 1  # it has expired, and the other is not there
    file = json.loads((folder / "r.json").read_bytes())
    (signed,) = file["receipts"]
    assert signed["asked"]["person"]["names"] == ["Mira Solano"]
    assert str(folder) not in json.dumps(signed)  # nobody learns how a reader's folders are called
    assert signed["made"]["touchstone"]
    did = signed["proof"]["verificationMethod"].partition("#")[0]
    again = run("replay", "r.json", "r.pdf", "--by", did, "--json", folder=folder)
    assert again.exit_code == 0, again.output
    for told in map(json.loads, again.stdout.splitlines()):
        assert (told["same"], told["own"], told["report"]["verdict"]) == (True, True, "expired")
    shown = run("replay", "r.json", "verified.json", folder=folder)
    assert shown.exit_code == 0
    assert "the key of this installation" in shown.stdout
    assert "a key of another installation" in shown.stdout
    assert "is the signer's word" in shown.stdout


def test_the_command_refuses_what_was_altered_or_signed_by_another(
    folder: Path, receipt: dict[str, Any]
) -> None:
    changed = (folder / "revoked.json").read_text().replace('"revoked"', '"in_force"', 1)
    (folder / "altered.json").write_text(changed)
    (folder / "lying.json").write_bytes(
        resigned(receipt, report={**receipt["receipts"][0]["report"], "verdict": "verified"})
    )
    (folder / "other.json").write_text("{}")
    with (folder / "huge.json").open("wb") as file:
        file.truncate(IN_ALL + 1)
    every = ("altered.json", "revoked.json", "lying.json", "other.json", "huge.json")
    done = run("replay", *every, "--by", STRANGER.did, folder=folder)
    assert done.exit_code == 1
    for says in (
        "altered.json: refused. The receipt was altered after it was signed",
        f"not by {STRANGER.did}",
        "verdict: signed “verified”, follows “revoked”",
        "no file of receipts",
        "The file is over",
    ):
        assert says in done.stdout
    done = run("replay", "other.json", "verified.json", folder=folder)
    assert (done.exit_code, "no file of receipts" in done.stdout) == (3, True)


def test_nothing_is_written_where_there_is_nothing_to_sign(folder: Path) -> None:
    done = run("verify", "other.json", "--receipt", "r.json", folder=folder)
    assert done.exit_code == 1
    assert "No receipt was written" in done.stderr
    web = ("--documents", DEMO / "documents")
    large = png.chunk(b"prVt", bytes(3_400_000))
    (folder / "large.png").write_bytes(png.with_chunk((folder / "badge.png").read_bytes(), large))
    done = run("verify", "large.png", *web, "--receipt", "r.pdf", folder=folder)
    assert "too large for a PDF: keep it as JSON" in done.stderr
    (folder / "data/receipts.key").write_text("no key at all")
    done = run("verify", "badge.png", *web, "--receipt", "r.json", folder=folder)
    assert done.exit_code == 1
    assert "is damaged" in done.stderr
    assert not [one for one in folder.iterdir() if one.name.lstrip(".").startswith("r.")]
