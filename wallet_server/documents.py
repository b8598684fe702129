"""The documents folder (contract, section 3): look-ups answered from files, and a folder written.

`urls.json` names, for each address, an answer or several of which the first that fits is taken.
Every file must lie within the folder; an address that is not listed was never there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import read_address
from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.json_gate import LIMIT_IN_ALL, read_object
from verifier.model import Document, Request

INDEX = "urls.json"
REDIRECTS = 3
#: Words of `Document.error` that a folder may hold; the contract's four come first.
ERRORS = ("timeout", "refused", "tls", "dns", "redirect", "too_large", "address")
_MEDIA_TYPE = re.compile(r"[\w.+*-]+/[\w.+*-]+")


class Answer(Struct, frozen=True):
    """One recorded answer; `file` is an absolute path within the folder, or `None` for no body."""

    method: str = "GET"
    accept: str | None = None
    file: Path | None = None
    status: int = 200
    content_type: str | None = None
    redirect: str | None = None
    error: str | None = None
    at: datetime | None = None

    def fits(self, request: Request) -> bool:
        """Whether a server that keeps this answer would give it to `request`, which is a GET."""
        return self.method == "GET" and (self.accept is None or _takes(request.accept, self.accept))


class DocumentsFolder:
    """A `Fetcher` that answers from a folder and never from anywhere else.

    Opening it reads the whole index; `now` is when an answer was given that has no date of its own
    (without it, the moment of opening). Raises `Malformed` (`documents.…`) with the entry at fault.
    """

    def __init__(self, folder: Path, *, now: datetime | None = None) -> None:
        self._now = now or datetime.now(UTC).replace(microsecond=0)
        self._answers = read_index(folder)

    async def fetch(self, request: Request) -> Document:
        """The recorded answer, redirects followed within the folder."""
        url = request.url
        for _ in range(REDIRECTS + 1):
            answer = _first_fitting(self._answers.get(key(url), ()), request)
            at = self._now if answer is None or answer.at is None else answer.at
            document = Document(url=request.url, at=at)
            if answer is None:
                return replace(document, error="unlisted")
            if answer.error is not None:
                return replace(document, error=answer.error)
            if answer.redirect is None:
                return replace(
                    document,
                    status=answer.status,
                    content_type=answer.content_type,
                    content=answer.file.read_bytes() if answer.file else b"",
                    final_url=url,
                )
            url = urljoin(url, answer.redirect)
        return Document(url=request.url, at=self._now, error="redirect")


def _first_fitting(answers: tuple[Answer, ...], request: Request) -> Answer | None:
    """The first answer that fits, before which goes one recorded for this very Accept header."""
    fitting = [answer for answer in answers if answer.fits(request)]
    exact = [answer for answer in fitting if answer.accept == request.accept]
    return next(iter(exact or fitting), None)


def read_index(folder: Path) -> Mapping[str, tuple[Answer, ...]]:
    """`urls.json` of `folder`, each address in its canonical spelling. Raises `Malformed`."""
    root = folder.resolve()
    try:
        listed = read_object((root / INDEX).read_bytes(), limit=LIMIT_IN_ALL)
    except OSError as error:
        says = f"The documents folder “{folder}” has no {INDEX} that can be read."
        raise Malformed("documents.index", says) from error
    except Malformed as error:
        raise Malformed("documents.index", f"{folder / INDEX}: {error.says}") from error
    answers: dict[str, tuple[Answer, ...]] = {}
    for url, entry in listed.items():
        entries = entry if isinstance(entry, list) else [entry]
        found = tuple(_answer(one, url, root) for one in entries)
        answers[key(url)] = answers.get(key(url), ()) + found
    return answers


def key(url: str) -> str:
    """An address as the index is searched for it: canonical, and without its fragment. A space in
    it counts as written by a browser.
    """
    try:
        return read_address(url.replace(" ", "%20")).url
    except Malformed:
        return url.split("#", 1)[0]


def _answer(entry: object, url: str, root: Path) -> Answer:
    if not isinstance(entry, dict):
        raise Malformed("documents.entry", f"{INDEX}: the answer for {url} is not an object.")
    error, status = entry.get("error"), entry.get("status", 200)
    if error is not None and error not in ERRORS:
        says = f"{INDEX}: “{error}” for {url} is none of {', '.join(ERRORS)}."
        raise Malformed("documents.error", says)
    if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
        raise Malformed("documents.status", f"{INDEX}: the status for {url} is no HTTP status.")
    at = entry.get("at")
    file = _file(entry, url, root)
    return Answer(
        method=(_optional(entry, "method", url) or "GET").upper(),
        accept=_optional(entry, "accept", url),
        file=file,
        status=status,
        content_type=_optional(entry, "content_type", url),
        redirect=_optional(entry, "redirect", url),
        error=error,
        at=None if at is None else read_moment(at),
    )


def _optional(entry: Mapping[str, Any], member: str, url: str) -> str | None:
    value = entry.get(member)
    if value is not None and not isinstance(value, str):
        raise Malformed("documents.entry", f"{INDEX}: “{member}” for {url} is not a text.")
    return value


def _file(entry: Mapping[str, Any], url: str, root: Path) -> Path | None:
    """The file an entry names, which must lie within the folder and be what was recorded."""
    name = _optional(entry, "file", url)
    if name is None:
        return None
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        says = f"{INDEX}: “{name}” for {url} lies outside the folder. Copy the file into it."
        raise Malformed("documents.outside", says)
    if not path.is_file():
        raise Malformed("documents.missing", f"{INDEX}: there is no file “{name}” for {url}.")
    digest = _optional(entry, "sha256", url)
    if digest is not None and hashlib.sha256(path.read_bytes()).hexdigest() != digest.lower():
        says = f"“{name}”, the answer of {url}, is not what was recorded: its SHA-256 differs."
        raise Malformed("documents.sha256", says)
    return path


def _takes(wanted: str, offered: str) -> bool:
    """Whether a request's Accept header takes one of the media types offered (RFC 9110, 12.5.1)."""
    ranges = list(_media_types(wanted))
    return any(_in_range(one, span) for one in _media_types(offered) for span in ranges)


def _media_types(text: str) -> Iterator[str]:
    for part in text.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if _MEDIA_TYPE.fullmatch(name) and not any(
            re.fullmatch(r"q=0(\.0*)?", piece) for piece in parameters
        ):
            yield name


def _in_range(media_type: str, span: str) -> bool:
    if span == "*/*" or media_type == span:
        return True
    return span.endswith("/*") and media_type.startswith(span[:-1])
