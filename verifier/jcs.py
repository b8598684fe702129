"""Canonical JSON: the one text of a value (RFC 8785, JCS)."""

from __future__ import annotations

import rfc8785

from verifier import bounds
from verifier.errors import Malformed
from verifier.model import JsonObject


def canonical(value: JsonObject) -> bytes:
    """The canonical form of `value`, in UTF-8.

    Raises `Malformed` (`json.number`, `json.text`) for what I-JSON forbids, which two readers could
    take for two different things.
    """
    try:
        written = rfc8785.dumps(value)
    except (rfc8785.IntegerDomainError, rfc8785.FloatDomainError) as error:
        says = "A number is too large to mean the same to every reader."
        raise Malformed("json.number", says) from error
    except rfc8785.CanonicalizationError as error:
        raise Malformed("json.text", "The text has no canonical form.") from error
    bounds.spend(len(written) // 100)
    return written
