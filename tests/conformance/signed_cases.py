"""Made-up signed badges of Open Badges 1 and 2: whose key it is, and what else may go wrong."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import Any

from tests.conformance.hosted import BADGE, EVIL, HOME, ISSUER, NAME, NOWHERE, Hosted, badge, web
from tests.made.assertions import key_document, profile, signed_assertion
from tests.made.folder import Answer, answered
from tests.made.issuers import HARBOUR
from tests.made.tokens import as_compact_json, base64url, p256_jwk, rsa_pem, token

KEY = f"{HOME}/keys/1"
LIST = f"{HOME}/revoked"
PEM = Answer(rsa_pem(HARBOUR.domain).encode(), "text/plain")


def cases() -> Iterator[Hosted]:
    """Every case."""
    yield from _good()
    yield from _whose_key()
    yield from _islands()
    yield from _key_documents()
    yield from _tokens()
    yield from _ways()
    yield from _before_2()
    yield from _taken_back()


def payload(**members: object) -> dict[str, Any]:
    """What the guild signs."""
    return signed_assertion(NAME, **members)


def jws(key: str = HARBOUR.domain, algorithm: str = "RS256", **members: object) -> bytes:
    """That, as a JWS."""
    return token(payload(**members), key, algorithm).encode()


def signed_web(key: object = None, **of_profile: object) -> dict[str, Answer]:
    """The guild's badge class, profile and key."""
    document = key_document() if key is None else key
    answer = document if isinstance(document, Answer) else answered(document)
    listing: dict[str, object] = {"publicKey": KEY, **of_profile}
    return {BADGE: answered(badge()), ISSUER: answered(profile(**listing)), KEY: answer}


def _good() -> Iterator[Hosted]:
    fine = {"signature": "good", "creator": KEY, "algorithm": "RS256"}
    absent = ("insecure", "also")
    yield Hosted("signed", jws(), signed_web(), "signature", "unvouched", fine, absent)
    spaced = b"\n " + jws() + b"\n"
    yield Hosted("signed, spaced", spaced, signed_web(), "signature", "unvouched", fine)
    listed = signed_web(publicKey=key_document())
    del listed[KEY]
    yield Hosted("a key within the profile", jws(), listed, "signature", "unvouched", fine, absent)
    keys = signed_web(publicKey=[f"{HOME}/keys/0", KEY])
    keys[f"{HOME}/keys/0"] = answered(key_document("old", f"{HOME}/keys/0"))
    yield Hosted("one key of two", jws(), keys, "signature", "unvouched", fine, absent)
    anyone = jws(verification={"type": "signed"})
    yield Hosted("no creator", anyone, keys, "signature", "unvouched", {"key": KEY}, absent)
    by_elliptic = key_document(publicKeyPem=None, publicKeyJwk=p256_jwk("guild"))
    curve = signed_web({name: one for name, one in by_elliptic.items() if one is not None})
    yield Hosted("ES256 by a JWK", jws("guild", "ES256"), curve, "signature", "unvouched")
    nowhere = jws(id=f"{HOME}/assertions/nowhere")
    yield Hosted("nothing hosts it", nowhere, signed_web(), "signature", "unvouched", fine)
    within = {name: one for name, one in badge().items() if name != "id"}
    yield Hosted("its class in it", jws(badge=within), signed_web(), "signature", "unvouched", fine)


def _whose_key() -> Iterator[Hosted]:
    """OB-11 and OB-12: the profile lists the key, and the key names the profile."""
    foreign = {"reason": "key.foreign"}
    for name, listing in (("none", None), ("another", f"{HOME}/keys/9")):
        unlisted = signed_web(publicKey=listing)
        yield Hosted(f"keys listed: {name}", jws(), unlisted, "key_not_issuers", "invalid", foreign)
    theirs = {**signed_web(), f"{EVIL}/key": answered(key_document("evil", f"{EVIL}/key"))}
    by_evil = jws("evil", verification={"type": "SignedBadge", "creator": f"{EVIL}/key"})
    yield Hosted("an unlisted key", by_evil, theirs, "key_not_issuers", "invalid", foreign)
    own = jws(verification={"type": "SignedBadge", "creator": f"{ISSUER}#key-0"})
    gone = {"reason": "key.gone"}
    yield Hosted("a key no longer listed", own, signed_web(), "key_not_listed", "unknown", gone)
    silent = jws(verification={"type": "SignedBadge"})
    keyless = signed_web(publicKey=[])
    yield Hosted("no key at all", silent, keyless, "key_not_listed", "unknown", gone)
    owner = {"reason": "key.owner", "signature": "good"}
    for name, document, code, verdict in (
        ("somebody else's", key_document(owner=f"{EVIL}/i"), "key_not_issuers", "invalid"),
        ("two", key_document(owner=[ISSUER, f"{EVIL}/i"]), "key_not_issuers", "invalid"),
        ("nobody's", key_document(owner=None), "issuer_unproven", "unknown"),
    ):
        yield Hosted(f"a key's owner: {name}", jws(), signed_web(document), code, verdict, owner)
    stranger = jws("stranger")
    bad = {"signature": "bad"}
    yield Hosted("by a stranger", stranger, signed_web(), "bad_signature", "invalid", bad)


def _islands() -> Iterator[Hosted]:
    """OB-13: whatever comes along in the payload, the profile is read from its own id."""
    evil_key = key_document("evil", f"{EVIL}/key")
    island = profile(publicKey=evil_key, revocationList=f"{EVIL}/list")
    creator = {"type": "SignedBadge", "creator": f"{EVIL}/key"}
    brought = jws("evil", badge=badge(id="urn:uuid:1", issuer=island), verification=creator)
    yield Hosted("an island", brought, signed_web(), "key_not_issuers", "invalid")
    as_key = key_document("evil")
    listed = badge(id="urn:uuid:1", issuer=profile(publicKey=as_key))
    posing = jws("evil", badge=listed)
    yield Hosted("an island with its key", posing, signed_web(), "bad_signature", "invalid")
    nobody = badge(id="urn:uuid:1", issuer=profile(id="_:b0", publicKey=as_key))
    reason = {"reason": "hosted.issuer.id"}
    nameless = jws("evil", badge=nobody)
    yield Hosted("an issuer of no address", nameless, {}, "issuer_unproven", "unknown", reason)
    lent = {**signed_web(), ISSUER: Answer(redirect=f"{EVIL}/i")}
    lent[f"{EVIL}/i"] = answered(profile(publicKey=as_key))
    away = {"reason": "hosted.issuer.redirect"}
    yield Hosted("a lent profile", jws("evil"), lent, "issuer_unproven", "unknown", away)


def _key_documents() -> Iterator[Hosted]:
    """What the key's own address may answer."""
    for name, answer, reason in (
        ("timeout", NOWHERE, "key.timeout"),
        ("404", Answer(status=404), "key.404"),
        ("a picture", Answer(as_compact_json(key_document()), "image/png"), "key.content_type"),
        ("PEM", PEM, "key.json.syntax"),
        ("another key", answered(key_document(id=f"{HOME}/keys/2")), "key.id"),
    ):
        why = {"reason": reason, "signature": "unchecked"}
        down = signed_web(answer)
        yield Hosted(f"the key: {name}", jws(), down, "key_unreachable", "unknown", why)
    moved = {**signed_web(Answer(redirect=f"{EVIL}/k")), f"{EVIL}/k": answered(key_document())}
    away = {"reason": "key.redirect"}
    yield Hosted("the key: elsewhere", jws(), moved, "key_unreachable", "unknown", away)
    broken = "-----BEGIN PUBLIC KEY-----\nnope\n-----END PUBLIC KEY-----"
    for name, document, code in (
        ("no PEM", key_document(publicKeyPem=broken), "structure"),
        ("PEM that is a list", key_document(publicKeyPem=[rsa_pem("a"), "b"]), "structure"),
        ("of another type", key_document(type="Profile"), "structure"),
        ("its secret too", key_document(privateKeyPem="secret"), "bad_signature"),
    ):
        yield Hosted(f"the key: {name}", jws(), signed_web(document), code, "invalid")
    text = Answer(as_compact_json(key_document()), "text/plain")
    insecure = {"insecure": True}
    yield Hosted("the key: text", jws(), signed_web(text), "signature", "unvouched", insecure)
    plain = f"http://{HARBOUR.domain}/plain/key"
    over_http = signed_web(publicKey=plain)
    over_http[plain] = answered(key_document(id=plain))
    named = jws(verification={"type": "SignedBadge", "creator": plain})
    yield Hosted("the key: http", named, over_http, "signature", "unvouched", insecure)
    part = f"{ISSUER}#key-1"
    whole = signed_web(publicKey=[key_document(id=part)])
    of_part = jws(verification={"type": "SignedBadge", "creator": part})
    yield Hosted("the key: a part", of_part, whole, "signature", "unvouched", {"key": part})


def _tokens() -> Iterator[Hosted]:
    """What is no honest JWS (JWS-01 to JWS-06)."""
    head, body, signature = jws().decode().split(".")
    other = base64url(as_compact_json(payload(evidence=f"{EVIL}/work")))
    none = base64url(as_compact_json({"alg": "none"}))
    shared = base64url(as_compact_json({"alg": "HS256"}))
    by_pem = hmac.digest(rsa_pem(HARBOUR.domain).encode(), f"{shared}.{body}".encode(), "sha256")
    for name, text in (
        ("payload", f"{head}.{other}.{signature}"),
        ("signature", f"{head}.{body}.{'A' * 6}{signature[6:]}"),
        ("no signature", f"{head}.{body}."),
        ("alg none", f"{none}.{body}."),
        ("HS256", f"{shared}.{body}.{base64url(by_pem)}"),
        ("crit", token(payload(), HARBOUR.domain, crit=["b64"], b64=True)),
    ):
        bad = {"signature": "bad"}
        spoiled = text.encode()
        yield Hosted(f"spoiled: {name}", spoiled, signed_web(), "bad_signature", "invalid", bad)
    unknown = token(payload(), HARBOUR.domain, alg="ML-DSA-44").encode()
    reason = {"reason": "jws.unsupported"}
    yield Hosted("unknown alg", unknown, signed_web(), "unsupported_proof", "unknown", reason)
    offered = {"jwk": p256_jwk("evil"), "jku": f"{EVIL}/keys", "x5u": f"{EVIL}/chain"}
    brought = token(payload(), "evil", "ES256", **offered).encode()
    yield Hosted("a key brought along", brought, signed_web(), "bad_signature", "invalid")


def _ways() -> Iterator[Hosted]:
    """From the assertion to the profile: an outage never slanders."""
    for part, address in (("class", BADGE), ("profile", ISSUER)):
        for status in (404, 410, 500):
            down = {**signed_web(), address: Answer(status=status)}
            reason = {"reason": f"hosted.status.{status}"}
            name = f"the {part} answers {status}"
            yield Hosted(name, jws(), down, "host_unreachable", "unknown", reason)
        down = {**signed_web(), address: NOWHERE}
        reason = {"reason": "hosted.timeout"}
        yield Hosted(f"the {part} is silent", jws(), down, "host_unreachable", "unknown", reason)
    for name, verification in (("hosted", {"type": "HostedBadge"}), ("not said", None)):
        odd = jws(verification=verification)
        yield Hosted(f"a JWS that is {name}", odd, signed_web(), "structure", "invalid")
    nobodys = jws(badge=None)
    yield Hosted("a JWS without a class", nobodys, signed_web(), "structure", "invalid")


def _before_2() -> Iterator[Hosted]:
    """1.0 and 1.1: the key's own address on the issuer's host is all there is."""
    person = {"type": "email", "hashed": False, "identity": "mara@example.org"}
    first: dict[str, Any] = {
        "uid": "7",
        "recipient": person,
        "badge": BADGE,
        "issuedOn": 1366800000,
        "verify": {"type": "signed", "url": KEY},
    }
    v1 = {"@context": "https://w3id.org/openbadges/v1", "type": "Assertion", "id": "urn:uuid:7"}
    one_badge = {**badge(criteria=f"{HOME}/c"), "@context": None, "id": None, "type": None}
    one = web(badge=one_badge, issuer={"name": "Guild", "url": HOME})
    insecure = {"insecure": True}
    for version, body in (("1.0", first), ("1.1", {**v1, **first})):
        text = token(body, HARBOUR.domain).encode()
        known = {**one, KEY: PEM}
        yield Hosted(f"{version} signed", text, known, "signature", "unvouched", insecure)
        forged = token(body, "evil").encode()
        yield Hosted(f"{version} forged", forged, known, "bad_signature", "invalid")
        silent = {**one, KEY: NOWHERE}
        yield Hosted(f"{version}, no key", text, silent, "key_unreachable", "unknown")
    far = {**first, "verify": {"type": "signed", "url": f"{EVIL}/key"}}
    by_evil = token(far, "evil").encode()
    abroad = {**one, f"{EVIL}/key": Answer(rsa_pem("evil").encode(), "text/plain")}
    reason = {"reason": "key.host"}
    yield Hosted("1.0, a key elsewhere", by_evil, abroad, "issuer_unproven", "unknown", reason)
    picture = {**one, KEY: Answer(PEM.content, "image/png")}
    text = token(first, HARBOUR.domain).encode()
    reason = {"reason": "key.content_type"}
    yield Hosted("1.0, a picture", text, picture, "key_unreachable", "unknown", reason)
    document = {**one, KEY: answered(key_document())}
    yield Hosted("1.0, a key in JSON", text, document, "signature", "unvouched", insecure)
    other = {**one, KEY: answered(key_document(owner=f"{EVIL}/i"))}
    yield Hosted("1.0, another's key", text, other, "key_not_issuers", "invalid")
    newer = {**one, ISSUER: answered({"name": "Guild", "url": HOME, "publicKey": f"{HOME}/k"})}
    newer[KEY] = PEM
    yield Hosted("1.0, a profile with keys", text, newer, "key_not_issuers", "invalid")
    taken = {**one, KEY: PEM, LIST: answered({"7": "a mistake", "8": True})}
    taken[ISSUER] = answered({"name": "Guild", "url": HOME, "revocationList": LIST})
    yield Hosted("1.0 revoked", text, taken, "signature", "revoked")
    spared = {**taken, LIST: answered({"8": True})}
    yield Hosted("1.0, others revoked", text, spared, "signature", "unvouched")


def _taken_back() -> Iterator[Hosted]:
    """OB-15: the issuer's own list, and what is none."""
    own = payload()["id"]
    kind = {"@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "id": LIST}

    def listed(*entries: object, **members: object) -> dict[str, Answer]:
        listing = {**kind, "issuer": ISSUER, "revokedAssertions": list(entries), **members}
        return {**signed_web(revocationList=LIST), LIST: answered(listing)}

    at_home = f"{HOME}/assertions/7"
    for name, members, entry, verdict in (
        ("by id", {}, own, "revoked"),
        ("by an object", {}, {"id": own, "revocationReason": "<b>no</b>"}, "revoked"),
        ("by uid", {"uid": "7"}, {"uid": "7"}, "revoked"),
        (
            "by its address, spelled",
            {"id": at_home},
            f"https://{HARBOUR.domain.upper()}/assertions/7/",
            "revoked",
        ),
        ("another", {}, "urn:uuid:another", "unvouched"),
    ):
        yield Hosted(f"listed {name}", jws(**members), listed(entry), "signature", verdict)
    stranger = listed(issuer=f"{EVIL}/i")
    yield Hosted("another issuer's list", jws(), stranger, "signature", "unknown")
    for name, answer in (
        ("silent", NOWHERE),
        ("gone", Answer(status=404)),
        ("too long", Answer(b'{"type": "RevocationList", "x": "' + b"x" * 2**21 + b'"}')),
        ("no list", answered({"a": False})),
    ):
        down = {**listed(), LIST: answer}
        yield Hosted(f"a list: {name}", jws(), down, "signature", "unknown")
    plain = f"http://{HARBOUR.domain}/plain/revoked"
    over_http = {**signed_web(revocationList=plain), plain: listed()[LIST]}
    insecure = {"insecure": True}
    yield Hosted("a list over http", jws(), over_http, "signature", "unvouched", insecure)
    away = jws(revoked=True, revocationReason="a mistake")
    yield Hosted("signed as revoked", away, signed_web(), "signature", "revoked")
