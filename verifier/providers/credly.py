"""Credly, Acclaim until 2022: award links, profiles, classes, organisations and pictures.

The award page is drawn by a script and names its holder in its title alone; the Open Badges 2.0
assertion behind it is public and needs no login. The file an earner downloads is signed (Open
Badges 3.0). A picture names a badge class and never an award.
"""

from __future__ import annotations

from verifier.providers import credly_award
from verifier.providers.credly_profile import list_awards, pages, seen_awards
from verifier.providers.platform import UUID, Evidence, Example, Provider, Shape

_PAGES = ("www.credly.com", "credly.com", "www.youracclaim.com", "youracclaim.com")
_APIS = ("api.credly.com", "www.credly.com", "credly.com")
_OLD_APIS = ("api.youracclaim.com", "www.youracclaim.com", "youracclaim.com")
_PICTURES = ("images.credly.com", "images.youracclaim.com", "cdn.youracclaim.com")
_HOME = "https://www.credly.com"

_OB2 = "https://api.credly.com/api/v1/obi/v2"
_OB3 = f"{_HOME}/api/v1/obi/v3"
_ONE, _TWO = "01b2c3d4-0000-4000-8000-000000000001", "01b2c3d4-0000-4000-8000-000000000002"

_ID = rf"(?P<id>{UUID})"
_ORG = rf"(?P<org>{UUID})"
_SLUG = r"(?P<id>[^/]+)"
_LOWER = ("id", "org")

_MISSING = (
    "Credly shows nothing at that address: the award is private, or was never there. "
    "Ask its holder to make it public, or for the badge file they can download."
)
_CLASS = (
    "This is a kind of badge that many can earn at Credly, and nobody's award. "
    "Ask for the link of the award itself."
)
_ORGANISATION = (
    "This is an organisation that issues through Credly, and nobody's award. "
    "Ask for the link of the award itself."
)
_PICTURE = (
    "This picture at Credly is the same for everyone who earned that badge, so it is nobody's "
    "award. Ask for the link of the award itself."
)
_SIGN_IN = (
    "This address is the earner's own view, which Credly shows to nobody else. "
    "Ask for the public link of the award."
)


def _award(path: str, hosts: tuple[str, ...] = _PAGES, kind: str = "award") -> Shape:
    return Shape(
        kind,
        hosts,
        path,
        f"{_HOME}/badges/{{id}}",
        lower=_LOWER,
        asks=credly_award.ASSERTION,
        missing=_MISSING,
    )


PROVIDER = Provider(
    name="credly",
    title="Credly",
    issuers=frozenset(_APIS),
    wants=credly_award.wants,
    completes=credly_award.completes,
    twin=credly_award.twin,
    is_twin=credly_award.is_twin,
    # Its ids are the same at every address and in both standards.
    names=lambda match: match.id,
    shapes=(
        _award(rf"/badges/{_ID}(?:/[a-z_]+)?"),
        _award(rf"/embedded_badge/{_ID}"),
        # The earner's own view: behind a login, but the same award has a public page.
        _award(rf"/earner/earned/(?:badge|share)/{_ID}", kind="private"),
        _award(rf"/(?:api/)?v1/obi/v2/badge_assertions/{_ID}", _OLD_APIS),
        Shape(
            "award",
            _APIS,
            rf"(?P<path>/(?:api/)?v1/obi/v2/badge_assertions/){_ID}",
            f"{_HOME}/badges/{{id}}",
            lower=_LOWER,
            asks="https://{host}{path}{id}",
            missing=_MISSING,
        ),
        Shape(
            "award",
            _PAGES[:2],
            rf"/api/v1/obi/v3/open_badge_credentials/{_ID}",
            f"{_OB3}/open_badge_credentials/{{id}}",
            lower=_LOWER,
            asks="{canonical}",
            missing=_MISSING,
        ),
        Shape(
            "file",
            _PAGES[:2],
            rf"/api/v1/obi/v3/open_badge_credentials/{_ID}/revocation_list",
            f"{_OB3}/open_badge_credentials/{{id}}/revocation_list",
            lower=_LOWER,
            asks="{canonical}",
        ),
        Shape(
            "organization",
            _APIS,
            rf"/api/v1/obi/v3/issuers/{_ID}(?:/did\.json)?",
            f"{_OB3}/issuers/{{id}}",
            lower=_LOWER,
            says=_ORGANISATION,
        ),
        Shape(
            "organization",
            _APIS + _OLD_APIS,
            rf"/(?:api/)?v1/obi/v2/issuers/{_ID}",
            f"{_OB2}/issuers/{{id}}",
            lower=_LOWER,
            says=_ORGANISATION,
        ),
        Shape(
            "template",
            _APIS,
            rf"/api/v1/obi/v3/issuers/{_ORG}/achievements/{_ID}",
            f"{_OB3}/issuers/{{org}}/achievements/{{id}}",
            "{org}/{id}",
            lower=_LOWER,
            says=_CLASS,
        ),
        Shape(
            "template",
            _APIS + _OLD_APIS,
            rf"/(?:api/)?v1/obi/v2/issuers/{_ORG}/badge_classes/{_ID}",
            f"{_OB2}/issuers/{{org}}/badge_classes/{{id}}",
            "{org}/{id}",
            lower=_LOWER,
            says=_CLASS,
        ),
        Shape("short_link", _PAGES[:2], rf"/go/{_SLUG}", f"{_HOME}/go/{{id}}"),
        Shape(
            "profile",
            _PAGES,
            rf"/users/(?!(?:sign_|password|confirmation|auth)){_SLUG}(?:/badges(?:\.json)?)?",
            f"{_HOME}/users/{{id}}",
            asks=pages,
            reads=list_awards,
            sees=seen_awards,
            missing="Credly shows no such profile: it is private, or was never there.",
        ),
        Shape(
            "template",
            _PAGES,
            r"/org/(?P<org>[^/]+)/badge/(?P<id>[^/]+)",
            f"{_HOME}/org/{{org}}/badge/{{id}}",
            "{org}/{id}",
            says=_CLASS,
        ),
        Shape("organization", _PAGES, rf"/org/{_SLUG}", f"{_HOME}/org/{{id}}", says=_ORGANISATION),
        Shape(
            "organization",
            _PAGES,
            rf"/organizations/{_SLUG}/badges",
            f"{_HOME}/org/{{id}}",
            says=_ORGANISATION,
        ),
        # Photos of earners lie on the same host, as JPEG.
        Shape(
            "picture",
            _PICTURES,
            rf"/(?:size/\d+x\d+/)?images/{_ID}/(?:[^/.]+|[^/]+\.(?i:png|svg|webp))",
            "https://images.credly.com/images/{id}",
            lower=_LOWER,
            says=_PICTURE,
        ),
        Shape("private", _PAGES, r"/(?P<id>earner/[a-z_/]+)", f"{_HOME}/{{id}}", says=_SIGN_IN),
    ),
    examples=(
        *(
            Example(url, kind, _ONE, f"{_HOME}/badges/{_ONE}")
            for url, kind in (
                (f"{_HOME}/badges/{_ONE}/public_url", "award"),
                (f"http://youracclaim.com/badges/{_ONE.upper()}/embedded?x=1", "award"),
                (f"{_HOME}/embedded_badge/{_ONE}", "award"),
                (f"https://api.credly.com/v1/obi/v2/badge_assertions/{_ONE}", "award"),
                (f"https://api.youracclaim.com/v1/obi/v2/badge_assertions/{_ONE}", "award"),
                (f"{_HOME}/earner/earned/badge/{_ONE}", "private"),
            )
        ),
        Example(f"{_OB3}/open_badge_credentials/{_ONE}", "award", _ONE),
        Example(f"{_OB3}/open_badge_credentials/{_ONE}/revocation_list", "file", _ONE),
        Example(f"{_OB3}/issuers/{_ONE}/did.json", "organization", _ONE, f"{_OB3}/issuers/{_ONE}"),
        Example(f"{_OB3}/issuers/{_ONE}/achievements/{_TWO}", "template", f"{_ONE}/{_TWO}"),
        Example(f"{_OB2}/issuers/{_ONE}", "organization", _ONE),
        Example(f"{_OB2}/issuers/{_ONE}/badge_classes/{_TWO}", "template", f"{_ONE}/{_TWO}"),
        Example(f"{_HOME}/go/AbC12xYz", "short_link", "AbC12xYz"),
        Example(
            f"{_HOME}/users/mira-solano.1a2b3c4d/badges#credly",
            "profile",
            "mira-solano.1a2b3c4d",
            f"{_HOME}/users/mira-solano.1a2b3c4d",
        ),
        Example(f"{_HOME}/org/a-college/badge/a-badge.2", "template", "a-college/a-badge.2"),
        Example(f"{_HOME}/org/a-college", "organization", "a-college"),
        Example(
            f"{_HOME}/organizations/a-college/badges",
            "organization",
            "a-college",
            f"{_HOME}/org/a-college",
        ),
        Example(
            f"https://images.credly.com/size/110x110/images/{_TWO}/image.png",
            "picture",
            _TWO,
            f"https://images.credly.com/images/{_TWO}",
        ),
        Example(f"{_HOME}/earner/earned", "private", "earner/earned"),
    ),
    strangers=(
        f"https://www.credly.com.evil.example/badges/{_ONE}",
        f"https://www.credly.com@evil.example/badges/{_ONE}",
        f"https://www.credly.com:8443/badges/{_ONE}",
        f"https://evil.credly.com/badges/{_ONE}",
        f"https://www.crediy.com/badges/{_ONE}",
        f"https://www.cr\u0435dly.com/badges/{_ONE}",
        f"https://www.xn--crdly-2of.com/badges/{_ONE}",
        f"{_HOME}/badges/../badges/{_ONE}",
        f"{_HOME}/badges/not-an-id",
        f"https://images.credly.com/images/{_TWO}/photo.jpeg",
        f"{_HOME}/users/sign_in",
        f"{_HOME}/",
    ),
    evidence=(
        Evidence(
            "the file an earner downloads",
            "signature",
            "Credly signs it for the organisation; where its key can't be had, the hosted "
            "assertion of the same award counts.",
        ),
        Evidence("award link", "hosted", "Credly's own assertion: in force, or taken back."),
        Evidence("profile", "none", "A list of awards to pick from."),
        Evidence("picture, class, organisation", "none", "Names a kind of badge, never an award."),
    ),
)
