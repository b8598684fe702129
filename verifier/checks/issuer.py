"""Issuer: who issued it, and does anyone we trust vouch for them? Judged by the proven domain or
id, never by a name.
"""

from __future__ import annotations

from dataclasses import dataclass

from verifier.addresses import proven_name
from verifier.model import Credential
from verifier.ports import Circumstances, ListedIssuer, TrustRegistry
from verifier.report import Check, Outcome, Question
from verifier.trust import lookalike


@dataclass(frozen=True)
class Listed:
    """An entry that fits the issuer, and the list it stands on."""

    registry: TrustRegistry
    entry: ListedIssuer


def check(credential: Credential, genuine: Check, circumstances: Circumstances) -> Check:
    """Look the issuer up in every list of the circumstances; a denial outweighs any vouching.

    Where `genuine` has not passed nothing ties the credential to the issuer, so nobody can vouch
    for it.
    """
    identifier = credential.issuer.id
    proven = proven_name(identifier)
    found = listed(credential, circumstances)
    denied = [entry for entry in found if entry.entry.policy == "deny"]
    if denied:
        return _denied(denied[0], proven)
    known = [issuer for registry in circumstances.trust for issuer in registry.issuers]
    imitated = lookalike.imitates(proven, credential.issuer.name, known) if proven else None
    if imitated is not None and not found:
        return _lookalike(str(proven), imitated)
    if genuine.outcome is not Outcome.PASSED:
        says = "Who issued this is not proven, so no list was asked about them."
        return Check(Question.ISSUER, "not_listed", says)
    if genuine.detail.get("insecure"):
        return _insecure(proven)
    vouching = [
        entry
        for entry in found
        if entry.entry.policy == "trust"
        and (_named(entry.entry, credential) or _at_home(genuine, proven))
    ]
    if vouching:
        return _vouched(vouching, proven, platform(credential, circumstances))
    return _not_vouched(credential, proven, known, circumstances)


def listed(credential: Credential, circumstances: Circumstances) -> list[Listed]:
    """Every list entry that names the issuer's id, or the one host that it is."""
    identifier = credential.issuer.id
    host = proven_name(identifier)
    return [
        Listed(registry, entry)
        for registry in circumstances.trust
        for entry in registry.issuers
        if identifier is not None and _fits(entry, (identifier, *credential.issuer.also), host)
    ]


def vouched_by(credential: Credential, circumstances: Circumstances) -> tuple[str, ...]:
    """The names of the lists that vouch for the issuer."""
    found = listed(credential, circumstances)
    return tuple(dict.fromkeys(one.registry.name for one in found if one.entry.policy == "trust"))


def known_name(credential: Credential, circumstances: Circumstances) -> str | None:
    """The issuer's name as a list gives it: a fact only because somebody trusted says so."""
    found = listed(credential, circumstances)
    return next((one.entry.name for one in found if one.entry.policy == "trust"), None)


def platform(credential: Credential, circumstances: Circumstances) -> str | None:
    """The listed platform on whose domain the issuer's id lives."""
    host = proven_name(credential.issuer.id)
    for registry in circumstances.trust:
        for entry in registry.issuers:
            if entry.policy == "platform" and host in entry.domains:
                return entry.name
    return None


def _named(entry: ListedIssuer, credential: Credential) -> bool:
    named = {entry.id, *entry.also}
    return not named.isdisjoint((credential.issuer.id, *credential.issuer.also))


def _at_home(genuine: Check, proven: str | None) -> bool:
    """A profile known by its host alone can't lend that host's name to badges elsewhere."""
    address = genuine.detail.get("address")
    return address is None or proven_name(str(address)) == proven


def _fits(entry: ListedIssuer, identifiers: tuple[str, ...], host: str | None) -> bool:
    """`identifiers` are the issuer's own id, and those its platform names it by besides."""
    identifier = identifiers[0]
    if not {entry.id, *entry.also}.isdisjoint(identifiers):
        return True
    if host is None or entry.policy == "platform":
        return False
    if entry.policy == "deny":
        return any(host == domain or host.endswith(f".{domain}") for domain in entry.domains)
    # A did:web with a path is how one host speaks for many: there, trust goes by the whole id.
    shared = identifier.startswith("did:web:") and ":" in identifier.removeprefix("did:web:")
    return host in entry.domains and not shared


def _denied(found: Listed, proven: str | None) -> Check:
    note = f" It says: “{found.entry.note}”." if found.entry.note else ""
    return Check(
        Question.ISSUER,
        "denied",
        f"The list “{found.registry.name}” refuses {proven or 'this issuer'}.{note}",
        "If that is wrong, the keeper of the list can mend it.",
        {"list": found.registry.name},
    )


def _lookalike(proven: str, imitated: ListedIssuer) -> Check:
    return Check(
        Question.ISSUER,
        "lookalike",
        f"{proven} looks like {imitated.name} and is not: its domain only resembles theirs.",
        f"Ask {imitated.name} whether they issued this badge.",
        {"imitates": imitated.name},
    )


def _insecure(proven: str | None) -> Check:
    return Check(
        Question.ISSUER,
        "insecure",
        f"{proven or 'The issuer'} answered without a secure connection or with the wrong kind of "
        "file, so somebody on the way could have answered instead.",
        "The issuer can mend this by hosting its badges as JSON over https.",
    )


def _vouched(vouching: list[Listed], proven: str | None, through: str | None) -> Check:
    name = vouching[0].entry.name
    lists = list(dict.fromkeys(one.registry.name for one in vouching))
    quoted = ", ".join(f"“{one}”" for one in lists)
    detail = {"name": name, "lists": lists}
    if through is None:
        says = f"{quoted} knows {proven} as {name}."
        return Check(Question.ISSUER, "vouched", says, None, detail)
    says = f"{through} checks who issues there, and {quoted} knows this organisation as {name}."
    return Check(Question.ISSUER, "platform_vouched", says, None, {**detail, "platform": through})


def _not_vouched(
    credential: Credential,
    proven: str | None,
    known: list[ListedIssuer],
    circumstances: Circumstances,
) -> Check:
    called = credential.issuer.name
    namesake = lookalike.namesake(called, proven, known)
    if namesake is not None:
        by_name = lookalike.resembles(called, namesake)
        itself = f"calls itself “{called}”" if by_name else "reads like a name that is known"
        return Check(
            Question.ISSUER,
            "claims_known_name",
            f"{proven or 'The issuer'} {itself}, and nothing ties it to {namesake.name}.",
            f"Ask {namesake.name} whether they issue from {proven or 'there'}.",
        )
    unread = [registry.name for registry in circumstances.trust if not registry.readable]
    if unread:
        return Check(
            Question.ISSUER,
            "registry_unread",
            f"The list “{unread[0]}” could not be read; whether it names this issuer is unknown.",
            "Try again later, or leave that list out.",
            {"lists": unread},
        )
    return Check(
        Question.ISSUER,
        "not_listed",
        "None of your lists knows this issuer.",
        "If you know the issuer, compare its domain or DID with what they publish, and add it to "
        "your list.",
    )
