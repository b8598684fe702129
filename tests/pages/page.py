"""What a made page is: its address, its text, and what is to be found in it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote, urlencode

from msgspec import Struct, field

_HEX = "0123456789abcdef"


class Planted(Struct, frozen=True):
    """A badge in a page: its award's address, whose it is as far as the page says, and what the
    page says of it.
    """

    award: str
    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    claim: Mapping[str, str] = field(default_factory=dict)


class MadePage(Struct, frozen=True):
    """A page at `address`; `files` are what else its host serves, by path: a content type and the
    bytes.
    """

    address: str
    html: str
    planted: tuple[Planted, ...] = ()
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """The host it is served under."""
        return self.address.split("/")[2]


class Chance:
    """What the seed decides."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 nothing secret
        self._classes: dict[str, str] = {}

    def of(self, choices: Sequence[str]) -> str:
        """One of them."""
        return self._random.choice(choices)

    def shuffled(self, things: Sequence[str]) -> list[str]:
        """All of them, in another order."""
        return self._random.sample(things, len(things))

    def named(self, what: str) -> str:
        """The class name that stands for `what` on this page: a scrambled one."""
        return self._classes.setdefault(what, "_" + self.hexadecimal(8))

    def hexadecimal(self, length: int) -> str:
        """That many digits."""
        return "".join(self._random.choice(_HEX) for _ in range(length))

    def uuid(self) -> str:
        """An id as most platforms give them."""
        return "-".join(self.hexadecimal(length) for length in (8, 4, 4, 4, 12))

    def award(self) -> str:
        """An award at one of the platforms."""
        return self.of(
            [
                f"https://www.credly.com/badges/{self.uuid()}",
                f"https://www.credential.net/{self.uuid()}",
                "https://learn.microsoft.com/api/credentials/share/en-us/MadeUp/"
                f"{self.hexadecimal(16).upper()}?sharingId={self.hexadecimal(16).upper()}",
                f"https://www.skills.google/public_profiles/{self.uuid()}/badges/"
                f"{self._random.randint(10_000, 99_999)}",
                f"https://api.badgr.io/public/assertions/{self.hexadecimal(22)}",
                "https://openbadgepassport.com/app/badge/info/"
                f"{self._random.randint(1000, 99_999)}",
                f"https://courses.edx.org/certificates/{self.hexadecimal(32)}",
            ]
        )


def attribute(text: str) -> str:
    """`text` within quotation marks of an attribute."""
    return escape(text, quote=True)


def safe_link(address: str) -> str:
    """As Outlook wraps it, with the reader's own address in it."""
    told = {
        "url": address,
        "data": "05|02|reader@made-up.example|0|0",
        "sdata": "x=",
        "reserved": "0",
    }
    return f"https://eur05.safelinks.protection.outlook.com/?{urlencode(told)}"


def google_link(address: str) -> str:
    """As Google wraps it."""
    return f"https://www.google.com/url?q={quote(address, safe='')}&source=gmail&ust=1&usg=x"


def linkedin_link(address: str, path: str = "safety/go") -> str:
    """As LinkedIn wraps it."""
    coded = quote(address, safe="").replace(".", "%2E")
    return f"https://www.linkedin.com/{path}/?url={coded}&urlhash=AbCd&mt=x&isSdui=true"


def gmail_picture(address: str, token: str) -> str:
    """As Gmail copies a picture."""
    return f"https://ci3.googleusercontent.com/meips/{token}=s0-d-e1-ft#{address}"
