"""Report → JSON, in the shape of the contract's section 2: its one home."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec.json import Encoder

from verifier.errors import NoCredential
from verifier.model import Association, Credential, Document, Listed, Text
from verifier.report import Check, Report

VERSION = 1


def report_object(report: Report) -> dict[str, Any]:
    """The report as a JSON object; every member of the contract is there, `null` where unknown."""
    return {
        "version": VERSION,
        "source": report.source,
        "verdict": report.verdict.value,
        "headline": report.headline,
        "assurance": report.assurance.value,
        "checks": [_check(check) for check in report.checks],
        "credential": _credential(report),
        "contacted": [_contacted(document) for document in report.contacted],
        "checked_at": moment(report.checked_at),
        "status_as_of": moment(report.status_as_of),
        "bundle": [report_object(inner) for inner in report.bundle],
    }


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


def answered(value: Mapping[str, Any]) -> bytes:
    """The same without blanks, of what a verification comes to: in a tenth of the time, so not
    always what `encoded` would write of other values, as numbers with fractions.
    """
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:  # half a character: some other text stands for it there
        return encoded(value)


def moment(value: datetime | None) -> str | None:
    """RFC 3339 in UTC, or `None`."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _check(check: Check) -> dict[str, Any]:
    return {
        "question": check.question.value,
        "outcome": check.outcome.value,
        "code": check.code,
        "says": check.says,
        "fix": check.fix,
        "detail": dict(check.detail),
    }


def _credential(report: Report) -> dict[str, Any]:
    credential = report.credential
    return {
        "standard": credential.standard,
        "container": credential.container,
        "provider": credential.provider,
        "kind": credential.kind,
        "id": credential.id,
        "name": credential.name,
        "description": credential.description,
        "issuer": {
            "id": credential.issuer.id,
            "name": credential.issuer.name,
            "proven": report.proven,
            "vouched_by": list(report.vouched_by),
        },
        "recipient": _recipient(credential),
        "issued": moment(credential.issued),
        "expires": moment(credential.expires),
        "criteria": {"url": credential.criteria.url, "text": credential.criteria.text},
        "evidence": [_text(item) for item in credential.evidence],
        "skills": [{"name": item.name, "url": item.url} for item in credential.skills],
        "alignments": [_text(item) for item in credential.alignments],
        "part_of": [_text(item) for item in credential.part_of],
        "made_of": [_text(item) for item in credential.made_of],
        "achievement": credential.achievement,
        "related": [_text(item) for item in credential.related],
        "listed": [_listed(item) for item in credential.listed],
        "associations": [_association(item) for item in credential.associations],
        "credits": credential.credits,
        "hours": credential.hours,
        "assessed_by": [_text(item) for item in credential.assessed_by],
        "results": [_text(item) for item in credential.results],
        "endorsements": [report_object(inner) for inner in report.endorsements],
        "image": credential.image,
    }


def _recipient(credential: Credential) -> dict[str, Any]:
    """Whom it names, less the identifier itself: a report may travel further than the badge."""
    first = next(iter(credential.recipient.identities), None)
    return {
        "name": credential.recipient.name,
        "identity_kind": first.kind if first else None,
        "hashed": first.hashed if first else False,
    }


def _text(item: Text) -> dict[str, Any]:
    return {"url": item.url, "name": item.name, "text": item.text}


def _listed(item: Listed) -> dict[str, Any]:
    said = {"id": item.id, "name": item.name, "kind": item.kind, "url": item.url}
    return {**said, "earned": moment(item.earned)}


def _association(item: Association) -> dict[str, Any]:
    return {"type": item.type, "source": item.source, "target": item.target}


def _contacted(document: Document) -> dict[str, Any]:
    return {
        "url": document.url,
        "at": moment(document.at),
        "status": document.status,
        "sha256": document.sha256 if document.error is None else None,
        "from_cache": document.from_cache,
    }


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
