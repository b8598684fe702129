"""What is asked of a holder: a Verifiable Presentation Request (VCALM 1.0, section 3.4), as JSON or
within a link, so that nobody has to fetch anything to read it.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import JsonObject, as_list

#: The longest request, and the longest of its texts.
LIMIT, TEXT = 64 * 1024, 1000
#: A domain as it may be shown: an origin, a host and port, or a host, in the letters that browsers
#: use, of which none looks like another script's.
DOMAIN = re.compile(r"(?:https?://)?(?:[A-Za-z0-9_.-]{1,253}|\[[0-9a-f:]{2,45}\])(?::\d{1,5})?/?")
#: How we sign (Data Integrity EdDSA Cryptosuites 1.0, section 3.2), and by which kind of DID.
SUITE, METHOD = "eddsa-rdfc-2022", "key"
#: What our own requests take: some of what the verifier reads, most to the point first.
_SUITES, _METHODS = (SUITE, "ecdsa-rdfc-2019"), (METHOD, "web")
_AUTHENTICATION, _EXAMPLE = "DIDAuthentication", "QueryByExample"
_SERVICE = "UnmediatedHttpPresentationService2021"
_CONTEXT = "https://www.w3.org/ns/credentials/v2"
#: What every credential is.
_ANY = "VerifiableCredential"
_ASK_AGAIN = "Ask whoever sent it for a new one."


class Asked(Struct, frozen=True):
    """What somebody asks for: `reasons` in their words, `types` of credentials if not any will do.
    `beyond` are kinds of queries that a presentation of badges does not answer, `link` is where the
    answer may be brought. Nothing of it is proven.
    """

    challenge: str
    domain: str
    reasons: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    link: str | None = None


def written(challenge: str, domain: str, reason: str, link: str | None = None) -> dict[str, Any]:
    """A request for credentials of any kind, for `reason`."""
    example = {"@context": [_CONTEXT], "type": [_ANY]}
    wanted = {"reason": reason, "example": example} if reason else {"example": example}
    authentication = {
        "type": _AUTHENTICATION,
        "acceptedMethods": [{"method": one} for one in _METHODS],
        "acceptedCryptosuites": [{"cryptosuite": one} for one in _SUITES],
    }
    request: dict[str, Any] = {
        "query": [authentication, {"type": _EXAMPLE, "credentialQuery": [wanted]}],
        "challenge": challenge,
        "domain": domain,
    }
    if link is not None:
        request["interact"] = {"service": [{"type": _SERVICE, "serviceEndpoint": link}]}
    return request


def linked(link: str, request: Mapping[str, Any]) -> str:
    """`link` with the request in its fragment, which browsers send to nobody."""
    told = {name: value for name, value in request.items() if name != "interact"}
    text = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
    return f"{link}#{base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')}"


def read(text: str) -> Asked:
    """The request that is `text`, or within the link that `text` is.

    Raises `Malformed`, also where no answer of ours would do.
    """
    text = text.strip()
    if len(text) > 2 * LIMIT:
        raise Malformed("request.size", "This is larger than any request to present badges.")
    if not text.lower().startswith(("https://", "http://")):
        return _read(read_object(text.encode("utf-8", "replace"), limit=LIMIT), None)
    link, _, fragment = text.partition("#")
    if not fragment:
        raise Malformed(
            "request.link",
            "This link does not say what is asked: what follows the sign # is missing. Copy the "
            "whole link, or open it and save the request as a file.",
        )
    asked = _read(read_object(read_base64url(fragment), limit=LIMIT), link)
    if asked.link is None:
        raise Malformed(
            "request.host",
            f"The link leads to {_host(link)[:100]}, and the request in it is for "
            f"{asked.domain[:100]}: somebody may be passing on what another asks. {_ASK_AGAIN}",
        )
    return asked


def _read(document: JsonObject, link: str | None) -> Asked:
    request = _unwrapped(document)
    queries = [one for one in as_list(request.get("query")) if isinstance(one, Mapping)]
    if not queries:
        says = "This is no request to present badges: it asks for nothing."
        raise Malformed("request.query", f"{says} {_ASK_AGAIN}")
    challenge, domain = (_text(request, name) for name in ("challenge", "domain"))
    if not DOMAIN.fullmatch(domain):
        raise _no("domain")
    for query in queries:
        if query.get("type") == _AUTHENTICATION:
            _check(query, "acceptedMethods", "method", METHOD)
            _check(query, "acceptedCryptosuites", "cryptosuite", SUITE)
    wanted = list(_wanted(queries))
    kinds = (kind for one in wanted for kind in _types(one))
    known = (_AUTHENTICATION, _EXAMPLE)
    link = link or _endpoint(request)
    return Asked(
        challenge,
        domain,
        tuple(_texts(one.get("reason") for one in wanted)),
        tuple(one for one in dict.fromkeys(_texts(kinds)) if one != _ANY),
        tuple(_texts(one.get("type") for one in queries if one.get("type") not in known)),
        link if link is not None and is_of(link, domain) else None,
    )


def _unwrapped(document: JsonObject) -> JsonObject:
    """The request itself: bare, as an exchange sends it (VCALM 1.0, section 3.6), or as a web page
    hands it to a wallet (CHAPI).
    """
    inner = document.get("verifiablePresentationRequest")
    web = document.get("web")
    if inner is None and isinstance(web, Mapping):
        inner = web.get("VerifiablePresentation")
    return inner if isinstance(inner, Mapping) else document


def _text(request: JsonObject, name: str) -> str:
    value = request.get(name)
    if not isinstance(value, str) or not value.strip():
        says = f"This request has no “{name}”, so an answer to it could be used by anybody."
        raise Malformed(f"request.{name}", f"{says} {_ASK_AGAIN}")
    if len(value) > TEXT or not value.isprintable():
        raise _no(name)
    return value


def _no(name: str) -> Malformed:
    return Malformed(f"request.{name}", f"The “{name}” of this request is none. {_ASK_AGAIN}")


def _check(query: JsonObject, member: str, name: str, ours: str) -> None:
    """That what a query takes, if it says so, is what we give."""
    taken = [
        one.get(name) if isinstance(one, Mapping) else one for one in as_list(query.get(member))
    ]
    if taken and ours not in taken:
        said = ", ".join(str(one)[:40] for one in taken[:5])
        raise Malformed(
            f"request.{name}",
            f"This request takes no answer signed as Touchstone signs ({ours}), but {said}. Only "
            "whoever asks can change that.",
        )


def _wanted(queries: Iterable[JsonObject]) -> Iterator[JsonObject]:
    for query in queries:
        if query.get("type") == _EXAMPLE:
            given = as_list(query.get("credentialQuery"))
            yield from (one for one in given[:20] if isinstance(one, Mapping))


def _types(wanted: JsonObject) -> list[object]:
    example = wanted.get("example")
    return as_list(example.get("type")) if isinstance(example, Mapping) else []


def _texts(values: Iterable[object]) -> Iterator[str]:
    yield from (one[:TEXT] for one in values if isinstance(one, str) and one.strip())


def _endpoint(request: JsonObject) -> str | None:
    """Where the request itself says that its answer may be brought."""
    interact = request.get("interact")
    services = as_list(interact.get("service")) if isinstance(interact, Mapping) else []
    for one in services[:10]:
        if isinstance(one, Mapping) and one.get("type") == _SERVICE:
            address = one.get("serviceEndpoint")
            if isinstance(address, str) and address.startswith(("https://", "http://")):
                return address[:TEXT]
    return None


def _host(link: str) -> str:
    """Host and port, as browsers write them."""
    try:
        parts = urlsplit(link)
    except ValueError as error:
        raise Malformed("request.link", "This is no link.") from error
    if "@" in parts.netloc or not DOMAIN.fullmatch(parts.netloc):
        raise Malformed("request.link", "This link does not name its host as browsers do.")
    return parts.netloc


def is_of(link: str, domain: str) -> bool:
    """Whether `link` leads to `domain`, written as an origin, a host and port, or a host. Raises
    `Malformed` for what is no link.
    """
    host = _host(link).lower()
    named = {host, f"{link.partition('://')[0].lower()}://{host}", host.rpartition(":")[0] or host}
    return domain.lower().rstrip("/") in named
