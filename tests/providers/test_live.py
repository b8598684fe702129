"""`make live` knows every platform, and can tell an answer that is not as expected."""

import pytest

from tests import live
from tests.providers.reading import NOW, gave
from verifier.model import Document
from verifier.providers import PROVIDERS


def test_every_platform_is_opened_or_has_a_reason() -> None:
    assert set(live.ADDRESSES) | set(live.CLOSED) == {provider.name for provider in PROVIDERS}
    assert not set(live.ADDRESSES) & set(live.CLOSED)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (gave(b"{}", status=404), None),
        (gave(b"{}"), "answered 200, expected 404"),
        (gave(b"", "text/html", 404), "answered text/html, expected application/json"),
        (Document("", NOW, error="dns"), "no answer (dns)"),
    ],
)
def test_an_answer_is_held_against_what_is_expected(document: Document, said: str | None) -> None:
    assert live.differs(document, live.Expected("", 404, live.JSON)) == said
