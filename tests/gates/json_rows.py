"""JSON that two readers could read as two things, and JSON that is only written in an odd way."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

from tests.gates.row import Row
from tests.made import png
from tests.made.cases_genuine import good
from tests.made.credentials import by
from tests.made.issuers import RIVERSIDE
from tests.made.signing import JsonDocument

NAME = '"name":"Data Literacy"'


def rows() -> dict[str, Row]:
    """Every row, by what is true of it."""
    found = [*_members(), *_numbers(), *_sizes(), *_texts(), *_encodings(), *_dates(), *_same()]
    return dict(found)


def signed(**more: object) -> str:
    """A good badge, signed, as short as JSON can be; `more` replaces or adds members."""
    unsigned = {name: value for name, value in good(**more).items() if value is not None}
    return compact(by(RIVERSIDE, unsigned))


def compact(document: JsonDocument) -> str:
    """JSON without white space."""
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


def malformed(text: str | bytes, reason: str) -> Row:
    """A row for text that is refused."""
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return Row(content, "malformed", f"json.{reason}")


def holding(value: str) -> str:
    """A good badge with one more member, whose value is written as given."""
    return signed()[:-1] + f',"more":{value}}}'


def _members() -> Iterator[tuple[str, Row]]:
    """JSN-01: a member that stands twice, at any depth and in any wrapping."""
    text = signed()
    issuer = json.dumps(RIVERSIDE.did)
    for name, twice in {
        "twice, the same value": text[:-1] + f",{NAME}}}",
        "twice, first another issuer": '{"issuer":"did:web:evil.example",' + text[1:],
        "twice, last another issuer": text[:-1] + ',"issuer":"did:web:evil.example"}',
        "twice, once as an escape": text[:-1] + f',"\\u0069ssuer":{issuer}}}',
        "twice, four levels deep": text.replace('"narrative":', '"narrative":"","narrative":'),
        "twice, in the proof": text.replace(
            '"proofPurpose":', '"proofPurpose":"x","proofPurpose":'
        ),
        "twice, in a list of lists": holding('[[{"a":1,"a":2}]]'),
        "twice, behind 20,000 others": holding(
            "{" + ",".join(f'"{n}":1' for n in range(20_000)) + ',"19999":1}'
        ),
        "twice, an empty name": holding('{"":1,"":2}'),
        "twice, beside as many marks written as escapes": holding(
            '{"":1,"":2,"marks":"\\u0022\\u0022"}'
        ),
    }.items():
        yield f"a member {name}", malformed(twice, "duplicate")
    baked = png.picture(
        png.international(text[:-1].encode() + b',"id":"x"}', b"openbadgecredential")
    )
    yield "a member twice, baked into a PNG", malformed(baked, "duplicate")
    head = base64.urlsafe_b64encode(b'{"alg":"EdDSA"}').rstrip(b"=")
    body = base64.urlsafe_b64encode(b'{"iss":"a","iss":"b"}').rstrip(b"=")
    yield "a claim twice in a JWT", malformed(head + b"." + body + b".c2ln", "duplicate")
    in_data = b"data:application/json;base64," + base64.b64encode(
        text[:-1].encode() + b',"id":"x"}'
    )
    yield "a member twice in a data: URL", malformed(in_data, "duplicate")


def _numbers() -> Iterator[tuple[str, Row]]:
    """JSN-02: what is no number, or not the same number to every reader."""
    for number in (
        *("NaN", "Infinity", "-Infinity", "1e999", "1e400", "-1e400", "1" * 5000),
        *("9007199254740993", "-9007199254740992", "9" * 17, f"{'9' * 400}.5", "1" + "0" * 400),
    ):
        row = malformed(holding(number), "number")
        yield f"the number {number[:20]} of {len(number)} characters", row
    for number in ("01", "+1", ".5", "1.", "0x10", "1e", "--1", "1_000", "nan", "\u0661"):
        yield f"no number: {number}", malformed(holding(number), "syntax")


def _sizes() -> Iterator[tuple[str, Row]]:
    """JSN-03: too deep, too many, too much; what is in `data:` values counts little."""
    deep = {
        "100,000 lists": "[" * 100_000 + "]" * 100_000,
        "100,000 lists that never end": "[" * 100_000,
        "100,000 objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
        "33 levels": "[" * 32 + "]" * 32,
        "33 levels behind a string of brackets": '["' + "]" * 40 + '",' + "[" * 31 + "]" * 32,
        "33 levels behind an escaped quote": '["\\"",' + "[" * 31 + "]" * 32,
    }
    for name, value in deep.items():
        yield f"{name}", malformed(holding(value), "depth")
    large = {
        "1,000,000 members": "{" + ",".join(f'"{n}":1' for n in range(1_000_000)) + "}",
        "300,000 members": "{" + ",".join(f'"{n}":1' for n in range(300_000)) + "}",
        "5 MB of text": f'"{"x" * 5_000_000}"',
        "5 MB in a data: value": f'"data:,{"x" * 5_000_000}"',
        "300 KiB of text": f'"{"x" * 300 * 1024}"',
        "300 KiB of white space": " " * 300 * 1024 + "1",
        "300 KiB of escapes": f'"{chr(92)}u0041' + "\\u0041" * 50 * 1024 + '"',
        "300 KiB behind the word data:": f'"x data:,{"x" * 300 * 1024}"',
        "a member called data:": f'{{"data:,{"x" * 300 * 1024}":1}}',
        "300 KiB of data: within a list beside as much text": (
            f'["data:,{"x" * 300 * 1024}","{"y" * 300 * 1024}"]'
        ),
    }
    for name, value in large.items():
        yield f"{name}", Row(holding(value).encode(), "too_large", "json.size")
    picture = f"data:image/png;base64,{'A' * 2 * 2**20}"
    described = {"id": picture, "type": "Image"}
    shown = "eyJhbGciOiJFZERTQSJ9.e30.c2ln" + "~a" * 200_000
    yield "a token that shows 200,000 parts", Row(shown.encode(), "too_large", "json.size")
    yield "a picture of 2 MiB within", Row(_pictured(described).encode(), "verified")


def _pictured(image: object) -> str:
    unsigned = good()
    unsigned["credentialSubject"]["achievement"]["image"] = image
    return compact(by(RIVERSIDE, unsigned))


def _texts() -> Iterator[tuple[str, Row]]:
    """JSN-04: text that not every program can carry, and what is no JSON at all."""
    for name, value in {
        "half a surrogate pair": '"\\ud800"',
        "the other half": '"\\udc00"',
        "the halves in the wrong order": '"\\udc00\\ud800"',
        "half a pair before a letter": '"\\ud83dx"',
        "half a pair in a member's name": '{"\\ud800":1}',
        "a NUL": '"a\\u0000b"',
        "a NUL in a member's name": '{"a\\u0000":1}',
        "U+FFFE": '"\\ufffe"',
        "U+FFFF as itself": '"\uffff"',
        "U+FDD0": '"\ufdd0"',
        "U+1FFFF": '"\\ud83f\\udfff"',
        "U+10FFFE in a member's name": '{"\U0010fffe":1}',
    }.items():
        yield f"{name}", malformed(holding(value), "text")
    for name, value in {
        "an escape of three digits": '"\\u004"',
        "an escape with a sign": '"\\u+041"',
        "an escape in braces": '"\\u{41}"',
        "an escape that JSON lacks": '"\\x41"',
        "a line end within a string": '"a\nb"',
        "a tab within a string": '"a\tb"',
        "single quotes": "'a'",
        "a comment": "1/* so */",
        "a comma too many": "[1,]",
        "a member without quotes": "{a:1}",
        "undefined": "undefined",
    }.items():
        yield f"{name}", malformed(holding(value), "syntax")
    text = signed()
    for name, content in {
        "two objects": text + text,
        "text behind it": text + " so it is",
        "a NUL behind it": text + "\0",
        "a form feed before it": "\f" + text,
        "a no-break space before its end": text[:-1] + "\u00a0}",
    }.items():
        yield f"{name}", malformed(content, "syntax")
    yield "a list of one badge", malformed(f"[{text}]", "not_object")


def _encodings() -> Iterator[tuple[str, Row]]:
    """JSN-04: anything but UTF-8."""
    text = signed()
    for name, content in {
        "a byte order mark": b"\xef\xbb\xbf" + text.encode(),
        "UTF-16 with its mark": text.encode("utf-16"),
        "UTF-16, little end first": text.encode("utf-16-le"),
        "UTF-16, big end first": text.encode("utf-16-be"),
        "UTF-32 with its mark": text.encode("utf-32"),
        "UTF-32, big end first": text.encode("utf-32-be"),
        "Latin-1": text.replace("Literacy", "Littéraire").encode("latin-1"),
        "an overlong slash": text.encode().replace(b"/", b"\xc0\xaf", 1),
        "an overlong NUL": text.encode().replace(b"Literacy", b"\xc0\x80", 1),
        "a surrogate pair in UTF-8": text.encode().replace(b"Lit", b"\xed\xa0\xbd\xed\xb8\x80", 1),
        "beyond U+10FFFF": text.encode().replace(b"Lit", b"\xf4\x90\x80\x80", 1),
        "a character cut off": text.encode().replace(b"Literacy", b"\xe2\x82", 1),
    }.items():
        yield f"{name}", malformed(content, "encoding")


def _dates() -> Iterator[tuple[str, Row]]:
    """Dates that are none, and dates in the spellings that RFC 3339 and XML Schema allow."""
    for name, value in {
        "without a time": "2025-03-14",
        "without an offset": "2025-03-14T09:00:00",
        "that no calendar has": "2025-02-30T09:00:00Z",
        "of a thirteenth month": "2025-13-01T09:00:00Z",
        "of a 25th hour": "2025-03-14T25:00:00Z",
        "after midnight at 24:00": "2025-03-14T24:00:01Z",
        "with an offset of a day": "2025-03-14T09:00:00+24:00",
        "with a space": "2025-03-14 09:00:00Z",
        "with a year of five digits": "12025-03-14T09:00:00Z",
        "with a fraction of 30 digits": f"2025-03-14T09:00:00.{'0' * 30}Z",
        "in other digits": "\uff12\uff10\uff12\uff15-03-14T09:00:00Z",
        "with a line end": "2025-03-14T09:00:00Z\n",
        "in words": "14 March 2025",
        "that is a number": 1741942800,
        "that is a list": ["2025-03-14T09:00:00Z", "2020-03-14T09:00:00Z"],
        "that is an object": {"type": "xsd:dateTime", "@value": "2025-03-14T09:00:00Z"},
        "that is empty": "",
    }.items():
        row = Row(_dated(value), "invalid", "structure/vc.validFrom")
        yield f"a date {name}", row
    for name, value in {
        "with an offset": "2025-03-14T10:00:00+01:00",
        "in small letters": "2025-03-14t09:00:00z",
        "with nine digits of a second": "2025-03-14T09:00:00.123456789Z",
        "in a leap second": "2016-12-31T23:59:60Z",
        "at 24:00": "2025-03-13T24:00:00Z",
    }.items():
        yield f"a date {name}", Row(_dated(value), "verified")


def _dated(value: object) -> bytes:
    return signed(validFrom=value).encode()


def _same() -> Iterator[tuple[str, Row]]:
    """JSN-05: other spellings of the very values that were signed."""
    text = signed()
    document: dict[str, Any] = json.loads(text)
    numbered = good()
    numbered["credentialSubject"]["achievement"]["creditsAvailable"] = 12
    with_number = compact(by(RIVERSIDE, numbered))
    numbered["credentialSubject"]["achievement"]["creditsAvailable"] = 0
    with_zero = compact(by(RIVERSIDE, numbered))
    numbered["credentialSubject"]["achievement"]["creditsAvailable"] = 10**21 + 0.0
    with_large = compact(by(RIVERSIDE, numbered))
    for name, content in {
        "as it was signed": text,
        "white space around": f" \r\n\t{text}\n ",
        "indented": json.dumps(document, indent=4),
        "in another order": compact(dict(reversed(document.items()))),
        "every letter escaped": text.replace("Data", "\\u0044\\u0061\\u0074\\u0061"),
        "a member's name escaped": text.replace('"issuer"', '"\\u0069ssuer"'),
        "slashes escaped": text.replace("/", "\\/"),
        "12 as 12.0": _numeral(with_number, "12.0"),
        "12 as 1.2e1": _numeral(with_number, "1.2e1"),
        "12 as 120E-1": _numeral(with_number, "120E-1"),
        "0 as -0": _numeral(with_zero, "-0"),
        "0 as -0.0": _numeral(with_zero, "-0.0"),
        "0 as 0e99": _numeral(with_zero, "0e99"),
        "10^21 as it was signed": with_large,
        "10^21 as 1000e18": _numeral(with_large, "1000e18"),
    }.items():
        yield f"{name}", Row(content.encode(), "verified")
    altered = Row(_numeral(with_number, "12.000000000000002").encode(), "invalid", "bad_signature")
    yield "12 and a little more", altered


def _numeral(text: str, number: str) -> str:
    return re.sub(r'(?<="creditsAvailable":)[^,}]+', number, text)
