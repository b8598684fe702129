"""Page: the platform itself shows the award, in a page or in an answer of its own kind.

No standard's statement, so it proves what whoever runs that host says now, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from verifier.addresses import read_address
from verifier.errors import Malformed
from verifier.model import Credential, Document, Documents, Proof, Request
from verifier.providers import at_home
from verifier.report import Check, Question

_FIX = "Open the award's address yourself; if it is not there, ask its holder."


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """Nothing more: the page was fetched before it could be read."""
    return ()


def check(credential: Credential, proof: Proof, documents: Documents, now: datetime) -> Check:
    """`issuer_page` where the address the award was read from gave it out over https, on the host
    that was asked, or shows it in the reader's own tab (`detail.seen_in`).
    """
    host = _host(credential.url)
    if proof.options.get("seen") is True and host is not None:
        says = f"The page of {host} in your own tab shows this award."
        detail = {"signature": "unchecked", "address": credential.url, "seen_in": "your tab"}
        return Check(Question.GENUINE, "issuer_page", says, None, detail)
    document = confirming(credential, documents)
    if host is None or document is None or not _itself(document, proof.type):
        says = "The page that shows this award did not answer."
        return Check(Question.GENUINE, "page_unreadable", says, _FIX, {"signature": "unchecked"})
    says = f"{host} shows this award on its own page."
    detail = {"signature": "unchecked", "address": credential.url}
    return Check(Question.GENUINE, "issuer_page", says, None, detail)


def confirming(credential: Credential, documents: Documents) -> Document | None:
    """The answer that the award was read from, `None` where only a tab shows it, or nothing."""
    return next((one for one in documents.values() if _gave(one, credential.url)), None)


def _gave(document: Document, url: str | None) -> bool:
    return document.answered and not document.seen and url == (document.final_url or document.url)


def _itself(document: Document, platform: str) -> bool:
    """Asked over https, and answered by the platform that was asked."""
    return _host(document.url) is not None and at_home(document, platform)


def _host(url: str | None) -> str | None:
    """The host of an https address."""
    try:
        address = read_address(url)
    except Malformed:
        return None
    return address.host if address.scheme == "https" else None
