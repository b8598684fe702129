"""What can go wrong before there is a credential to report on.

Once a credential has been read, trouble is an answer in its report; these errors are for when there
is none.

    TouchstoneError
    ├── NoCredential      nothing to report on: carries a code of the contract and a sentence
    ├── Malformed         text that is not what it must be: carries a reason and a sentence
    └── TooCostly         work that did not end within its limits
"""

from __future__ import annotations


class TouchstoneError(Exception):
    """Root of every error this library raises on purpose."""


class NoCredential(TouchstoneError):
    """The source holds no single credential.

    `code` is one of `ERROR_CODES`; `says` is a sentence for people; `found` names what was there
    instead.
    """

    def __init__(self, code: str, says: str, found: tuple[str, ...] = ()) -> None:
        """Refuse codes the contract does not know."""
        if code not in ERROR_CODES:
            raise ValueError(f"{code!r} is not an error code of the contract")
        super().__init__(says)
        self.code = code
        self.says = says
        self.found = found

    def __reduce__(self) -> tuple[type[NoCredential], tuple[str, str, tuple[str, ...]]]:
        """Whole again on the other side of a process."""
        return NoCredential, (self.code, self.says, self.found)


ERROR_CODES = frozenset(
    (
        "not_a_badge",
        "malformed",
        "ambiguous",
        "too_large",
        "not_an_award",
        "unreachable",
        "sign_in",
        "blocked",
    )
)


class Malformed(TouchstoneError):
    """Text or bytes that break a rule of their format; `reason` is a stable dotted word such as
    `json.duplicate`.
    """

    def __init__(self, reason: str, says: str) -> None:
        """Keep both the word for programs and the sentence for people."""
        super().__init__(says)
        self.reason = reason
        self.says = says

    def __reduce__(self) -> tuple[type[Malformed], tuple[str, str]]:
        """Whole again on the other side of a process."""
        return Malformed, (self.reason, self.says)


class TooCostly(TouchstoneError):
    """A piece of work was stopped at its limit of time, memory or steps; nothing is known of its
    result.
    """
