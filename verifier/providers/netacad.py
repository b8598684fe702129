"""Cisco Networking Academy: certificates on its own site. Its badges are at Credly."""

from __future__ import annotations

from verifier.providers.platform import UUID, Evidence, Example, Provider, Shape

_HOME = "https://www.netacad.com"
_ONE = "01b2c3d4-0000-4000-8000-00000000cc01"

PROVIDER = Provider(
    name="cisco-netacad",
    title="Cisco Networking Academy",
    shapes=(
        Shape(
            "award",
            ("www.netacad.com", "netacad.com"),
            "/certificates",
            f"{_HOME}/certificates?issuanceId={{issuanceId}}",
            "{issuanceId}",
            query={"issuanceId": UUID},
            lower=("issuanceId",),
            says="Touchstone can't read the academy's own certificates. "
            "Ask the holder for the badge at Credly of the same course, which can be checked.",
            award="course",
        ),
    ),
    examples=(Example(f"{_HOME}/certificates?issuanceId={_ONE}", "award", _ONE),),
    strangers=(
        f"https://www.netacad.com.evil.example/certificates?issuanceId={_ONE}",
        f"{_HOME}/certificates",
        f"{_HOME}/courses/networking-basics",
    ),
    evidence=(Evidence("certificate link", "none", "Recognised; its badges are at Credly."),),
)
