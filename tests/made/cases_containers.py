"""Cases of what carries a badge: PDF, ZIP, `data:` URLs and QR codes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from tests.made import png
from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.credentials import by
from tests.made.documents import archive, packed, pdf, qr_code, stream
from tests.made.expected import comes_out, refused
from tests.made.folder import Answer, Case, as_json
from tests.made.issuers import RIVERSIDE

AT = f"{RIVERSIDE.home}/credentials/of-ada"
KEYWORD = b"openbadgecredential"
GOOD = comes_out("verified")


def cases() -> Iterator[Case]:
    """Every case of a container."""
    credential = as_json(by(RIVERSIDE, good()))
    another = as_json(by(RIVERSIDE, {**good(), "id": f"{RIVERSIDE.home}/credentials/second"}))
    baked = png.picture(png.international(credential, KEYWORD))
    yield from _documents(credential, another, baked)
    yield from _archives(credential, another, baked)
    yield from _written_out(credential, baked)


def _documents(credential: bytes, another: bytes, baked: bytes) -> Iterator[Case]:
    changed = credential.replace(b"Data Literacy", b"Data Mastery!")
    invalid = comes_out("invalid", genuine="bad_signature")
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:ob="https://purl.imsglobal.org/ob/v3p0">'
        b"<ob:credential><![CDATA[" + credential + b"]]></ob:credential></x:xmpmeta>"
    )
    info = {b"openbadgecredential": b"<" + credential.hex().encode() + b">"}
    good_ones = {
        "a-pdf-with-a-credential-attached": pdf(packed(credential)),
        "a-pdf-with-a-baked-picture-attached": pdf(stream(baked)),
        "a-pdf-with-a-credential-in-its-xmp": pdf(xmp=xmp),
        "a-pdf-with-a-credential-in-its-information": pdf(info=info),
        "a-pdf-with-the-same-credential-in-two-places": pdf(packed(credential), xmp=xmp),
        "a-pdf-with-actions-that-nobody-runs": pdf(
            packed(credential),
            catalog=b"/OpenAction << /S /URI /URI (https://elsewhere.example/seen) >> "
            b"/AA << /WC << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
        ),
    }
    for name, content in good_ones.items():
        yield Case(name, content, GOOD, COLLEGE_WEB)
    yield Case("a-pdf-with-a-changed-credential", pdf(packed(changed)), invalid, COLLEGE_WEB)
    for name, content, code in (
        ("a-pdf-without-a-badge", pdf(info={b"Title": b"(Certificate)"}), "not_a_badge"),
        ("a-pdf-with-two-badges", pdf(packed(credential), packed(another)), "ambiguous"),
        ("a-pdf-cut-off", pdf(packed(credential))[:60], "malformed"),
        ("a-pdf-whose-attachment-unpacks-to-five-mebibytes", _bomb(), "malformed"),
    ):
        yield Case(name, content, refused(code), COLLEGE_WEB)


def _bomb() -> bytes:
    return pdf(packed(bytes(5 * 2**20)))


def _archives(credential: bytes, another: bytes, baked: bytes) -> Iterator[Case]:
    manifest = as_json({"name": "export", "files": 2})
    good_ones = {
        "a-zip-with-a-credential": archive({"manifest.json": manifest, "badge.json": credential}),
        "a-zip-with-a-baked-picture": archive({"readme.txt": b"My badge.", "badge.png": baked}),
        "a-zip-with-a-pdf": archive({"certificate.pdf": pdf(packed(credential))}),
        "a-zip-with-the-same-badge-twice": archive({"a.json": credential, "b/a.png": baked}),
    }
    for name, content in good_ones.items():
        yield Case(name, content, GOOD, COLLEGE_WEB)
    inner = archive({"badge.json": credential})
    for name, files, code in (
        ("a-zip-with-two-badges", {"a.json": credential, "b.json": another}, "ambiguous"),
        ("a-zip-without-a-badge", {"manifest.json": manifest}, "not_a_badge"),
        ("a-zip-in-a-zip", {"badges.zip": inner}, "malformed"),
        ("a-zip-that-climbs-out-of-its-folder", {"../../badge.json": credential}, "malformed"),
    ):
        yield Case(name, archive(files), refused(code), COLLEGE_WEB)
    yield Case("a-zip-cut-off", inner[:-30], refused("malformed"), COLLEGE_WEB)


def _written_out(credential: bytes, baked: bytes) -> Iterator[Case]:
    as_data = b"data:application/vc+ld+json;base64," + base64.b64encode(credential)
    yield Case("a-data-url-of-a-credential", as_data, GOOD, COLLEGE_WEB)
    picture = b"data:image/png;base64," + base64.b64encode(baked)
    yield Case("a-data-url-of-a-picture", picture, GOOD, COLLEGE_WEB)
    yield Case("a-data-url-cut-off", as_data[:-5] + b"!", refused("malformed"), COLLEGE_WEB)
    web = {**COLLEGE_WEB, AT: Answer(credential)}
    yield Case("a-qr-code-of-an-address", qr_code(AT), GOOD, web)
    short = json.dumps(json.loads(credential), separators=(",", ":"), ensure_ascii=False)
    yield Case("a-qr-code-of-a-credential", qr_code(short), GOOD, COLLEGE_WEB)
    changed = short.replace("Data Literacy", "Data Mastery!")
    invalid = comes_out("invalid", genuine="bad_signature")
    yield Case("a-qr-code-of-a-changed-credential", qr_code(changed), invalid, COLLEGE_WEB)
    yield Case("a-qr-code-of-other-text", qr_code("Table 12"), refused("not_a_badge"))
