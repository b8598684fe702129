"""Receipts on paper: a page each, for a person to file, with the file of receipts attached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from verifier.containers.pdf import LIMIT
from verifier.errors import Malformed
from wallet_server.printing import Attached, pdf
from wallet_server.receipts.finding import MEDIA_TYPE, NAME

JsonObject = Mapping[str, Any]
#: Documents of one receipt that are printed; the attached file names all.
_MOST = 12


def paper(receipts: Sequence[JsonObject], written: bytes) -> bytes:
    """The PDF of signed receipts, which `written` is the file of. To be run in a worker. Raises
    `Malformed` (`receipt.paper`) where that is more than is read back from a PDF.
    """
    if len(written) > LIMIT:
        says = f"The receipt is over {LIMIT // 2**20} MiB, too large for a PDF: keep it as JSON."
        raise Malformed("receipt.paper", says)
    first = receipts[0]["made"]
    signer = receipts[0]["proof"]["verificationMethod"].partition("#")[0]
    many = len(receipts) > 1
    data = {
        "title": f"{len(receipts)} receipts" if many else f"Receipt: {_name(receipts[0])}",
        "foot": f"Touchstone {first['touchstone']} · receipt made {_minute(first['at'])}",
        "receipts": [_receipt(one) for one in receipts],
        "replay": (
            f"Signed by {signer}. Anybody can change a paper: what counts is “{NAME}”, which is "
            "attached to this PDF. “touchstone replay” on this file tells whether it was altered, "
            "and derives what stands here again, without the network, from what it holds."
        ),
    }
    file = Attached(NAME, written, MEDIA_TYPE, "The signed receipt, with all that it rests on")
    return pdf("receipt", data, (file,), at=datetime.fromisoformat(first["at"]))


def _receipt(signed: JsonObject) -> dict[str, Any]:
    report = signed["report"]
    return {
        "name": _name(signed),
        "verdict": report["verdict"],
        "headline": report["headline"],
        "checked": f"Checked {_minute(report['checked_at'])}; receipt made "
        f"{_minute(signed['made']['at'])}",
        "checks": [
            {name: check[name] for name in ("question", "outcome", "says", "fix")}
            for check in report["checks"]
        ],
        "facts": [list(pair) for pair in _facts(signed)],
        "documents": [*_documents(signed["documents"])],
    }


def _name(signed: JsonObject) -> str:
    report = signed["report"]
    return report["credential"]["name"] or report["source"] or "A badge without a name"


def _facts(signed: JsonObject) -> Iterator[tuple[str, str | None]]:
    issuer, badge = signed["report"]["credential"]["issuer"], signed["badge"]
    told = "known as" if issuer["vouched_by"] else "calls itself"
    name = f", {told} “{issuer['name']}”" if issuer["name"] else ""
    yield "Issuer", f"{issuer['proven'] or 'not proven'}{name}"
    yield "Source", signed["source"]["label"]
    yield "Badge", f"{badge['size']} bytes, SHA-256 {_digest(badge['sha256'])}" if badge else None
    yield "Held against", _person(signed["asked"]["person"])
    yield "Challenge", signed["asked"]["challenge"]
    yield "Domain", signed["asked"]["domain"]
    yield "Lists asked", "\n".join(_list(one) for one in signed["lists"]) or "none"


def _person(person: JsonObject | None) -> str:
    if person is None:
        return "nobody"
    named = [value for kind, values in person.items() if kind != "exact" for value in values]
    return ", ".join(named) or "nobody"


def _list(one: JsonObject) -> str:
    if not one["readable"]:
        return f"{one['name']}: could not be read"
    return f"{one['name']}, {one['as_of'] or 'without a date'}, SHA-256 {_digest(one['sha256'])}"


def _digest(digest: str) -> str:
    """In groups, so that a line can end between them."""
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))


def _documents(documents: Sequence[JsonObject]) -> Iterator[dict[str, str]]:
    for one in documents[:_MOST]:
        came = one["error"] or f"{one['status']}, SHA-256 {_digest(one['sha256'])}"
        yield {"url": one["url"], "says": f"{_minute(one['at'])}: {came}"}
    if len(documents) > _MOST:
        yield {"url": f"and {len(documents) - _MOST} more", "says": "in the attached file"}


def _minute(moment: str) -> str:
    read = datetime.fromisoformat(moment)
    return f"{read.day} {read:%B %Y, %H:%M} UTC"
