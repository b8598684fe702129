"""Made-up hosted badges of 2.0, each with one thing that is true of it, and what must be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.conformance.hosted import (
    ASSERTION,
    BADGE,
    EVIL,
    HOME,
    ISSUER,
    NAME,
    NOWHERE,
    Hosted,
    badge,
    scoped,
    web,
)
from tests.made.assertions import assertion, badge_class, profile
from tests.made.folder import Answer, answered, as_json
from tests.made.issuers import HARBOUR

#: An address, and what the profile says of the addresses that it stands for.
Scoped = tuple[str, str, Mapping[str, object]]
_OUTSIDE: tuple[Scoped, ...] = (
    ("another host", f"{EVIL}/a", {}),
    ("another port", f"{HOME}:8443/a", {}),
    ("a host that begins alike", f"{HOME}.evil.example/a", {"startsWith": HOME}),
    ("a folder that begins alike", f"{HOME}/badges-evil/1", {"startsWith": f"{HOME}/badges"}),
    ("another scheme", f"http://{HARBOUR.domain}/a", {"startsWith": HOME}),
    ("another query", f"{HOME}/a?b=2", {"startsWith": f"{HOME}/a?c="}),
    ("an origin not allowed", ASSERTION, {"allowedOrigins": ["other.example"]}),
    ("origins as an address", f"{EVIL}/a", {"allowedOrigins": [EVIL]}),
    ("origins as a star", f"{EVIL}/a", {"allowedOrigins": ["*"]}),
    ("origins as a suffix", f"{EVIL}/a", {"allowedOrigins": [".example"]}),
    ("origins with a port", f"{EVIL}/a", {"allowedOrigins": ["evil.example:443"]}),
    ("origins empty", f"{EVIL}/a", {"allowedOrigins": []}),
    (
        "an allowed host, the wrong folder",
        f"{EVIL}/a",
        {"allowedOrigins": ["evil.example"], "startsWith": f"{EVIL}/b/"},
    ),
)
_WITHIN: tuple[Scoped, ...] = (
    ("a folder", f"{HOME}/badges/1", {"startsWith": f"{HOME}/badges"}),
    ("the start of a name", f"{HOME}/award-7.json", {"startsWith": f"{HOME}/award-"}),
    ("the start of a query", f"{HOME}/a?b=1&c=2", {"startsWith": f"{HOME}/a?b="}),
    ("one of two folders", f"{HOME}/b/1", {"startsWith": [f"{HOME}/a/", f"{HOME}/b/"]}),
    ("an allowed host", "https://cdn.example/a", {"allowedOrigins": "cdn.example"}),
    ("rules of no meaning", f"{HOME}/a", {"startsWith": "/a", "allowedOrigins": ["*"]}),
)


def cases() -> Iterator[Hosted]:
    """Every case."""
    yield from _good()
    yield from _own_address()
    yield from _scope()
    yield from _anchors()
    yield from _outages()
    yield from _transport()
    yield from _types()
    yield from _revoked()
    yield from _vocabulary()


def _good() -> Iterator[Hosted]:
    bare = ("insecure", "differs", "also")
    yield Hosted("at its address", ASSERTION, web(), "hosted", "unvouched", absent=bare)
    pasted = as_json(assertion(NAME))
    yield Hosted("pasted", pasted, web(), "hosted", "unvouched", absent=bare)
    whole = as_json(assertion(NAME, badge=badge(issuer=profile())))
    yield Hosted("pasted whole", whole, web(), "hosted", "unvouched", absent=("differs",))
    unsalted = assertion(NAME)
    unsalted["recipient"] = {**unsalted["recipient"], "salt": None}
    yield Hosted("salt of null", ASSERTION, web(assertion=unsalted), "hosted", "unvouched")
    old = assertion(NAME)
    old["verify"] = old.pop("verification")
    yield Hosted("verify for verification", ASSERTION, web(assertion=old), "hosted", "unvouched")
    short = assertion(NAME, issuedOn="2024-05-02T10:00Z")
    yield Hosted("a time without seconds", ASSERTION, web(assertion=short), "hosted", "unvouched")
    inside = assertion(NAME, badge={**badge(), "id": None})
    yield Hosted("a badge class inside", ASSERTION, web(assertion=inside), "hosted", "unvouched")


def _own_address() -> Iterator[Hosted]:
    altered = {
        **assertion(NAME),
        "narrative": "the best of all",
        "issuedOn": "2001-01-01T00:00:00Z",
    }
    differs = {"differs": ["issuedOn", "narrative"]}
    yield Hosted("a copy that was altered", as_json(altered), web(), "hosted", "unvouched", differs)
    renamed = assertion(NAME, badge=badge(name="Doctor of Charts"))
    differs = {"differs": ["badge.name"]}
    yield Hosted(
        "a copy with another name", as_json(renamed), web(), "hosted", "unvouched", differs
    )
    reached = {**web(), "http://short.example/a": Answer(redirect=ASSERTION)}
    yield Hosted(
        "reached by a short link",
        "http://short.example/a",
        reached,
        "hosted",
        "unvouched",
        absent=("insecure",),
    )
    moved = {**web(), f"{HOME}/a": answered(assertion(NAME))}
    yield Hosted(
        "found elsewhere too", f"{HOME}/a", moved, "hosted", "unvouched", {"found_at": f"{HOME}/a"}
    )
    stray = {**web(assertion=Answer(status=404)), f"{HOME}/a": answered(assertion(NAME))}
    reason = {"reason": "hosted.assertion.id"}
    yield Hosted(
        "found elsewhere, its id unknown", f"{HOME}/a", stray, "id_mismatch", "invalid", reason
    )
    silent = {**stray, ASSERTION: NOWHERE}
    yield Hosted(
        "found elsewhere, its id silent", f"{HOME}/a", silent, "host_unreachable", "unknown"
    )
    circle = {
        **web(assertion=assertion(NAME, id=f"{HOME}/a")),
        f"{HOME}/a": answered(assertion(NAME, id=f"{HOME}/b")),
    }
    pasted = as_json(assertion(NAME))
    yield Hosted("ids in a circle", pasted, circle, "id_mismatch", "invalid", reason)
    away = web(badge=badge(id=f"{HOME}/gone"))
    reason = {"reason": "hosted.badge.id"}
    yield Hosted("a badge class of another id", ASSERTION, away, "id_mismatch", "invalid", reason)
    urn = as_json(assertion(NAME, id="urn:uuid:bf8d3c3d-fe60-487c-87a3-06440d0d0163"))
    reason = {"reason": "ob2.assertion.id"}
    yield Hosted("an id that is no address", urn, web(), "structure", "invalid", reason)
    userinfo = as_json(assertion(NAME, id=f"{HOME}@evil.example/a"))
    yield Hosted("an id with a user name", userinfo, web(), "structure", "invalid", reason)


def _scope() -> Iterator[Hosted]:
    """OB-03 to OB-09: boundaries are parsed, never guessed from how the text begins."""
    outside = {"reason": "hosted.scope"}
    for name, address, rules in _OUTSIDE:
        found = scoped(address, rules)
        yield Hosted(name, address, found, "out_of_scope", "invalid", outside)
    for name, address, rules in _WITHIN:
        found = scoped(address, rules)
        yield Hosted(f"within: {name}", address, found, "hosted", "unvouched")
    opened = {**web(assertion=Answer(redirect=f"{EVIL}/a")), f"{EVIL}/a": answered(assertion(NAME))}
    yield Hosted("an open redirect", ASSERTION, opened, "out_of_scope", "invalid", outside)
    www = f"https://www.{HARBOUR.domain}/a"
    moved = {**web(assertion=Answer(redirect=www)), www: answered(assertion(NAME))}
    yield Hosted("a redirect to www", ASSERTION, moved, "hosted", "unvouched")


def _anchors() -> Iterator[Hosted]:
    """OB-07, OB-08, OB-13: an issuer is whoever its own address says it is."""
    for name, own in (("none", None), ("a blank node", "_:b0"), ("a urn", "urn:uuid:1")):
        reason = {"reason": "hosted.issuer.id"}
        unproven = web(badge=badge(issuer=profile(id=own)))
        yield Hosted(
            f"an issuer id: {name}", ASSERTION, unproven, "issuer_unproven", "unknown", reason
        )
    forged = badge(
        id=f"{EVIL}/b",
        issuer={**profile(), "verification": {"allowedOrigins": ["evil.example"]}},
    )
    island = {
        **web(),
        f"{EVIL}/a": answered(assertion(NAME, id=f"{EVIL}/a", badge=forged)),
        f"{EVIL}/b": answered(forged),
    }
    yield Hosted("an issuer brought along", f"{EVIL}/a", island, "out_of_scope", "invalid")
    lent = {
        **web(issuer=Answer(redirect=f"{EVIL}/i")),
        f"{EVIL}/i": answered(profile()),
    }
    reason = {"reason": "hosted.issuer.redirect"}
    yield Hosted("a profile elsewhere", ASSERTION, lent, "issuer_unproven", "unknown", reason)


def _outages() -> Iterator[Hosted]:
    """An outage never slanders."""
    pasted = as_json(assertion(NAME))
    for part in ("assertion", "badge", "issuer"):
        for error in ("timeout", "refused", "tls", "dns"):
            down = web(**{part: Answer(error=error)})
            reason = {"reason": f"hosted.{error}"}
            yield Hosted(f"{part}: {error}", pasted, down, "host_unreachable", "unknown", reason)
        for status in (404, 429, 500, 503):
            down = web(**{part: Answer(status=status)})
            reason = {"reason": f"hosted.status.{status}"}
            yield Hosted(f"{part}: {status}", pasted, down, "host_unreachable", "unknown", reason)
        page = web(**{part: Answer(b"<!doctype html><p>Sign in</p>", "text/html")})
        reason = {"reason": "hosted.content_type"}
        yield Hosted(f"{part}: a page", pasted, page, "host_unreachable", "unknown", reason)
        torn = web(**{part: Answer(b'{"id": ', "application/json")})
        reason = {"reason": f"hosted.{part}.json"}
        yield Hosted(f"{part}: torn JSON", pasted, torn, "structure", "invalid", reason)


def _transport() -> Iterator[Hosted]:
    """OB-10: over plain http anybody on the way may have answered."""
    home = f"http://{HARBOUR.domain}"
    made = {
        f"{home}/assertions/chart-reading": assertion(
            NAME, id=f"{home}/assertions/chart-reading", badge=f"{home}/badges/chart-reading"
        ),
        f"{home}/badges/chart-reading": badge_class(
            NAME, id=f"{home}/badges/chart-reading", issuer=f"{home}/issuer"
        ),
        f"{home}/issuer": profile(id=f"{home}/issuer"),
    }
    all_plain = {url: answered(document) for url, document in made.items()}
    insecure = {"insecure": True}
    address = f"{home}/assertions/chart-reading"
    yield Hosted("all over http", address, all_plain, "hosted", "unvouched", insecure)
    mixed = {**web(badge=badge(issuer=f"{home}/issuer")), **all_plain}
    yield Hosted("an issuer over http", ASSERTION, mixed, "hosted", "unvouched", insecure)


def _types() -> Iterator[Hosted]:
    """RSP-07: what a stranger may have uploaded to the issuer's host does not count."""
    made = as_json(assertion(NAME))
    for kind in (
        "image/png",
        "application/octet-stream",
        "application/javascript",
        "image/svg+xml",
    ):
        served = web(assertion=Answer(made, kind))
        reason = {"reason": "hosted.content_type"}
        yield Hosted(f"as {kind}", made, served, "host_unreachable", "unknown", reason)
    for kind in ("text/plain", "text/html; charset=utf-8", ""):
        served = web(assertion=Answer(made, kind))
        insecure = {"insecure": True}
        yield Hosted(f"as {kind or 'nothing'}", made, served, "hosted", "unvouched", insecure)
    upload = f"{HOME}/uploads/1"
    stray = {**web(), upload: Answer(as_json(assertion(NAME, id=upload)), "text/plain")}
    narrow = {
        **stray,
        ISSUER: answered(profile(verification={"startsWith": f"{HOME}/assertions/"})),
    }
    yield Hosted("text out of scope", upload, narrow, "out_of_scope", "invalid")
    away = {
        **web(assertion=Answer(redirect=upload)),
        upload: Answer(made, "text/plain"),
    }
    yield Hosted("text after a redirect", made, away, "host_unreachable", "unknown")


def _revoked() -> Iterator[Hosted]:
    made = as_json(assertion(NAME))
    gone = web(assertion=Answer(status=410))
    yield Hosted("410 without a body", made, gone, "hosted", "revoked")
    yield Hosted("410 at the address", ASSERTION, gone, "hosted", "revoked")
    stub = {"@context": "https://w3id.org/openbadges/v2", "id": ASSERTION, "revoked": True}
    yield Hosted("a stub", ASSERTION, web(assertion=stub), "hosted", "revoked")
    yield Hosted("a stub for a copy", made, web(assertion=stub), "hosted", "revoked")
    whole = assertion(NAME, revoked=True, revocationReason="<b>no</b>")
    yield Hosted("with all its members", ASSERTION, web(assertion=whole), "hosted", "revoked")
    copy = as_json(assertion(NAME, revoked=True))
    yield Hosted("only in the copy", copy, web(), "hosted", "unvouched", {"differs": ["revoked"]})
    unknown = web(assertion=Answer(status=410), badge=NOWHERE)
    yield Hosted("its class silent, same host", made, unknown, "hosted", "revoked")
    foreign = as_json(assertion(NAME, id=f"{EVIL}/a"))
    lie = {**web(), f"{EVIL}/a": Answer(status=410)}
    yield Hosted("somebody else says so", foreign, lie, "out_of_scope", "invalid")
    hidden = {**lie, BADGE: NOWHERE}
    yield Hosted("nobody can tell", foreign, hidden, "host_unreachable", "unknown")


def _vocabulary() -> Iterator[Hosted]:
    v2 = "https://w3id.org/openbadges/v2"
    unknown = web(assertion=assertion(NAME, **{"@context": "https://words.example/v1"}))
    yield Hosted("a vocabulary not known", ASSERTION, unknown, "context", "unknown")
    own = assertion(NAME, **{"@context": [v2, {"mood": "https://words.example/mood"}]})
    yield Hosted("words of its own", ASSERTION, web(assertion=own), "context", "unknown")
    twisted = assertion(NAME, **{"@context": [v2, {"recipient": "https://words.example/x"}]})
    reason = {"reason": "ob2.assertion.@context.redefines"}
    yield Hosted(
        "a word twisted", ASSERTION, web(assertion=twisted), "structure", "invalid", reason
    )
    number = web(badge=badge(**{"@context": [v2, 7]}))
    yield Hosted("a number for a vocabulary", ASSERTION, number, "structure", "invalid")
    extended = {
        "@context": "https://w3id.org/openbadges/extensions/applyLinkExtension/context.json",
        "type": ["Extension", "extensions:ApplyLink"],
    }
    bad = web(badge=badge(**{"extensions:ApplyLink": extended}))
    reason = {"reason": "ob2.badge.extensions:ApplyLink.url"}
    yield Hosted("an extension without its link", ASSERTION, bad, "structure", "invalid", reason)
    good = web(badge=badge(**{"extensions:ApplyLink": {**extended, "url": f"{HOME}/apply"}}))
    yield Hosted("an extension", ASSERTION, good, "hosted", "unvouched")
