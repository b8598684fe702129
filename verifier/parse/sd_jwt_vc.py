"""SD-JWT VC (draft-ietf-oauth-sd-jwt-vc): claims about a person, of a type that `vct` names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from verifier.errors import Malformed, NoCredential
from verifier.model import (
    Credential,
    Documents,
    Issuer,
    JsonObject,
    Payload,
    Problem,
    Proof,
    Recipient,
    Request,
    Status,
    first_text,
)
from verifier.parse import compact, identities, sd_jwt

#: Claims that a holder may not leave out (draft, section "Registered JWT Claims").
_ALWAYS_SHOWN = frozenset(("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"))
_LATEST = 253_402_300_799


def recognises(document: JsonObject) -> bool:
    """Whether this says of which type it is, and is no credential of the W3C's data model."""
    return "vct" in document and "credentialSubject" not in document and "@context" not in document


def needs(payload: Payload, document: JsonObject, documents: Documents) -> Iterable[Request]:
    """Nothing: it is whole in itself."""
    return ()


def parse(payload: Payload, document: JsonObject, documents: Documents) -> Credential:
    """What its issuer signed and its holder shows; raises `NoCredential` (`malformed`)."""
    form = compact.form_of(payload.content)
    claims, wrong = document, list[Problem]()
    if form == "SD-JWT":
        try:
            shown = sd_jwt.read(payload.content)
        except Malformed as error:
            raise NoCredential("malformed", error.says, (error.reason,)) from error
        claims, wrong = shown.claims, [*shown.problems, *_hidden(shown.hidden)]
    elif form is not None:
        says = "A credential of this kind ends in a tilde, so that nothing can be added to it."
        wrong = [Problem("structure", "sd_jwt.form", says)]
    moments = {claim: _moment(claims, claim, wrong) for claim in ("iat", "nbf", "exp")}
    wrong += _wrong(claims)
    return Credential(
        standard="SD-JWT VC",
        container=payload.container,
        content=payload.content,
        document=claims,
        kind="other",
        url=payload.url,
        id=first_text([claims.get("jti")]),
        types=tuple(value for value in [claims.get("vct")] if isinstance(value, str)),
        name=first_text([claims.get("vct")]),
        issuer=Issuer(id=first_text([claims.get("iss")])),
        recipient=_recipient(claims),
        issued=moments["iat"],
        valid_from=moments["nbf"],
        expires=moments["exp"],
        proofs=(Proof("sd_jwt" if form == "SD-JWT" else "unsupported", form),) if form else (),
        statuses=_statuses(claims),
        problems=tuple(dict.fromkeys(wrong)),
    )


def _hidden(names: frozenset[str]) -> Iterator[Problem]:
    for name in sorted(names & _ALWAYS_SHOWN):
        says = f"“{name}” is a claim that a holder could leave out, which it must not be."
        yield Problem("structure", "sd_jwt.hidden", says)


def _wrong(claims: JsonObject) -> Iterator[Problem]:
    for claim in ("vct", "iss", "sub", "jti"):
        value = claims.get(claim)
        if claim in claims and not (isinstance(value, str) and value):
            yield Problem("structure", f"sd_jwt.{claim}", f"The claim “{claim}” is no text.")
    if "status" in claims and not (isinstance(claims["status"], dict) and claims["status"]):
        yield Problem("structure", "sd_jwt.status", "The claim “status” does not say any.")


def _moment(claims: JsonObject, claim: str, wrong: list[Problem]) -> datetime | None:
    """A NumericDate (RFC 7519, section 2); what is none goes to `wrong`."""
    value = claims.get(claim)
    if claim not in claims:
        return None
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not 0 <= float(str(value)) <= _LATEST:
        says = f"The claim “{claim}” is not a moment in seconds."
        wrong.append(Problem("structure", "jwt.date", says))
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=float(str(value)))


def _recipient(claims: JsonObject) -> Recipient:
    """RFC 7519 for `sub`, OpenID Connect Core 1.0, section 5.1, for what tells more."""
    subject = first_text([claims.get("sub")])
    found = [] if subject is None else [identities.of_uri(subject)]
    found += identities.plain_members(claims, ("email", "phone_number"))
    parts = [first_text([claims.get(claim)]) for claim in ("given_name", "family_name")]
    whole = " ".join(part for part in parts if part)
    return Recipient(tuple(found), first_text([claims.get("name"), whole]))


def _statuses(claims: JsonObject) -> tuple[Status, ...]:
    """Every way of telling that stands in `status`, none of which is read yet."""
    told: Any = claims.get("status")
    return tuple(Status(str(kind)) for kind in told) if isinstance(told, dict) else ()
