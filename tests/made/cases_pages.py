"""Cases of web pages that are no platform's: credentials in them, and addresses of some."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.made import cases_credly
from tests.made.assertions import assertion, hosted
from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.cases_tokens import secured
from tests.made.cases_tokens import web as token_web
from tests.made.credentials import by
from tests.made.expected import comes_out, refused
from tests.made.folder import Answer, Case, as_json
from tests.made.issuers import HARBOUR, RIVERSIDE

AT = "https://mira-solano.example/badges/"
NAME = "Chart Reading"
GOOD = comes_out("verified")


def cases() -> Iterator[Case]:
    """Every case of a page."""
    credential = as_json(by(RIVERSIDE, good()))
    yield from _within(credential)
    yield from _led(credential)
    yield from _hostile(credential)


def _within(credential: bytes) -> Iterator[Case]:
    written = _page(_block(credential))
    yield Case("a-page-with-a-credential-in-it", AT, GOOD, {AT: written, **COLLEGE_WEB})
    kept = {**COLLEGE_WEB}
    yield Case("a-saved-page-with-a-credential-in-it", written.content or b"", GOOD, kept)
    yield Case("a-readers-tab-with-a-credential-in-it", AT, GOOD, kept, seen=written.content)
    twice = _page(_block(credential) + _block(credential))
    yield Case("a-page-with-one-credential-twice", AT, GOOD, {AT: twice, **COLLEGE_WEB})
    graph = b'{"@graph": [{"@type": "WebSite", "name": "Mine"}, %s]}' % credential
    listed = b'[{"@context": "https://schema.org", "@type": "Person"}, %s]' % credential
    for name, block in (("a-graph", graph), ("a-list", listed)):
        web = {AT: _page(_block(block)), **COLLEGE_WEB}
        yield Case(f"a-page-with-a-credential-in-{name}", AT, GOOD, web)
    web = {AT: _page(_block(secured().encode(), "application/vc+jwt")), **token_web()}
    expect = comes_out("verified", current="no_status")
    yield Case("a-page-with-a-credential-as-a-token", AT, expect, web)
    own = assertion(NAME, HARBOUR)
    web = {AT: _page(_block(as_json(own))), **hosted(own, NAME)}
    yield Case(
        "a-page-with-a-hosted-assertion-in-it", AT, comes_out("verified", genuine="hosted"), web
    )


def _led(credential: bytes) -> Iterator[Case]:
    there = f"{AT}data-literacy.json"
    web = {there: Answer(credential, "application/vc+ld+json"), **COLLEGE_WEB}
    named = _page('<link rel="alternate" type="application/vc+ld+json" href="data-literacy.json">')
    yield Case("a-page-that-names-the-address-of-a-credential", AT, GOOD, {AT: named, **web})
    gone = {AT: named, there: Answer(None, status=404)}
    yield Case("a-page-that-names-an-address-without-one", AT, refused("not_a_badge"), gone)
    feed = _page('<link rel="alternate" type="application/json" href="data-literacy.json">')
    other = {AT: feed, there: Answer(b'{"posts": []}')}
    yield Case("a-page-that-names-the-address-of-a-feed", AT, refused("not_a_badge"), other)
    links = f'<a href="{cases_credly.AWARD}">One</a> <a href="/about">Me</a>'
    yield Case("a-page-that-links-to-an-award", AT, refused("not_an_award"), {AT: _page(links)})


def _hostile(credential: bytes) -> Iterator[Case]:
    changed = credential.replace(b"Data Literacy", b"Data Mastery!")
    invalid = comes_out("invalid", genuine="bad_signature")
    web = {AT: _page(_block(changed)), **COLLEGE_WEB}
    yield Case("a-page-with-a-changed-credential", AT, invalid, web)
    another = as_json(by(RIVERSIDE, {**good(), "id": f"{RIVERSIDE.home}/credentials/second"}))
    web = {AT: _page(_block(credential) + _block(another)), **COLLEGE_WEB}
    yield Case("a-page-with-two-credentials", AT, refused("ambiguous"), web)
    claim = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "name": NAME,
        "recipient": {"@type": "Person", "name": "Mira Solano"},
        "badge": "gold",
    }
    web = {AT: _page(_block(as_json(claim)))}
    yield Case("a-page-that-only-describes-a-diploma", AT, refused("not_a_badge"), web)
    own = json.loads(as_json(assertion(NAME, HARBOUR)))
    taken = {**own, "id": AT, "verification": {"type": "hosted"}}
    web = {**hosted(own, NAME), AT: _page(_block(as_json(taken)))}
    yield Case("a-page-that-gives-itself-as-the-assertion", AT, _NOT_HOSTED, web)
    many = _page("".join(_block(b'{"@type": "Thing"}') for _ in range(1000)))
    yield Case("a-page-of-a-thousand-blocks", AT, refused("not_a_badge"), {AT: many})
    inside = (
        '<link rel="alternate" type="application/json" href="http://127.0.0.1:8765/api/health">'
    )
    refused_there = Answer(error="address")
    web = {AT: _page(inside), "http://127.0.0.1:8765/api/health": refused_there}
    yield Case("a-page-that-points-at-the-readers-own-machine", AT, refused("not_a_badge"), web)
    circle = _page(f'<link rel="alternate" type="application/ld+json" href="{AT}">')
    yield Case("a-page-that-names-itself", AT, refused("not_a_badge"), {AT: circle})


_NOT_HOSTED = comes_out("unknown", genuine="host_unreachable", current="status_unreachable")


def _block(content: bytes, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">\n{content.decode()}\n</script>'


def _page(body: str) -> Answer:
    html = f"<!DOCTYPE html><html><head><title>Mine</title>{body}</head><body><p>Hello"
    return Answer(html.encode(), "text/html; charset=utf-8")
