"""Badges secured with SD-JWT: only what was signed and shown is told, and what may be missing."""

from pathlib import Path

import pytest

from tests.made.cases_disclosed import END, LANGUAGE, hidden, issued
from tests.made.cases_tokens import THIEF, secured, web
from tests.made.sd_tokens import bound, digest, disclosure, shown
from tests.unit.test_sd_jwt import judged

ISSUER = disclosure("issuer", "did:web:riverside-college.example")


def test_what_is_not_shown_is_no_fact_and_may_be_an_end_or_a_status(tmp_path: Path) -> None:
    report = judged(shown(jwt=issued()), web(), tmp_path)
    assert report.checks[0].code == "signature"
    assert report.checks[0].detail["hidden"] == ["credentialStatus", "validUntil", "exp"]
    assert report.credential.expires is None
    assert not {"inLanguage", "validUntil", "_sd", "_sd_alg"} & set(report.credential.document)
    whole = judged(shown(LANGUAGE, END, jwt=issued()), web(), tmp_path)
    assert "hidden" not in whole.checks[0].detail
    assert whole.credential.expires is not None
    assert whole.credential.document["inLanguage"] == "en"


@pytest.mark.parametrize("ended", [{}, {"validUntil": "2035-06-01T00:00:00Z"}])
def test_a_status_of_several_may_be_left_out(ended: dict[str, str], tmp_path: Path) -> None:
    entries = {"credentialStatus": [{"...": digest(LANGUAGE)}], **ended}
    report = judged(shown(jwt=issued(hidden(**entries))), web(), tmp_path)
    assert report.checks[0].detail["hidden"] == ["credentialStatus"]
    assert report.checks[1].code == "not_stated"


def test_a_part_of_a_status_that_is_shown_may_be_left_out(tmp_path: Path) -> None:
    inner = disclosure("more", {"_sd": [digest(LANGUAGE)]})
    status = disclosure("credentialStatus", {"_sd": [digest(inner)]})
    report = judged(shown(status, inner, jwt=issued(hidden(digest(status)))), web(), tmp_path)
    assert report.checks[0].detail.get("hidden") == ["credentialStatus"] or (
        report.checks[0].code == "structure"
    )
    assert report.verdict.value != "verified"


def test_what_is_left_out_of_the_subject_says_nothing_of_an_end(tmp_path: Path) -> None:
    made = hidden()
    subject = {**made["credentialSubject"], "_sd": [digest(LANGUAGE)]}
    report = judged(shown(jwt=issued({**made, "credentialSubject": subject})), web(), tmp_path)
    assert "hidden" not in report.checks[0].detail


#: What is signed or shown wrongly: the token, the code and the reason.
WRONG: dict[str, tuple[str, str, str | None]] = {
    "no issuer shown": (
        shown(jwt=issued({**hidden(digest(ISSUER)), "issuer": None})),
        "structure",
        "vc.issuer",
    ),
    "an added part": (shown(END, jwt=issued(hidden())), "altered", "sd_jwt.disclosure"),
    "a name told twice": (
        shown(ISSUER, jwt=issued(hidden(digest(ISSUER)))),
        "structure",
        "sd_jwt.name",
    ),
    "another issuer in a claim": (
        shown(jwt=issued(hidden(iss="did:web:thief.example"))),
        "structure",
        "jwt.mismatch",
    ),
    "a second credential": (shown(jwt=issued(hidden(vc={}))), "structure", "jwt.claims"),
    "a token for something else": (
        shown(jwt=issued(hidden(), typ="dc+sd-jwt")),
        "structure",
        "jwt.typ",
    ),
    "a plain token with a tilde": (shown(jwt=secured()), "structure", "jwt.typ"),
    "no tilde": (issued(hidden()), "structure", "jwt.typ"),
    "somebody else's signature": (
        shown(jwt=secured(claims=hidden(), key=THIEF, typ="vc+sd-jwt")),
        "bad_signature",
        None,
    ),
    "somebody else's key": (
        shown(jwt=issued(hidden(), kid="did:web:thief.example#key-1")),
        "key_not_issuers",
        "key.foreign",
    ),
    "nobody's signature": (
        shown(jwt=issued(hidden(), alg="none").rpartition(".")[0] + "."),
        "bad_signature",
        "jws.alg",
    ),
    "MD5": (shown(jwt=issued(hidden(_sd_alg="md5"))), "unsupported_proof", None),
    "bound to nobody": (
        bound(shown(jwt=issued(hidden())), aud=None),
        "bad_signature",
        "sd_jwt.binding.claims",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_never_accepted_and_told_by_name(name: str, tmp_path: Path) -> None:
    text, code, reason = WRONG[name]
    report = judged(text, web(), tmp_path)
    genuine = report.checks[0]
    assert report.verdict.value in ("invalid", "unknown")
    assert genuine.code == code, genuine
    assert reason is None or genuine.detail["reason"] == reason
    assert genuine.fix
