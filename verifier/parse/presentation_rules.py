"""What the data model demands of a presentation's structure (VC Data Model 2.0, section 4.13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verifier.model import JsonObject, Problem, as_list
from verifier.parse.credential_rules import VC_1, VC_2, is_url, types_of


def problems(document: JsonObject) -> Iterator[Problem]:
    """Every breach of structure in a presentation; what it holds is judged by itself."""
    contexts = as_list(document.get("@context"))
    if contexts[:1] not in ([VC_1], [VC_2]):
        yield _broken(
            "vp.context",
            "The first item of “@context” is not the vocabulary of Verifiable Credentials.",
        )
    if "VerifiablePresentation" not in types_of(document):
        yield _broken("vp.type", "Its “type” does not include VerifiablePresentation.")
    if "credentialSubject" in document or "VerifiableCredential" in types_of(document):
        yield _broken("vp.type", "It says it is a presentation and a credential at once.")
    if "id" in document and not is_url(document["id"]):
        yield _broken("vp.id", "The presentation's “id” is not one absolute URL.")
    holder = document.get("holder")
    named = holder.get("id") if isinstance(holder, Mapping) else holder
    if "holder" in document and not is_url(named):
        yield _broken("vp.holder", "The presentation's “holder” is not one absolute URL.")
    for item in as_list(document.get("verifiableCredential")):
        if not isinstance(item, Mapping) and (contexts[:1] == [VC_2] or not isinstance(item, str)):
            yield _broken(
                "vp.verifiableCredential", "The presentation holds something that is no object."
            )
            return


def _broken(reason: str, says: str) -> Problem:
    return Problem("structure", reason, says)
