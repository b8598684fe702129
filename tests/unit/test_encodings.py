"""Texts that stand for bytes, and how deep JSON is nested, against other ways to find the same."""

import json
from random import Random

import base58
import pytest

from verifier.encodings import read_multibase
from verifier.errors import Malformed
from verifier.json_gate import DEPTH, read_object


def test_base58_is_decoded_as_the_library_decodes_it() -> None:
    random = Random(1)  # noqa: S311  nothing secret
    for size in (*range(1, 120), 300, 700):
        content = bytes(random.randrange(4)) + random.randbytes(size)
        assert read_multibase(f"z{base58.b58encode(content).decode()}") == content


@pytest.mark.parametrize("text", ["0", "O", "l", "1 ", "ab\n", "é", "\udc00", "1\u200b"])
def test_what_is_no_sign_of_base58_is_refused(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_multibase(f"z{text}")
    assert refused.value.reason == "encoding.multibase"


@pytest.mark.parametrize(
    "text", ["[" * 50, '"' + "{" * 50, '\\"' + "[" * 50, "\\" * 3 + '"[' * 40, "]" * 50 + "\\"]
)
def test_brackets_in_strings_are_not_depth(text: str) -> None:
    within = json.loads(json.dumps({text: [text] * 50}))
    assert read_object(json.dumps(within).encode()) == within


@pytest.mark.parametrize("before", ["", "a", '"', '\\"', "\\", "\\\\", "]" * 50, '"]' * 50])
def test_brackets_after_any_string_are_depth(before: str) -> None:
    deep = json.dumps({before: [before]})[:-2] + "," + "[" * DEPTH + "]" * DEPTH + "]}"
    with pytest.raises(Malformed) as refused:
        read_object(deep.encode())
    assert refused.value.reason == "json.depth"
