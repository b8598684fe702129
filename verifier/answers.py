"""What an address answered: the credential in it, or the reason why there is none."""

from __future__ import annotations

from verifier import bounds
from verifier.addresses import read_address
from verifier.containers import Baked, container_of, text, unbake
from verifier.dates import written
from verifier.errors import NoCredential, TooCostly
from verifier.model import Document
from verifier.ports import Workers

_BRING_FILE = "Open it in your own browser, save the badge, and check the file."
_ASK_ISSUER = "Only the issuer can mend this, by giving the badge out at that address."
_TOO_COSTLY = {"pdf": ("malformed", "pdf.limit"), "zip": ("too_large", "zip.size")}
_CLOSED = (
    "{host} lets no program fetch its pages, so Touchstone does not. Open the page in your own "
    "browser and check it from there."
)
_FAILURES = {
    "timeout": "{host} did not answer in time. Try again later.",
    "refused": "{host} did not take the connection. Try again later, or ask whoever runs it.",
    "tls": (
        "The connection to {host} is not safe: its certificate does not hold. Whoever "
        "runs it has to mend that."
    ),
    "dns": (
        "No host named {host} was found. Check the address for typing errors, and your "
        "own connection."
    ),
    "redirect": (
        "{host} sends its visitors in a circle, or to an address that may not be "
        "followed. Whoever runs it has to mend that."
    ),
    "address": (
        "{host} is no public address, so Touchstone does not go there. Save the "
        "badge and check the file."
    ),
    "limit": "Too much had to be fetched for this one badge. Check the file itself.",
    "unlisted": (
        "{url} is not in the folder of saved documents. Add it there, or check while connected."
    ),
}


async def answered(document: Document, workers: Workers) -> Baked:
    """The credential that an address gave out. Raises `NoCredential`."""
    if document.status == 410:
        gone = document.content if text.form(document.content) == "json" else b"{}"
        return Baked("json", gone)
    require(document)
    if _is_sign_in_page(document):
        raise _sign_in(_host(document), document)
    try:
        baked = await unbaked(document.content, workers)
    except NoCredential as error:
        says = f"What {_host(document)} answered holds no single badge. {error.says}"
        raise NoCredential(error.code, says, error.found) from error
    if baked.container == "url":
        raise NoCredential(
            "not_a_badge", f"{document.url} answers with another address. {_ASK_ISSUER}"
        )
    return baked


def require(document: Document) -> None:
    """Raise `NoCredential` (`unreachable`, `sign_in`, `blocked`, `too_large`) unless there was an
    answer, and it was no refusal.
    """
    if document.error is not None:
        raise _failure(document, document.error)
    if not document.answered:
        raise _refusal(document)


def final_address(document: Document) -> str:
    """The address that answered, after redirects."""
    return document.final_url or document.url


def _is_sign_in_page(document: Document) -> bool:
    """Whether the address led to a page where visitors have to sign in."""
    from verifier.containers.foreign import is_page
    from verifier.providers.pages import is_sign_in

    led = is_sign_in(final_address(document)) and not is_sign_in(document.url)
    return led and is_page(document.content)


def _sign_in(host: str, document: Document) -> NoCredential:
    says = f"{host} asks its visitors to sign in first. {_BRING_FILE}"
    return NoCredential("sign_in", says, (document.url,))


def _failure(document: Document, error: str) -> NoCredential:
    """There was no answer at all."""
    if error == "closed":
        from verifier.providers.pages import is_sign_in

        there = read_address(final_address(document)).host
        if is_sign_in(final_address(document)):
            return _sign_in(there, document)
        return NoCredential("blocked", _CLOSED.format(host=there), (document.url,))
    if error == "too_large":
        return NoCredential(
            "too_large", f"What {_host(document)} answered is too large for a badge."
        )
    says = _FAILURES.get(error, "{host} could not be reached. Try again later.")
    return NoCredential(
        "unreachable", says.format(host=_host(document), url=document.url), (document.url,)
    )


def _refusal(document: Document) -> NoCredential:
    """There was an answer, and it was no."""
    host, found = _host(document), (document.url,)
    if document.status in (401, 407):
        return _sign_in(host, document)
    if document.retry_at is not None:
        wanted = f"{document.retry_at:%H:%M} UTC on {written(document.retry_at)}"
        says = f"{host} asks to be left alone ({document.status}). Try again after {wanted}."
        return NoCredential("blocked" if document.status == 429 else "unreachable", says, found)
    if document.status in (403, 429):
        return NoCredential(
            "blocked", f"{host} turned Touchstone away ({document.status}). {_BRING_FILE}", found
        )
    if document.status == 404:
        says = (
            f"{host} knows nothing at {document.url} (404). Check the address, or ask "
            f"the holder for a newer one."
        )
        return NoCredential("unreachable", says, found)
    says = (
        f"{host} answered with an error ({document.status}). Try again later; if it "
        f"stays so, ask the issuer."
    )
    return NoCredential("unreachable", says, found)


def _host(document: Document) -> str:
    return read_address(document.url).host


async def unbaked(content: bytes, workers: Workers) -> Baked:
    """The one credential that `content` carries or is; what can be made to take long runs in a
    worker. Raises `NoCredential` as `containers.unbake` does.
    """
    try:
        with bounds.at_once():
            return unbake(content)
    except bounds.Heavy:
        pass  # in a worker then
    try:
        return await workers.run(unbake, content)
    except TooCostly as error:
        code, reason = _TOO_COSTLY.get(container_of(content) or "", ("too_large", "picture.limit"))
        raise NoCredential(
            code,
            "Looking into this file would take more work than any badge needs, so it was stopped. "
            "Ask its holder for the badge itself.",
            (reason,),
        ) from error
