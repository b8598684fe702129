"""Cases of ways around the checks: ids spelled otherwise to slip past a denial, hosts that are not
their issuer's own, titles that only look like less, and documents that make another's badge theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.made import cases_credly, cvs
from tests.made.cases_cvs import LITERATE, baked, web
from tests.made.cases_genuine import COLLEGE_WEB
from tests.made.credentials import badge, by, entry, plain_name
from tests.made.cvs import Line
from tests.made.documents import archive
from tests.made.expected import comes_out, refused
from tests.made.folder import Case, Web, answered, as_json
from tests.made.issuers import (
    HOLDER,
    HOLDER_EMAIL,
    MEADOW,
    REFUSED,
    RIVERSIDE,
    STRANGER,
    STRANGER_EMAIL,
    Issuer,
)

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAPER = comes_out("unknown", genuine="page_only", current="no_status")


def cases() -> Iterator[Case]:
    """Every one of them."""
    yield from _denials()
    yield from _hosts()
    yield from _titles()
    yield from _documents()
    yield from _bombs()


def _denials() -> Iterator[Case]:
    """A refused issuer stays refused, whichever way it writes its id."""
    expect = comes_out("impostor", current="no_status", issuer="denied")
    for name, host, place in (
        ("on-another-port", "%3A8443", ":8443"),
        ("with-a-dot-behind-its-host", ".", ""),
    ):
        issuer = Issuer(REFUSED.name, f"{REFUSED.domain}{host}")
        document = as_json(by(issuer, badge(issuer, "Data Literacy")))
        at: Web = {
            f"https://{REFUSED.domain}{place}/.well-known/did.json": answered(
                issuer.did_document(), "application/did+json"
            )
        }
        yield Case(f"a-refused-issuer-{name}", document, expect, at)


def _list(title: str, /, **entry: object) -> Mapping[str, Any]:
    return {"name": title, "as_of": "2026-02-01", "scope": None, "issuers": [entry]}


def _hosts() -> Iterator[Case]:
    document = as_json(by(MEADOW, badge(MEADOW, "Data Literacy")))
    unlisted = comes_out("unvouched", current="no_status", issuer="not_listed")
    whole = _list(
        "All of it", id="https://example", name="Anyone", domains=["example"], policy="deny"
    )
    yield Case(
        *("a-list-that-refuses-everybodys-domain", document, unlisted, MEADOW.web()),
        trust=False,
        lists=(whole,),
    )
    shared = _list(
        "Hosts", id="https://api.credly.com", name="Credly's own", domains=["api.credly.com"]
    )
    other = "11111111-2222-4333-8444-555555555509"
    yield Case(
        "a-list-that-trusts-a-platforms-host",
        cases_credly.AWARD.encode(),
        comes_out("unvouched", genuine="hosted", issuer="not_listed"),
        cases_credly.award_web(other, "Anybody's Academy"),
        lists=(shared,),
    )


def _titles() -> Iterator[Case]:
    awarded = {"validFrom": "2024-03-05T12:00:00Z"}
    for name, code, said in (
        ("a-letter-that-only-looks-like-it", "differs", "Cloud Architecture \u0420rofessional"),
        ("a-figure-for-a-letter", "differs", "Cloud Architecture Pr0fessional"),
        ("a-letter-that-shows-nothing", "differs", "Cloud Architecture Profes\u3164sional"),
        ("letters-in-turned-order", "differs", "Cloud Architecture \u202elanoisseforP"),
        ("a-letter-that-only-looks-like-its-own", "agrees", "Cloud Architecture \u0410ssociate"),
    ):
        yield _claimed(f"page-title-with-{name}", code, {"title": said}, {})
    far = Issuer(f"Riverside{' ' * 60_000}College", RIVERSIDE.domain)
    yield Case(
        "page-issuer-beside-a-name-with-blanks-without-end",
        as_json(by(RIVERSIDE, badge(far, "Data Literacy"))),
        comes_out("verified", current="no_status", claim="agrees"),
        COLLEGE_WEB,
        claims=({"issuer": "Riverside College"},),
    )
    for name, said in (("nepal", "2080"), ("india", "1945")):
        yield _claimed(
            f"page-date-in-a-calendar-of-{name}", "cannot_tell", {"issued": said}, awarded
        )


def _claimed(name: str, code: str, said: dict[str, str], members: dict[str, Any]) -> Case:
    document = badge(
        RIVERSIDE,
        "Cloud Architecture Associate",
        plain_name(HOLDER),
        credentialStatus=entry(RIVERSIDE),
        **members,
    )
    expect = comes_out("overstated" if code == "differs" else "verified", claim=code)
    return Case(name, as_json(by(RIVERSIDE, document)), expect, COLLEGE_WEB, claims=(said,))


def _documents() -> Iterator[Case]:
    """Whose badge it is never comes from what the reader does not see, nor from a quotation."""
    head = (Line(STRANGER), Line(STRANGER_EMAIL))
    blue, red = ({**_PAPER, "bundle": [one]} for one in ("holder_unproven", "not_theirs"))
    page = cvs.html((*head, LITERATE))
    mark = LITERATE.words.encode()
    quoted = page.replace(b"<li>" + mark, b"<blockquote><li>" + mark).replace(
        b"</ul>", b"</blockquote></ul>"
    )
    yield Case("a-cv-that-quotes-anothers-badge", quoted, blue, web())
    hidden = f'<p style="font-size: 0">{HOLDER}<br>{HOLDER_EMAIL}</p><div hidden>{HOLDER}</div>'
    unseen = cvs.html((*head, LITERATE)).replace(b"<body>", f"<body>{hidden}".encode())
    yield Case("a-cv-with-another-name-out-of-sight", unseen, blue, web())
    yield Case("a-cv-with-another-name-in-hidden-words", _with_hidden_words(), red, web())
    his = Line("Water Quality Sampling", cases_credly.AWARD)
    printed = cvs.pdf((Line(HOLDER), Line(HOLDER_EMAIL), *head, his))
    for name, look in (
        ("too-small-to-see", b"/F1 .5 Tf 72 "),
        ("beside-the-page", b"/F1 9 Tf 900 "),
    ):
        covert = printed
        for place in (b"790", b"772"):
            covert = covert.replace(b"/F1 11 Tf 72 " + place, look + place)
        yield Case(f"a-cv-with-another-name-{name}", covert, blue, web())
    sender = f"{STRANGER} <{STRANGER_EMAIL}>"
    two = f"From: {HOLDER} <{HOLDER_EMAIL}>\r\n".encode() + cvs.eml((his,), sender=sender)
    yield Case("a-mail-from-two", two, blue, web())
    forwarded = cvs.eml(
        (Line("From: Mira Solano <mira.solano@portfolio.example>"), Line("Date: today"), his),
        sender=sender,
    )
    says = f"Those that it quotes were compared with {HOLDER} and {HOLDER_EMAIL}"
    expect = {**_PAPER, "bundle": ["verified"], "says": {"genuine": says}}
    yield Case("a-mail-that-forwards-anothers-badge", forwarded, expect, web())


def _bombs() -> Iterator[Case]:
    """Mails that say little and take long to take apart."""
    head = f"From: {HOLDER} <{HOLDER_EMAIL}>\r\nDate: today\r\nSubject: hello\r\n".encode()
    inner = head + b"Content-Type: message/rfc822\r\n\r\n"
    parts = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nhi\r\n" * 6000
    for name, content in (("messages", inner * 300), ("parts", head + parts)):
        yield Case(f"a-mail-of-{name}-without-end", content, refused("too_large"))
    long = head + b"Content-Type: text/plain; " + b"a*0=x; " * 9000 + b"\r\n\r\nhello"
    yield Case("a-mail-with-a-header-without-end", long, refused("not_a_badge"))


def _with_hidden_words() -> bytes:
    """A word processor's document whose first line is somebody else's name, hidden."""

    def line(words: str, look: str = "") -> str:
        return f"<w:p><w:r>{look}<w:t>{words}</w:t></w:r></w:p>"

    hidden = "<w:rPr><w:vanish/></w:rPr>"
    names = ((STRANGER, hidden), (STRANGER_EMAIL, hidden), (HOLDER, ""), (HOLDER_EMAIL, ""))
    body = "".join(line(words, look) for words, look in names)
    blip = f'{line("Research Methods")[:-6]}<w:r><w:blip w:embed="one"/></w:r></w:p>'
    relation = '<Relationship Id="one" Target="media/one.png"/>'
    return archive(
        {
            "word/document.xml": (
                f'<w:document xmlns:w="{_WORDS}"><w:body>{body}{blip}</w:body></w:document>'
            ).encode(),
            "word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>".encode(),
            "word/media/one.png": baked("Research Methods", plain_name(STRANGER)),
        }
    )
