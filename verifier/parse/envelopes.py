"""Envelopes: a secured credential or presentation inside a `data:` URL (VC Data Model 2.0, sections
4.12 and 4.13).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from verifier.errors import Malformed
from verifier.model import (
    Credential,
    Documents,
    JsonObject,
    Payload,
    Proof,
    Request,
    as_list,
)
from verifier.parse.credential_rules import ENVELOPES, VC_2, is_envelope, types_of

#: The longest content of an envelope, in bytes.
LIMIT = 1024 * 1024

_CREDENTIAL, _PRESENTATION = ENVELOPES
_DATA = re.compile(r"data:([a-z0-9.+-]+/[a-z0-9.+-]+)((?:;[a-z0-9=_-]+){0,4}),", re.IGNORECASE)
#: Media types of VC Data Model 2.0, section 6.2, and of VC-JOSE-COSE, section 6, with the names
#: that its drafts gave them; `*` is `vc` or `vp`.
_MEDIA_TYPES = ("*", "*+ld+json", "*+jwt", "*-ld+jwt", "*+sd-jwt", "*-ld+sd-jwt", "*+ld+jwt")

#: COSE (VC-JOSE-COSE, section 3.3), which badges don't come in.
_UNREAD = frozenset(("application/vc+cose", "application/vp+cose"))


def is_unread(document: JsonObject) -> bool:
    """Whether what is in the envelope is secured in a form that is recognised and not read."""
    address = document.get("id")
    head = _DATA.match(address[:300]) if isinstance(address, str) else None
    return head is not None and head[1].lower() in _UNREAD


def recognises(document: JsonObject) -> bool:
    """Whether this is an envelope that stays closed; any other is opened and read."""
    return is_envelope(document)


def needs(payload: Payload, document: JsonObject, documents: Documents) -> Iterable[Request]:
    """Nothing."""
    return ()


def parse(payload: Payload, document: JsonObject, documents: Documents) -> Credential:
    """A credential or presentation of which nothing is known but that it is one."""
    return Credential(
        standard="VP" if _PRESENTATION in types_of(document) else "VC 2.0",
        container=payload.container,
        content=payload.content,
        document=document,
        url=payload.url,
        types=types_of(document),
        proofs=(Proof("unsupported", "COSE"),),
    )


def opened(document: JsonObject) -> bytes:
    """What the envelope `document` holds, byte for byte.

    Raises `Malformed`: `envelope.context`, `envelope.type`, `envelope.address`,
    `envelope.media_type` or `envelope.size`.
    """
    types = types_of(document)
    if VC_2 not in as_list(document.get("@context")):
        raise Malformed(
            "envelope.context",
            "The “@context” of this envelope is not the vocabulary that says what an envelope is.",
        )
    if _CREDENTIAL in types and _PRESENTATION in types:
        raise Malformed("envelope.type", "This envelope says it holds two kinds of things.")
    address = document.get("id")
    head = _DATA.match(address[:300]) if isinstance(address, str) else None
    if not isinstance(address, str) or head is None:
        raise Malformed("envelope.address", "The “id” of this envelope is no data: URL.")
    word = "vc" if _CREDENTIAL in types else "vp"
    if head[1].lower() not in {f"application/{kind.replace('*', word)}" for kind in _MEDIA_TYPES}:
        raise Malformed(
            "envelope.media_type",
            f"The envelope holds “{head[1][:60]}”, which is not what it says it holds.",
        )
    if len(address) > 2 * LIMIT:
        raise _too_large()
    content = unquote_to_bytes(address[head.end() :])
    if head[2].lower().endswith(";base64"):
        content = _base64(content)
    if len(content) > LIMIT:
        raise _too_large()
    return content


def check_content(envelope: JsonObject, document: JsonObject) -> None:
    """Hold what was in an envelope against what the envelope says.

    Raises `Malformed` (`envelope.nested`, `envelope.type`).
    """
    if is_envelope(document):
        raise Malformed("envelope.nested", "This envelope holds another. Only one may be.")
    presents = "VerifiablePresentation" in types_of(document)
    if presents is not (_PRESENTATION in types_of(envelope)):
        raise Malformed("envelope.type", "The envelope holds something else than it says.")


def _base64(content: bytes) -> bytes:
    try:
        return base64.b64decode(content, None, True)
    except binascii.Error as error:
        raise Malformed("envelope.address", "The base64 in this envelope is damaged.") from error


def _too_large() -> Malformed:
    return Malformed("envelope.size", f"The envelope holds more than {LIMIT // 1024} KiB.")
