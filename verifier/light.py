"""Work on a small credential is done where it is asked for: to hand it to a worker takes longer
than most badges take to verify.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from verifier import bounds
from verifier.model import Credential, Documents

T = TypeVar("T")

#: Bytes of a credential and of all documents that it is held against: of less, nothing is costly
#: but what counts its work (`bounds`).
SMALL = 64 * 1024


def done_here(
    function: Callable[..., T], credential: Credential, documents: Documents, *others: object
) -> T | None:
    """The result of `function(credential, documents, *others)`; `None` where it may take long, and
    is to be begun again where it can be stopped. Raises `TooCostly`.
    """
    size = len(credential.content)
    for one in documents.values():
        size += len(one.content)
    if size > SMALL:
        return None
    try:
        with bounds.at_once():
            return function(credential, documents, *others)
    except bounds.Heavy:
        return None
