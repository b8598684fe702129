"""Cases in which there is no credential to report on, and the error says why."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.made import png
from tests.made.assertions import badge_class, profile
from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.credentials import by
from tests.made.expected import refused
from tests.made.folder import Answer, Case, answered, as_json
from tests.made.issuers import HARBOUR, RIVERSIDE

AT = f"{HARBOUR.home}/assertions/chart-reading"
KEYWORD = b"openbadgecredential"


def cases() -> Iterator[Case]:
    """Every case of every error."""
    yield from _no_badge()
    yield from _broken()
    yield from _addresses()


def _no_badge() -> Iterator[Case]:
    error = refused("not_a_badge")
    yield Case("a-plain-png", png.picture(), error)
    plain = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>\n'
    yield Case("a-plain-svg", plain, error)
    yield Case("an-empty-file", b"", error)
    yield Case("a-web-page", b"<!doctype html>\n<title>My badges</title>\n", error)
    yield Case("a-jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", error)
    yield Case("json-that-is-no-credential", as_json({"name": "Data Literacy"}), error)
    for name, document in (
        ("a-badge-class", badge_class("Chart Reading")),
        ("a-profile", profile()),
    ):
        yield Case(name, as_json(document), refused("not_an_award"))


def _broken() -> Iterator[Case]:
    credential = as_json(by(RIVERSIDE, good()))
    baked = png.picture(png.international(credential, KEYWORD))
    malformed = refused("malformed")
    yield Case("a-png-cut-off", baked[:400], malformed, COLLEGE_WEB)
    wrong = png.chunk(b"tEXt", KEYWORD + b"\0" + credential, checksum=1)
    yield Case("a-png-whose-checksum-does-not-fit", png.picture(wrong), malformed, COLLEGE_WEB)
    twice = credential.replace(b'{\n "@context"', b'{\n "name": "Other",\n "@context"', 1)
    yield Case("a-member-that-stands-twice", twice, malformed, COLLEGE_WEB)
    yield Case("json-cut-off", credential[:-10], malformed, COLLEGE_WEB)
    latin = credential.replace(b"Data Literacy", b"Donn\xe9es")
    yield Case("json-that-is-not-utf-8", latin, malformed, COLLEGE_WEB)
    deep = json.dumps({"name": "x"}).replace('"x"', "[" * 40 + "]" * 40).encode()
    yield Case("json-nested-too-deep", deep, malformed)
    entity = b'<!DOCTYPE svg [<!ENTITY a "x">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
    yield Case("an-svg-with-entities", b'<?xml version="1.0"?>' + entity, malformed)
    another = as_json(by(RIVERSIDE, {**good(), "id": f"{RIVERSIDE.home}/credentials/second"}))
    two = png.picture(png.plain(credential, KEYWORD), png.plain(another, KEYWORD))
    yield Case("two-different-badges-in-one-png", two, refused("ambiguous"), COLLEGE_WEB)
    bomb = png.picture(png.packed(bytes(5 * 2**20), KEYWORD))
    yield Case("a-png-whose-text-unpacks-to-five-mebibytes", bomb, refused("too_large"))


def _addresses() -> Iterator[Case]:
    answers: dict[str, tuple[str, Answer]] = {
        "an-address-that-answers-a-web-page": (
            "not_a_badge",
            Answer(b"<!doctype html><title>Welcome</title>", "text/html"),
        ),
        "an-address-that-nobody-knows": ("unreachable", Answer(None, status=404)),
        "an-address-that-does-not-answer": ("unreachable", Answer(error="timeout")),
        "an-address-without-a-host": ("unreachable", Answer(error="dns")),
        "an-address-behind-a-sign-in": ("sign_in", Answer(None, status=401)),
        "an-address-that-turns-us-away": ("blocked", Answer(None, status=403)),
        "an-address-that-leads-in-a-circle": ("unreachable", Answer(redirect=AT)),
        "an-address-of-a-badge-class": ("not_an_award", answered(badge_class("Chart Reading"))),
    }
    for name, (code, answer) in answers.items():
        yield Case(name, AT, refused(code), {AT: answer})
    address = png.picture(png.plain(AT.encode()))
    yield Case(
        "the-address-baked-into-a-png-does-not-answer",
        address,
        refused("unreachable"),
        {AT: Answer(error="refused")},
    )
