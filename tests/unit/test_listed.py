"""What is prepared of issuer lists is prepared once, and never taken for another's."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from tests.made.cases_genuine import good
from tests.made.issuers import RIVERSIDE
from tests.made.signing import signed
from tests.unit.judging import FITS, NOW, parsed
from verifier.checks import issuer
from verifier.model import Credential
from verifier.ports import Circumstances, ListedIssuer
from verifier.report import Check, Question
from verifier.trust import IssuerList, unread

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


def test_a_stranger_that_was_met_before_is_looked_up_by_all_that_counts() -> None:
    credential = parsed(signed(good(), "riverside", RIVERSIDE.method))
    others = IssuerList("Others", (ListedIssuer("did:web:elsewhere.example", "Elsewhere"),))
    lent = Circumstances(NOW, trust=(others,))

    def code(of: Credential, genuine: Check = FITS, circumstances: Circumstances = lent) -> str:
        return issuer.check(of, genuine, circumstances).code

    assert [code(credential), code(credential)] == ["not_listed", "not_listed"]
    renamed = replace(credential, issuer=replace(credential.issuer, name="Elsewhere"))
    assert code(renamed) == "claims_known_name"
    named_so = replace(credential.issuer, also=("did:web:elsewhere.example",))
    assert code(replace(credential, issuer=named_so)) == "vouched"
    assert code(credential, replace(FITS, detail={"insecure": True})) == "insecure"
    unproven = Check(Question.GENUINE, "key_unreachable", "Its keys could not be read.")
    assert (
        issuer.check(credential, unproven, lent).says != issuer.check(credential, FITS, lent).says
    )
    missing = Circumstances(NOW, trust=(others, unread("Mine")))
    assert code(credential, FITS, missing) == "registry_unread"
    listed = IssuerList("Mine", (ListedIssuer(RIVERSIDE.did, RIVERSIDE.name, "deny"),))
    assert code(credential, FITS, Circumstances(NOW, trust=(others, listed))) == "denied"


def test_lists_that_are_lent_in_something_that_grows_are_looked_at_each_time() -> None:
    credential = parsed(signed(good(), "riverside", RIVERSIDE.method))
    grows = [IssuerList("Others", (ListedIssuer("did:web:elsewhere.example", "Elsewhere"),))]
    lent = Circumstances(NOW, trust=grows)  # type: ignore[arg-type]  # as a host may, all the same
    assert issuer.check(credential, FITS, lent).code == "not_listed"
    grows.append(IssuerList("Mine", (ListedIssuer(RIVERSIDE.did, RIVERSIDE.name, "deny"),)))
    assert issuer.check(credential, FITS, lent).code == "denied"
