"""Sertifier: credentials by a number of fourteen digits."""

from __future__ import annotations

from verifier.providers.platform import Evidence, Example, Provider, Shape

_HOME = "https://verified.sertifier.com"

PROVIDER = Provider(
    name="sertifier",
    title="Sertifier",
    shapes=(
        Shape(
            "award",
            ("verified.sertifier.com",),
            r"/[a-z]{2}/verify/(?P<id>\d{14})",
            f"{_HOME}/en/verify/{{id}}",
            says="Sertifier shows this to people and gives programs nothing to check. Open the "
            "link and compare by eye, the number included.",
            award="certificate",
        ),
    ),
    examples=(
        Example(
            f"{_HOME}/tr/verify/24010203040506/",
            "award",
            "24010203040506",
            f"{_HOME}/en/verify/24010203040506",
        ),
    ),
    strangers=(
        "https://verified-sertifier.com/en/verify/24010203040506/",
        f"{_HOME}/en/verify/2401020304050",
    ),
    evidence=(Evidence("credential link", "none", "Recognised: a page for people only."),),
)
