"""Webs and badges that add up: a Microsoft Learn transcript with the catalogue it rests on, and a
college's certificate, stated by a record and by badges that are aligned to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tests.made.cases_bundles import RECORDS
from tests.made.credentials import OPEN_BADGES, badge, by, entry, published
from tests.made.folder import Web, answered
from tests.made.issuers import HARBOUR, NAMESAKE, RIVERSIDE, Issuer
from tests.made.signing import CREDENTIALS_2, JsonDocument

LEARN = "https://learn.microsoft.com"
TRANSCRIPT = f"{LEARN}/en-us/users/mirasolano/transcript/v0tides12"
_ANSWER = f"{LEARN}/api/profiles/transcript/share/{{}}?locale=en-us"
_CATALOGUE = f"{LEARN}/api/catalog/?locale=en-us&type="
#: The place of the badge that the college took back, on its list.
_REVOKED = 61


def learn_web(
    transcript: Mapping[str, Any],
    paths: Mapping[str, Sequence[str]],
    certifications: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
    ahead: Sequence[str] = (),
    share: str = "v0tides12",
) -> Web:
    """`transcript` at its address, and the catalogue as it answers for it: uid of a learning path →
    uids of its modules, the certifications' entries, titles of what the transcript has not, and the
    learning paths of certifications that are on their way.
    """
    completed = [one["uid"] for one in transcript["learningPathsCompleted"]]
    has = {one["uid"] for one in transcript["modulesCompleted"]} | set(completed)
    lacked = [uid for path in completed for uid in paths.get(path, ()) if uid not in has]
    entries = [
        {**_entry("paths", uid, titles.get(uid, uid)), "modules": list(modules)}
        for uid, modules in paths.items()
        if uid in completed
    ]
    web = {
        _ANSWER.format(share): answered(transcript),
        f"{_CATALOGUE}certifications": answered({"certifications": list(certifications)}),
        _of("learningPaths", completed): answered({"learningPaths": entries}),
    }
    for kind, place, uids in (
        ("modules", "modules", lacked),
        ("learningPaths", "paths", list(ahead)),
    ):
        told = [_entry(place, uid, titles[uid]) for uid in uids if uid in titles]
        if uids:
            web[_of(kind, uids)] = answered({kind: told})
    return web


def _of(kind: str, uids: Sequence[str]) -> str:
    return f"{_CATALOGUE}{kind}&uid={quote(','.join(dict.fromkeys(uids)))}"


def _entry(place: str, uid: str, title: str) -> dict[str, Any]:
    slug = uid.rpartition(".")[2]
    url = f"{LEARN}/en-us/training/{place}/{slug}/?WT.mc_id=api_CatalogApi"
    return {"uid": uid, "title": title, "url": url}


def certification(
    slug: str, title: str, *, exams: Sequence[str], paths: Sequence[str]
) -> dict[str, Any]:
    """A certification as the catalogue has it."""
    return {
        "uid": f"certification.{slug}",
        "title": title,
        "url": f"{LEARN}/en-us/credentials/certifications/{slug}/?WT.mc_id=api_CatalogApi",
        "exams": list(exams),
        "study_guide": [{"uid": uid, "type": "learningPath"} for uid in paths],
    }


_TIDES, _MAPS, _HARBOURS = "learn.read-the-tides", "learn.draw-charts", "learn.run-harbours"
_TITLES = {
    _TIDES: "Read the tides with cloud services",
    _MAPS: "Draw charts from soundings",
    _HARBOURS: "Run a harbour's data platform",
    "learn.buoys": "Connect a buoy",
}


def _module(uid: str, title: str, day: str) -> dict[str, Any]:
    completed = f"2026-0{day}T10:00:00+00:00"
    page = f"/training/modules/{uid.rpartition('.')[2]}/"
    return {"uid": uid, "title": title, "completedOn": completed, "url": page}


def transcript_web() -> Web:
    """Mira Solano's transcript at `TRANSCRIPT`: two trophies and what each is made of, of which one
    module came to it later; a certification that is in force, one that has run out, and one on its
    way, with an exam still to be passed.
    """
    transcript = {
        "modulesCompleted": [
            _module("learn.tide-tables", "Read a tide table", "3-02"),
            _module("learn.gauges", "Collect readings from gauges", "3-04"),
            _module("learn.forecasts", "Forecast high water", "3-09"),
            _module("learn.soundings", "Clean soundings", "5-11"),
            _module("learn.contours", "Draw depth contours", "5-17"),
        ],
        "learningPathsCompleted": [
            {"uid": _TIDES, "title": _TITLES[_TIDES], "completedOn": "2026-03-09T10:00:00+00:00"},
            {"uid": _MAPS, "title": _TITLES[_MAPS], "completedOn": "2026-05-17T10:00:00+00:00"},
        ],
        "certificationData": {
            "legalName": "Mira Solano",
            "activeCertifications": [
                _certified("Tidal Data Associate", "A0B1C2-D3E4F5", "Active", "2035-04-02"),
            ],
            "historicalCertifications": [
                _certified("Lighthouse Operator", "A0B1C2-D3E4F6", "Expired", "2023-04-02"),
            ],
            "passedExams": [
                {
                    "examTitle": "Administering Tidal Data",
                    "examNumber": "TD-104",
                    "examDateTaken": "2026-04-02T09:00:00+00:00",
                }
            ],
        },
    }
    paths = {
        _TIDES: ["learn.tide-tables", "learn.gauges", "learn.forecasts"],
        _MAPS: ["learn.soundings", "learn.contours", "learn.buoys"],
    }
    certifications = [
        certification(
            "tidal-data-associate",
            "Microsoft Certified: Tidal Data Associate",
            exams=["exam.td-104"],
            paths=[_TIDES],
        ),
        certification(
            "harbour-data-expert",
            "Microsoft Certified: Harbour Data Expert",
            exams=["exam.hd-305"],
            paths=[_TIDES, _MAPS, _HARBOURS],
        ),
        certification(
            "weather-expert",
            "Microsoft Certified: Weather Expert",
            exams=["exam.wx-1"],
            paths=["learn.winds", "learn.clouds"],
        ),
    ]
    return learn_web(transcript, paths, certifications, _TITLES, [_HARBOURS])


def _certified(name: str, number: str, status: str, until: str) -> dict[str, str]:
    return {
        "name": f"Microsoft Certified: {name}",
        "certificationNumber": number,
        "status": status,
        "dateEarned": "2021-04-02T00:00:00+00:00",
        "expiration": f"{until}T23:59:59+00:00",
    }


class Lodger(Issuer, frozen=True):
    """Somebody with an id of their own on another's host."""

    @property
    def home(self) -> str:
        """Its address."""
        return "https://" + self.domain.replace(":", "/")

    @property
    def did_url(self) -> str:
        """Where its DID document is (did:web method, "Read", with a path)."""
        return f"{self.home}/did.json"


LODGER = Lodger("A lodger", f"{RIVERSIDE.domain}:lodgers:mallory")
#: The college's certificate, which its badges count towards.
CERTIFICATE = f"{RIVERSIDE.home}/achievements/coastal-data-certificate"


def _skilled(issuer: Issuer, name: str, *skills: str, **more: object) -> JsonDocument:
    made = badge(issuer, name, **more)
    achieved = made["credentialSubject"]["achievement"]
    achieved["tag"] = list(skills)
    return made


def step(issuer: Issuer, name: str, *skills: str, **more: object) -> JsonDocument:
    """A badge that is aligned to the college's certificate."""
    made = _skilled(issuer, name, *skills, **more)
    made["credentialSubject"]["achievement"]["alignment"] = [
        {
            "type": ["Alignment"],
            "targetName": "Coastal Data Certificate",
            "targetUrl": CERTIFICATE,
            "targetType": "ceterms:Credential",
        }
    ]
    return by(issuer, made)


def college_badges() -> dict[str, JsonDocument]:
    """By a name each: three badges that count towards the certificate (one is taken back, one has
    run out), and one by somebody else that only calls itself the certificate.
    """
    return {
        "tables": step(RIVERSIDE, "Tide Tables", "Data literacy", "Reading charts"),
        "gauges": step(
            RIVERSIDE, "Gauge Keeping", "Instruments", credentialStatus=entry(RIVERSIDE, _REVOKED)
        ),
        "radio": step(
            RIVERSIDE, "Marine Radio", "Radio", "data literacy", validUntil="2026-01-31T00:00:00Z"
        ),
        "pretender": by(NAMESAKE, certificate(NAMESAKE)),
    }


def certificate(issuer: Issuer) -> JsonDocument:
    """A badge that says it is the college's certificate; unsigned."""
    made = badge(issuer, "Coastal Data Certificate")
    achieved = made["credentialSubject"]["achievement"]
    achieved |= {"id": CERTIFICATE, "achievementType": "Certificate"}
    return made


def college_web() -> Web:
    """The keys of everybody in it, and the college's list of what it took back."""
    marked = (_REVOKED,)
    return {
        **RIVERSIDE.web(),
        **HARBOUR.web(),
        **NAMESAKE.web(),
        **LODGER.web(),
        **published(RIVERSIDE, marked),
    }


def record() -> JsonDocument:
    """A learner record by the college (CLR 2.0): a diploma of two certificates, one of them made of
    two badges in the record and of a project that nobody has awarded yet.
    """
    diploma, coast, sea = (f"urn:uuid:0a0b0c0d-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
    project = f"{RIVERSIDE.home}/achievements/harbour-project"
    inner = [
        by(RIVERSIDE, _skilled(RIVERSIDE, "Map Reading", "Reading charts")),
        by(HARBOUR, _skilled(HARBOUR, "Data Literacy", "Data literacy")),
    ]
    ids = [one["credentialSubject"]["achievement"]["id"] for one in inner]
    listed = {
        diploma: "Diploma in Coastal Science",
        coast: "Certificate of the Coast",
        sea: "Certificate of the Sea",
        project: "Harbour Project",
    }
    associations = (
        ("isPartOf", ids[0], coast),
        ("isChildOf", ids[1], coast),
        ("isParentOf", coast, project),
        ("isPartOf", coast, diploma),
        ("precedes", coast, sea),
        ("isPartOf", sea, diploma),
        ("isPeerOf", ids[0], ids[1]),
    )
    return by(
        RIVERSIDE,
        {
            "@context": [CREDENTIALS_2, RECORDS, OPEN_BADGES],
            "id": f"{RIVERSIDE.home}/records/2",
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": "Record of Mira Solano",
            "issuer": RIVERSIDE.profile(),
            "validFrom": "2026-06-30T09:00:00Z",
            "credentialSubject": {
                "type": ["ClrSubject"],
                "verifiableCredential": inner,
                "achievement": [_listed(*one) for one in listed.items()],
                "association": [_association(*one) for one in associations],
            },
        },
    )


def _listed(identifier: str, name: str) -> JsonDocument:
    return {
        "id": identifier,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": name,
        "description": f"What {name} is for.",
        "criteria": {"narrative": "Everything that counts towards it."},
    }


def _association(kind: str, source: str, target: str) -> JsonDocument:
    return {
        "type": "Association",
        "associationType": kind,
        "sourceId": source,
        "targetId": target,
    }
