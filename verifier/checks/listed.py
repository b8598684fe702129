"""Who stands on which list: the entries that fit an issuer, and for what each of them vouches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct

from verifier.addresses import proven_name, spelled
from verifier.dates import read_day, written
from verifier.model import Credential
from verifier.ports import Circumstances, ListedIssuer, Scope, TrustRegistry
from verifier.report import Check
from verifier.trust.kept import Kept

K = TypeVar("K")
V = TypeVar("V")

#: What an issuer is looked up by: its id, the others that its platform knows it by, and its name.
Named = tuple[str | None, tuple[str, ...], str | None]

#: How many issuers are remembered with the entries that fit them, and how long their ids may be.
_KEPT, _SHORT = 4096, 500
#: How many choices of lists are kept prepared.
_LISTS = 16


class Listed(Struct, frozen=True):
    """An entry that fits the issuer, and the list it stands on. `tied` tells whether the entry may
    speak for this very credential, `about` whether that says it is about what the scopes name.
    """

    registry: TrustRegistry
    entry: ListedIssuer
    tied: bool
    about: bool

    @property
    def vouches(self) -> bool:
        """Whether this counts in the issuer's favour."""
        return self.entry.policy == "trust" and self.tied and self.about

    @property
    def scope(self) -> str | None:
        """What the entry speaks about alone, in words."""
        return " and ".join(scope.says for scope in _scopes(self.registry, self.entry)) or None

    def told(self) -> dict[str, Any]:
        """For `detail.lists`."""
        return {
            "name": self.registry.name,
            "as_of": self.registry.as_of,
            "scope": self.scope,
            "policy": self.entry.policy,
            "called": self.entry.name,
            "vouches": self.vouches,
        }


def listed(
    credential: Credential,
    genuine: Check,
    circumstances: Circumstances,
    entries: Entries,
    host: str | None,
) -> list[Listed]:
    """Every list entry that names the issuer's id, or the one `host` that it is; lists in order."""
    identifier = credential.issuer.id
    if identifier is None:
        return []
    identifiers = (identifier, *credential.issuer.also)
    fitting = entries.fitting(identifiers, host)
    if not fitting:
        return []
    return [
        Listed(
            registry,
            entry,
            tied=_named(entry, credential) or _at_home(genuine, host),
            about=_is_about(credential, _scopes(registry, entry)),
        )
        for number, entry in fitting
        for registry in (circumstances.trust[number],)
    ]


def _is_about(credential: Credential, scopes: tuple[Scope, ...]) -> bool:
    if not scopes:
        return True
    from verifier.trust.scope import is_about  # here: few lists have one

    return all(is_about(credential, scope) for scope in scopes)


def platform(credential: Credential, entries: Entries, *, checking: bool = False) -> str | None:
    """The listed platform on whose domain the issuer's id lives; with `checking` only one that
    checks who issues there.
    """
    host = proven_name(credential.issuer.id)
    if host is None or host not in entries.platforms:
        return None
    platforms = entries.platforms[host]
    return next((entry.name for entry in platforms if entry.checks or not checking), None)


class Entries:
    """The entries of some lists, prepared once for finding those that may concern an issuer.

    `known` is everybody whose name somebody may borrow: trusted issuers and platforms. That a list
    has merely heard of somebody makes nobody an imitation of them.
    """

    def __init__(self, lists: Sequence[tuple[ListedIssuer, ...]]) -> None:
        self.lists = lists
        self.known = Kept(
            entry for entries in lists for entry in entries if entry.policy in ("trust", "platform")
        )
        self.platforms: dict[str, list[ListedIssuer]] = {}
        self._all: list[tuple[int, ListedIssuer]] = []
        self._refused: list[int] = []
        self._by_name: dict[str, list[int]] = {}
        self._met: dict[tuple[str | None, ...], tuple[tuple[int, ListedIssuer], ...]] = {}
        self._strangers: set[Named] = set()
        for number, entries in enumerate(lists):
            for entry in entries:
                self._add(number, entry)

    def _add(self, number: int, entry: ListedIssuer) -> None:
        place = len(self._all)
        self._all.append((number, entry))
        if entry.policy == "deny":
            self._refused.append(place)
        for name in (entry.id, *entry.also, *entry.domains):
            self._by_name.setdefault(name, []).append(place)
        if entry.policy == "platform":
            for domain in entry.domains:
                self.platforms.setdefault(domain, []).append(entry)

    def fitting(
        self, identifiers: tuple[str, ...], host: str | None
    ) -> tuple[tuple[int, ListedIssuer], ...]:
        """Those that fit an issuer with these ids, in their order; each with the number of its
        list.
        """
        asked = (host, *identifiers)
        found = self._met.get(asked)
        if found is None:
            found = tuple(self._fitting(identifiers, host))
            if len(self._met) < _KEPT and sum(map(len, identifiers)) <= _SHORT:
                self._met[asked] = found
        return found

    def knows_nothing(self, issuer: Named) -> bool:
        """Whether `remember_stranger` was told of `issuer` before."""
        return issuer in self._strangers

    def remember_stranger(self, issuer: Named) -> None:
        """Remember that no entry fits `issuer`, and that nobody takes it for anybody here."""
        identifier, also, name = issuer
        length = sum(map(len, (identifier or "", *also, name or "")))
        if len(self._strangers) < _KEPT and length <= _SHORT:
            self._strangers.add(issuer)

    def _fitting(
        self, identifiers: tuple[str, ...], host: str | None
    ) -> Iterator[tuple[int, ListedIssuer]]:
        places = set(self._refused)
        for name in (*identifiers, host or ""):
            places.update(self._by_name.get(name, ()))
        shared = host is not None and host in self.platforms
        for place in sorted(places):
            number, entry = self._all[place]
            if _fits(entry, identifiers, host, shared=shared):
                yield number, entry


def entries_of(circumstances: Circumstances) -> Entries:
    """What is prepared of the lists of these circumstances."""
    trust = circumstances.trust
    same = _same.get(id(trust))
    if same is not None:
        return same[1]
    lists = [registry.issuers for registry in trust]
    which = tuple([id(issuers) for issuers in lists])
    found = _prepared.get(which)
    if found is None:
        found = Entries(lists)
        _keep(_prepared, which, found)
    if type(trust) is tuple:  # what else there is may hold others by the next time
        _keep(_same, id(trust), (trust, found))
    return found


def _keep(held: dict[K, V], name: K, value: V) -> None:
    if len(held) >= _LISTS:
        held.clear()
    held[name] = value


#: By the identities of the lists, and of them together: nobody else can have these, since what is
#: prepared holds on to it.
_prepared: dict[tuple[int, ...], Entries] = {}
_same: dict[int, tuple[tuple[TrustRegistry, ...], Entries]] = {}


def titled(registry: TrustRegistry) -> str:
    """A list's name for a sentence, with its date."""
    if registry.as_of is None:
        return f"“{registry.name}”"
    return f"“{registry.name}” ({_dated(registry.as_of[:40])})"


@lru_cache(maxsize=256)
def _dated(as_of: str) -> str:
    day = read_day(as_of[:10], "%Y-%m-%d")
    return as_of if day is None else written(day)


def _scopes(registry: TrustRegistry, entry: ListedIssuer) -> tuple[Scope, ...]:
    return tuple(scope for scope in (registry.scope, entry.scope) if scope is not None)


def _named(entry: ListedIssuer, credential: Credential) -> bool:
    named = {entry.id, *entry.also}
    return not named.isdisjoint((credential.issuer.id, *credential.issuer.also))


def _at_home(genuine: Check, proven: str | None) -> bool:
    """A profile known by its host alone can't lend that host's name to badges elsewhere."""
    address = genuine.detail.get("address")
    return address is None or proven_name(str(address)) == proven


def _fits(
    entry: ListedIssuer, identifiers: tuple[str, ...], host: str | None, *, shared: bool
) -> bool:
    """`identifiers` are the issuer's own id, and those its platform names it by besides. A host is
    `shared` where a platform's issuers live: there, nobody is trusted by the host alone.
    """
    identifier = identifiers[0]
    if not {entry.id, *entry.also}.isdisjoint(identifiers):
        return True
    if entry.policy == "deny":
        return _is_refused(entry, identifiers, host)
    if host is None or shared or entry.policy == "platform":
        return False
    # A did:web with a path is how one host speaks for many: there, trust goes by the whole id.
    many = identifier.startswith("did:web:") and ":" in identifier.removeprefix("did:web:")
    return host in entry.domains and not many


def _is_refused(entry: ListedIssuer, identifiers: tuple[str, ...], host: str | None) -> bool:
    """A denial holds whichever way an id is written, and on every port; with all that is under a
    domain, unless that is one under which strangers register.
    """
    refused = {spelled(one) for one in (entry.id, *entry.also)}
    if not refused.isdisjoint(map(spelled, identifiers)):
        return True
    if host is None or host.startswith("did:"):
        return False
    from verifier.trust.domains import registrable  # here: keys have no domain

    name = host.partition(":")[0]
    return any(
        name == domain or (name.endswith(f".{domain}") and registrable(domain) is not None)
        for domain in entry.domains
    )
