"""Adobe: what stands on its own sites. Most of its badges are at Credly, under three organisations.

No page of certification.adobe.com has been seen by those who wrote this, so none is read.
"""

from __future__ import annotations

from verifier.providers.platform import UUID, Evidence, Example, Provider, Shape

_HOME = "https://certification.adobe.com/credential/verify"
_ONE = "01b2c3d4-0000-4000-8000-00000000ad01"

PROVIDER = Provider(
    name="adobe",
    title="Adobe",
    shapes=(
        # Some links hold the earner's e-mail address besides.
        Shape(
            "award",
            ("certification.adobe.com",),
            rf"/credential/verify/(?P<id>{UUID})(?:/[^/]+)?",
            f"{_HOME}/{{id}}",
            lower=("id",),
            says="Touchstone can't read the page on which Adobe shows this yet. "
            "Open the link and compare by eye, or ask for the same award's link at Credly.",
            award="certification",
        ),
        Shape("short_link", ("adobe.ly",), r"/(?P<id>[A-Za-z0-9]+)", "https://adobe.ly/{id}"),
        Shape(
            "private",
            ("partners.adobe.com",),
            "(?:/.*)?",
            "https://partners.adobe.com/",
            "",
            says="Adobe shows its partners' accreditations only to those who sign in.",
        ),
        Shape(
            "private",
            ("www.certiport.com", "certiport.com"),
            r"/(?i:portal/pages/credentialverification\.aspx)",
            "https://www.certiport.com/Portal/Pages/CredentialVerification.aspx",
            "",
            says="This form wants the code of a certificate. Ask its holder for the Credly link.",
        ),
    ),
    examples=(
        Example(f"{_HOME}/{_ONE}/learner%40example.org", "award", _ONE, f"{_HOME}/{_ONE}"),
        Example("https://adobe.ly/madeup", "short_link", "madeup"),
        Example("https://partners.adobe.com/", "private", ""),
        Example(
            "https://www.certiport.com/portal/pages/credentialverification.aspx",
            "private",
            "",
            "https://www.certiport.com/Portal/Pages/CredentialVerification.aspx",
        ),
    ),
    strangers=(
        f"https://certification.adobe.com.evil.example/credential/verify/{_ONE}",
        "https://certification.adobe.com/credential/verify/1",
        "https://edex.adobe.com/",
    ),
    evidence=(
        Evidence("badges at Credly", "signature", "As Credly, by the organisation's id there."),
        Evidence("certification.adobe.com", "none", "Recognised; its page is not read yet."),
        Evidence("partners.adobe.com", "none", "Shown only to those who sign in."),
    ),
)
