"""Cases of what adds up: a transcript beside the catalogue of its platform, whatever that answers,
and a record that says how its achievements hang together. None of it changes a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.made import stacking
from tests.made.expected import comes_out
from tests.made.folder import Answer, Case, Web, answered, as_json


def cases() -> Iterator[Case]:
    """Every case of what adds up."""
    web = stacking.transcript_web()
    stranger = {"genuine": "issuer_page", "current": "no_status", "issuer": "not_listed"}
    transcript = {**comes_out("unvouched", **stranger), "bundle": ["unvouched", "expired"]}
    for name, answers in (
        ("a-microsoft-transcript-beside-its-catalogue", web),
        ("a-microsoft-transcript-whose-catalogue-makes-no-sense", _odd(web)),
        ("a-microsoft-transcript-whose-catalogue-is-broken", _broken(web)),
    ):
        yield Case(name, stacking.TRANSCRIPT, transcript, answers)
    known = {"genuine": "signature", "current": "no_status", "issuer": "vouched"}
    record = {**comes_out("verified", **known), "bundle": ["verified", "verified"]}
    college = stacking.college_web()
    yield Case("a-record-that-says-what-adds-up", as_json(stacking.record()), record, college)


def _odd(web: Web) -> Web:
    """The catalogue with things of the wrong kind, twice over, and in a circle."""
    entry = {"uid": ["learn.read-the-tides"], "modules": "learn.gauges", "title": 7, "url": "//x"}
    path = {"uid": "learn.draw-charts", "modules": [None, 3, "learn.draw-charts", "../x"]}
    certification = {
        "uid": "certification.odd",
        "title": "Microsoft Certified: Tidal Data Associate",
        "url": "https://learn.microsoft.com.evil.example/credentials/certifications/odd/",
        "study_guide": [None, {"uid": 3, "type": "learningPath"}, {"uid": "a.b", "type": "oracle"}],
        "exams": {"uid": "exam.td-104"},
    }
    told = {
        "learningPaths": [entry, path, path, "learn.gauges", None],
        "certifications": [certification, certification],
        "modules": {"uid": "learn.buoys"},
    }
    return {url: answered(told) if "/catalog/" in url else one for url, one in web.items()}


def _broken(web: Web) -> Web:
    bad = Answer(b"<html>Something went wrong</html>", "text/html", 503)
    return {url: bad if "/catalog/" in url else one for url, one in web.items()}
