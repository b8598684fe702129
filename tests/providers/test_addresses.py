"""Every address belongs to exactly one platform, or to none; and what is wrapped is unwrapped."""

import json
from pathlib import Path

import pytest

from verifier.addresses import read_address
from verifier.providers import discreet, find, unwrap
from verifier.providers.platform import KINDS, Example, Provider
from verifier.providers.registry import PROVIDERS
from verifier.report import Assurance

EXAMPLES = [(provider, example) for provider in PROVIDERS for example in provider.examples]


@pytest.mark.parametrize(
    ("provider", "example"), EXAMPLES, ids=[example.url[:100] for _, example in EXAMPLES]
)
def test_an_example_belongs_to_its_platform_and_no_other(
    provider: Provider, example: Example
) -> None:
    address = read_address(example.url)
    assert [one.name for one in PROVIDERS if one.match(address) is not None] == [provider.name]
    match = find(example.url)
    assert match is not None
    assert (match.provider, match.kind, match.id) == (provider.name, example.kind, example.id)
    assert match.canonical == (example.canonical or example.url)
    again = find(match.canonical)
    assert again is None or again.provider == provider.name


@pytest.mark.parametrize("url", [url for provider in PROVIDERS for url in provider.strangers])
def test_a_look_alike_belongs_to_nobody(url: str) -> None:
    assert find(url) is None


@pytest.mark.parametrize("provider", PROVIDERS, ids=[provider.name for provider in PROVIDERS])
def test_a_platform_shows_each_of_its_shapes_by_an_example(provider: Provider) -> None:
    shapes = [provider.match(read_address(example.url)) for example in provider.examples]
    shown = {id(found[1]) for found in shapes if found is not None}
    assert {shape.path for shape in provider.shapes if id(shape) not in shown} == set()
    assert {shape.kind for shape in provider.shapes} <= KINDS
    assert {one.assurance for one in provider.evidence} <= set(Assurance)
    assert provider.evidence
    assert provider.strangers


@pytest.mark.parametrize("provider", PROVIDERS, ids=[provider.name for provider in PROVIDERS])
@pytest.mark.parametrize(
    "spoil",
    [
        "{scheme}://{host}.evil.example{rest}",
        "{scheme}://evil-{host}{rest}",
        "{scheme}://{host}@evil.example{rest}",
        "{scheme}://reader@{host}{rest}",
        "{scheme}://{host}:8443{rest}",
        "{scheme}://{host}:80443{rest}",
        "ftp://{host}{rest}",
        "https://evil.example/?url={scheme}://{host}{rest}",
        "https://evil.example/#{scheme}://{host}{rest}",
    ],
)
def test_no_trick_with_a_host_makes_it_the_platforms(provider: Provider, spoil: str) -> None:
    for example in provider.examples:
        _, shape = provider.match(read_address(example.url)) or (None, None)
        if shape is None or shape.hosts == ("**",):
            continue
        scheme, _, rest = example.url.partition("://")
        host, slash, path = rest.partition("/")
        if host not in shape.hosts:  # one of the platform's tenants, who may call itself anything
            host = host.partition(".")[2]
        url = spoil.format(scheme=scheme, host=host, rest=slash + path)
        found = find(url)
        assert found is None or (found.provider != provider.name)


def test_there_are_no_two_platforms_of_one_name() -> None:
    names = [provider.name for provider in PROVIDERS]
    assert len(names) == len(set(names))


def test_what_mail_and_networks_wrap_is_unwrapped(material: Path) -> None:
    lines = (material / "providers/mail/proxy_map.jsonl").read_text().splitlines()
    pairs = [json.loads(line) for line in lines]
    assert [pair for pair in pairs if unwrap(pair["wrapped"]) != pair["original"]] == []
    assert len(pairs) == 17


AWARD = "https://www.credly.com/badges/01b2c3d4-0000-4000-8000-000000000001"
CODED = AWARD.replace(":", "%3A").replace("/", "%2F")


@pytest.mark.parametrize(
    "url",
    [
        f"https://eur01.safelinks.protection.outlook.com/?url={CODED}&data=05%7Creader%40work.example",
        f"https://www.google.com/url?q={AWARD}&sa=D",
        f"https://www.google.com/url?sa=t&url={CODED}",
        f"https://www.linkedin.com/safety/go?url={CODED.replace('.', '%2E')}&trk=x",
        f"https://uk.linkedin.com/redir/redirect?url={CODED}",
        f"https://www.linkedin.com/profile/add?name=Chart%20Reading&certUrl={CODED}",
        f"https://badgecheck.io/?url={CODED}&identity__email=learner%40school.example",
        "https://urldefense.proofpoint.com/v2/url?u="
        f"{AWARD.replace('-', '-2D').replace(':', '-3A').replace('/', '_')}&d=DwMF",
        f"https://urldefense.com/v3/__{AWARD}__;!!abc$",
        f"https://www.google.com/url?q={CODED.replace('https', 'http')}",
    ],
)
def test_an_award_is_found_within(url: str) -> None:
    match = find(url)
    assert match is not None
    assert (match.provider, match.kind, match.canonical) == ("credly", "wrapper", AWARD)
    assert discreet(url) == AWARD


def within(url: str, times: int) -> str:
    """`url`, wrapped so many times."""
    for _ in range(times):
        coded = url.replace("%", "%25").replace(":", "%3A").replace("/", "%2F").replace("&", "%26")
        url = f"https://www.linkedin.com/safety/go/?url={coded.replace('?', '%3F')}"
    return url


def test_wrapping_ends_somewhere() -> None:
    assert unwrap(within(AWARD, 4)) == AWARD
    assert unwrap(within(AWARD, 9)) is None


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.google.com.evil.example/url?q={CODED}",
        f"https://safelinks.protection.outlook.com.evil.example/?url={CODED}",
        f"https://www.google.com/search?q={CODED}",
        f"https://www.google.com/url?q={CODED}&q=https%3A%2F%2Fevil.example",
        "https://www.google.com/url?q=javascript%3Aalert(1)",
        "https://www.google.com/url?q=https%3A%2F%2Fwww.credly.com%40evil.example%2Fbadges",
        "https://www.linkedin.com/safety/go/?url=",
        AWARD,
    ],
)
def test_nothing_is_unwrapped_elsewhere(url: str) -> None:
    assert unwrap(url) is None


def test_an_ipv6_host_keeps_its_brackets() -> None:
    url = f"https://[2001:db8::1]/badges/assertion.php?b={'0a' * 20}"
    match = find(url)
    assert match is not None
    assert (match.provider, match.canonical) == ("moodle", url)


@pytest.mark.parametrize(
    "url",
    [
        "https://verified.sertifier.com/en/verify/\u0662\u0664\u0660\u0661\u0660\u0662\u0660\u0663\u0660\u0664\u0660\u0665\u0660\u0666",
        "https://www.credential.net/\u0661\u0662\u0663\u0664\u0665\u0666\u0667",
        AWARD.replace("0", "%30", 1),
        AWARD.replace("badges", "b%61dges"),
        AWARD.replace("/badges", "//badges"),
        AWARD.replace("/badges", ";x/badges"),
        AWARD.replace("/badges", "/x/%2e%2e/badges"),
        AWARD.replace("www.credly.com", "www.credly.com%00.evil.example"),
        AWARD.replace("www.credly.com", "www\u3002credly\u3002com"),
        AWARD.replace("www.credly.com", "www.credly.com.."),
        AWARD.replace("//", "/\\"),
    ],
)
def test_no_other_spelling_is_an_award(url: str) -> None:
    assert find(url) is None


@pytest.mark.parametrize(
    "url",
    [
        AWARD.replace("www.credly.com", "WWW.Credly.COM"),
        AWARD.replace("www.credly.com", "www.credly.com."),
        AWARD.replace("www.credly.com", "www.credly.com:443"),
        AWARD.upper().replace("BADGES", "badges"),
        f"{AWARD}/",
        f"{AWARD}#/badges/another",
        f"{AWARD}?url=https%3A%2F%2Fevil.example",
    ],
)
def test_one_award_has_one_canonical_address(url: str) -> None:
    match = find(url)
    assert match is not None
    assert match.canonical == AWARD
