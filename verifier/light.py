"""Work on a small credential is done where it is asked for: to hand it to a worker takes longer
than most badges take to verify.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from verifier import bounds
from verifier.model import Credential, Documents
from verifier.ports import Workers

T = TypeVar("T")

#: Bytes of a credential and of all documents that it is held against: of less, nothing is costly
#: but what counts its work (`bounds`).
SMALL = 64 * 1024


async def worked(
    workers: Workers,
    function: Callable[..., T],
    credential: Credential,
    documents: Documents,
    *others: object,
) -> T:
    """The result of `function(credential, documents, *others)`: from here, or from a worker where
    it may take long. Raises `TooCostly`.
    """
    size = len(credential.content)
    for one in documents.values():
        size += len(one.content)
    if size <= SMALL:
        try:
            with bounds.at_once():
                return function(credential, documents, *others)
        except bounds.Heavy:
            pass  # begun again where it can be stopped
    return await workers.run(function, credential, documents, *others)
