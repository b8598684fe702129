"""Report → JSON, in the shape of the contract's section 2: its one home."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec.json import Encoder

from verifier.errors import NoCredential
from verifier.model import Document
from verifier.report import Report

VERSION = 1


def report_object(report: Report) -> dict[str, Any]:
    """The report as a JSON object; every member of the contract is there, `null` where unknown."""
    told = msgspec.to_builtins(_shaped(report), enc_hook=_plain)
    plain: dict[str, Any] = json.loads(line(told))  # which has lists where there are tuples
    return plain


def error_object(source: str, error: NoCredential) -> dict[str, Any]:
    """What stands in a report's place where there is no credential to report on."""
    said = {"code": error.code, "says": error.says, "found": list(error.found)}
    return {"version": VERSION, "source": source, "error": said}


def line(value: Mapping[str, Any]) -> str:
    """One line of JSON in ASCII: no terminal and no encoding can read it as anything else."""
    return json.dumps(value, default=_plain)


def encoded(value: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8, for an HTTP answer."""
    return json.dumps(value, ensure_ascii=False, default=_plain).encode("utf-8", "replace")


def answered(report: Report, **beside: object) -> bytes:
    """The report as `encoded` would write its object, without blanks and in a tenth of the time;
    with what stands `beside` its members.
    """
    return brief({**_shaped(report), **beside})


def brief(value: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8 without blanks. Numbers with fractions may be written in another way than
    `encoded` writes them.
    """
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:  # half a character: some other text stands for it there
        return encoded(msgspec.to_builtins(value, enc_hook=_plain))


def moment(value: datetime | None) -> str | None:
    """RFC 3339 in UTC, or `None`."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _shaped(report: Report) -> dict[str, Any]:
    """The report's object, in which texts, words and moments may still be what the verifier has for
    them: their names there are those of the contract.
    """
    return {
        "version": VERSION,
        "source": report.source,
        "verdict": report.verdict,
        "headline": report.headline,
        "assurance": report.assurance,
        "checks": [
            {
                "question": check.question,
                "outcome": check.outcome,
                "code": check.code,
                "says": check.says,
                "fix": check.fix,
                "detail": check.detail,
            }
            for check in report.checks
        ],
        "credential": _credential(report),
        "contacted": [_contacted(document) for document in report.contacted],
        "checked_at": _in_utc(report.checked_at),
        "status_as_of": _in_utc(report.status_as_of),
        "bundle": [_shaped(inner) for inner in report.bundle],
    }


def _credential(report: Report) -> dict[str, Any]:
    credential = report.credential
    issuer, recipient, criteria = credential.issuer, credential.recipient, credential.criteria
    named = recipient.identities[0] if recipient.identities else None
    return {
        "standard": credential.standard,
        "container": credential.container,
        "provider": credential.provider,
        "kind": credential.kind,
        "id": credential.id,
        "name": credential.name,
        "description": credential.description,
        "issuer": {
            "id": issuer.id,
            "name": issuer.name,
            "proven": report.proven,
            "vouched_by": report.vouched_by,
        },
        "recipient": {  # less the identifier itself: a report may travel further than the badge
            "name": recipient.name,
            "identity_kind": None if named is None else named.kind,
            "hashed": False if named is None else named.hashed,
        },
        "issued": _in_utc(credential.issued),
        "expires": _in_utc(credential.expires),
        "criteria": {"url": criteria.url, "text": criteria.text},
        "evidence": credential.evidence,
        "skills": [{"name": item.name, "url": item.url} for item in credential.skills],
        "alignments": credential.alignments,
        "part_of": credential.part_of,
        "made_of": credential.made_of,
        "achievement": credential.achievement,
        "related": credential.related,
        "listed": credential.listed,
        "associations": credential.associations,
        "credits": credential.credits,
        "hours": credential.hours,
        "assessed_by": credential.assessed_by,
        "results": credential.results,
        "endorsements": [_shaped(inner) for inner in report.endorsements],
        "image": credential.image,
    }


def _contacted(document: Document) -> dict[str, Any]:
    return {
        "url": document.url,
        "at": _in_utc(document.at),
        "status": document.status,
        "sha256": document.sha256 if document.error is None else None,
        "from_cache": document.from_cache,
    }


def _in_utc(value: datetime | None) -> datetime | None:
    return value if value is None or value.tzinfo is UTC else value.astimezone(UTC)


def _plain(value: object) -> object:
    """What JSON has no word for, in a check's `detail`."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"a report can't hold a {type(value).__name__}")


_ENCODER = Encoder(enc_hook=_plain)
