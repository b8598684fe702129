"""What is prepared of issuer lists is prepared once, and never taken for another's."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from tests.made.cases_genuine import good
from tests.made.issuers import RIVERSIDE
from tests.made.signing import signed
from tests.unit.judging import FITS, NOW, parsed
from verifier.checks import issuer
from verifier.ports import Circumstances, ListedIssuer
from verifier.trust import IssuerList

#: So many that nothing else is made as long in between: what is let go of stands where the next is.
_OTHERS = tuple(ListedIssuer(f"did:example:{number}", f"Nobody {number}") for number in range(18))


class Fleeting:
    """A list that is made anew whenever it is asked, as a host may lend one."""

    def __init__(self, policy: str) -> None:
        self._list = IssuerList(f"a list that says {policy}")
        self._policy = policy

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 all but the issuers is the list's own
        return getattr(self._list, name)

    @property
    def issuers(self) -> tuple[ListedIssuer, ...]:
        return (ListedIssuer(RIVERSIDE.did, RIVERSIDE.name, self._policy), *_OTHERS)


def test_a_list_that_is_made_anew_is_not_taken_for_the_one_before_it() -> None:
    credential = parsed(signed(good(), "riverside", RIVERSIDE.method))
    for number in range(100):
        policy, code = (("trust", "vouched"), ("deny", "denied"))[number % 3 == 0]
        lent = Circumstances(NOW, trust=(Fleeting(policy),))
        assert issuer.check(credential, FITS, lent).code == code


def test_two_lists_in_another_order_are_asked_in_that_order() -> None:
    credential = parsed(signed(good(), "riverside", RIVERSIDE.method))
    lists = tuple(
        IssuerList(name, (ListedIssuer(RIVERSIDE.did, name),)) for name in ("First", "Second")
    )
    for trust in (lists, lists[::-1], lists):
        answer = issuer.check(credential, FITS, replace(Circumstances(NOW), trust=trust))
        assert answer.detail["name"] == trust[0].name
