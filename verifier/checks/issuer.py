"""Issuer: who issued it, and does anyone we trust vouch for them? Judged by the proven domain or
id, never by a name.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import proven_name
from verifier.checks.listed import Entries, Listed, Named, entries_of, listed, platform, titled
from verifier.model import Credential
from verifier.ports import Circumstances, ListedIssuer
from verifier.report import PASSED, Check, Question
from verifier.trust import lookalike


def check(
    credential: Credential,
    genuine: Check,
    circumstances: Circumstances,
    entries: Entries | None = None,
) -> Check:
    """Look the issuer up in every list of the circumstances, in their order; a denial on any of
    them outweighs any vouching.

    Where `genuine` has not passed nothing ties the credential to the issuer, so nobody can vouch
    for it. `detail.lists` tells what each list that knows the issuer says, `detail.unread` which
    could not be read, `detail.changed` what is another than when the issuer was first met.
    """
    entries = entries or entries_of(circumstances)
    unread = [registry.name for registry in circumstances.trust if not registry.readable]
    tied = genuine.outcome is PASSED and not genuine.detail.get("insecure")
    if tied and not unread and entries.knows_nothing(_named(credential)):
        answer = _NOT_LISTED
    else:
        answer = _looked_up(credential, genuine, circumstances, entries, unread)
    if not circumstances.sightings:
        return answer
    from verifier.checks.sighted import announced  # here: a command alone has met nobody before

    return announced(credential, genuine, answer, circumstances)


def vouched_by(answer: Check) -> tuple[str, ...]:
    """The names of the lists that vouch for the issuer, in this answer of ours."""
    if answer.outcome is not PASSED:
        return ()
    lists = answer.detail.get("lists", ())
    return tuple(dict.fromkeys(one["name"] for one in lists if one["vouches"]))


def known_name(answer: Check) -> str | None:
    """The issuer's name as a list gives it: a fact only because somebody trusted says so."""
    return str(answer.detail["name"]) if answer.outcome is PASSED else None


def _looked_up(
    credential: Credential,
    genuine: Check,
    circumstances: Circumstances,
    entries: Entries,
    unread: list[str],
) -> Check:
    proven = proven_name(credential.issuer.id)
    found = listed(credential, genuine, circumstances, entries, proven)
    answer = _judged(_About(credential, proven, found, unread, entries), genuine)
    if found and (genuine.outcome is PASSED or answer.code == "denied"):
        answer = answer.told({"lists": [one.told() for one in found]})
    return answer.told({"unread": unread}) if unread else answer


def _named(credential: Credential) -> Named:
    return credential.issuer.id, credential.issuer.also, credential.issuer.name


class _About(Struct, frozen=True):
    """What an issuer is judged by: what a proof ties to them, the entries that fit, and the names
    of the lists that could not be read.
    """

    credential: Credential
    proven: str | None
    found: list[Listed]
    unread: list[str]
    entries: Entries


def _judged(about: _About, genuine: Check) -> Check:
    proven, found, called = about.proven, about.found, about.credential.issuer.name
    if found:
        denied = [one for one in found if one.entry.policy == "deny"]
        if denied:
            return _denied(denied[0], proven)
    imitated = lookalike.imitates(proven, called, about.entries.known) if proven else None
    if imitated is not None and all(one.entry.policy == "known" for one in found):
        return _lookalike(str(proven), imitated)
    if genuine.outcome is not PASSED:
        return _UNPROVEN
    if genuine.detail.get("insecure"):
        return _insecure(proven)
    vouching = [one for one in found if one.vouches] if found else []
    return _vouched(about, vouching) if vouching else _not_vouched(about)


_UNPROVEN = Check(
    Question.ISSUER,
    "not_listed",
    "Who issued this is not proven, so no list was asked about them.",
)


def _denied(found: Listed, proven: str | None) -> Check:
    note = f" It says: “{found.entry.note}”." if found.entry.note else ""
    return Check(
        Question.ISSUER,
        "denied",
        f"The list {titled(found.registry)} refuses {proven or 'this issuer'}.{note}",
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


def _vouched(about: _About, vouching: list[Listed]) -> Check:
    first, proven = vouching[0], about.proven
    through = platform(about.credential, about.entries, checking=True)
    name = first.entry.name
    quoted = list(dict.fromkeys(titled(one.registry) for one in vouching))
    who = f"{', '.join(quoted[:-1])} and {quoted[-1]} know" if quoted[1:] else f"{quoted[0]} knows"
    more = "".join((*dict.fromkeys(_for_this(one) for one in vouching), _unread_too(about.unread)))
    detail = {"name": name, "entry": first.entry.id}
    if through is None:
        says = f"{who} {proven} as {name}.{more}"
        return Check(Question.ISSUER, "vouched", says, None, detail)
    says = f"{through} checks who issues there, and {who} this organisation as {name}.{more}"
    return Check(Question.ISSUER, "platform_vouched", says, None, {**detail, "platform": through})


def _for_this(one: Listed) -> str:
    """That this badge is about the one thing the list speaks about."""
    if one.scope is None:
        return ""
    name = one.registry.name
    return f" “{name}” vouches for {one.scope} only, and this badge says it is about that."


def _not_vouched(about: _About) -> Check:
    """Nobody vouches for it: because of a name it has no tie to, a list that could not be read, a
    scope, or since no list has more to say.
    """
    proven, called = about.proven or "The issuer", about.credential.issuer.name
    namesake = lookalike.namesake(called, about.proven, about.entries.known)
    if namesake is None and not about.found and not about.unread:
        about.entries.remember_stranger(_named(about.credential))
        return _NOT_LISTED
    narrow = [one for one in about.found if one.entry.policy == "trust" and one.tied]
    tied = any(lookalike.resembles(called, one.entry) for one in narrow)
    if namesake is not None and not tied:
        by_name = lookalike.resembles(called, namesake)
        itself = f"calls itself “{called}”" if by_name else "reads like a name that is known"
        return Check(
            Question.ISSUER,
            "claims_known_name",
            f"{proven} {itself}, and nothing ties it to {namesake.name}.",
            f"Ask {namesake.name} whether they issue from {proven}.",
        )
    said = " ".join(
        _only_said(one, proven) for one in _once(about.found) if one.entry.policy != "platform"
    )
    reason = {"reason": "scope"} if narrow else {"reason": "only_named"} if said else {}
    if unread := about.unread:
        says = f"{_many(unread)} could not be read; whether this issuer is named there is unknown."
        fix = "Try again later, or leave out what can't be read."
        return Check(Question.ISSUER, "registry_unread", f"{says} {said}".strip(), fix, reason)
    return replace(_NOT_LISTED, says=said or _NOT_LISTED.says, detail=reason)


_NOT_LISTED = Check(
    Question.ISSUER,
    "not_listed",
    "None of your lists knows this issuer.",
    "If you know the issuer, compare its domain or DID with what they publish, and add it to your "
    "list.",
)


def _only_said(one: Listed, proven: str) -> str:
    """What a list says of the issuer that is no vouching for this badge."""
    knows = f"{titled(one.registry)} knows {proven} as {one.entry.name}"
    if one.entry.policy == "known":
        return f"{titled(one.registry)} names it “{one.entry.name}”, and vouches for nobody by it."
    if not one.tied:
        return f"{knows}, but not for what stands at other addresses."
    return f"{knows}, but for {one.scope} only, and nothing in this badge says it is about that."


def _once(found: list[Listed]) -> list[Listed]:
    """One finding a list."""
    return list({one.registry.name: one for one in reversed(found)}.values())[::-1]


def _unread_too(unread: list[str]) -> str:
    return f" {_many(unread)} could not be read, and may say otherwise." if unread else ""


def _many(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    if quoted[1:]:
        return f"The lists {', '.join(quoted[:-1])} and {quoted[-1]}"
    return f"The list {quoted[0]}"
