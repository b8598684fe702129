"""Touchstone's verifier: bytes or an address in, a report out.

No sockets, no clock, no environment of its own: the host lends a `Fetcher`, `Workers` and the
`Circumstances`.

    from datetime import UTC, datetime
    from verifier import Circumstances, verify
    from verifier.trust import shipped

    async def is_it_real(picture, fetcher, workers):
        now = Circumstances(now=datetime.now(UTC), trust=shipped())
        report = await verify(picture, fetcher=fetcher, workers=workers, circumstances=now)
        print(report.verdict, report.headline)
        for check in report.checks:
            print(check.question, check.outcome, check.says)
"""

from verifier.errors import NoCredential, TouchstoneError
from verifier.kept import Kept
from verifier.model import Claim, Credential, Document, Request
from verifier.ports import Circumstances, Fetcher, Person, TrustRegistry, Workers
from verifier.report import Check, Outcome, Question, Report, Verdict
from verifier.verify import check, verify

__all__ = [
    "Check",
    "Circumstances",
    "Claim",
    "Credential",
    "Document",
    "Fetcher",
    "Kept",
    "NoCredential",
    "Outcome",
    "Person",
    "Question",
    "Report",
    "Request",
    "TouchstoneError",
    "TrustRegistry",
    "Verdict",
    "Workers",
    "check",
    "verify",
]
