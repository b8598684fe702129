"""Words that stand under a good signature, and not where their reader would look for them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.cases_current import CONTEXTS, UNDEFINED_TERMS
from tests.made.cases_genuine import college, good
from tests.made.credentials import by
from tests.made.folder import Case
from tests.made.issuers import RIVERSIDE


def cases() -> Iterator[Case]:
    """A type that names no word, though any other word would mean something; and dates of the badge
    told of it by a credential within.
    """
    unnamed = good(
        type=["VerifiableCredential", "OpenBadgeCredential", "_:b7"],
        **{"@context": [*CONTEXTS, UNDEFINED_TERMS]},
    )
    yield college(
        "a-type-that-names-no-word", by(RIVERSIDE, unnamed), "invalid", genuine="structure"
    )
    badge = good()
    within = {
        "id": badge["id"],
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "validUntil": "2020-01-01T00:00:00Z",
    }
    yield college(
        "an-end-told-by-an-endorsement",
        by(RIVERSIDE, {**badge, "endorsement": [within]}),
        "invalid",
        genuine="structure",
    )
