"""Why a document has no canonical form that we stand by."""

from __future__ import annotations

from verifier.errors import TouchstoneError


class Rejected(TouchstoneError):
    """No signature over this document would cover what it says.

    `code` is a code of the question `genuine` (`dropped_terms`, `structure` or `context`), `reason`
    the finer dotted word, `says` a sentence for people.
    """

    def __init__(self, code: str, reason: str, says: str) -> None:
        """Keep the words for programs and the sentence for people."""
        super().__init__(says)
        self.code = code
        self.reason = reason
        self.says = says

    def __reduce__(self) -> tuple[type[Rejected], tuple[str, str, str]]:
        """Whole again on the other side of a process."""
        return Rejected, (self.code, self.reason, self.says)
