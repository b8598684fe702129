"""What is kept as data is what the libraries say now, and nothing else is read."""

from pathlib import Path

import pytest
from confusable_homoglyphs.confusables import confusables_data
from publicsuffixlist import PSLFILE, PublicSuffixList

from tests.kept.files import FILES
from verifier import contexts
from verifier.jsonld import kept
from verifier.signs import prototype
from verifier.trust.domains import registrable


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_is_what_the_libraries_say_now(path: Path) -> None:
    assert path.read_bytes() == FILES[path](), "write it anew: python -m tests.kept"


@pytest.mark.parametrize("changed", [b"", b"0" * 64 + b"\n{}"], ids=["empty", "another"])
def test_changed_contexts_judge_nothing(
    changed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "processed.txt").write_bytes(changed)
    monkeypatch.setattr(kept, "FILE", tmp_path / "processed.txt")
    with pytest.raises(contexts.ContextChanged):
        kept.Kept()


def test_contexts_that_were_made_of_others_judge_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "index_sha256", lambda: "0" * 64)
    with pytest.raises(contexts.ContextChanged):
        kept.Kept()


def test_our_own_signs_look_like_what_the_table_says() -> None:
    for sign in map(chr, range(128)):
        alike = [one["c"] for one in confusables_data.get(sign, ())]
        letters = [one.lower() for one in alike if one.isascii() and one.isalpha()]
        said = sign.lower() if sign.isalpha() else next(iter(letters), sign)
        assert prototype(sign) == said


def test_domains_end_where_the_library_says() -> None:
    theirs = PublicSuffixList()
    lines = Path(PSLFILE).read_text("utf-8").split("\n")
    rules = [line.strip() for line in lines if line.strip() and not line.startswith("//")]
    assert len(rules) > 5000
    for rule in rules:
        host = f"b.a.{rule.lstrip('!*.')}"
        for written in {host, host.encode("idna").decode()}:
            assert registrable(written) == theirs.privatesuffix(written)
