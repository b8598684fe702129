"""Certifier: credentials at credsverse.com; each issuer may have a domain of its own besides."""

from __future__ import annotations

from verifier.providers.platform import UUID, Evidence, Example, Provider, Shape

_HOME = "https://www.credsverse.com"
_ONE = "01b2c3d4-0000-4000-8000-00000000aa01"

PROVIDER = Provider(
    name="certifier",
    title="Certifier",
    shapes=(
        Shape(
            "award",
            ("www.credsverse.com", "credsverse.com"),
            rf"/credentials/(?P<id>{UUID})",
            f"{_HOME}/credentials/{{id}}",
            lower=("id",),
            says="Certifier shows this to people and gives programs nothing to check. Open the "
            "link: a page that is gone may have been taken back, and a red banner says it expired.",
            award="certificate",
        ),
    ),
    examples=(
        Example(f"{_HOME}/credentials/{_ONE}", "award", _ONE),
        Example(
            f"https://credsverse.com/credentials/{_ONE.upper()}?ref=mail",
            "award",
            _ONE,
            f"{_HOME}/credentials/{_ONE}",
        ),
    ),
    strangers=(
        f"https://credsverse.com.evil.example/credentials/{_ONE}",
        f"{_HOME}/credentials/1",
        f"{_HOME}/",
    ),
    evidence=(Evidence("credential link", "none", "Recognised: a page for people only."),),
)
