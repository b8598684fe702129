"""Writing made things down: a documents folder, a case, and JSON that is the same every time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field


class Answer(Struct, frozen=True):
    """What one address answers; without content there is no body."""

    content: bytes | None = None
    content_type: str = "application/json"
    status: int = 200
    error: str | None = None
    redirect: str | None = None
    at: str | None = None


Web = Mapping[str, Answer]


class Case(Struct, frozen=True):
    """One case of the self-test: a source, its circumstances, and what must come out.

    `source` is the content of the input file, or an address. `expect` holds `error`, or `verdict`
    and the `codes` of the five questions; `says` holds words that an answer must contain. `lists`
    are issuer lists of its own, in order; with `trust` the shared one applies after them. `kept`
    answers come from the memory of an earlier time; `seen` is the page that the reader's own tab
    shows at the address; `sightings` is what was met of issuers before.
    """

    name: str
    source: bytes | str
    expect: Mapping[str, Any]
    web: Web = field(default_factory=dict)
    person: Mapping[str, Any] | None = None
    claims: tuple[Mapping[str, str], ...] = ()
    at: str | None = None
    trust: bool = True
    unread: str | None = None
    challenge: str | None = None
    domain: str | None = None
    kept: bool = False
    seen: bytes | None = None
    lists: tuple[Mapping[str, Any], ...] = ()
    sightings: Mapping[str, Any] = field(default_factory=dict)


def as_json(value: object) -> bytes:
    """JSON as a person would like to read it."""
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def answered(document: object, content_type: str = "application/json") -> Answer:
    """An address that answers with a JSON document."""
    return Answer(as_json(document), content_type)


def write(folder: Path, name: str, content: bytes) -> None:
    """`content` in the file `name` of `folder`, which is made where it is missing."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_web(folder: Path, web: Web) -> None:
    """A documents folder (contract, section 3)."""
    listed: dict[str, Any] = {}
    for url in sorted(web):
        answer = web[url]
        entry: dict[str, Any] = {}
        if answer.error is not None:
            entry = {"error": answer.error}
        elif answer.redirect is not None:
            entry = {"redirect": answer.redirect}
        else:
            file = None if answer.content is None else _file_name(url, answer.content_type)
            entry = {
                "file": file,
                "status": answer.status,
                "content_type": answer.content_type,
            }
            if file is not None and answer.content is not None:
                write(folder, file, answer.content)
        listed[url] = entry if answer.at is None else {**entry, "at": answer.at}
    write(folder, "urls.json", as_json(listed))


def write_case(folder: Path, case: Case) -> None:
    """A case's own folder within `folder`."""
    own = folder / case.name
    described: dict[str, Any] = {"input": case.source}
    if isinstance(case.source, bytes):
        described["input"] = f"input{_ending(case.source)}"
        write(own, described["input"], case.source)
    described["expect"] = case.expect
    if case.person is not None:
        described["person"] = case.person
    if case.claims:
        described["claims"] = list(case.claims)
    if case.at is not None:
        described["at"] = case.at
    names = [f"list-{place}.json" for place, _ in enumerate(case.lists, 1)]
    for name, listed in zip(names, case.lists, strict=True):
        write(own, name, as_json(listed))
    if case.trust or names:
        shared = ["trust.json"] if case.trust else []
        described["trust"] = [*names, *shared] if names else "trust.json"
    if case.unread is not None:
        described["unread"] = case.unread
    if case.challenge is not None:
        described["challenge"] = case.challenge
    if case.domain is not None:
        described["domain"] = case.domain
    if case.kept:
        described["kept"] = True
    if case.sightings:
        described["sightings"] = case.sightings
    if case.seen is not None:
        described["seen"] = "seen.html"
        write(own, "seen.html", case.seen)
    write(own, "case.json", as_json(described))
    if case.web:
        write_web(own / "documents", case.web)


def _file_name(url: str, content_type: str) -> str:
    plain = re.sub(r"[^a-z0-9.]+", "-", url.split("://", 1)[1].lower()).strip("-.")
    endings = {
        "image/png": ".png",
        "image/svg+xml": ".svg",
        "text/html": ".html",
        "text/plain": ".txt",
    }
    ending = endings.get(content_type, ".json")
    if len(plain) > 150:
        plain = f"{plain[:100]}-{hashlib.sha256(url.encode()).hexdigest()[:12]}"
    return plain if plain.endswith(ending) else plain + ending


def _ending(content: bytes) -> str:
    start = content.lstrip()[:5]
    packed = (
        ".docx"
        if b"word/document.xml" in content
        else ".odt"
        if b"opendocument" in content[:99]
        else ".zip"
    )
    for magic, ending in (
        (b"\x89PNG", ".png"),
        (b"{", ".json"),
        (b"%PDF", ".pdf"),
        (b"PK", packed),
        (b"data:", ".txt"),
        (b"<svg", ".svg"),
        (b"<?xml", ".svg"),
        (b"eyJ", ".jwt"),
        (b"Name,", ".csv"),
        (b"From:", ".eml"),
    ):
        if start.startswith(magic):
            return ending
    return ".html" if start.lower().startswith(b"<") else ".bin"
