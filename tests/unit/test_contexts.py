"""The pinned contexts are the published ones, and a changed file stops the program."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from verifier import contexts

INDEX = json.loads((contexts.FOLDER / "index.json").read_text(encoding="utf-8"))


def canonical_sha256(document: object) -> str:
    """The digest of a JSON value that the material states: sorted keys, no white space."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="session")
def published(material: Path) -> dict[str, dict[str, str]]:
    text = (material / "contexts" / "index.json").read_text(encoding="utf-8")
    index: dict[str, dict[str, str]] = json.loads(text)
    return index


@pytest.mark.parametrize("url", INDEX["contexts"])
def test_a_context_is_what_its_publisher_serves(
    url: str, published: dict[str, dict[str, str]]
) -> None:
    assert canonical_sha256(contexts.load()[url]) == published[url]["canonical_json_sha256"]


@pytest.mark.parametrize("url", INDEX["contexts"])
def test_a_context_states_its_bytes_origin_and_licence(url: str) -> None:
    entry = INDEX["contexts"][url]
    kept = (contexts.FOLDER / entry["file"]).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == entry["sha256"]
    assert entry["licence"]
    assert {"registry", "package", "version", "member"} <= entry["origin"].keys()


def test_every_file_is_in_the_index() -> None:
    files = {path.name for path in contexts.FOLDER.glob("*.json")} - {"index.json"}
    assert files == {entry["file"] for entry in INDEX["contexts"].values()}


def test_what_no_package_ships_is_listed_in_the_readme(
    published: dict[str, dict[str, str]],
) -> None:
    missing = {url.removesuffix(" (assumed)") for url in published} - INDEX["contexts"].keys()
    readme = (contexts.FOLDER / "README.md").read_text(encoding="utf-8")
    assert sorted(url for url in missing if f"`{url}`" not in readme) == []
    assert sorted(url for url in INDEX["contexts"] if f"- `{url}`" in readme) == []


def test_an_alias_is_the_context_it_stands_for() -> None:
    known = contexts.load()
    assert INDEX["aliases"]
    assert not INDEX["aliases"].keys() & INDEX["contexts"].keys()
    for alias, url in INDEX["aliases"].items():
        assert known[alias] is known[url]


def test_the_aliases_are_those_of_the_publishers(material: Path) -> None:
    aliases = json.loads((material / "contexts" / "aliases.json").read_text(encoding="utf-8"))
    pinned = {alias: url for alias, url in aliases.items() if url in INDEX["contexts"]}
    assert pinned == INDEX["aliases"]


def test_open_badges_3_0_3_is_the_live_document() -> None:
    """The copy in some packages lacks two terms; this digest is that of the one 1EdTech serves."""
    url = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    assert INDEX["contexts"][url]["sha256"].startswith("3d34f4d4")


def test_credentials_v2_has_the_digest_the_standard_states() -> None:
    """Verifiable Credentials Data Model 2.0, appendix B.1."""
    stated = "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    assert INDEX["contexts"]["https://www.w3.org/ns/credentials/v2"]["sha256"] == stated


def test_contexts_are_read_once_and_cannot_be_replaced() -> None:
    known = contexts.load()
    assert contexts.load() is known
    with pytest.raises(TypeError):
        known["https://attacker.example/context"] = {}  # type: ignore[index] # that is the point


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(contexts.FOLDER, tmp_path / "contexts"))


def test_an_unchanged_copy_loads(copy: Path) -> None:
    assert contexts.load(copy) == contexts.load()


@pytest.mark.parametrize("file", sorted({e["file"] for e in INDEX["contexts"].values()}))
def test_one_changed_byte_refuses_to_load(file: str, copy: Path) -> None:
    changed = bytearray((copy / file).read_bytes())
    changed[-1] ^= 1
    (copy / file).write_bytes(changed)
    with pytest.raises(contexts.ContextChanged, match=file):
        contexts.load(copy)


@pytest.mark.parametrize("file", ["index.json", "credentials-v2.json"])
def test_a_missing_file_refuses_to_load(file: str, copy: Path) -> None:
    (copy / file).unlink()
    with pytest.raises(contexts.ContextChanged, match=file):
        contexts.load(copy)
