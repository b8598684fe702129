"""`make live` knows every platform, and can tell an answer that is not as recorded."""

import pytest

from tests import live
from tests.providers.reading import JSON, NOW, gave
from verifier.model import Document
from verifier.providers import PROVIDERS


def test_every_platform_is_opened_or_has_a_reason() -> None:
    assert set(live.ADDRESSES) | set(live.CLOSED) == {provider.name for provider in PROVIDERS}
    assert not set(live.ADDRESSES) & set(live.CLOSED)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (gave(b"{}", JSON, 404), None),
        (gave(b"{}", JSON, 200), "answered 200, on record is 404"),
        (gave(b"", "text/html", 404), "answered text/html, on record is application/json"),
        (Document("", NOW, error="dns"), "no answer (dns)"),
    ],
)
def test_an_answer_is_held_against_the_record(document: Document, said: str | None) -> None:
    assert live.differs(document, 404, JSON) == said
