"""What is left to say of a platform's address that gave no award: a wall, a page laid out anew, a
picture, or an address at which nothing may be asked.
"""

from __future__ import annotations

from verifier.answers import final_address
from verifier.containers.foreign import is_page
from verifier.errors import NoCredential
from verifier.model import Credential, Document, Problem
from verifier.providers import at_home, named
from verifier.providers.pages import changed_layout, elsewhere, is_sign_in, page_of, trouble
from verifier.providers.platform import Match, Shape, unread

#: What an address can answer without anything following about the award that is there, and the
#: code of `genuine` that it comes to.
_UNREAD = {
    "unreachable": "host_unreachable",
    "sign_in": "page_unreadable",
    "blocked": "page_unreadable",
}
#: What leads to one award, of which there is something to report even where it can't be read.
_ONE = frozenset(("award", "private", "picture", "file"))


def gave_page(document: Document) -> bool:
    """Whether an address answered with a web page."""
    return document.answered and is_page(document.content)


def page_trouble(match: Match, document: Document) -> Problem:
    """Why a page that should show an award does not."""
    if not at_home(document, match.provider) and not is_sign_in(final_address(document)):
        return elsewhere(document)
    return trouble(page_of(document), _title(match))


def misread(match: Match, document: Document) -> Problem:
    """Why an answer that should be of the platform's own kind says nothing: it may be a wall."""
    if gave_page(document) or not at_home(document, match.provider):
        return page_trouble(match, document)
    return changed_layout(final_address(document), _title(match))


def _title(match: Match) -> str:
    platform = named(match.provider)
    return match.provider if platform is None else platform.title


def unasked(match: Match, shape: Shape, seen: Problem | None) -> Credential:
    """What there is to say of an address at which nothing may be, or need be, fetched; `seen` is
    what is wrong with the reader's own tab.
    """
    says = shape.says or "What this address leads to can't be read from here."
    if seen is not None and shape.kind in _ONE:
        return unread(match, seen, shape.award)
    if shape.kind == "picture":
        return unread(match, Problem("picture_only", "picture", says), shape.award)
    if shape.kind == "award":
        return unread(match, Problem("page_unreadable", "page.not_fetched", says), shape.award)
    raise NoCredential("sign_in" if shape.kind == "private" else "not_an_award", says)


def problem_of(shape: Shape, error: NoCredential, document: Document) -> Problem | None:
    """What is left unknown of the one award at an address, `None` where it is no such thing."""
    if shape.kind not in _ONE:
        if shape.missing and document.status == 404:
            raise NoCredential("unreachable", shape.missing, error.found) from error
        return None
    if shape.kind == "picture" and error.code == "not_a_badge":
        says = shape.says or "This is a badge's picture, and no award is in it."
        return Problem("picture_only", "picture", says)
    if error.code not in _UNREAD:
        return None
    missing = shape.missing if document.status == 404 else None
    return Problem(_UNREAD[error.code], error.code, missing or error.says)
