"""`make live` knows every platform, and can tell an answer that is not as expected."""

import anyio
import pytest

from tests import live
from tests.providers.reading import NOW, Answers, gave
from verifier.model import Document
from verifier.providers import is_closed
from verifier.providers.registry import PROVIDERS


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


def test_no_address_is_one_that_programs_are_kept_from() -> None:
    assert [one.url for one in live.ADDRESSES.values() if is_closed(one.url)] == []


def test_each_platform_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    web = {one.url: gave(b"", one.media_type, one.status) for one in live.ADDRESSES.values()}
    answers = Answers(web)
    assert anyio.run(live.ask, answers)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [*live.ADDRESSES, *live.CLOSED]
    assert answers.asked == [one.url for one in live.ADDRESSES.values()]
    web.popitem()
    assert not anyio.run(live.ask, Answers(web))
    assert "no answer" in capsys.readouterr().out


def test_without_a_network_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert not anyio.run(live.ask, Answers({}))
    assert "is there a network?" in capsys.readouterr().out
