"""How what stands on a transcript adds up, as the catalogue tells: modules to a trophy, and exams
and what one studies first to a certification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from verifier.model import Association, Credential, Documents, JsonObject, Listed, Request
from verifier.providers import microsoft_catalogue as catalogue
from verifier.providers.microsoft_catalogue import HOME

#: Certifications that are not held, but well on their way, that are shown with what is missing.
ON_THE_WAY = 5
_KINDS = {"modules": "badge", "learningPaths": "trophy"}


class Told(Struct, frozen=True):
    """What the catalogue answered about one transcript: uid → learning path, and by the page that
    describes it each certification that is on the transcript, or on its way.
    """

    paths: Mapping[str, JsonObject]
    held: Mapping[str, JsonObject]
    ahead: Mapping[str, JsonObject]


def wants(credential: Credential, documents: Documents) -> Iterable[Request]:
    """For a transcript: the catalogue's entries of its learning paths, all certifications, and then
    those of what these name and the transcript has not.
    """
    if not _is_transcript(credential):
        return
    yield from _ask_paths(credential)
    yield catalogue.ask_certifications()
    told = _told(credential, documents)
    for kind, uids in _missing(credential, told).items():
        yield from catalogue.ask(kind, uids)


def completes(credential: Credential, documents: Documents) -> Credential:
    """The transcript with its associations, what is missing in them, and for each certification the
    page that describes it. Where the catalogue did not answer, it stays as it is.
    """
    if not _is_transcript(credential):
        return credential
    told = _told(credential, documents)
    pages = {catalogue.named("", entry).name: page for page, entry in told.held.items()}
    return replace(
        credential,
        listed=(
            *(_with_page(one, told) for one in credential.listed),
            *_named(credential, told, documents),
        ),
        associations=tuple(_associations(credential, told)),
        bundle=tuple(
            replace(one, achievement=pages.get(one.name)) if isinstance(one, Credential) else one
            for one in credential.bundle
        ),
    )


def _is_transcript(credential: Credential) -> bool:
    whole = credential.kind == "record" and (credential.id or "").startswith(f"{HOME}/")
    return whole and bool(credential.proofs)


def _ask_paths(credential: Credential) -> tuple[Request, ...]:
    return catalogue.ask("learningPaths", (one.id for one in credential.listed if _is_path(one)))


def _is_path(one: Listed) -> bool:
    return one.kind == "trophy"


def _told(credential: Credential, documents: Documents) -> Told:
    paths = catalogue.entries("learningPaths", _ask_paths(credential), documents)
    known = catalogue.entries("certifications", (catalogue.ask_certifications(),), documents)
    titles = [catalogue.named(uid, entry).name for uid, entry in known.items()]
    by_page = {
        page: (title, entry)
        for title, entry in zip(titles, known.values(), strict=True)
        if (page := catalogue.page_of(entry.get("url"))) is not None and titles.count(title) == 1
    }
    names = {one.name for one in credential.bundle if isinstance(one, Credential)}
    held = {page: entry for page, (title, entry) in by_page.items() if title in names}
    there = {one.id for one in credential.listed}
    shares = {
        page: _share(entry, there) for page, (_, entry) in by_page.items() if page not in held
    }
    near = sorted(
        (page for page, share in shares.items() if share >= 0.5), key=lambda p: (-shares[p], p)
    )
    return Told(paths, held, {page: by_page[page][1] for page in near[:ON_THE_WAY]})


def _share(certification: JsonObject, there: set[str]) -> float:
    """How much of what the catalogue would have one study for it is done."""
    uids = [uid for _, uid in catalogue.studied_for(certification)]
    return sum(uid in there for uid in uids) / len(uids) if uids else 0.0


def _associations(credential: Credential, told: Told) -> Iterator[Association]:
    for path, entry in told.paths.items():
        for module in catalogue.uids_of(entry.get("modules")):
            yield Association("isPartOf", module, path)
    there = {one.id for one in credential.listed}
    # one that is held does not lack what its holder never needed for it
    for page, entry in told.held.items():
        for _, uid in catalogue.studied_for(entry):
            if uid in there:
                yield Association("precedes", uid, page)
        for exam in catalogue.uids_of(entry.get("exams")):
            if exam in there:
                yield Association("isPartOf", exam, page)
    for page, entry in told.ahead.items():
        for _, uid in catalogue.studied_for(entry):
            yield Association("precedes", uid, page)
        for exam in catalogue.uids_of(entry.get("exams")):
            yield Association("isPartOf", exam, page)


def _missing(credential: Credential, told: Told) -> Mapping[str, list[str]]:
    """Kind → uids that are named by what the transcript has, and are not on it."""
    there = {one.id for one in credential.listed}
    paths, ahead = told.paths.values(), told.ahead.values()
    named = {
        "modules": [uid for entry in paths for uid in catalogue.uids_of(entry.get("modules"))],
        "learningPaths": list[str](),
    }
    for kind, uid in (pair for entry in ahead for pair in catalogue.studied_for(entry)):
        named[kind].append(uid)
    return {
        kind: [uid for uid in dict.fromkeys(uids) if uid not in there]
        for kind, uids in named.items()
    }


def _named(credential: Credential, told: Told, documents: Documents) -> Iterator[Listed]:
    """What is missing, by the catalogue's name for it."""
    for kind, uids in _missing(credential, told).items():
        entries = catalogue.entries(kind, catalogue.ask(kind, uids), documents)
        for uid in uids:
            text = catalogue.named(uid, entries.get(uid))
            yield Listed(uid, text.name, _KINDS[kind], text.url)
    there = {one.id for one in credential.listed}
    exams: dict[str, None] = {}
    for page, entry in told.ahead.items():
        yield Listed(page, catalogue.named("", entry).name, "certification", page)
        exams |= dict.fromkeys(catalogue.uids_of(entry.get("exams")))
    for exam in exams:
        if exam not in there:
            yield Listed(exam, f"Exam {exam.removeprefix('exam.').upper()}", "other")


def _with_page(one: Listed, told: Told) -> Listed:
    entry = told.paths.get(one.id)
    return one if entry is None else replace(one, url=catalogue.page_of(entry.get("url")))
