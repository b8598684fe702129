"""Udemy: certificates of completion. Its robots file lets no verifier fetch them."""

from __future__ import annotations

from verifier.providers.platform import UUID, Evidence, Example, Provider, Shape

_HOME = "https://www.udemy.com"
_ONE = "UC-01b2c3d4-0000-4000-8000-00000000dd01"
_ID = rf"(?P<id>UC-{UUID})"
_SAYS = (
    "Udemy does not want its certificates to be fetched by programs. Open the link and compare by "
    "eye: whose it is, which course, and when."
)

PROVIDER = Provider(
    name="udemy",
    title="Udemy",
    shapes=(
        Shape(
            "award",
            ("www.udemy.com", "udemy.com"),
            f"/certificate/{_ID}",
            f"{_HOME}/certificate/{{id}}/",
            says=_SAYS,
            award="course",
        ),
        Shape(
            "award",
            ("ude.my",),
            f"/{_ID}",
            f"{_HOME}/certificate/{{id}}/",
            says=_SAYS,
            award="course",
        ),
        Shape(
            "picture",
            ("udemy-certificate.s3.amazonaws.com",),
            rf"/image/{_ID}\.jpg",
            "https://udemy-certificate.s3.amazonaws.com/image/{id}.jpg",
            says="A picture of a certificate can be drawn by anybody. Ask for its link at Udemy.",
            award="course",
        ),
        Shape(
            "file",
            ("udemy-certificate.s3.amazonaws.com",),
            rf"/pdf/{_ID}\.pdf",
            "https://udemy-certificate.s3.amazonaws.com/pdf/{id}.pdf",
            says="A PDF of a certificate can be drawn by anybody. Ask for its link at Udemy.",
            award="course",
        ),
    ),
    examples=(
        Example(
            f"https://udemy.com/certificate/{_ONE}", "award", _ONE, f"{_HOME}/certificate/{_ONE}/"
        ),
        Example(f"https://ude.my/{_ONE}", "award", _ONE, f"{_HOME}/certificate/{_ONE}/"),
        Example(
            f"https://udemy-certificate.s3.amazonaws.com/image/{_ONE}.jpg?v=1",
            "picture",
            _ONE,
            f"https://udemy-certificate.s3.amazonaws.com/image/{_ONE}.jpg",
        ),
        Example(f"https://udemy-certificate.s3.amazonaws.com/pdf/{_ONE}.pdf", "file", _ONE),
    ),
    closed=("www.udemy.com", "udemy.com"),
    strangers=(
        f"https://udemy.com.evil.example/certificate/{_ONE}/",
        f"https://another-bucket.s3.amazonaws.com/image/{_ONE}.jpg",
        f"{_HOME}/course/hedge-laying/",
    ),
    evidence=(
        Evidence("certificate link", "none", "Recognised; its robots file forbids fetching."),
        Evidence("picture, PDF", "none", "Anybody can draw one."),
    ),
)
