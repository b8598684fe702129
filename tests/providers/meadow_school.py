"""A platform as one file: a made-up school that shows its certificates in pages of its own.

What a file in `verifier/providers` looks like, whole. With a line in `PROVIDERS` it is read.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from verifier.model import Credential, Issuer, Recipient, Standing, Text
from verifier.providers.pages import Page
from verifier.providers.platform import PAGE, Evidence, Example, Match, Provider, Shape, shown

HOME = "https://certificates.meadow-school.example"
_TITLE = re.compile(r"(?P<name>.+) \| Meadow School")


def _certificate(match: Match, page: Page) -> Credential | None:
    """The certificate by what the page says of itself, not by its classes; `None` for a wall."""
    title = _TITLE.fullmatch(page.meta("og:title") or "")
    awarded = re.search(r"Awarded to (.+?) on (\d{4}-\d\d-\d\d)", page.text)
    if title is None or awarded is None:
        return None
    return shown(
        match,
        page,
        kind="certificate",
        name=title["name"],
        issuer=Issuer(id=HOME, name="Meadow School", url=HOME),
        recipient=Recipient(name=awarded[1], chosen_by_holder=True),
        issued=datetime.fromisoformat(awarded[2]).replace(tzinfo=UTC),
        standing=_standing(page),
        skills=tuple(Text(name=one.get_text()) for one in page.soup.select("li")),
    )


def _standing(page: Page) -> Standing | None:
    """A certificate of this school lapses, so a page without an end leaves that open."""
    if "Valid for life" in page.text:
        return Standing(None, "The school says that it is valid for life.")
    return Standing("not_stated", "The school's page does not say when this certificate ends.")


PROVIDER = Provider(
    name="meadow-school",
    title="Meadow School",
    shapes=(
        Shape(
            "award",
            ("certificates.meadow-school.example", "*.old-meadow.example"),
            r"/c/(?P<id>[0-9A-Fa-f]{8})",
            f"{HOME}/c/{{id}}",
            lower=("id",),
            asks="{canonical}",
            accept=PAGE,
            sees=_certificate,
            missing="The school shows no such certificate. Ask its holder for a newer link.",
            award="certificate",
        ),
        # Nothing may be fetched here: recognised, and said what the person can do instead.
        Shape(
            "award",
            ("walled.meadow-school.example",),
            "/verify",
            "https://walled.meadow-school.example/verify?number={number}",
            "{number}",
            query={"number": r"\d{4}"},
            sees=_certificate,
            says="The school does not want to be asked by programs. Open the page in your own tab.",
            award="certificate",
        ),
        Shape(
            "template",
            ("certificates.meadow-school.example",),
            r"/courses/(?P<id>[^/]+)",
            f"{HOME}/courses/{{id}}",
            says="This is a course and nobody's certificate. Ask for the certificate's link.",
        ),
    ),
    examples=(
        Example(f"{HOME}/c/0A1B2C3D/?ref=mail", "award", "0a1b2c3d", f"{HOME}/c/0a1b2c3d"),
        Example(
            "https://walled.meadow-school.example/verify?x=1&number=1234",
            "award",
            "1234",
            "https://walled.meadow-school.example/verify?number=1234",
        ),
        Example(f"{HOME}/courses/hedges", "template", "hedges"),
    ),
    strangers=(f"{HOME}/c/0a1b2c3dff", "https://old-meadow.example/c/0a1b2c3d"),
    evidence=(Evidence("certificate link", "issuer_page", "The school's own page, with a name."),),
)
