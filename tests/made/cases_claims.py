"""Cases for `claim`: what a page says of a badge, held against what the badge says, each thing by
itself and in the many ways in which pages write it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.made.cases_genuine import COLLEGE_WEB
from tests.made.credentials import badge, by, entry, plain_name
from tests.made.expected import comes_out
from tests.made.folder import Case, as_json
from tests.made.issuers import HOLDER, RIVERSIDE, STRANGER

_ID = f"{RIVERSIDE.home}/credentials/74381078-44ac-4581-8471-36bd1ce495b7"
_TITLE = "Cloud Architecture Associate"


def cases() -> Iterator[Case]:
    """Every case of this question that cases_people does not hold."""
    yield from _dates()
    yield from _ends()
    yield from _ranks()
    yield from _titles()
    yield from _ids()
    yield from _others()


def _case(
    name: str,
    code: str,
    said: dict[str, str],
    title: str = _TITLE,
    **members: Any,  # noqa: ANN401 - members of a JSON document
) -> Case:
    """A good badge called `title`, beside a page that says what was `said`."""
    members = {"id": _ID, "credentialStatus": entry(RIVERSIDE), **members}
    document = badge(RIVERSIDE, title, plain_name(HOLDER), **members)
    ends = {"current": "in_force"} if "validUntil" in members else {}
    verdict = "overstated" if code == "differs" else "verified"
    expect = comes_out(verdict, claim=code, **ends)
    source = as_json(by(RIVERSIDE, document))
    return Case(f"page-{name}", source, expect, COLLEGE_WEB, claims=(said,))


def _dates() -> Iterator[Case]:
    awarded = {"validFrom": "2024-03-05T12:00:00Z"}
    for name, code, said in (
        ("date-as-linkedin-writes-it", "agrees", "Issued Mar 2024"),
        ("date-in-german", "agrees", "Ausgestellt: März 2024"),
        ("date-in-french", "agrees", "Délivrée en mars 2024"),
        ("date-in-spanish", "agrees", "5 de marzo de 2024"),
        ("date-in-arabic", "agrees", "٥ مارس ٢٠٢٤"),  # noqa: RUF001
        ("date-in-japanese", "agrees", "発行日：2024年3月"),  # noqa: RUF001
        ("date-in-russian", "agrees", "5 марта 2024 г."),  # noqa: RUF001
        ("date-with-a-day", "agrees", "5 March 2024"),
        ("date-with-a-time", "agrees", "2024-03-05T09:30:00+02:00"),
        ("date-with-the-day-beyond-twelve", "differs", "25/03/2024"),
        ("date-that-may-be-two-days", "cannot_tell", "05/03/2024"),
        ("date-that-is-wrong-both-ways", "differs", "05/03/2023"),
        ("month-that-two-languages-mean-otherwise", "differs", "listopad 2024"),
        ("date-of-another-month", "differs", "Issued Apr 2024"),
        ("date-in-words-nobody-knows", "cannot_tell", "some day in 2024"),
        ("date-that-is-none", "cannot_tell", "2024-02-31"),
    ):
        yield _case(name, code, {"issued": said}, **awarded)
    late = {"validFrom": "2023-12-31T23:30:00Z"}
    yield _case("date-where-it-is-tomorrow-already", "agrees", {"issued": "2024-01-01"}, **late)
    yield _case("year-where-it-is-next-year-already", "agrees", {"issued": "2024"}, **late)
    yield _case("date-two-days-off", "differs", {"issued": "2024-01-02"}, **late)


def _ends() -> Iterator[Case]:
    until = {"validUntil": "2029-06-30T12:00:00Z"}
    for name, code, said in (
        ("end-that-is-right", "agrees", "Expires Jun 2029"),
        ("end-that-is-later", "differs", "Expires Jun 2031"),
        ("end-that-is-earlier", "cannot_tell", "Expires Jun 2027"),
        ("end-that-never-comes", "differs", "No Expiration Date"),
        ("end-that-never-comes-in-german", "differs", "Kein Ablaufdatum"),
    ):
        yield _case(name, code, {"expires": said}, **until)
    yield _case("end-where-the-badge-has-none", "cannot_tell", {"expires": "Expires Jun 2029"})
    yield _case("no-end-where-the-badge-has-none", "agrees", {"expires": "No expiration date"})


def _ranks() -> Iterator[Case]:
    for name, code, said, title in (
        ("rank-expert-for-fundamentals", "differs", "Azure Expert", "Azure Fundamentals"),
        ("rank-lower-than-the-badge", "cannot_tell", "Nursing Associate", "Nursing Professional"),
        ("rank-left-out", "cannot_tell", "Cloud Architecture", _TITLE),
        ("rank-added", "differs", "Welding Expert", "Welding"),
        ("rank-in-another-word", "cannot_tell", "Advanced Welding", "Professional Welding"),
        ("level-two-for-one", "differs", "Welding, Level 2", "Welding, Level 1"),
        ("level-one-for-two", "cannot_tell", "Welding, Level 1", "Welding, Level 2"),
        ("level-in-roman-numbers", "differs", "Welding III", "Welding II"),
        ("level-written-otherwise", "agrees", "Welding Level II", "Welding, level 2"),
        ("level-of-a-language", "differs", "Spanish C1", "Spanish B1"),
        ("master-for-bachelor", "differs", "Master of Nursing", "Bachelor of Nursing"),
        ("master-for-bachelor-in-spanish", "differs", "Maestría en Artes", "Licenciatura en Artes"),
        ("expert-in-german", "differs", "Schweißen für Experten", "Schweißen Grundlagen"),
        ("rank-in-chinese", "differs", "高级焊接", "初级焊接"),
        ("a-course-for-taking-part", "cannot_tell", "Welding", "Participation in Welding"),
    ):
        yield _case(name, code, {"title": said}, title)


def _titles() -> Iterator[Case]:
    for name, code, said, title in (
        ("title-with-the-issuer", "agrees", "Riverside College Welding", "Welding"),
        ("title-with-certificate", "agrees", "Certificate of Welding", "Welding"),
        ("title-with-more-words", "cannot_tell", "Welding and Bridges", "Welding"),
        ("title-in-another-language", "cannot_tell", "Schweißen für Anfänger", "Pastry Making"),
        ("title-in-another-script", "cannot_tell", "云架构", "Cloud Architecture"),
        ("title-by-its-letters", "cannot_tell", "CKO", "Certified Kiln Operator"),
        ("title-by-its-exam", "cannot_tell", "KO-900", "Kiln Operation"),
        ("title-of-another-year", "differs", "Guild Leader 2024", "Guild Leader 2023"),
        ("title-of-something-else", "differs", "Harbour Piloting", "Pastry Making"),
    ):
        yield _case(name, code, {"title": said}, title)


def _ids() -> Iterator[Case]:
    for name, code, said in (
        ("id-that-is-right", "agrees", "74381078-44ac-4581-8471-36bd1ce495b7"),
        (
            "id-in-capitals-with-its-label",
            "agrees",
            "Credential ID 7438107844AC4581847136BD1CE495B7",
        ),
        ("id-that-is-the-address", "agrees", _ID),
        ("id-of-another", "differs", "74381078-44ac-4581-8471-36bd1ce495b8"),
        ("id-of-another-kind", "cannot_tell", "RC-2024-17"),
    ):
        yield _case(name, code, {"id": said})
    mixed = {"id": f"{RIVERSIDE.home}/credentials/aBcD17"}
    yield _case("id-in-other-case", "cannot_tell", {"id": "ABCD17"}, **mixed)


def _others() -> Iterator[Case]:
    first, _, last = HOLDER.partition(" ")
    yield _case("holder-written-otherwise", "agrees", {"holder": f"{last.upper()}, {first}"})
    yield _case("holder-who-is-a-stranger", "differs", {"holder": STRANGER})
    yield _case("holder-who-shares-a-name", "cannot_tell", {"holder": f"{first} Feld"})
    for name, code, said in (
        ("issuer-with-its-academy", "agrees", "Riverside College Academy"),
        ("issuer-as-a-part-of-it", "agrees", "School of Welding, Riverside College"),
        ("issuer-that-shares-a-word", "cannot_tell", "Riverside Kitchens"),
        ("issuer-of-another-name", "cannot_tell", "Harbour Data Guild"),
    ):
        yield _case(name, code, {"issuer": said})
    line = {"issuer": "Riverside College Academy · 2024"}
    award = {"validFrom": "2026-02-01T12:00:00Z"}
    yield _case("line-of-issuer-and-another-year", "differs", line, **award)
    line = {"issuer": "Riverside College · Issued Feb 2026 · Expires Feb 2029"}
    until = {**award, "validUntil": "2029-02-01T12:00:00Z"}
    yield _case("line-of-issuer-and-both-dates", "agrees", line, **until)
    line = {"issued": "Feb 2026 – Feb 2029"}  # noqa: RUF001
    yield _case("line-of-both-dates", "agrees", line, **until)
